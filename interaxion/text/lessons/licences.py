"""Licences as texts name them, by their identifiers of SPDX (https://spdx.org/licenses/)."""

import re

_CC = re.compile(
    r"(?:creative\s*commons|クリエイティブ・?コモンズ|CC)[\s-]*(?:attribution|表示)?[\s-]*"
    r"(BY(?:[- ](?:NC|SA|ND)){0,2}|0|zero)?[\s-]*(\d\.\d)?(?:\s*International)?",
    re.IGNORECASE,
)
_LONG = {"noncommercial": "NC", "sharealike": "SA", "noderivatives": "ND", "noderivs": "ND"}
_SAID = re.compile(r"(?:ライセンス|licen[sc]ed?)[^\n]{0,80}", re.IGNORECASE)
#: In characters: a name is shorter, and the patterns are not linear.
_LONGEST = 120
_NAMED = re.compile(r"\bMIT\b|\bApache[- ]2\.0\b|\bCC0\b", re.IGNORECASE)
_SPELLED = {"mit": "MIT", "apache 2.0": "Apache-2.0", "apache-2.0": "Apache-2.0", "cc0": "CC0-1.0"}


def read_licence(text: str) -> str:
    """Return the identifier, such as `CC-BY-NC-SA-4.0`, that a short text names; "" for none or another."""
    text = text[:_LONGEST]
    if named := _NAMED.search(text):
        return _SPELLED[named.group().lower()]
    for word, short in _LONG.items():
        text = re.sub(rf"attribution[- ]{word}", f"BY-{short}", text, flags=re.IGNORECASE)
        text = re.sub(rf"(BY[-A-Z]*)[- ]{word}", rf"\1-{short}", text, flags=re.IGNORECASE)
    for found in _CC.finditer(text):
        if found[1] or "attribution" in found.group().lower() or "表示" in found.group():
            parts = (found[1] or "BY").upper().replace(" ", "-")
            return "CC0-1.0" if parts in {"0", "ZERO"} else f"CC-{parts}-{found[2] or '4.0'}"
    return ""


def find_licence(text: str) -> str:
    """Return the licence that a line of a document states (`ライセンス: CC BY 4.0`); "" for none."""
    return next(filter(None, (read_licence(found.group()) for found in _SAID.finditer(text))), "")


def licence_url(identifier: str) -> str:
    """Return the address of the text of a Creative Commons licence; "" for others."""
    found = re.fullmatch(r"CC-(BY[A-Z-]*)-(\d\.\d)", identifier)
    if found:
        return f"https://creativecommons.org/licenses/{found[1].lower()}/{found[2]}/"
    return "https://creativecommons.org/publicdomain/zero/1.0/" if identifier == "CC0-1.0" else ""


def licence_name(identifier: str) -> str:
    """Return the identifier as people write it: `CC BY-NC-SA 4.0`."""
    found = re.fullmatch(r"CC-(BY[A-Z-]*)-(\d\.\d)", identifier)
    return f"CC {found[1]} {found[2]}" if found else identifier
