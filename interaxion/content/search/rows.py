"""Search rows: one for each page that can be found, with its places. Every save keeps them up to date.

What was said in an episode is in further rows, one for every few minutes: so notes are found before it, and a search
reads little of it.

A page is a thing (an episode with all its sections, also found by the names of its people and tags), a speaker, a tag,
a work that an editor gave a title, or a work as one thing mentions it: found by the words of that link and by its
number, while that thing is live.
"""

from collections.abc import Iterable, Sequence
from functools import partial
from typing import Any, ClassVar

from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django_tasks import task

from interaxion.content.publishing.derived_rows import DerivedRow, Rewrite
from interaxion.content.publishing.inserting import insert_rows
from interaxion.content.publishing.site_state import SiteState
from interaxion.content.search.content_rows import ContentRows
from interaxion.content.search.contents import index_of, names_line
from interaxion.content.search.name_rows import NameRows
from interaxion.content.search.names import content_named
from interaxion.content.search.said_rows import SaidRows
from interaxion.text.search.grams import TOKENIZER_VERSION

#: Content, speakers, tags and works that name it, and what was said. Each shelf is searched by itself, so none hides
#: another.
SHELVES = ("content", "names", "said")
#: Things whose rows take a new name in the request that gives it, and in each transaction of the worker.
AT_ONCE = 20


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


class SearchRowQuerySet(ContentRows, NameRows, SaidRows):
    pass


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

    def rename(self, names: dict[str, list[str]]) -> None:
        """Take the present names of its people and tags. Saves nothing."""
        title, headings, _before, text = self.folded.split("\n", 3)
        self.named = names
        self.folded, self.grams = index_of(title, headings, names_line(names), text, shelf="content")

    @classmethod
    def rewrite_all(cls, rewrites: Sequence[Rewrite]) -> None:
        cls.objects.rewrite_contents(rewrites)
        cls.objects.write_pages(set().union(*(rewrite.pages_before ^ rewrite.pages_now for rewrite in rewrites)))

    @classmethod
    def follow_named(cls, named: models.Model, *, is_gone: bool = False) -> None:
        """Rewrite the row of a speaker, tag or work, which has none without a name, and those of its content."""
        if named.part_of:
            cls.objects.write_said(named, is_gone=is_gone)
            return
        had_row, _by_model = cls.objects.of(named).delete()
        if not is_gone:
            cls.follow_new([named])
        if had_row or is_gone:
            _follow_name(named, is_gone=is_gone)

    @classmethod
    def follow_new(cls, named: Sequence[models.Model]) -> None:
        insert_rows(cls, (cls.objects.row_of_name(each) for each in named if each.names))
        for each in named:
            if each.part_of:
                cls.objects.write_said(each)


def _follow_name(named: models.Model, *, is_gone: bool) -> None:
    """Update the rows of all content that carries the name of a speaker or tag: the worker those of all but the newest.

    A host's name may be in each of thousands of texts, each of which is indexed again.
    """
    owners = [
        (ContentType.objects.get_for_model(things.model).pk, pk)
        for things in content_named(named)
        for pk in things.order_by("-pk").values_list("pk", flat=True)
    ]
    SearchRow.objects.write_names(owners[:AT_ONCE], without=named if is_gone else None)
    if later := owners[AT_ONCE:]:
        transaction.on_commit(partial(write_names.enqueue, [list(owner) for owner in later]), robust=True)


@task()
def write_names(owners: list[list[int]]) -> None:
    """Write the present names of people and tags into the rows of these things; idempotent."""
    for start in range(0, len(owners), AT_ONCE):
        with transaction.atomic():
            SiteState.lock()
            SearchRow.objects.write_names([(kind, pk) for kind, pk in owners[start : start + AT_ONCE]])


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
