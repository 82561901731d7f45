"""The data files of a Jekyll site: its speakers, its glossary, and the show as `_config.yml` describes it."""

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

from episodes.models import Podcast, Speaker
from episodes.people.speakers import find_speakers, fold_name
from interaxion.content.importing.document_import import DocumentImport
from interaxion.content.importing.inputs import ImportInputs, Place
from interaxion.content.importing.jekyll_config import JekyllConfig
from interaxion.content.importing.outcome import Action, Outcome, WantedPicture
from interaxion.content.importing.saving import explain
from interaxion.content.site_time import is_time_zone
from interaxion.sitewide.importing.rows import is_untouched, remember_row, row_digest
from interaxion.text.front_matter.parsing import SourceDocument, read_data
from interaxion.text.source_errors import Note, SourceError, gettext_noop
from posts.importing import import_document as import_post

#: Keys of `_data/members.yml` for accounts and pages elsewhere → the address before the name of the account.
LINK_KEYS = {
    "twitter": "https://x.com/", "x": "https://x.com/", "github": "https://github.com/",
    "instagram": "https://www.instagram.com/", "url": "", "website": "",
}  # fmt: skip
#: Keys of the picture of somebody.
PICTURE_KEYS = ("profile_image", "image", "image_url", "avatar")


def import_config(name: str, data: bytes, inputs: ImportInputs) -> Outcome:
    """Set what the podcast is and its time zone, unless a person has edited it. Raises SourceError."""
    config, notes = read_data(name, data)
    if not isinstance(config, dict):
        raise _wrong_data(name, gettext_noop("write it as lines of `key: value`"))
    podcast, is_new = Podcast.current(), not Podcast.objects.exists()
    if inputs.taken.setdefault("podcast", name) != name:
        note = Note(1, gettext_noop("another file of this import says what the podcast is"))
        return Outcome(name, Action.SKIPPED, "/", (note,))
    if not is_new and not is_untouched(podcast):
        note = Note(1, gettext_noop("somebody has written what the podcast is: it stays as it is"))
        return Outcome(name, Action.SKIPPED, "/", (note,))
    before = row_digest(podcast)
    podcast.title = _line(config, "title") or podcast.title
    podcast.description = _line(config, "description") or podcast.description
    podcast.language = (_line(config, "lang") or podcast.language)[:10]
    zone = _line(config, "timezone")
    if zone and not is_time_zone(zone):
        message = gettext_noop("the time zone %(zone)s is not known: dates without one are read in that of this site")
        notes = (*notes, Note(_line_of(data, "timezone"), message, {"zone": zone}))
    elif not inputs.is_demo:
        podcast.time_zone = zone or podcast.time_zone
    if inputs.site.url and not inputs.is_demo:
        podcast.former_sites = list(dict.fromkeys([*podcast.former_sites, inputs.site.url + inputs.site.baseurl]))
    if not is_new and row_digest(podcast) == before:
        return Outcome(name, Action.UNCHANGED, "/", notes if zone and zone != podcast.time_zone else ())
    _save(podcast, _document(name, data))
    remember_row(podcast, name, is_demo=inputs.is_demo)
    return Outcome(name, Action.CREATED if is_new else Action.UPDATED, "/", notes)


def import_members(name: str, data: bytes, inputs: ImportInputs) -> Outcome:
    """Find or make the speakers of a data file by name or alias."""
    members, notes = _entries(name, data)
    return _import_people(name, [(_document(name, data, line), member) for line, member in members], inputs, notes)


def import_actors(name: str, config: JekyllConfig, inputs: ImportInputs) -> Outcome:
    """Find or make the speakers that `_config.yml` describes."""
    document = _document(name, b"")
    return _import_people(name, [(document, dict(person)) for person in config.people.values()], inputs)


def _import_people(
    name: str,
    people: Iterable[tuple[SourceDocument, dict[str, Any]]],
    inputs: ImportInputs,
    notes: tuple[Note, ...] = (),
) -> Outcome:
    """Each document names the line. The file fills empty fields and adds missing values; it replaces none."""
    warnings = [*notes]
    wanted: list[tuple[Speaker, str, str]] = []
    made: list[Speaker] = []
    action = Action.UNCHANGED
    called = [(document, member, _line(member, "name") or _line(member, "title")) for document, member in people]
    known = find_speakers(name for _document, _member, name in called)
    for document, member, name_there in called:
        speaker = known.get(fold_name(name_there)) or Speaker(name=unicodedata.normalize("NFC", name_there))
        is_new, before = speaker.pk is None, row_digest(speaker)
        job = DocumentImport(document, inputs)
        _fill(speaker, member, job)
        warnings += job.warnings
        if is_new:
            action = Action.CREATED
            _clean(speaker, document)
            made += [speaker] if speaker not in made else []
        elif row_digest(speaker) != before:
            _save(speaker, document)
            action = Action.UPDATED if action is Action.UNCHANGED else action
        known = {fold_name(each): speaker for each in (speaker.name, *speaker.aliases)} | known
        wanted += [(speaker, key, url) for key, url in job.elsewhere]
    Speaker.save_new(made)
    told = tuple(warnings) if action is not Action.UNCHANGED else ()
    pictures = tuple(WantedPicture(speaker._meta.label_lower, speaker.pk, key, url) for speaker, key, url in wanted)
    return Outcome(name, action, "/speakers/", told, wanted_pictures=pictures)


