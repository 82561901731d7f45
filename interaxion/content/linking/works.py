"""Works: what several links point at, once their addresses are normalised. Stored for good, not derived."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any, Self

from django.db import models, transaction
from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from interaxion.content import paths
from interaxion.content.publishing.addressed_row import PublicRow
from interaxion.content.publishing.inserting import insert_rows
from interaxion.content.publishing.recorder import note_made
from interaxion.content.publishing.window import live_condition
from interaxion.content.validators import validate_title
from interaxion.text.addresses import CITED_KINDS, LONGEST_KEY, WorkIdentity
from interaxion.text.web_addresses import readable_address

LONGEST_NAME = 200  # characters of an author's name
#: The fields that a look-up writes.
LOOKED_UP = ("found", "found_title", "looked_up_at")


def has_page(kind: str, mention_count: int) -> bool:
    """Whether a work has a page: with two live mentions, or one if it has a DOI or arXiv id."""
    return mention_count >= 2 or (mention_count == 1 and kind in CITED_KINDS)


class WorkQuerySet(models.QuerySet):
    def live(self, at: datetime | None = None) -> Self:
        """The works that have a page: `has_page()` as a query, which reads at most two links of a work."""
        links: Any = self.model._meta.get_field("links").related_model
        mentions = links.objects.filter(live_condition(at), work=OuterRef("pk")).order_by()
        return self.filter(Q(Exists(mentions), kind__in=CITED_KINDS) | Exists(mentions[1:2]))


class Work(PublicRow):
    kind = models.CharField(_("kind"), max_length=10, editable=False)
    key = models.CharField(_("key"), max_length=LONGEST_KEY, unique=True, editable=False)
    #: Only what an editor typed. Without it a page shows the title of the record of the work, else the words of a live
    #: link, never those of a draft (a leak).
    title = models.CharField(
        _("title"),
        max_length=500,
        blank=True,
        validators=[validate_title],
        help_text=_("Empty: the title that was found, else the words of its first link."),
    )
    url = models.TextField(_("address"))
    #: What an editor typed besides the title: fields of `WorkFacts` by name.
    details = models.JSONField(default=dict, blank=True, editable=False)
    #: What a registry states: its title (in a column of its own, as pages ask for it with each link), the other fields
    #: of `WorkFacts`, `source`, and as `other_forms` the keys of works that are another form of this one.
    found_title = models.TextField(blank=True, editable=False)
    found = models.JSONField(default=dict, blank=True, editable=False)
    #: When its registry was asked, whether it had a record or not.
    looked_up_at = models.DateTimeField(null=True, editable=False)
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, editable=False, related_name="merged"
    )

    #: How many links point at it, of drafts too; kept by `count_links()`.
    link_count = models.PositiveIntegerField(_("links"), default=0, editable=False)

    #: Whether an editor or a registry states more than a title. What reads works without that says so.
    is_stated = True

    objects = WorkQuerySet.as_manager()

    class Meta:
        verbose_name = _("work")
        verbose_name_plural = _("works")
        indexes = [
            models.Index(fields=["merged_into", "-link_count", "id"], name="content_work_most_linked"),
            models.Index(fields=["kind", "merged_into", "link_count"], name="content_work_of_kind"),
            models.Index(fields=["kind", "key"], name="content_work_not_looked_up", condition=Q(looked_up_at=None)),
        ]

    def __str__(self) -> str:
        return self.shown_title or self.identifier or readable_address(self.url)

    @property
    def shown_title(self) -> str:
        """The title that an editor typed, else that of the record; "" for none."""
        return self.title or self.found_title

    def save(self, *args: Any, **kwargs: Any) -> None:
        with transaction.atomic():
            super().save(*args, **kwargs)
            _rewrite(self.authors, "name", self.details.get("authors") or self.found.get("authors", ()))
            _rewrite(self.stated_forms, "key", self.found.get("other_forms", ()))

    @property
    def path(self) -> str:
        return f"/works/{self.pk}/"

    def get_absolute_url(self) -> str:
        return paths.url_of(self.path)

    @property
    def names(self) -> list[str]:
        titles = dict.fromkeys(filter(None, (self.title, self.found_title)))
        return [] if self.merged_into_id else list(titles)

    @property
    def identifier(self) -> str:
        """The number as people write it (`doi:10.…`, `arXiv:2301.00001`, `ISBN 978…`); "" for a plain page."""
        prefix = {"doi": "doi:", "arxiv": "arXiv:", "isbn": "ISBN "}.get(self.kind)
        return prefix + self.number if prefix else ""

    @property
    def number(self) -> str:
        """The key without its kind; if it was cut to fit the column, its beginning."""
        return self.key.partition(":")[2].partition("#")[0]


class WorkAuthor(models.Model):
    """Who wrote a work, `Family, Given`, by an editor, else by its record: a row, so that a list finds the works."""

    work = models.ForeignKey(Work, on_delete=models.CASCADE, related_name="authors")
    name = models.CharField(max_length=LONGEST_NAME, db_index=True)

    def __str__(self) -> str:
        return self.name


class StatedForm(models.Model):
    """The key of another form of a work, by its record: a row, so that it is found from either form."""

    work = models.ForeignKey(Work, on_delete=models.CASCADE, related_name="stated_forms")
    key = models.CharField(max_length=LONGEST_KEY, db_index=True)

    def __str__(self) -> str:
        return self.key


def _rewrite(rows: Any, name: str, values: Iterable[str]) -> None:
    """Let the rows of a work have these values in their field `name`, each once."""
    longest = rows.model._meta.get_field(name).max_length
    wanted = list(dict.fromkeys(value[:longest] for value in values))
    if wanted != list(rows.order_by("pk").values_list(name, flat=True)):
        rows.all().delete()
        rows.bulk_create(rows.model(work=rows.instance, **{name: value}) for value in wanted)


def find_or_make_works(identities: Collection[WorkIdentity]) -> dict[str, Work]:
    """Return the work for each key; for a merged work the one that it was merged into. New ones get ids in order."""
    by_key = {identity.key: identity for identity in identities}
    found = _find_works(by_key)
    if new := [key for key in by_key if key not in found]:
        works = ({"kind": by_key[key].kind, "key": key, "url": by_key[key].canonical_url} for key in new)
        # A race: somebody else may be saving a link to the same work, so the keys are read back.
        insert_rows(Work, works, leave_known=True)
        made = _find_works(new)
        note_made(*made.values())
        found |= made
    return found


def _find_works(keys: Collection[str]) -> dict[str, Work]:
    works = Work.objects.filter(key__in=list(keys)).select_related("merged_into")
    return {work.key: work.merged_into or work for work in works}


def count_links(works: Collection[int] | None = None) -> None:
    """Store how many links point at these works now, or at each. One query."""
    links: Any = Work._meta.get_field("links").related_model
    counted = links.objects.filter(work=OuterRef("pk")).order_by().values("work").annotate(count=Count("pk"))
    chosen = Work.objects.all() if works is None else Work.objects.filter(pk__in=works)
    chosen.update(link_count=Coalesce(Subquery(counted.values("count")), 0))
