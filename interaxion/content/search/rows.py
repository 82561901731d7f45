"""Search rows: one for each page that can be found, with its places. Every save keeps them up to date.

What was said in an episode is in further rows, one for every few minutes: so notes are found before it, and a search
reads little of it.

A page is a thing (an episode with all its sections, also found by the names of its people and tags), a speaker, a tag,
a work that an editor gave a title, or a work as one thing mentions it: found by the words of that link and by its
number, while that thing is live.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from functools import partial
from itertools import chain
from typing import Any, ClassVar, Self

from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django_tasks import task

from interaxion.content.linking.links import Link, names_in
from interaxion.content.linking.works import Work
from interaxion.content.owned_rows import Owner, owned_by, owned_by_any, owner_of
from interaxion.content.publishing.derived_rows import DerivedRow, DerivedRowQuerySet, Rewrite, facts_of
from interaxion.content.publishing.publishable import Publishable
from interaxion.content.publishing.site_state import SiteState
from interaxion.content.publishing.window import Status
from interaxion.content.search.names import content_named, names_of, with_names
from interaxion.content.search.shared_pages import facts_in, shared_pages
from interaxion.text.addresses import NAMED_KINDS
from interaxion.text.search.folding import fold_letters
from interaxion.text.search.grams import TOKENIZER_VERSION, grams_in_headings, grams_of, shelf_gram
from interaxion.text.search.places import find_places, without_times
from interaxion.text.search.said import Piece, cut
from interaxion.text.transcripts.cues import Cue

#: Content, speakers, tags and works that name it, and what was said. Each shelf is searched by itself, so none hides
#: another.
SHELVES = ("content", "names", "said")
#: Things whose rows take a new name in the request that gives it, and in each transaction of the worker.
AT_ONCE = 20
_ALWAYS = {"status": Status.PUBLISHED, "publish_at": datetime(1970, 1, 1, tzinfo=UTC)}


class GramsField(models.Field):
    """A set of n-grams as the database's index reads them. Never read back."""

    def db_type(self, connection: BaseDatabaseWrapper) -> str:
        return "integer[]" if connection.vendor == "postgresql" else "text"

    def get_db_prep_value(self, value: Iterable[int], connection: BaseDatabaseWrapper, prepared: bool = False) -> Any:
        return sorted(value) if connection.vendor == "postgresql" else spell_grams(value)


def spell_grams(grams: Iterable[int]) -> str:
    """Return the grams as words for SQLite's full-text index."""
    return " ".join(f"{gram & 0xFFFFFFFF:x}" for gram in grams)


def present_version() -> int:
    """The version of the tokenizer. A function, so that raising it needs no migration."""
    return TOKENIZER_VERSION


class SearchRowQuerySet(DerivedRowQuerySet):
    def of_pages(self) -> Self:
        """The row of each thing itself: no mention of a work, nothing that was said."""
        return self.filter(work=None, said_from=None)

    def said(self) -> Self:
        return self.filter(said_from__isnull=False)


class SearchRow(DerivedRow):
    #: The work, if the page is that of a work that the thing mentions; `text` is its names there, one a line.
    work = models.ForeignKey("content.Work", on_delete=models.CASCADE, null=True, related_name="search_rows")
    text = models.TextField(blank=True)
    #: The second at which it begins, if the row holds a part of what was said in the thing; each line is a sentence.
    said_from = models.PositiveIntegerField(null=True)
    #: With folded letters: the title in line 1, the headings in line 2, the names of people and tags in line 3, then
    #: the text line by line; the first of it is the summary, empty if there is none.
    folded = models.TextField()
    #: The names of its people and tags, by kind, see `names_of()`; null for a row that is not that of content.
    named = models.JSONField(null=True)
    #: anchor, heading, starts_at (seconds or null), line: where in the text each section begins. The seconds at which
    #: its sentences begin, if it holds what was said.
    places = models.JSONField(default=list)
    grams = GramsField()
    tokenizer_version = models.PositiveSmallIntegerField(default=present_version)

    objects = SearchRowQuerySet.as_manager()

    rewrite_order: ClassVar[int] = 2

    class Meta(DerivedRow.Meta):
        # The row of the thing itself is found among those of the works that it mentions.
        indexes = [models.Index(fields=["content_type", "object_id", "work"], name="content_searchrow_of_thing")]

    def __str__(self) -> str:
        return self.title

    @classmethod
    def rewrite_all(cls, rewrites: Sequence[Rewrite]) -> None:
        if known := {owner_of(rewrite.thing): rewrite.thing for rewrite in rewrites if not rewrite.is_new}:
            SearchRow.objects.filter(owned_by_any(known), said_from=None).delete()
            for thing in known.values():
                if thing.has_what_was_said():
                    SearchRow.objects.of(thing).said().update(**facts_of(thing))
        SearchRow.objects.bulk_create(row for rewrite in rewrites for row in _rows_of(rewrite))
        write_pages(set().union(*(rewrite.pages_before ^ rewrite.pages_now for rewrite in rewrites)))

    @classmethod
    def follow_named(cls, named: models.Model, *, is_gone: bool = False) -> None:
        if named.part_of:
            write_said(named, is_gone=is_gone)
        elif is_gone:
            forget_named_row(named)
        else:
            write_named_row(named)

    @classmethod
    def follow_new(cls, named: Sequence[models.Model]) -> None:
        SearchRow.objects.bulk_create(_row_of_name(each) for each in named if each.names)
        for each in named:
            if each.part_of:
                write_said(each)

    def rename(self, names: dict[str, list[str]]) -> None:
        """Take the present names of its people and tags. Saves nothing."""
        title, headings, _before, text = self.folded.split("\n", 3)
        self.named = names
        self.folded, self.grams = _index(title, headings, _names_line(names), text, shelf="content")


