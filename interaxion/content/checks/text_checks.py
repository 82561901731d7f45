"""The checks that every kind of content shares: of the title, the address, and the rendered text."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from html import unescape
from typing import Any, TypeVar
from urllib.parse import unquote

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext, gettext_noop, ngettext

from interaxion.content import paths
from interaxion.content.checks.anchors import find_lost_anchors
from interaxion.content.diagrams.kept import KeptDrawings
from interaxion.content.files.stored_files import StoredFiles
from interaxion.content.languages import in_a_row
from interaxion.content.linking.health import LinkStatus
from interaxion.content.prepared import Prepared
from interaxion.content.publishing.publishable import Publishable
from interaxion.text.markdown import MISSING, Rendered, render, render_inline
from interaxion.text.markdown.rendered import LINKED_PLAYER, LOST_TEXT, TOO_MANY_CELLS, UNDRAWN_DIAGRAM
from interaxion.text.problems import Problem, error, warning
from interaxion.web.answers import address_to_ask, archive_address

T = TypeVar("T")

#: Not prose: code, formulas, tags, and descriptions of missing pictures (only rendering with files has these).
_NO_PROSE = re.compile(r'<(pre|code|math|svg)\b.*?</\1>|<span class="missing-picture">.*?</span>|<[^>]*>', re.DOTALL)
#: Markup of other systems, and unpaired asterisks: readers see them as they are.
_LEFTOVER = re.compile(r"\*\*|\{:\s*toc\s*\}|\{:\s*[.#][^{}\n]*\}|\{%-?\s*\w+")
#: Each is looked for in all lines.
_MOST_LEFTOVERS = 20
_DECORATIVE = re.compile(r"!\[\s*\]\(\s*<?([^\s>)]{1,1000})>?\s+[\"'(]decorative[\"')]\s*\)")


@dataclass(frozen=True)
class Spot:
    """The field of the form that holds a line of the source; the names are those of `Problem`."""

    field: str
    place: str = ""
    row_field: str = ""
    heading: str = ""
    line: int = 0


#: The warning before something gets an address that redirects to something else.
TAKES_OVER = gettext_noop("“%(path)s” is an old address of “%(other)s”: it stops leading there.")
#: A line of the source, counted from 1 → its place in the form.
Locate = Callable[[int], Spot]


def check_thing(thing: Publishable, locate: Locate, rendered: Rendered | None = None) -> list[Problem]:
    """Return what may be wrong with content of any kind. Reads the state of all its links in one query.

    `rendered` is its text as it is stored; without it the text is rendered here.
    """
    source = thing.source_text()
    rendered = rendered or render(source, kind=thing.markdown_kind, resolver=KeptDrawings())
    return [
        *_check_title(thing),
        *_check_path(thing),
        *_check_loss(rendered, locate),
        *_check_leftovers(source, rendered, locate),
        *_check_pictures(source, rendered, locate),
        *_check_missing_pictures(thing, rendered, locate),
        *_check_links(thing, rendered, locate),
        *_check_anchors(rendered, locate),
    ]


def check_summary(thing: Publishable) -> list[Problem]:
    """Warn of a missing summary, for content that lists, feeds and search engines introduce by it."""
    if thing.summary.strip():
        return []
    return [warning(gettext("There is no summary: lists and search engines show none."), "summary")]


def _check_title(thing: Publishable) -> Iterator[Problem]:
    if not thing.title.strip():
        yield error(gettext("There is no title."), "title")


def _check_path(thing: Publishable) -> Iterator[Problem]:
    """Check that the address which publishing will give it is free."""
    try:
        paths.validate_path(thing.published_path(), thing)
    except ValidationError as refusal:
        if refusal.code == paths.OLD_ADDRESS:
            yield warning(gettext(TAKES_OVER) % refusal.params, "path")
        else:
            yield from (error(message, "path") for message in refusal.messages)


def _check_loss(rendered: Rendered, locate: Locate) -> Iterator[Problem]:
    for problem in rendered.warnings:
        if problem.message_id == LOST_TEXT:
            message = gettext("The HTML around this text is not allowed, and the text is lost with it: “%(text)s”.")
            yield error(message % {"text": problem.detail}, **_at(locate(problem.line)))
        elif problem.message_id == LINKED_PLAYER:
            yield warning(gettext(LINKED_PLAYER) % problem.detail[:80], **_at(locate(problem.line)))
        elif problem.message_id == TOO_MANY_CELLS:
            yield error(gettext(TOO_MANY_CELLS), **_at(locate(problem.line)))
        elif problem.message_id == UNDRAWN_DIAGRAM:
            yield warning(gettext(UNDRAWN_DIAGRAM) % problem.detail, **_at(locate(problem.line)))


def _check_leftovers(source: str, rendered: Rendered, locate: Locate) -> Iterator[Problem]:
    shown = dict.fromkeys(_LEFTOVER.findall(_prose(rendered.html)))
    lines = source.splitlines()
    for mark in list(shown)[:_MOST_LEFTOVERS]:
        message = gettext("Readers see the markup “%(mark)s” as it is written.") % {"mark": mark}
        yield warning(message, **_at(locate(_line_showing(mark, lines))))


def _check_pictures(source: str, rendered: Rendered, locate: Locate) -> Iterator[Problem]:
    """Warn of pictures without a description, once for each section."""
    decorative = set(_DECORATIVE.findall(source))
    images = [image for image in rendered.outline.images if not image.alt.strip() and image.src not in decorative]
    for spot, found in _by_spot((locate(image.line), image) for image in images):
        count = len(found)
        message = ngettext(
            "Nothing says what a picture shows: write it between ![ and ].",
            "Nothing says what %(count)d pictures show: write it between ![ and ].",
            count,
        )
        yield warning(message % {"count": count}, **_at(spot))


def _check_missing_pictures(thing: Publishable, rendered: Rendered, locate: Locate) -> Iterator[Problem]:
    files = StoredFiles(thing.address_of)
    lines: dict[str, int] = {}
    for image in rendered.outline.images:
        lines.setdefault(image.src, image.line)  # one problem for each picture
    of_spots = _by_spot((locate(line), src[:80]) for src, line in lines.items() if files.image(src) is MISSING)
    for spot, names in of_spots:
        message = ngettext(
            "The picture %(files)s is not there: readers see its description in its place.",
            "%(count)d pictures are not there: %(files)s. Readers see their descriptions in their place.",
            len(names),
        )
        yield warning(message % {"count": len(names), "files": in_a_row(names[:5])}, **_at(spot))


def _check_links(thing: Publishable, rendered: Rendered, locate: Locate) -> Iterator[Problem]:
    found = [(address, link) for link in rendered.outline.links if (address := address_to_ask(link.url))]
    dead = {url for (url,) in _find_dead(sorted({address for address, _link in found}))}
    for address, link in found:
        if address in dead:
            dead.remove(address)  # one problem for each address
            yield warning(
                gettext("The link “%(text)s” is dead: %(url)s") % {"text": link.text[:60], "url": link.url},
                offer=archive_address(address, thing.dated_at or timezone.now()),
                **_at(locate(link.line)),
            )


@Prepared  # every save and preview asks
def _find_dead(urls: list[str]) -> QuerySet[Any, tuple[str]]:
    return LinkStatus.objects.dead().filter(url__in=urls).values_list("url")


def _check_anchors(rendered: Rendered, locate: Locate) -> Iterator[Problem]:
    for link, page in find_lost_anchors(rendered):
        values = {"text": link.text[:60], "url": unquote(link.url), "page": page}
        message = gettext("The link “%(text)s” leads to no place in this text: %(url)s")
        if page:
            message = gettext("The link “%(text)s” leads to a place that %(page)s does not have: %(url)s")
        yield warning(message % values, **_at(locate(link.line)))


def _by_spot(found: Iterable[tuple[Spot, T]]) -> Iterator[tuple[Spot, list[T]]]:
    """Group what was found by the field of the form, with the spot of the first one in each."""
    spots: dict[Spot, tuple[Spot, list[T]]] = {}
    for spot, each in found:
        spots.setdefault(replace(spot, line=0), (spot, []))[1].append(each)
    yield from spots.values()


def _at(spot: Spot) -> dict[str, Any]:
    return asdict(spot)


def _prose(html: str) -> str:
    """Return the text that readers see, without code and formulas."""
    return unescape(_NO_PROSE.sub("", html))


def _line_showing(mark: str, lines: list[str]) -> int:
    """Return the first line of the source that shows the mark when rendered alone, else the first that holds it."""
    numbers = [number for number, line in enumerate(lines, 1) if mark in line]
    shows = (number for number in numbers if mark in _prose(render_inline(lines[number - 1])))
    return next(shows, numbers[0] if numbers else 1)
