"""Parsing of an episode that is a post of a Jekyll site: `layout: podcast`, or `podcast-draft` for a draft."""

import re
from collections import Counter
from dataclasses import replace
from decimal import Decimal

from episodes.importing.reading.source import EpisodeSource, validate_sections
from episodes.importing.reading.title_numbers import says_in_words, split_number
from episodes.notes.notes import NoteSection, find_headings, parse
from episodes.numbers import parse_number, spell_number
from interaxion.text.front_matter.parsing import SourceDocument
from interaxion.text.jekyll.keys import (
    FALSE,
    date_of,
    is_draft,
    line_of,
    names_of,
    text_of,
    unknown_keys,
    wrong_value,
)
from interaxion.text.jekyll.permalinks import address_of
from interaxion.text.kramdown import JekyllSite, rewrite
from interaxion.text.markdown import kramdown_id
from interaxion.text.source_errors import Note, gettext_noop
from interaxion.text.times import parse_time

LAYOUTS = ("podcast", "podcast-draft")
KNOWN_KEYS = frozenset({
    *("layout", "title", "permalink", "starring", "excerpt", "tags", "anchorEmbedding", "twitter_image"),
    *("date", "created_at", "published", "audio", "seconds", "bytes", "render_with_liquid"),
})  # fmt: skip

ROLES = {"host": "host", "ホスト": "host", "guest": "guest", "ゲスト": "guest"}

_PATH_NUMBER = re.compile(r"/([0-9]{1,5}(?:-[0-9]{1,2})?)(?:-draft)?/?")


def read_jekyll(document: SourceDocument, *, number: Decimal | None, site: JekyllSite) -> EpisodeSource:
    """Raise SourceError for a value of the wrong type and for sections that cannot be stored."""
    extra, unknown = unknown_keys(document, KNOWN_KEYS)
    warnings = [*unknown]
    if text_of(document, "render_with_liquid").lower() in FALSE:
        site = replace(site, liquid=False)
    body = rewrite(document.body, first_line=document.body_line, site=site)
    summary = rewrite(text_of(document, "excerpt"), first_line=line_of(document, "excerpt"), site=site)
    sections = _read_sections(body.text)
    validate_sections(document, sections)
    found_number, title = _read_title(document, number, warnings)
    permalink = text_of(document, "permalink")
    is_in_words = number is None and not _PATH_NUMBER.fullmatch(permalink) and says_in_words(text_of(document, "title"))
    path = address_of(document, permalink) if permalink else ""
    return EpisodeSource(
        number=found_number,
        title=title,
        whole_title=text_of(document, "title") if is_in_words else "",
        sections=sections,
        summary=summary.text.strip(),
        path=path,
        speakers=names_of(document, "starring"),
        roles=_read_roles(document, warnings),
        tags=names_of(document, "tags", None),
        player=text_of(document, "anchorEmbedding"),
        artwork=text_of(document, "twitter_image"),
        audio=text_of(document, "audio"),
        audio_seconds=_whole_number(document, "seconds"),
        audio_bytes=_whole_number(document, "bytes"),
        date=date_of(document),
        is_draft=is_draft(document),
        extra=extra,
        warnings=(*warnings, *summary.notes, *body.notes),
    )


def _read_title(document: SourceDocument, given: Decimal | None, warnings: list[Note]) -> tuple[Decimal | None, str]:
    """Return the number, from the command, the title or the path, and the title without it."""
    title = text_of(document, "title")
    in_title, rest = split_number(title)
    in_path = _PATH_NUMBER.fullmatch(text_of(document, "permalink"))
    others = {
        "title": in_title,
        "permalink": parse_number(in_path[1]) if in_path else None,
    }
    number = next((n for n in (given, *others.values()) if n is not None), None)
    for key, other in others.items():
        if number is not None and other is not None and other != number:
            params = {"number": spell_number(number), "other": spell_number(other)}
            message = gettext_noop("read as episode %(number)s, though this line says %(other)s")
            warnings.append(Note(line_of(document, key), message, params))
    return number, rest


def _read_sections(text: str) -> tuple[NoteSection, ...]:
    """Parse the sections, each with the id that kramdown gave its heading, so that links from elsewhere still work."""
    repeats: Counter[str] = Counter()
    anchors = []
    for heading in find_headings(text):
        anchor = kramdown_id(heading.source)
        count, repeats[anchor] = repeats[anchor], repeats[anchor] + 1
        if heading.opens_section:
            anchors.append(f"{anchor}-{count}" if count else anchor)
    sections = parse(text)
    lead = sections[: len(sections) - len(anchors)]
    headed = zip(sections[len(lead) :], anchors, strict=True)
    named = [replace(section, imported_anchor=section.imported_anchor or anchor) for section, anchor in headed]
    return (*lead, *named)


def _read_roles(document: SourceDocument, warnings: list[Note]) -> dict[str, str]:
    """Return name → role of the entries such as `- name: 蛍` with `role: guest`; a plain name has no role."""
    people = document.meta.get("starring")
    roles = {}
    for person in people if isinstance(people, list) else [people]:
        if isinstance(person, dict) and (written := str(person.get("role", "")).strip()):
            if role := ROLES.get(written.casefold()):
                roles[str(person.get("name", "")).strip()] = role
            else:
                message = gettext_noop("the role %(role)s is not taken: there are host and guest")
                warnings.append(Note(line_of(document, "starring"), message, {"role": written}))
    return roles


def _whole_number(document: SourceDocument, key: str) -> int | None:
    value = text_of(document, key)
    if not value:
        return None
    number = int(value) if value.isdecimal() else parse_time(value)
    if number is None:
        raise wrong_value(document, key, gettext_noop("write it as a whole number"))
    return number