def _rows_of(rewrite: Rewrite) -> Iterator[SearchRow]:
    """Yield the rows of a thing: its own, and one for each numbered work that it mentions, with the names there.

    Also those of pages of the web that it shares with other things, as before. `write_pages()` writes them for the
    others too.
    """
    thing = rewrite.thing
    facts = facts_of(thing) | owned_by(thing)
    text = thing.summary_text.replace("\n", " ") + f"\n{thing.text}"
    places = find_places(text, thing.outline)
    text = without_times(text, places)
    yield build_row(facts, text=text, places=places, named=names_of(thing), shelf="content")
    for work, names in rewrite.numbered_works.items():
        yield _row_of_work(facts, work, names)
    if pages := rewrite.pages_before & rewrite.pages_now:
        yield from _rows_of_pages(pages, owner_of(thing))


def write_said(transcript: models.Model, *, is_gone: bool = False) -> None:
    """Rewrite the rows of what was said in a thing, as far as visitors get the transcript."""
    thing = transcript.part_of
    SearchRow.objects.of(thing).said().delete()
    facts = facts_of(thing) | owned_by(thing)
    pieces = cut(Cue(*row) for row in (() if is_gone else transcript.said()))
    SearchRow.objects.bulk_create(_row_of_piece(facts, piece) for piece in pieces)


def _row_of_piece(facts: dict[str, Any], piece: Piece) -> SearchRow:
    """Return a row that is found by its sentences alone: with the title, every piece of an episode would be a hit."""
    text = "\n".join(piece.lines)
    folded, grams = _index("", "", "", fold_letters(text), shelf="said")
    return SearchRow(**facts, text=text, places=piece.starts, folded=folded, grams=grams, said_from=piece.starts[0])


def write_mentions(work: Work) -> None:
    """Rewrite the rows of a work for all things that mention it, after others were merged into it."""
    write_pages({work.pk})
    if work.kind in NAMED_KINDS:
        mentions: dict[Owner, list[Link]] = {}
        for link in work.links.select_related("work").order_by("position"):
            mentions.setdefault(link.owner, []).append(link)
        work.search_rows.all().delete()
        rows = [_row_of_work(facts_in(links[0]), work.pk, names_in(links)) for links in mentions.values()]
        SearchRow.objects.bulk_create(rows)


def _row_of_work(facts: dict[str, Any], work: int, names: Sequence[str]) -> SearchRow:
    return build_row(facts, name=names[0], text="\n".join(names), work_id=work, shelf="names")


def write_pages(works: Collection[int]) -> None:
    """Rewrite the rows of these pages of the web for all things that link them."""
    if works:
        SearchRow.objects.filter(work__in=works, work__kind="url").delete()
        SearchRow.objects.bulk_create(_rows_of_pages(works))


def _rows_of_pages(works: Collection[int], owner: Owner | None = None) -> list[SearchRow]:
    return [_row_of_work(page.facts, page.work_id, page.words) for page in shared_pages(works, owner=owner)]


def write_named_row(named: models.Model) -> None:
    """Write the row of a speaker, tag or work, found by any of its names; without a name it has no row.

    Also update the rows of the content that carries its name.
    """
    had_row, _by_model = SearchRow.objects.of(named).delete()
    SearchRow.follow_new([named])
    if had_row:
        _follow_name(named)


def _row_of_name(named: models.Model) -> SearchRow:
    names = named.names
    facts = _ALWAYS | owned_by(named) | {"title": names[0][:400], "path": named.path, "language": ""}
    others = [["", name, None, line] for line, name in enumerate(names[1:])]
    return build_row(facts, text="\n".join([*names[1:], named.about()]), places=others, shelf="names")


