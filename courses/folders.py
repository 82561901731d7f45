"""Files of courses name each other by where they lie: `<language>/<course>/<chapter>.md`. Here each has an address."""

from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from django.conf import settings

from courses.reading import LANGUAGES
from interaxion.content import paths
from interaxion.content.importing.links import FILE_SUFFIXES

SUFFIXES = (".md", ".markdown", ".html", ".htm")
INDEXES = ("index", "readme")


def slug_of_folder(folder: str, language: str) -> str:
    """Beside the site's own language a course has a slug of its own, so that the two languages of one folder are two
    courses: `waves` and `waves-en`."""
    slug = paths.slug_of(folder, "course")
    return slug if language == settings.LANGUAGE_CODE else f"{slug}-{language}"


def address_of_file(href: str, *, course_slug: str, home: str, language: str) -> str | None:
    """What `chapter-2.md`, `../waves/` or `images/ice.png` leads to from a file of the course; None for all else.

    `home` is the address of the course itself.
    """
    try:
        parts = urlsplit(href)
    except ValueError:
        return None
    named = unquote(parts.path)
    is_file = named.lower().endswith(FILE_SUFFIXES)
    if parts.scheme or parts.netloc or named.startswith("/") or not (is_file or named.endswith((*SUFFIXES, "/"))):
        return None
    steps = [language, course_slug]
    for step in named.split("/"):
        if step == ".." and not steps:
            return None
        if step == "..":
            steps.pop()
        elif step not in ("", "."):
            steps.append(step)
    if is_file:
        return _address_of_picture(steps, course_slug, home, language)
    if len(steps) not in (2, 3) or (said := LANGUAGES.get(steps[0].lower())) is None:
        return None
    if steps[:2] != [language, course_slug]:
        home = f"/courses/{slug_of_folder(steps[1], said)}/"
    file = PurePosixPath(steps[2]).stem if steps[2:] else "index"
    chapter = "" if file.lower() in INDEXES else f"{paths.slug_of(file, 'chapter')}/"
    return f"{home.rstrip('/')}/{chapter}" + (f"#{parts.fragment}" if parts.fragment else "")


def _address_of_picture(steps: list[str], course_slug: str, home: str, language: str) -> str | None:
    """Files beside a course are kept below its address, those of another folder below what is one's there."""
    said = LANGUAGES.get(steps[0].lower()) if len(steps) > 2 else None
    if said is None:
        return f"/courses/{'/'.join(steps)}"
    folder, *rest = steps[1:]
    is_own = (steps[0], folder) == (language, course_slug)
    place = home if is_own else f"/courses/{slug_of_folder(folder, said)}"
    return "/".join([place.rstrip("/"), *rest])
