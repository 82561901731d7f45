"""Search rows: one for each page that can be found, with its places. They follow every save.

A page is a thing (an episode with all its sections), a speaker, a tag, a work that an editor gave a title, or a work
as one thing mentions it: found by the words of that link, and by its number, while that thing is live.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

from interaxion.content.publishing.derived import DerivedRow, facts_of, owned_by
from interaxion.content.publishing.publishable import Publishable
from interaxion.content.publishing.window import Status
from interaxion.content.search.folding import fold
from interaxion.content.search.grams import TOKENIZER_VERSION, grams_in_headings, grams_of, shelf_gram
from interaxion.content.times import parse_time

#: What visitors read and hear, and what names it. The index is asked for each, so neither hides the other.
SHELVES = ("content", "names")
_ALWAYS = {"status": Status.PUBLISHED, "publish_at": datetime(1970, 1, 1, tzinfo=UTC)}


class GramsField(models.Field):
    """A set of grams, as the database's index reads them. Never read back."""

    def db_type(self, connection: BaseDatabaseWrapper) -> str:
        return "integer[]" if connection.vendor == "postgresql" else "text"

    def get_db_prep_value(self, value: Iterable[int], connection: BaseDatabaseWrapper, prepared: bool = False) -> Any:
        return sorted(value) if connection.vendor == "postgresql" else spell_grams(value)


def spell_grams(grams: Iterable[int]) -> str:
    """As words for SQLite's full-text index."""
    return " ".join(f"{gram & 0xFFFFFFFF:x}" for gram in grams)


class SearchRow(DerivedRow):
    #: Set where the page found is that of a work which the thing mentions; `text` is its names there, one a line.
    work = models.ForeignKey("content.Work", on_delete=models.CASCADE, null=True, related_name="search_rows")
    text = models.TextField(blank=True)
    #: Folded: the title in the first line, the headings in the second, the text line for line after them.
    folded = models.TextField()
    #: anchor, heading, starts_at (seconds or null), line: where in the text each section begins.
    places = models.JSONField(default=list)
    grams = GramsField()
    tokenizer_version = models.PositiveSmallIntegerField(default=TOKENIZER_VERSION)

    class Meta(DerivedRow.Meta):
        indexes = [models.Index(fields=["content_type", "object_id"])]

    def __str__(self) -> str:
        return self.title


def write_rows(thing: Publishable, mentions: Mapping[int, Sequence[str]]) -> None:
    """Write the row of `thing`, and one for each of the works it mentions: by their ids what names them there."""
    facts = facts_of(thing) | owned_by(thing)
    text = "\n".join(filter(None, (thing.summary_text.replace("\n", " "), thing.text)))
    rows = [build_row(facts, text=text, places=find_places(text, thing.outline), shelf="content")]
    for work, names in mentions.items():
        rows.append(build_row(facts, name=names[0], text="\n".join(names), work_id=work, shelf="names"))
    SearchRow.objects.filter(**owned_by(thing)).delete()
    SearchRow.objects.bulk_create(rows)


def write_named_row(named: models.Model) -> None:
    """Write the row of a speaker, tag or work, found by any of its names; without a name it has none."""
    names, text = named.searched_as()
    forget_named_row(named)
    if names:
        facts = _ALWAYS | owned_by(named) | {"title": names[0][:400], "path": named.path, "language": ""}
        others = [["", name, None, line] for line, name in enumerate(names[1:])]
        build_row(facts, text="\n".join([*names[1:], text]), places=others, shelf="names").save()


def forget_named_row(named: models.Model) -> None:
    SearchRow.objects.filter(**owned_by(named)).delete()


def indexed(kind: type[models.Model]) -> models.QuerySet:
    """The keys of what has a row by the present tokenizer."""
    content_type = ContentType.objects.get_for_model(kind)
    rows = SearchRow.objects.filter(content_type=content_type, work=None, tokenizer_version=TOKENIZER_VERSION)
    return rows.values("object_id")


def find_places(text: str, outline: Iterable[Mapping[str, Any]]) -> list[list[Any]]:
    """Where each heading of the outline stands in the text, a block a line: anchor, heading, starts_at, line."""
    lines = text.split("\n")
    places: list[list[Any]] = []
    around: list[Mapping[str, Any]] = []
    line = 0
    for heading in outline:
        around = [*(above for above in around if above["level"] < heading["level"]), heading]
        found = next((i for i in range(line, len(lines)) if _is_heading(lines[i], heading["text"])), None)
        if found is not None:
            starts_at = next((a["starts_at"] for a in reversed(around) if a["starts_at"] is not None), None)
            places.append([heading["anchor"], heading["text"], starts_at, found])
            line = found + 1
    return places


def _is_heading(line: str, heading: str) -> bool:
    """A heading of notes begins with its time in the text."""
    before, found, after = line.rpartition(heading) if heading else ("", "", "")
    return bool(found) and not after and (not before.strip() or parse_time(before) is not None)


def build_row(
    facts: dict[str, Any],
    *,
    shelf: str,
    name: str = "",
    text: str = "",
    places: list[list[Any]] | None = None,
    work_id: int | None = None,
) -> SearchRow:
    """A row that is not stored yet, with all that the index needs of it. `name`: what is found, if not the thing."""
    places = places or []
    title = fold(name or facts["title"]).replace("\n", " ")
    folded = fold(text)
    lines = folded.split("\n")
    headings = [lines[line] for _anchor, _heading, _starts_at, line in places]
    return SearchRow(
        **facts,
        work_id=work_id,
        text=text,
        folded="\n".join([title, "\t".join(headings), folded]),
        places=places,
        grams=grams_of(f"{title}\n{folded}") | grams_in_headings([title, *headings]) | {shelf_gram(shelf)},
    )
