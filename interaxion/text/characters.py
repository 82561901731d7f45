"""Control characters that no text of ours may hold, whatever the text is for."""

import re
import unicodedata

from interaxion.text.source_errors import Note, gettext_noop

#: The characters that XML 1.0 §2.2 cannot spell (half a surrogate pair has no UTF-8 either), and DEL.
UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
#: The same, and the bidirectional controls, which make a text read otherwise than it is written.
FORBIDDEN = re.compile(f"{UNPRINTABLE.pattern[:-1]}\u202a-\u202e\u2066-\u2069]")
#: Word processors end lines with these: the words on both sides must stay apart.
_LINE_ENDS_OF_PRINTERS = "\x0b\x0c"
#: Pieces of a text that end before a character which joins with none before it, if there is one.
_PIECES = re.compile(r".{1,1000}(?=[\x00-\x7f\u3041-\u3096\u30a1-\u30fa\u4e00-\u9fff]|\Z)|.{1,1000}", re.DOTALL)


def normalise(text: str) -> str:
    """Return the text in NFKC, except that thousands of accents on one letter are not ordered, which takes seconds."""
    return "".join(unicodedata.normalize("NFKC", piece) for piece in _PIECES.findall(text))


def drop_control_characters(
    text: str, *, first_line: int = 1, pattern: re.Pattern[str] = FORBIDDEN
) -> tuple[str, tuple[Note, ...]]:
    """Return the text without forbidden characters, and for each of them a note with the line of its first place."""
    first: dict[str, int] = {}
    for found in pattern.finditer(text):
        first.setdefault(found.group(), found.start())
    if not first:
        return text, ()
    message = gettext_noop("there is an invisible control character (%(character)s): it is left out")
    notes = tuple(
        Note(first_line + text.count("\n", 0, index), message, {"character": f"U+{ord(character):04X}"})
        for character, index in first.items()
    )
    return pattern.sub(lambda found: " " if found.group() in _LINE_ENDS_OF_PRINTERS else "", text), notes
