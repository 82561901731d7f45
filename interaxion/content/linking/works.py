"""Works: what several links point at, once their addresses are normalised. Stored for good, not derived."""

from collections.abc import Collection
from datetime import datetime
from typing import Any, Self

from django.db import models, transaction
from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from interaxion.content import paths
from interaxion.content.publishing.addressed_row import PublicRow
from interaxion.content.publishing.recorder import note_made
from interaxion.content.publishing.site_state import SiteState
from interaxion.content.publishing.window import live_condition
from interaxion.content.validators import validate_title
from interaxion.text.addresses import CITED_KINDS, LONGEST_KEY, WorkIdentity, identify


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
    #: Only what an editor typed. Without it a page shows the words of a live link, never those of a draft (a leak).
    title = models.CharField(
        _("title"),
        max_length=500,
        blank=True,
        validators=[validate_title],
        help_text=_("Empty: the words of its first link."),
    )
    url = models.TextField(_("address"))
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, editable=False, related_name="merged"
    )

    #: How many links point at it, of drafts too; kept by `count_links()`.
    link_count = models.PositiveIntegerField(_("links"), default=0, editable=False)

    objects = WorkQuerySet.as_manager()

    class Meta:
        verbose_name = _("work")
        verbose_name_plural = _("works")
        indexes = [
            models.Index(fields=["merged_into", "-link_count", "id"], name="content_work_most_linked"),
            models.Index(fields=["kind"], name="content_work_kind"),
        ]

    def __str__(self) -> str:
        return self.title or self.url

    @property
    def path(self) -> str:
        return f"/works/{self.pk}/"

    def get_absolute_url(self) -> str:
        return paths.url_of(self.path)

    @property
    def names(self) -> list[str]:
        return [self.title] if self.title and not self.merged_into_id else []

    @property
    def identifier(self) -> str:
        """The number as people write it (`doi:10.…`, `arXiv:2301.00001`, `ISBN 978…`); "" for a plain page."""
        prefix = {"doi": "doi:", "arxiv": "arXiv:", "isbn": "ISBN "}.get(self.kind)
        return prefix + self.number if prefix else ""

    @property
    def number(self) -> str:
        """The key without its kind; if it was cut to fit the column, its beginning."""
        return self.key.partition(":")[2].partition("#")[0]


def find_or_make_works(identities: Collection[WorkIdentity]) -> dict[str, Work]:
    """Return the work for each key; for a merged work the one that it was merged into. New ones get ids in order."""
    by_key = {identity.key: identity for identity in identities}
    found = _find_works(by_key)
    if new := [key for key in by_key if key not in found]:
        works = [Work(kind=by_key[key].kind, key=key, url=by_key[key].canonical_url) for key in new]
        # A race: somebody else may be saving a link to the same work, so the keys are read back.
        Work.objects.bulk_create(works, ignore_conflicts=True)
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


@transaction.atomic
def merge_works(work: Work, into: Work) -> None:
    """Move all mentions of `work` to `into`. Its page then redirects, and later links to it count for `into`."""
    SiteState.lock()
    for each in (work, into):
        each.refresh_from_db()  # somebody else may have merged or renamed it since it was read
    into = into.merged_into or into
    if work == into or work.merged_into_id:
        return
    rows: Any = (work.links, work.search_rows, work.merged)
    for relation in rows:
        relation.update(**{relation.field.name: into})
    into.title = into.title or work.title
    into.save(update_fields=["title"])
    work.merged_into = into
    work.save(update_fields=["merged_into"])
    count_links([work.pk, into.pk])


def respell_works() -> None:
    """Give every work the key of its address by the present rules, and merge works that have become the same.

    So the page, title and merged works of a work survive a release with better rules for addresses. Idempotent.
    """
    for pk, key, url in list(Work.objects.order_by("pk").values_list("pk", "key", "url")):
        if _new_identity(key, url) is None:
            continue
        with transaction.atomic():
            SiteState.lock()
            work = Work.objects.get(pk=pk)
            identity = _new_identity(work.key, work.url)
            if identity is None:
                continue
            same = Work.objects.filter(key=identity.key).first()
            if same:
                merge_works(work, same)
            else:
                work.kind, work.key, work.url = identity.kind, identity.key, identity.canonical_url
                work.save(update_fields=["kind", "key", "url"])


def _new_identity(key: str, url: str) -> WorkIdentity | None:
    """Return what the address identifies by the present rules; None if the work keeps its key."""
    identity = identify(url)
    return identity if identity and identity.is_work and identity.key != key else None
