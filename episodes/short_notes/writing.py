"""Writing short notes in the two forms that places accept: HTML with only `p ol ul li a`, and plain text."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape

from episodes.short_notes.outline import Line, OutlineLink, links_of
from episodes.short_notes.profiles import Markup, Profile

#: Listeners read this text, so it is in the language of the episode.
PAGE_LINKS = {"ja": "完全版のショーノート", "en": "Full show notes"}


@dataclass(frozen=True)
class Part:
    """A heading ("" for none) and the list below it."""

    heading: str = ""
    starts_at: int | None = None
    lines: tuple[Line, ...] = ()


@dataclass(frozen=True)
class Draft:
    """Short notes as data, whether they fit their profile or not."""

    profile: Profile
    opening: tuple[Line, ...]  # paragraphs
    page_link: OutlineLink | None  # to the full notes; None if the opening or a list has it
    parts: tuple[Part, ...]

    @property
    def text(self) -> str:
        write = _FORMS[self.profile.markup]
        opening = [write.paragraph(line) for line in self.opening if line]
        page_link = write.page_link(self.page_link) if self.page_link else ""
        blocks = [*opening, page_link, *(self.write_part(part) for part in self.parts)]
        return _spell(write.between.join(filter(None, blocks)), self.profile)

    @property
    def links(self) -> list[OutlineLink]:
        lines = [
            *self.opening,
            *([[self.page_link]] if self.page_link else ()),
            *(line for part in self.parts for line in part.lines),
        ]
        return [link for line in lines for link in links_of(line)]

    @property
    def fits(self) -> bool:
        return self.profile.measure(self.text) <= self.profile.limit

    def write_part(self, part: Part) -> str:
        write = _FORMS[self.profile.markup]
        heading = part.heading
        if part.starts_at is not None:
            heading = (self.profile.stamp.format(time=stamp(part.starts_at)) + heading).rstrip()
        title = write.paragraph([heading]) if heading else ""
        items = write.list(part.lines) if part.lines else ""
        return "\n".join(filter(None, (title, items)))

    def size_of(self, part: Part) -> int:
        """Return how much of the profile's limit the part takes, in the profile's unit."""
        block = _spell(self.write_part(part), self.profile)
        return self.profile.measure(block + _FORMS[self.profile.markup].between) if block else 0


def link_to_page(page_url: str, language: str) -> OutlineLink:
    return OutlineLink(page_url, PAGE_LINKS.get(language, PAGE_LINKS["en"]))


def stamp(seconds: int) -> str:
    """Return `01:30`, or `01:02:03` after the first hour: the one spelling that all apps make chapters of."""
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02}:{minutes:02}:{seconds:02}" if hours else f"{minutes:02}:{seconds:02}"


@dataclass(frozen=True)
class _Form:
    paragraph: Callable[[Line], str]
    list: Callable[[Sequence[Line]], str]
    page_link: Callable[[OutlineLink], str]
    between: str


def _html_line(line: Line) -> str:
    return "".join(
        f'<a href="{escape(piece.url)}">{escape(piece.text)}</a>' if isinstance(piece, OutlineLink) else escape(piece)
        for piece in line
    )


def _html_list(lines: Sequence[Line]) -> str:
    return "<ul>" + "".join(f"<li>{_html_line(line)}</li>" for line in lines) + "</ul>"


def _text_line(line: Line) -> str:
    """Return the line with spaces around addresses, so that none runs into the Japanese text after it."""
    words = (_text_link(piece) if isinstance(piece, OutlineLink) else piece for piece in line)
    return re.sub(" +", " ", "".join(words)).strip()


def _text_link(link: OutlineLink) -> str:
    return f" {link.url} " if link.text in link.url else f"{link.text} {link.url} "


def _text_list(lines: Sequence[Line]) -> str:
    return "\n".join(f"・{_text_line(line)}" for line in lines)


_FORMS: dict[Markup, _Form] = {
    "html": _Form(
        paragraph=lambda line: f"<p>{_html_line(line)}</p>",
        list=_html_list,
        page_link=lambda link: f"<p>{_html_line([link])}</p>",
        between="\n",
    ),
    "text": _Form(
        paragraph=_text_line,
        list=_text_list,
        page_link=lambda link: f"{link.text}: {link.url}",
        between="\n\n",
    ),
}


def _spell(text: str, profile: Profile) -> str:
    for refused, instead in profile.replaced:
        text = text.replace(refused, instead)
    return text
