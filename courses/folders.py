"""Relative links between files of courses, `<language>/<course>/<chapter>.md`, resolved to addresses of this site."""

import re
from collections.abc import Collection, Iterator, Mapping
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from django.conf import settings

from courses.reading import LANGUAGES
from interaxion.content import paths
from interaxion.content.importing.links import FILE_SUFFIXES

SUFFIXES = (".md", ".markdown", ".html", ".htm")
INDEXES = ("index", "readme")
#: `](chapter-2.md)`, `](./chapter-2.html#depth)`, `](../waves/)` and `](../waves/chapter-2.md)`.
_LINK_TO_DOCUMENT = re.compile(
    r"\]\(((?:\./)?(?:\.\./([^\s()/:#?]+)/)?(?:([^\s()/:#?]+)\.(?:md|markdown|html?))?)(?:#[^\s()]*)?\)"
)


def slug_of_folder(folder: str, language: str) -> str:
    """Return the slug of a course; in another language than the site's it has a suffix: `waves` and `waves-en`.

    The two languages of one folder are therefore two courses.
    """
    slug = paths.slug_of(folder, "course")
    return slug if language == settings.LANGUAGE_CODE else f"{slug}-{language}"


def address_of_file(href: str, *, course_slug: str, home: str, language: str) -> str | None:
    """Return the address of `chapter-2.md`, `../waves/` or `images/ice.png` in a file of the course; None for others.

    `home` is the address of the course.
    """
    try:
        parts = urlsplit(href)
    except ValueError:
        return None
    path = unquote(parts.path)
    is_file = path.lower().endswith(FILE_SUFFIXES)
    if parts.scheme or parts.netloc or path.startswith("/") or not (is_file or path.endswith((*SUFFIXES, "/"))):
        return None
    steps = [language, course_slug]
    for step in path.split("/"):
        if step == ".." and not steps:
            return None
        if step == "..":
            steps.pop()
        elif step not in ("", "."):
            steps.append(step)
    if is_file:
        return _address_of_picture(steps, course_slug, home, language)
    if len(steps) not in (2, 3) or (folder_language := LANGUAGES.get(steps[0].lower())) is None:
        return None
    if steps[:2] != [language, course_slug]:
        home = f"/courses/{slug_of_folder(steps[1], folder_language)}/"
    file = PurePosixPath(steps[2]).stem if steps[2:] else "index"
    chapter = "" if file.lower() in INDEXES else f"{paths.slug_of(file, 'chapter')}/"
    return f"{home.rstrip('/')}/{chapter}" + (f"#{parts.fragment}" if parts.fragment else "")


def links_to_missing_files(text: str, here: str, folders: Mapping[str, Collection[str]]) -> Iterator[tuple[int, str]]:
    """Yield (line, target) for each link to a document in the folder `here`, or one beside it, that is not there.

    `folders` has the names of the documents in each of them; an index is in every one.
    """
    stems = {folder: {PurePosixPath(name).stem.lower() for name in names} for folder, names in folders.items()}
    for found in _LINK_TO_DOCUMENT.finditer(text):
        target, folder, stem = found[1], found[2] or here, unquote(found[3] or "index").lower()
        is_index = stem in INDEXES and (not found[2] or unquote(folder) in stems)
        if target and not is_index and stem not in stems.get(unquote(folder), ()):
            yield text.count("\n", 0, found.start()) + 1, target


def _address_of_picture(steps: list[str], course_slug: str, home: str, language: str) -> str | None:
    """Files in the folder of a course have addresses below that course; files elsewhere are below `/courses/`."""
    folder_language = LANGUAGES.get(steps[0].lower()) if len(steps) > 2 else None
    if folder_language is None:
        return f"/courses/{'/'.join(steps)}"
    folder, *rest = steps[1:]
    is_own = (steps[0], folder) == (language, course_slug)
    place = home if is_own else f"/courses/{slug_of_folder(folder, folder_language)}"
    return "/".join([place.rstrip("/"), *rest])