def glossary(name: str, data: bytes) -> Iterator[SourceDocument]:
    """Yield each entry of `_data/keywords.yml` as the source of the post at `/keywords/<index>/`."""
    entries, notes = _entries(name, data)
    for (line, entry), next_line in zip(entries, [*(line for line, _entry in entries[1:]), 10**9], strict=True):
        title, index = _line(entry, "title"), _line(entry, "index") or _line(entry, "title")
        body = str(entry.get("definition", ""))
        # jekyll-datapage_gen writes its pages in lower case, which is how other pages link to them.
        generated = index.lower().replace(" ", "-")
        meta = {"title": title, "categories": "keywords", "permalink": f"/keywords/{index}/"}
        meta |= {"redirect_from": f"/keywords/{generated}/"} if generated != index else {}
        meta |= {key: value for key, value in entry.items() if key not in {"title", "index", "definition"}}
        lines = dict.fromkeys(meta, line)
        text = json.dumps(entry, ensure_ascii=False, sort_keys=True)
        entry_notes = tuple(note for note in notes if line <= note.line < next_line)
        yield SourceDocument(f"{name}#{index}", text, meta, body, line + 3, lines, True, "", notes=entry_notes)


def import_entry(document: SourceDocument, inputs: ImportInputs) -> Outcome:
    return import_post(document, Place(), inputs)


def _fill(speaker: Speaker, member: dict[str, Any], job: DocumentImport) -> None:
    """Fill empty fields and add missing values."""
    aliases = member.get("aliases", [])
    aliases = aliases if isinstance(aliases, list) else re.split(r"\s*,\s*", str(aliases))
    speaker.aliases = list(dict.fromkeys([*speaker.aliases, *(a for a in aliases if a and a != speaker.name)]))
    speaker.reading = speaker.reading or _line(member, "reading")
    speaker.bio = speaker.bio or _line(member, "bio")
    accounts = [(site, _line(member, key).lstrip("@")) for key, site in LINK_KEYS.items()]
    links = member.get("links", [])
    links = [*(links if isinstance(links, list) else [links]), *(site + name for site, name in accounts if name)]
    speaker.links = list(dict.fromkeys([*speaker.links, *links]))
    picture = next(filter(None, (_line(member, key) for key in PICTURE_KEYS)), "")
    if picture and not speaker.image:
        side = Speaker._meta.get_field("image").longest_side
        speaker.image = job.keep_picture("image", picture, longest_side=side)


def _clean(row: models.Model, document: SourceDocument) -> None:
    try:
        row.full_clean(validate_unique=False)  # names were looked up; the database checks the rest
    except ValidationError as problem:
        raise explain(document, problem) from problem


def _save(row: models.Model, document: SourceDocument) -> None:
    _clean(row, document)
    try:
        row.save()
    except ValidationError as problem:
        raise explain(document, problem) from problem


def _document(name: str, data: bytes, line: int = 1) -> SourceDocument:
    """The data file as a document whose keys are all in this line, so that warnings and errors name it."""
    return SourceDocument(name, data.decode(), {}, "", 1, dict.fromkeys(["permalink", "image"], line), True, "")


def _entries(name: str, data: bytes) -> tuple[list[tuple[int, dict[str, Any]]], tuple[Note, ...]]:
    """Return the mappings of a list, each with its first line, and notes. Raises SourceError for anything else."""
    entries, notes = read_data(name, data)
    entries = entries or []
    if not isinstance(entries, list) or not all(
        isinstance(entry, dict) and (_line(entry, "name") or _line(entry, "title")) for entry in entries
    ):
        raise _wrong_data(name, gettext_noop("write it as a list, each entry with a name or a title"))
    starts = [match.start() for match in re.finditer(r"^-", data.decode("utf-8-sig"), re.MULTILINE)]
    text = data.decode("utf-8-sig")
    lines = [text.count("\n", 0, start) + 1 for start in starts]
    return list(zip(lines if len(lines) == len(entries) else [1] * len(entries), entries, strict=True)), notes


def _line(mapping: dict[str, Any], key: str) -> str:
    value = mapping.get(key, "")
    return " ".join(value.split()) if isinstance(value, str) else ""


def _line_of(data: bytes, key: str) -> int:
    before = re.split(rf"^{key}\s*:", data.decode("utf-8-sig"), maxsplit=1, flags=re.MULTILINE)[0]
    return before.count("\n") + 1


def _wrong_data(name: str, cure: str) -> SourceError:
    return SourceError(name, 1, gettext_noop("the data cannot be read"), cure)
