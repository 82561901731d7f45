"""Permalinks as Jekyll builds them from a pattern such as `/:categories/:title/`.

Placeholders and styles: https://jekyllrb.com/docs/permalinks/, slugs:
https://github.com/jekyll/jekyll/blob/master/lib/jekyll/utils.rb
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import PurePosixPath
from urllib.parse import unquote

from interaxion.text.front_matter.parsing import SourceDocument
from interaxion.text.jekyll.dates import parse_date
from interaxion.text.jekyll.keys import day_in_name, names_of, slug_in_name, text_of
from interaxion.text.source_errors import SourceError

#: Jekyll's named styles; `date` is the default of a site.
STYLES = {
    "": "/:categories/:year/:month/:day/:title.html",
    "date": "/:categories/:year/:month/:day/:title.html",
    "pretty": "/:categories/:year/:month/:day/:title/",
    "ordinal": "/:categories/:year/:y_day/:title.html",
    "weekdate": "/:categories/:year/W:week/:short_day/:title.html",
    "none": "/:categories/:title.html",
}
# In English, whatever the locale of the server.
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
#: A date with seconds and no zone: YAML reads it as UTC, and so the address may have the next or the previous day.
_READ_AS_UTC = re.compile(r"\d{4}-\d{1,2}-\d{1,2}(?:[Tt]|\s+)\d{1,2}:\d{2}:\d{2}(?:\.\d*)?")
_MARKS_IN_SLUGS = "._~!$&'()+,;=@"


def slugify(name: str, *, marks: str = _MARKS_IN_SLUGS) -> str:
    """`name with spaces` → `name-with-spaces`, as in Jekyll's mode `pretty`; with `marks=""`, its default mode."""
    kept = (c if _is_word(c) or c in marks else " " for c in unicodedata.normalize("NFC", name))
    return "-".join("".join(kept).split())


def address_of(document: SourceDocument, pattern: str, folders: Iterable[str] = ()) -> str:
    """`/:categories/:title/` → `/diary/nobel/`; "" if the value of a placeholder is unknown.

    `folders` are the parents of `_posts`, which Jekyll reads as categories.
    """
    in_collection = _path_in_collection(document.name)
    stem = in_collection[-1] if in_collection else ""
    slug = text_of(document, "slug") or slug_in_name(document.name) or stem
    parts = {"title": slugify(slug), "slug": slugify(slug, marks="").lower()} if slug else {}
    if slug and (date := _date(document)):
        names = dict.fromkeys(name.lower() for name in (*folders, *_categories(document)))
        parts |= {"categories": "/".join(names), "slugified_categories": "/".join(map(slugify, names))}
        parts |= _parts_of_date(date)
    if in_collection:
        collection, *path_in_it = in_collection
        parts |= {"collection": collection, "path": "/".join(path_in_it), "name": slugify(path_in_it[-1])}
        parts["output_ext"] = ".html"
    missing = False

    def part(found: re.Match[str]) -> str:
        nonlocal missing
        missing = missing or found[1] not in parts
        return parts.get(found[1], "")

    path = re.sub(r":([a-z_]+)", part, pattern)
    return "" if missing else "/" + re.sub(r"/{2,}", "/", unquote(path)).lstrip("/")


def path_of_page(document: SourceDocument, name: str, pattern: str) -> str:
    """Return the permalink, else the path of the file: `about.md` and `about/index.md` are at `/about/`.

    `name` is relative to the site; `pattern` is the permalink of the collection, for a page that is in one.
    """
    if permalink := unquote(text_of(document, "permalink")):
        return "/" + permalink.lstrip("/")
    if _path_in_collection(name) and (path := address_of(document, pattern)):
        return path
    place = name.rsplit(".", 1)[0].removesuffix("index").strip("/")
    return f"/{place}/" if place else "/"


def _path_in_collection(name: str) -> tuple[str, ...]:
    """`docs/_talks/2021/ice.md` → `talks`, `2021`, `ice`; empty for a file in no collection."""
    parts = PurePosixPath(name).with_suffix("").parts
    starts = (i for i, part in enumerate(parts[:-1]) if part.startswith("_") and part not in ("_posts", "_drafts"))
    first = next(starts, len(parts))
    return tuple(part.removeprefix("_") for part in parts[first:])


def _categories(document: SourceDocument) -> Iterable[str]:
    """Yield the categories as Jekyll reads them: commas are part of a name, so `blog,mi` is one category."""
    for key in ("category", "categories"):
        is_text = isinstance(document.meta.get(key, ""), str)
        yield from text_of(document, key).split() if is_text else names_of(document, key)


def _date(document: SourceDocument) -> datetime | None:
    """Return the date for the placeholders; None if it cannot be read, which is reported where the date is needed."""
    written = text_of(document, "date") or day_in_name(document.name)
    if _READ_AS_UTC.fullmatch(written):
        written += " UTC"
    try:
        date = parse_date(document, written) if written else None
        # Jekyll uses the day in the time zone of the site; without `timezone:`, that of the machine, which is unknown.
        return date.astimezone(parse_date(document, "2000-1-1").tzinfo) if date and document.zone else date
    except (SourceError, OverflowError):
        return None


def _parts_of_date(date: datetime) -> Mapping[str, str]:
    iso = date.isocalendar()
    month, weekday = _MONTHS[date.month - 1], _DAYS[date.weekday()]
    return {
        "year": str(date.year), "short_year": f"{date.year % 100:02}",
        "month": f"{date.month:02}", "i_month": str(date.month), "short_month": month[:3], "long_month": month,
        "day": f"{date.day:02}", "i_day": str(date.day), "y_day": f"{date.timetuple().tm_yday:03}",
        "short_day": weekday[:3], "long_day": weekday,
        "week": f"{iso.week:02}", "w_year": str(iso.year), "w_day": str(iso.weekday),
        "hour": f"{date.hour:02}", "minute": f"{date.minute:02}", "second": f"{date.second:02}",
        "output_ext": ".html",
    }  # fmt: skip


def _is_word(character: str) -> bool:
    category = unicodedata.category(character)
    return category[0] in "LM" or category == "Nd"
