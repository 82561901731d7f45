"""What the checks of every kind share: title, address, and what the text shows once it is rendered."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from html import unescape
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext, gettext_noop, ngettext

from interaxion.content import paths
from interaxion.content.files.stored_files import StoredFiles
from interaxion.content.linking.health import LinkStatus
from interaxion.content.publishing.publishable import Publishable
from interaxion.text.markdown import MISSING, Rendered, render, render_inline
from interaxion.text.markdown.rendered import LOST_TEXT
from interaxion.text.problems import Problem, error, warning
from interaxion.web.answers import address_to_ask, archive_address

T = TypeVar("T")

#: Nor is the description of a missing picture, which stands in the text only where files are looked up.
_NO_PROSE = re.compile(r'<(pre|code|math|svg)\b.*?</\1>|<span class="missing-picture">.*?</span>|<[^>]*>', re.DOTALL)
#: Markup of other systems, and stars that found no partner: a reader sees them as they are.
_LEFTOVER = re.compile(r"\*\*|\{:\s*toc\s*\}|\{:\s*[.#][^{}\n]*\}|\{%-?\s*\w+")
_DECORATIVE = re.compile(r"!\[\s*\]\(\s*<?([^\s>)]+)>?\s+[\"'(]decorative[\"')]\s*\)")


@dataclass(frozen=True)
class Spot:
    """Where in the form a line of the source is typed; the names are those of `Problem`."""

    field: str
    place: str = ""
    row_field: str = ""
    heading: str = ""
    line: int = 0


#: Said before something gets an address that redirects to something else.
TAKES_OVER = gettext_noop("“%(path)s” is an old address of “%(other)s”: it stops leading there.")
#: A line of the source, counted from 1 → where it is typed.
Locate = Callable[[int], Spot]


def check_thing(thing: Publishable, locate: Locate, rendered: Rendered | None = None) -> list[Problem]:
    """Return what may be wrong with content of any kind. Reads the state of all its links in one query.

    `rendered` is its text as it is stored; without it the text is rendered here.
    """
    source = thing.source_text()
    rendered = rendered or render(source, kind=thing.markdown_kind)
    return [
        *_check_title(thing),
        *_check_path(thing),
        *_check_loss(rendered, locate),
        *_check_leftovers(source, rendered, locate),
        *_check_pictures(source, rendered, locate),
        *_check_missing_pictures(thing, rendered, locate),
        *_check_links(thing, rendered, locate),
    ]


def check_summary(thing: Publishable) -> list[Problem]:
    """Of what lists, feeds and search engines introduce by its summary."""
    if thing.summary.strip():
        return []
    return [warning(gettext("There is no summary: lists and search engines show none."), "summary")]


def _check_title(thing: Publishable) -> Iterator[Problem]:
    if not thing.title.strip():
        yield error(gettext("There is no title."), "title")


def _check_path(thing: Publishable) -> Iterator[Problem]:
    """Whether the address that publishing gives it can be had."""
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


def _check_leftovers(source: str, rendered: Rendered, locate: Locate) -> Iterator[Problem]:
    shown = dict.fromkeys(_LEFTOVER.findall(_prose(rendered.html)))
    for mark in shown:
        message = gettext("Readers see the markup “%(mark)s” as it is written.") % {"mark": mark}
        yield warning(message, **_at(locate(_line_showing(mark, source))))


def _check_pictures(source: str, rendered: Rendered, locate: Locate) -> Iterator[Problem]:
    """One problem for each section that has such pictures."""
    meant = set(_DECORATIVE.findall(source))
    mute = [image for image in rendered.outline.images if not image.alt.strip() and image.src not in meant]
    for spot, images in _by_spot((locate(image.line), image) for image in mute):
        count = len(images)
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
        lines.setdefault(image.src, image.line)  # each is said once
    of_spots = _by_spot((locate(line), src[:80]) for src, line in lines.items() if files.image(src) is MISSING)
    for spot, names in of_spots:
        message = ngettext(
            "The picture %(files)s is not there: readers see its description in its place.",
            "%(count)d pictures are not there: %(files)s. Readers see their descriptions in their place.",
            len(names),
        )
        yield warning(message % {"count": len(names), "files": ", ".join(names[:5])}, **_at(spot))


def _check_links(thing: Publishable, rendered: Rendered, locate: Locate) -> Iterator[Problem]:
    found = [(address, link) for link in rendered.outline.links if (address := address_to_ask(link.url))]
    asked = LinkStatus.objects.dead().filter(url__in={address for address, _link in found})
    dead = set(asked.values_list("url", flat=True))
    for address, link in found:
        if address in dead:
            dead.remove(address)  # said once
            yield warning(
                gettext("The link “%(text)s” is dead: %(url)s") % {"text": link.text[:60], "url": link.url},
                offer=archive_address(address, thing.dated_at or timezone.now()),
                **_at(locate(link.line)),
            )


def _by_spot(found: Iterable[tuple[Spot, T]]) -> Iterator[tuple[Spot, list[T]]]:
    """What is found in each text, with the place of the first one in it."""
    spots: dict[Spot, tuple[Spot, list[T]]] = {}
    for spot, each in found:
        spots.setdefault(replace(spot, line=0), (spot, []))[1].append(each)
    yield from spots.values()


def _at(spot: Spot) -> dict[str, Any]:
    return asdict(spot)


def _prose(html: str) -> str:
    """What is shown, without code and formulas."""
    return unescape(_NO_PROSE.sub("", html))


def _line_showing(mark: str, source: str) -> int:
    """The first line of the source that shows the mark; the first one that has it where that is no line by itself."""
    lines = [number for number, line in enumerate(source.splitlines(), 1) if mark in line]
    shows = (n for n in lines if mark in _prose(render_inline(source.splitlines()[n - 1])))
    return next(shows, lines[0] if lines else 1)
