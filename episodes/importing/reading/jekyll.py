"""Parsing of an episode that is a post of a Jekyll site: `layout: podcast`, or `podcast-draft` for a draft."""

import re
from collections import Counter
from dataclasses import replace
from decimal import Decimal

from episodes.host_feed.times import read_seconds
from episodes.importing.reading.source import EpisodeSource
from episodes.importing.reading.theme_keys import KEYS, sound_in, with_our_keys
from episodes.notes.notes import NoteSection, find_headings, parse
from episodes.numbers import parse_number, spell_number
from episodes.title_numbers import NumberedTitle, split_number
from interaxion.text.front_matter.parsing import SourceDocument
from interaxion.text.jekyll.keys import (
    FALSE,
    date_of,
    is_draft,
    line_of,
    names_of,
    text_of,
    unknown_keys,
)
from interaxion.text.jekyll.permalinks import address_of
from interaxion.text.kramdown import JekyllSite, rewrite
from interaxion.text.markdown import kramdown_id
from interaxion.text.source_errors import Note, Subject, gettext_noop

LAYOUTS = ("podcast", "podcast-draft", "episode")
KNOWN_KEYS = frozenset({
    *("layout", "title", "permalink", "slug", "tags", "category", "categories", "lang", "language"),
    *("date", "created_at", "published", "render_with_liquid", *KEYS),
})  # fmt: skip

ROLES = {"host": "host", "ホスト": "host", "guest": "guest", "ゲスト": "guest"}

#: Keys with names of people → the role that the key states.
PEOPLE_KEYS = {"starring": "", "hosts": "host", "guests": "guest"}

_PATH_NUMBER = re.compile(r"/([0-9]{1,5}(?:-[0-9]{1,2})?)(?:-draft)?/?")


def read_jekyll(document: SourceDocument, *, number: Decimal | None, site: JekyllSite) -> EpisodeSource:
    """Raise SourceError for a value of the wrong type and for sections that cannot be stored."""
    document = with_our_keys(document)
    extra, unknown = unknown_keys(document, KNOWN_KEYS)
    warnings = [*unknown]
    if text_of(document, "render_with_liquid").lower() in FALSE:
        site = replace(site, liquid=False)
    body = rewrite(
        document.body, first_line=document.body_line, site=site, meta=document.meta, is_html=document.is_html
    )
    summary = rewrite(text_of(document, "excerpt"), first_line=line_of(document, "excerpt"), site=site)
    sections = _read_sections(body.text)
    numbered = split_number(text_of(document, "title"))
    season = _season(document, numbered)
    found_number, title = _read_title(document, number, numbered, warnings)
    permalink = text_of(document, "permalink")
    is_sure = number is not None or _PATH_NUMBER.fullmatch(permalink) or (numbered and numbered.is_plain)
    path = address_of(document, permalink) if permalink else ""
    audio, size = sound_in(document.meta.get("audio"))
    return EpisodeSource(
        number=found_number,
        title=title,
        whole_title="" if is_sure or found_number is None else text_of(document, "title"),
        season=season,
        sections=sections,
        summary=summary.text.strip(),
        path=path,
        speakers=tuple(dict.fromkeys(name for key in PEOPLE_KEYS for name in names_of(document, key))),
        roles=_read_roles(document, warnings),
        tags=names_of(document, "tags", None),
        player=text_of(document, "anchorEmbedding"),
        artwork=text_of(document, "twitter_image"),
        audio=audio,
        audio_seconds=_seconds(document, warnings),
        audio_bytes=_bytes(document, size, warnings),
        transcript=text_of(document, "transcript"),
        date=date_of(document),
        is_draft=is_draft(document),
        extra=extra,
        warnings=(*warnings, *summary.notes, *body.notes),
    )


def _read_title(
    document: SourceDocument, given: Decimal | None, numbered: NumberedTitle | None, warnings: list[Note]
) -> tuple[Decimal | None, str]:
    """Return the number, from the command, a key, the title or the path, and the title without it."""
    rest = numbered.rest if numbered else text_of(document, "title")
    in_path = _PATH_NUMBER.fullmatch(text_of(document, "permalink"))
    others = {
        "number": parse_number(text_of(document, "number")),
        "title": numbered.number if numbered else None,
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
    roles = {name: role for key, role in PEOPLE_KEYS.items() if role for name in names_of(document, key)}
    for person in people if isinstance(people, list) else [people]:
        if isinstance(person, dict) and (written := str(person.get("role", "")).strip()):
            if role := ROLES.get(written.casefold()):
                roles[str(person.get("name", "")).strip()] = role
            else:
                message = gettext_noop("the role %(role)s is not taken: there are host and guest")
                warnings.append(Note(line_of(document, "starring"), message, {"role": written}))
    return roles


def _season(document: SourceDocument, numbered: NumberedTitle | None) -> int | None:
    written = text_of(document, "season")
    if written.isdecimal() and len(written) < 4:
        return int(written) or None
    return numbered.season if numbered else None


def _seconds(document: SourceDocument, warnings: list[Note]) -> int | None:
    """Return the length of the sound, as podcast hosts write lengths, too."""
    written = text_of(document, "seconds")
    seconds = read_seconds(written)
    if written and seconds is None and written.strip("0:"):
        message = gettext_noop("the length %(length)s of the sound cannot be read: it is not taken")
        warnings.append(Note(line_of(document, "seconds"), message, {"length": written}, Subject.SOUND))
    return seconds


def _bytes(document: SourceDocument, beside: str, warnings: list[Note]) -> int | None:
    """Return the size of the sound; `beside` is the one that stands beside its address."""
    written = (text_of(document, "bytes") or beside).replace(",", "").strip()
    if written and not written.isdecimal():
        message = gettext_noop("the size %(size)s of the sound is no number of bytes: it is not taken")
        warnings.append(Note(line_of(document, "bytes"), message, {"size": written}, Subject.SOUND))
        return None
    return int(written) if written else None