def forget_named_row(named: models.Model) -> None:
    SearchRow.objects.of(named).delete()
    _follow_name(named, is_gone=True)


def _follow_name(named: models.Model, *, is_gone: bool = False) -> None:
    """Update the rows of all content that carries the name of a speaker or tag: the worker those of all but the newest.

    A host's name may be in each of thousands of texts, each of which is indexed again.
    """
    owners = [
        (ContentType.objects.get_for_model(things.model).pk, pk)
        for things in content_named(named)
        for pk in things.order_by("-pk").values_list("pk", flat=True)
    ]
    _write_names(owners[:AT_ONCE], without=named if is_gone else None)
    if later := owners[AT_ONCE:]:
        transaction.on_commit(partial(write_names.enqueue, [list(owner) for owner in later]), robust=True)


@task()
def write_names(owners: list[list[int]]) -> None:
    """Write the present names of people and tags into the rows of these things; idempotent."""
    for start in range(0, len(owners), AT_ONCE):
        with transaction.atomic():
            SiteState.lock()
            _write_names([(content_type, pk) for content_type, pk in owners[start : start + AT_ONCE]])


def _write_names(owners: Sequence[Owner], *, without: models.Model | None = None) -> None:
    names = {}
    for content_type in {content_type for content_type, _pk in owners}:
        kind: Any = ContentType.objects.get_for_id(content_type).model_class()
        things = kind.objects.filter(pk__in=[pk for each, pk in owners if each == content_type])
        names |= {owner_of(thing): names_of(thing, without=without) for thing in with_names(things)}
    rows = SearchRow.objects.of_pages().filter(owned_by_any(names), tokenizer_version=TOKENIZER_VERSION)
    renamed = [row for row in rows.defer("grams", "text", "places") if row.named != names[row.owner]]
    for row in renamed:
        row.rename(names[row.owner])
    SearchRow.objects.bulk_update(renamed, ["named", "folded", "grams"])


def rename_people_and_tags(thing: Publishable) -> None:
    """Write the present names of its people and tags into the row of `thing`."""
    names = names_of(thing)
    for row in SearchRow.objects.of(thing).of_pages().filter(tokenizer_version=TOKENIZER_VERSION):
        row.rename(names)
        row.save(update_fields=["named", "folded", "grams"])


def indexed(kind: type[models.Model]) -> models.QuerySet:
    """Return the primary keys of things of this kind that have a row by the present tokenizer."""
    if owner := getattr(kind, "part_of_field", ""):  # a transcript: its rows are those of its episode
        thing = kind._meta.get_field(owner).related_model
        said = SearchRow.objects.said().filter(tokenizer_version=TOKENIZER_VERSION)
        said = said.filter(content_type=ContentType.objects.get_for_model(thing))
        return kind._default_manager.filter(**{f"{owner}__in": said.values("object_id")}).values("pk")
    content_type = ContentType.objects.get_for_model(kind)
    rows = SearchRow.objects.of_pages().filter(content_type=content_type, tokenizer_version=TOKENIZER_VERSION)
    return rows.values("object_id")


def build_row(
    facts: dict[str, Any],
    *,
    shelf: str,
    name: str = "",
    text: str = "",
    places: list[list[Any]] | None = None,
    named: dict[str, list[str]] | None = None,
    work_id: int | None = None,
) -> SearchRow:
    """Return a row with its grams, not stored yet.

    `name`: the name of what is found, if that is not the thing; `named`: those of its people and tags.
    """
    places = places or []
    lines = text.split("\n")
    headings = _one_line(lines[line] for _anchor, _heading, _starts_at, line in places)
    title = _one_line([name or facts["title"]])
    folded, grams = _index(title, headings, _names_line(named or {}), fold_letters(text), shelf=shelf)
    return SearchRow(**facts, work_id=work_id, text=text, places=places, folded=folded, named=named, grams=grams)


def _one_line(words: Iterable[str]) -> str:
    return "\t".join(fold_letters(each).replace("\n", " ") for each in words)


def _names_line(named: Mapping[str, list[str]]) -> str:
    return _one_line(chain.from_iterable(map(sorted, named.values())))


def _index(title: str, headings: str, names: str, text: str, *, shelf: str) -> tuple[str, set[int]]:
    """Return the folded text of a row, and its grams."""
    in_headings = grams_in_headings([title, *headings.split("\t")])
    return "\n".join([title, headings, names, text]), (
        grams_of(f"{title}\n{names}\n{text}") | in_headings | {shelf_gram(shelf)}
    )
