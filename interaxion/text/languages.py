"""The language of a text where nothing states it: Japanese by its kana, English by its commonest words. No Django."""

import re

_CODE = re.compile(r"```.*?```|~~~.*?~~~|`[^`\n]*`|<[^>]*>|https?://\S+", re.DOTALL)
_KANA, _LETTER = re.compile("[\u3041-\u30ff]"), re.compile(r"[^\W\d_]")
_WORD = re.compile(r"[a-z']+|[^\W\d_a-z]+", re.IGNORECASE)
_ENGLISH = frozenset({"the", "and", "of", "to", "is", "that", "for", "with", "this", "are", "it", "on", "we", "you"})
#: Of all letters and words, so that a quoted title decides nothing.
_KANA_SHARE, _ENGLISH_SHARE = 0.1, 0.08


def language_of_text(text: str) -> str:
    """Return `ja` or `en`; "" for a text that may be anything."""
    prose = _CODE.sub(" ", text)
    letters = len(_LETTER.findall(prose))
    if not letters:
        return ""
    if len(_KANA.findall(prose)) >= _KANA_SHARE * letters:
        return "ja"
    words = _WORD.findall(prose.lower())
    return "en" if sum(word in _ENGLISH for word in words) >= max(_ENGLISH_SHARE * len(words), 2) else ""
