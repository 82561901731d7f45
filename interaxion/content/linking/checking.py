"""Checking links: request the addresses that content links to, and store whether they still answer."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta

from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet
from django.utils import timezone

from interaxion.content.checks.problem_counts import count_problems
from interaxion.content.linking.health import LinkState, LinkStatus
from interaxion.content.linking.links import Link
from interaxion.content.owned_rows import Owner
from interaxion.web.answers import address_to_ask
from interaxion.web.probing import PAUSE, probe_all
from interaxion.web.ssrf_guard import IPNetwork

#: How old an answer may get before `tick` requests the address again.
FRESH = {LinkState.OK: timedelta(days=30), LinkState.MOVED: timedelta(days=30), LinkState.DEAD: timedelta(days=14)}
FRESH_UNKNOWN = timedelta(days=2)

#: Each address with the owners of the links to it.
Addresses = Mapping[str, set[Owner]]


def find_addresses(links: QuerySet[Link]) -> Addresses:
    """Return the addresses among these links that can be requested. Pages of this site need no request."""
    found: dict[str, set[Owner]] = defaultdict(set)
    for link in links.filter(own_path="", deleted_at=None).only("url", "content_type_id", "object_id"):
        if address := address_to_ask(link.url):
            found[address].add(link.owner)
    return found


def statuses_of(addresses: Iterable[str]) -> dict[str, LinkStatus]:
    return LinkStatus.objects.in_bulk(list(addresses), field_name="url")


def oldest_first(addresses: Iterable[str]) -> list[str]:
    """Return the addresses sorted: those never requested first, then by the time of the last request."""
    known = statuses_of(addresses)
    checked = {url: status.checked_at.timestamp() for url, status in known.items() if status.checked_at}
    return sorted(addresses, key=lambda url: checked.get(url, 0))


def find_due(addresses: Iterable[str], now: datetime) -> list[str]:
    """Return the addresses whose last answer is too old at `now`, the oldest first."""
    known = statuses_of(addresses)

    def is_due(url: str) -> bool:
        status = known.get(url)
        return not (status and status.checked_at) or status.checked_at < now - FRESH.get(status.state, FRESH_UNKNOWN)

    return [url for url in oldest_first(addresses) if is_due(url)]


def probe_links(
    urls: Sequence[str],
    addresses: Addresses,
    *,
    seconds: float,
    pause: float = PAUSE,
    allowed_networks: Sequence[IPNetwork] = (),
) -> Iterator[LinkStatus]:
    """Request `urls`, in their order within a host, and store each answer as it comes. Yield the statuses.

    After `seconds` the rest is left for the next run; `pause` is the rate limit, in seconds between two requests to one
    host. The problems of things are counted again if one of their links died or lives again, also if the caller stops.
    """
    known = statuses_of(urls)
    touched: set[Owner] = set()
    try:
        for url, answer in probe_all(urls, seconds=seconds, pause=pause, allowed_networks=allowed_networks):
            status = known.get(url) or LinkStatus(url=url)
            was_dead = status.state == LinkState.DEAD
            status.take(answer, timezone.now())
            fields = ("state", "code", "final_url", "checked_at", "failures", "gone_since")
            # A race: somebody else may be checking the same address.
            LinkStatus.objects.update_or_create(url=url, defaults={name: getattr(status, name) for name in fields})
            if was_dead != (status.state == LinkState.DEAD):
                touched |= addresses[url]
            yield status
    finally:
        _count_again(touched)


def _count_again(owners: set[Owner]) -> None:
    for content_type, pk in owners:
        kind = ContentType.objects.get_for_id(content_type).model_class()
        if thing := kind.objects.filter(pk=pk).first():
            count_problems(thing)


def forget_unlinked(addresses: Addresses) -> None:
    """Delete the statuses of addresses that nothing links to any more."""
    gone = [pk for pk, url in LinkStatus.objects.values_list("pk", "url") if url not in addresses]
    for start in range(0, len(gone), 500):
        LinkStatus.objects.filter(pk__in=gone[start : start + 500]).delete()
