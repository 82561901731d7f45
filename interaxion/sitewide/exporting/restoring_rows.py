"""The rows of an export that have no document: podcast, speakers, tags, categories, files, works.

Rows that exist stay as they are: a file adds rows, but corrects none.
"""

import csv
import io
import json
from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.color import no_style
from django.db import connection

from episodes.models import Podcast, Speaker
from interaxion.content.exporting.files import FOLDER, bring_back_pictures
from interaxion.content.exporting.rows import claim_addresses, fill_row
from interaxion.content.files.models import StoredFile, restore_file
from interaxion.content.importing.inputs import ImportInputs
from interaxion.content.importing.outcome import Action, Outcome
from interaxion.content.linking.works import Work
from interaxion.content.publishing.recorder import note_made
from interaxion.sitewide.exporting.contents import NAMED, WORK_COLUMNS, WORK_JSON
from interaxion.sitewide.importing.sites import Site
from interaxion.text.front_matter.parsing import parse_data
from interaxion.text.source_errors import Note, SourceError, gettext_noop

FILES, PODCAST, WORKS = "_data/files.yml", "_data/podcast.yml", "_data/works.csv"
#: In this order: the podcast refers to its hosts.
NAMED_FILES = (*(f"_data/{name}.yml" for name in NAMED), PODCAST, WORKS)


def files_of_rows(site: Site) -> Iterator[str]:
    """Yield every name in the site of the files that are restored with their rows."""
    try:
        rows = parse_data(FILES, site.read(FILES)) if site.root + FILES in site.all_names else []
    except SourceError:
        return  # reported when the file is restored
    for row in rows if isinstance(rows, list) else []:
        yield from (address.strip("/") for address in row.get("addresses", {}))


def restore_named(name: str, site: Site, inputs: ImportInputs) -> Outcome:
    """Restore the rows of one file. Raises SourceError if no row can hold its data."""
    try:
        if name == WORKS:
            created, notes = _restore_works(site.read(name).decode()), []
        elif name == PODCAST:
            created, notes = _restore_podcast(_mapping(name, site.read(name)), inputs)
        else:
            created, notes = _restore_rows(name, parse_data(name, site.read(name)), inputs)
    except (ValidationError, ValueError, TypeError, KeyError, AttributeError) as problem:
        text = " ".join(problem.messages) if isinstance(problem, ValidationError) else str(problem)
        cure = gettext_noop("export the site again")
        raise SourceError(name, 1, "%(problem)s", cure, problem=text) from problem
    return Outcome(name, Action.CREATED if created else Action.UNCHANGED, "", tuple(notes))


def _restore_rows(name: str, rows: list[dict[str, Any]], inputs: ImportInputs) -> tuple[int, list[Note]]:
    model, key = NAMED[name.removeprefix("_data/").removesuffix(".yml")]
    known = set(model._default_manager.values_list(key, flat=True))
    created, notes = 0, []
    for data in rows:
        if data[key] in known:
            continue
        try:
            notes += _restore_file(data, inputs) if model is StoredFile else _restore_row(model(), data, inputs)
            created += 1
        except ValidationError as refused:
            message = gettext_noop("%(name)s is not kept: %(problem)s")
            notes.append(Note(1, message, {"name": data[key], "problem": " ".join(refused.messages)}))
    return created, notes


def _restore_row(row: Any, data: dict[str, Any], inputs: ImportInputs) -> list[Note]:
    fill_row(row, data)
    notes = bring_back_pictures(row, data, inputs)
    row.full_clean(exclude=["image"])
    row.save()
    claim_addresses(row, data.get("addresses", {}))
    return notes


def _restore_file(data: dict[str, Any], inputs: ImportInputs) -> list[Note]:
    """Restore a file from any place where the export wrote it. Its bytes are checked again; the row is not trusted."""
    places = [*data.get("addresses", {}), FOLDER + data["file"]]
    name = next((found for place in places if (found := inputs.files.find(place))), None)
    if name is None:
        return [Note(1, gettext_noop("the file %(file)s is missing"), {"file": places[0]})]
    stored = restore_file(data["file"], inputs.files.read(name), sha256=data["sha256"])
    if not StoredFile.objects.filter(file=stored.file.name).exists():
        inputs.files.written.append(stored.file.name)
    stored.name, stored.alt = data.get("name", stored.name), data.get("alt", "")
    stored.full_clean()
    stored.save()
    note_made(stored)
    claim_addresses(stored, data.get("addresses", {}))
    return []


def _restore_podcast(data: dict[str, Any], inputs: ImportInputs) -> tuple[int, list[Note]]:
    if Podcast.objects.exists():
        return 0, []
    podcast = Podcast(pk=1)
    fill_row(podcast, data)
    notes = bring_back_pictures(podcast, data, inputs)
    podcast.full_clean(exclude=["artwork"])
    podcast.save()
    podcast.hosts.set(Speaker.objects.filter(name__in=data.get("hosts", [])))
    return 1, notes


def _restore_works(text: str) -> int:
    """Restore works with their primary keys, which are their addresses. Return the number of new ones."""
    known_ids = set(Work.objects.values_list("pk", flat=True))
    known_keys = set(Work.objects.values_list("key", flat=True))
    rows = [row for row in csv.DictReader(io.StringIO(text)) if row["key"] not in known_keys]
    works = {row["id"]: _work(row) for row in rows}
    for id, work in works.items():
        work.clean_fields(exclude=["merged_into"])
        work.pk = None if int(id) in known_ids else int(id)
    Work.objects.bulk_create(works.values())
    note_made(*works.values())
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), [Work]):
            cursor.execute(statement)
    for row in rows:
        if row["merged_into"] or works[row["id"]].names:
            work = works[row["id"]]
            work.merged_into = works.get(row["merged_into"])
            work.save()
    return len(works)


def _work(row: dict[str, str]) -> Work:
    """Return the work of a row, not saved. An export of an earlier release has fewer columns."""
    plain = {name: row[name] for name in WORK_COLUMNS[1:-1] if row.get(name)}
    return Work(**plain | {name: json.loads(plain[name]) for name in WORK_JSON if name in plain})


def _mapping(name: str, data: bytes) -> dict[str, Any]:
    value = parse_data(name, data)
    if not isinstance(value, dict):
        raise TypeError("no mapping")
    return value
