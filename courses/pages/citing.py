"""How to cite a chapter: one line, and BibTeX."""

import re
from dataclasses import dataclass

from courses.models import Chapter
from interaxion.content.paths import public_url
from interaxion.content.site_time import SITE_ZONE


@dataclass(frozen=True)
class Citation:
    line: str
    bibtex: str


def cite_chapter(chapter: Chapter) -> Citation:
    """Return the authors, the year, chapter and course, and the address; what nobody said is left out."""
    names = [authorship.speaker.name for authorship in chapter.authorships.all()]
    year = str(chapter.publish_at.astimezone(SITE_ZONE).year) if chapter.publish_at else ""
    address = public_url(chapter.path)
    title, course = chapter.title, chapter.course.title
    is_japanese = chapter.language == "ja"
    who = ("・" if is_japanese else ", ").join(names)
    when = f"（{year}）" if year and is_japanese else f" ({year}). " if year else ". " if who else ""
    named = f"「{title}」『{course}』. " if is_japanese else f"“{title}.” {course}. "
    fields = {"author": " and ".join(names), "title": title, "booktitle": course, "year": year, "url": address}
    lines = [f"  {name} = {{{_as_tex(value)}}}" for name, value in fields.items() if value]
    key = re.sub(r"[^A-Za-z0-9]+", "-", chapter.path).strip("-") or f"chapter-{chapter.pk}"
    return Citation(f"{who}{when}{named}{address}", f"@incollection{{{key},\n" + ",\n".join(lines) + "\n}")


def _as_tex(text: str) -> str:
    plain = re.sub(r"[{}\\]", "", text)
    return re.sub(r"[&%#$]", r"\\\g<0>", plain)
