"""Names of authors: `Family, Given` as lists of references spell it. A name without a comma is that of a group."""

import re

_KANA_OR_KANJI = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
#: In place of further authors, as BibTeX spells it.
OTHERS = "others"


def is_japanese(name: str) -> bool:
    return bool(_KANA_OR_KANJI.search(name))


def initialled(name: str) -> str:
    """Return `Behler, J.-M.` for `Behler, Jörg-Michael`, 小出昭一郎 for `小出, 昭一郎`, a group as it is."""
    family, comma, given = name.partition(", ")
    if not comma:
        return name
    if is_japanese(name):
        return family + given
    initials = " ".join("-".join(f"{part[0]}." for part in word.split("-") if part) for word in given.split())
    return f"{family}, {initials}"


def in_reading_order(name: str) -> str:
    """Return `Jörg-Michael Behler` for `Behler, Jörg-Michael`, 小出昭一郎 for `小出, 昭一郎`, a group as it is."""
    family, _comma, given = name.partition(", ")
    return family + given if is_japanese(name) else f"{given} {family}".strip()


def join_japanese(authors: list[str], most: int) -> str:
    """Return `甲野太郎・乙山花子`; of more than `most` authors the first and `ほか`."""
    names = [initialled(name) for name in authors if name != OTHERS]
    if len(names) > most or OTHERS in authors:
        return f"{names[0]}ほか" if names else ""
    return "・".join(names)


def join_western(authors: list[str], most: int) -> str:
    """Return `Behler, J., & Parrinello, M.`; of more than `most` authors the first of them, `…` and the last.

    The seventh edition of the manual of the American Psychological Association, section 9.8, names 20.
    """
    names = [initialled(name) for name in authors if name != OTHERS]
    if OTHERS in authors:
        return ", ".join([*names, "et al."])
    if len(names) > most:
        return ", ".join([*names[: most - 1], "…", names[-1]]).replace(", …, ", ", … ")
    return " & ".join(filter(None, [", ".join(names[:-1]) + ("," if names[1:] else ""), *names[-1:]])).lstrip(", ")
