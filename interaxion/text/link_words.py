"""Plain words escaped for Markdown, as the text of a link or a picture."""

import re

from interaxion.text.markdown import render

_MARKS = re.compile(r"([\\`*_\[\]<>&$~!])")


def spell_link_words(words: str) -> str:
    """Return the words unchanged if Markdown renders them as they are, else with a backslash before each mark."""
    words = " ".join(words.split())
    links = render(f"[{words}](/x)", "post").outline.links
    return words if [link.text for link in links] == [words] else _MARKS.sub(r"\\\1", words)
