"""Words as the text of a link or of a picture, in Markdown."""

import re

from interaxion.text.markdown import render

_MARKS = re.compile(r"([\\`*_\[\]<>&$~!])")


def spell_link_words(words: str) -> str:
    """The words as they are where they mean themselves, else with a backslash before each mark."""
    words = " ".join(words.split())
    read = render(f"[{words}](/x)", "post").outline.links
    return words if [link.text for link in read] == [words] else _MARKS.sub(r"\\\1", words)
