"""Looking up works: which of them registries are asked about, and what is kept of their answers."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from interaxion.content.linking.links import Link
from interaxion.content.linking.works import LOOKED_UP, Work
from interaxion.content.publishing.site_state import SiteState
from interaxion.web.bibliography.record import Record

#: A registry is asked again after this time if it had no record, and about preprints, which become papers.
FRESH = timedelta(days=180)
#: The books of the national library of Japan are those of the group of ISBNs for Japan.
_IN_A_REGISTRY = Q(kind__in=("doi", "arxiv")) | Q(kind="isbn", key__startswith="isbn:9784")


def works_to_look_up() -> QuerySet[Work]:
    """Return the works of something live whose registry was never asked: those of drafts are nobody's business."""
    return _with_live_link(Work.objects.filter(_IN_A_REGISTRY, looked_up_at=None))


def works_to_look_up_again(at: datetime) -> QuerySet[Work]:
    """Return the works whose registry may know more by now, those asked longest ago first."""
    may_be_more = Q(found_title="") | Q(kind="arxiv")
    works = Work.objects.filter(_IN_A_REGISTRY, may_be_more, looked_up_at__lt=at - FRESH)
    return _with_live_link(works).order_by("looked_up_at", "pk")


def may_be_looked_up(work: Work) -> bool:
    return _with_live_link(Work.objects.filter(_IN_A_REGISTRY, pk=work.pk)).exists()


@transaction.atomic
def keep_records(records: Mapping[int, Record | None], at: datetime) -> None:
    """Store what registries stated of works, by their ids: None for no record, which leaves what was found before."""
    with SiteState.changing():
        for work in Work.objects.filter(pk__in=records).order_by("pk"):
            work.looked_up_at = at
            if record := records[work.pk]:
                facts = record.facts.as_json()
                work.found_title = facts.pop("title", "")
                work.found = {**facts, "source": record.source, "other_forms": list(record.other_forms)}
                work.save(update_fields=LOOKED_UP)
            else:
                Work.objects.filter(pk=work.pk).update(looked_up_at=at)  # nothing that visitors see


def _with_live_link(works: QuerySet[Work]) -> QuerySet[Work]:
    """Nothing links a work that was merged. Without naming that, the query is answered by the index of what is due."""
    return works.filter(Exists(Link.objects.live().filter(work=OuterRef("pk")))).order_by("pk")
