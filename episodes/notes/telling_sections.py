"""The sections that say in a list what an episode is about: the longest, without those that every episode has."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from episodes.notes.timeline import make_timeline

MOST = 3
#: Headings that any episode may have, whatever it is about.
_OF_ANY_EPISODE = re.compile(
    r"(?:イントロ|オープニング|はじめに|はじめまして|近況|雑談|ニュース|お知らせ|おしらせ|告知|宣伝|お便り|おたより|まとめ"
    r"|おわりに|終わりに|エンディング|編集後記|付録|参考文献|(?:.*(?:さん|ゲスト|自己)の?)?(?:自己)?紹介"
    r"|intro(?:duction)?|opening|news|announcements?|letters?|feedback|ending|outro|closing|editorial|appendix"
    r"|references?|show notes)[\W\d]*(?:トーク|コーナー)?",
    re.IGNORECASE,
)


def find_telling_sections(outline: Iterable[Mapping[str, Any]], seconds: int | None) -> list[str]:
    """Return up to three headings of the highest level, in their order: those of the longest sections.

    Where nothing is timed, the first three. `seconds` is the length of the audio.
    """
    headings = list(outline)
    top_level = min((int(heading["level"]) for heading in headings), default=0)
    marks = make_timeline([each for each in headings if int(each["level"]) == top_level], seconds).marks
    telling = [mark for mark in marks if mark.text and not _OF_ANY_EPISODE.fullmatch(mark.text.strip())]
    longest = sorted(telling, key=lambda mark: -mark.width)[:MOST]
    return [mark.text for mark in telling if mark in longest]
