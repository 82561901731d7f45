"""Characters that no text of ours may hold, whatever the text is for."""

import re

#: The characters that XML 1.0 §2.2 cannot spell (half a surrogate pair has no UTF-8 either), and DEL.
UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
#: The same, and the bidirectional controls, which make a text read otherwise than it is written.
FORBIDDEN = re.compile(f"{UNPRINTABLE.pattern[:-1]}\u202a-\u202e\u2066-\u2069]")
