"""The dead links of the site, each with the pages that hold it and its archived copy."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.utils import timezone

from interaxion.content.linking.health import LinkStatus
from interaxion.content.linking.links import Link
from interaxion.content.owned_rows import Owner
from interaxion.content.publishing.publishable import Publishable
from interaxion.text.addresses import identify
from interaxion.web.answers import address_to_ask, archive_address


def find_broken(kinds: Iterable[type[Publishable]], most: int) -> list[dict[str, Any]]:
    """Return the `most` addresses that died last, with the links to them in these kinds of content. Two queries."""
    dead = {status.url: status for status in LinkStatus.objects.dead().order_by("-gone_since")[:most]}
    if not dead:
        return []
    keys = [identity.key for url in dead if (identity := identify(url))]
    condition = Q(work__key__in=keys) | Q(work__merged__key__in=keys)  # in any spelling
    for url in dead:
        condition |= Q(url__startswith=url)  # of no work; with or without a fragment
    types = ContentType.objects.get_for_models(*kinds).values()
    found: dict[str, dict[Owner, Link]] = {}
    for link in Link.objects.untrashed().filter(condition, content_type__in=types).order_by("path", "position"):
        if (url := address_to_ask(link.url)) in dead:
            found.setdefault(url, {}).setdefault(link.owner, link)
    return [
        {
            "url": url,
            "since": dead[url].gone_since,
            "archive": archive_address(url, _published_first(links.values()) or dead[url].gone_since or timezone.now()),
            "places": [
                {"title": link.title, "content_type": link.content_type_id, "object_id": link.object_id}
                for link in links.values()
            ],
        }
        for url in dead
        if (links := found.get(url))
    ]


def _published_first(links: Iterable[Link]) -> datetime | None:
    return min((link.dated_at for link in links if link.dated_at), default=None)
