"""The languages that a text may be in: every one that Django knows the name of, those of the interface first."""

import re
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.conf.locale import LANG_INFO
from django.utils.translation import get_language, pgettext

#: What people write who do not know the code.
_OTHER_SPELLINGS = {"jp": "ja", "japanese": "ja", "日本語": "ja", "english": "en"}
_KANA_OR_KANJI = re.compile("[\u3041-\u30ff\u3400-\u9fff々]")


def language_choices() -> list[tuple[str, Any]]:
    """Return code and name of each language; the name is in that language, except for those of the interface."""
    known = dict(settings.LANGUAGES)
    others = ((code, info["name_local"]) for code, info in LANG_INFO.items() if "name_local" in info)
    return [*known.items(), *((code, name) for code, name in others if code not in known)]


def known_language(written: str) -> str:
    """Return the code of a language that somebody has written: `en_US` → `en`, `zh-TW` → `zh-hant`; "" if unknown."""
    written = written.strip().lower().replace("_", "-")
    written = _OTHER_SPELLINGS.get(written, written)
    for code in (written, written.partition("-")[0]):
        if info := LANG_INFO.get(code):
            return code if "name_local" in info else info["fallback"][0]
    return ""


def language_of_label(label: str) -> str:
    """Return the language of a name that somebody typed, where it is not that of the page around it; else ""."""
    return "ja" if _KANA_OR_KANJI.search(label) and get_language() != "ja" else ""


def in_a_row(names: Iterable[object]) -> str:
    """Return the names one after the other, as the language of the reader divides them."""
    return pgettext("between names", ", ").join(map(str, names))
