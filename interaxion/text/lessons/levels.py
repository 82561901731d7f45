"""How hard and how long: the spellings of level, difficulty and time in courses, Japanese and English."""

import re
from typing import NamedTuple


class Range(NamedTuple):
    """From the least to the most, both included."""

    least: int
    most: int


#: The levels of a course or chapter, from 0.
LEVELS = ("introductory", "beginner", "intermediate", "advanced")
_LEVEL_WORDS = (
    r"introduct\w*|入門|初歩",
    r"beginn\w*|basic|elementary|novice|初級|初心者|初学者|基礎",
    r"intermediate|medium|中級",
    r"advanced|expert|上級|発展|専門",
)
_LEVEL = re.compile("|".join(f"({words})" for words in _LEVEL_WORDS), re.IGNORECASE)
#: What may stand between and beside the words of a level.
_BETWEEN = re.compile(r"(?:\b(?:to|level|and|course)\b|から|まで|者|向け|レベル|[\W_])+", re.IGNORECASE)

#: The difficulties of an exercise.
DIFFICULTIES = ("easy", "medium", "hard")
_DIFFICULTY_WORDS = (
    r"easy|beginner|basic|初級|易しい|やさしい|易|基礎|基本|入門|低",
    r"medium|intermediate|moderate|normal|standard|中級|標準|普通|中",
    r"hard|difficult|advanced|challenging|上級|難しい|難|発展|応用|高",
)
_DIFFICULTY = re.compile("|".join(f"({words})" for words in _DIFFICULTY_WORDS), re.IGNORECASE)
_STARS = re.compile(r"[★⭐]+")

_NUMBER = r"(\d{1,4}(?:\.\d)?)"
_TIME = re.compile(
    rf"{_NUMBER}\s*(?:(?:分|時間|minutes?|mins?\.?|hours?|h)?\s*(?:[-–—〜～~]|から|to)\s*{_NUMBER})?"
    r"\s*(?:(分|minutes?|mins?\b)|(時間|hours?\b|hrs?\b|h\b))",
    re.IGNORECASE,
)


def read_level(text: str) -> Range | None:
    """Return the levels that words such as `beginner-intermediate` or `中級〜上級` name; None if one is unknown."""
    found = [next(rank for rank, word in enumerate(groups) if word) for groups in _LEVEL.findall(text)]
    if not found or _BETWEEN.sub("", _LEVEL.sub("", text)):
        return None
    return Range(min(found), max(found))


def read_difficulty(text: str) -> str:
    """Return one of DIFFICULTIES; "" if the words name none. Stars count: one is easy, three are hard."""
    if stars := _STARS.search(text):
        return DIFFICULTIES[min(len(stars.group()), 3) - 1]
    found = _DIFFICULTY.match(text.strip(" 　*_()（）"))
    return next((name for name, word in zip(DIFFICULTIES, found.groups(), strict=True) if word), "") if found else ""


def read_minutes(text: str) -> Range | None:
    """Return the time that `20-25分`, `90 minutes` or `1.5-2時間` says, in minutes; None if it says none."""
    found = _TIME.search(" ".join(text.split()))  # the pattern is linear for single spaces
    if not found:
        return None
    scale = 60 if found[4] else 1
    least, most = (round(float(number) * scale) for number in (found[1], found[2] or found[1]))
    return Range(min(least, most), max(least, most))
