"""WebSub: the feeds name a hub, and the hub is told when one of them has changed, so that subscribers are told at once.

Publishing knows nothing of it. The worker compares what was told with what is there now, also when the clock alone has
made something live. https://www.w3.org/TR/websub/
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy, gettext_noop

from episodes.feed.selection import podcast_episodes
from episodes.podcast import Podcast
from interaxion.content.jobs.job import Job
from interaxion.content.jobs.kinds import JobKind, register
from interaxion.content.jobs.queueing import queue_job
from interaxion.content.jobs.watching import watch
from interaxion.content.jobs.work import Work
from interaxion.content.paths import public_url
from interaxion.content.publishing.publishable import kinds
from interaxion.content.publishing.site_state import SiteState
from interaxion.sitewide.models import ToldHub
from interaxion.web.ssrf_guard import FetchFailed, IPNetwork, post_form
from posts.models import Category, Post

#: Items of a feed that make it another one. Subscribers look at the newest.
NEWEST = 50
#: A hub that refused is asked again after this time, if nothing else has changed.
PATIENCE = timedelta(hours=1)
SECONDS = 20.0


@watch
def tell_hub_of_changes() -> None:
    """Queue a ping of the hub if a feed is not as it was told. Two light queries if nothing has changed."""
    if not settings.WEBSUB_HUB:
        return
    told, seen = ToldHub.current(), SiteState.current().etag(settings.WEBSUB_HUB)
    if told.seen == seen:
        return
    now = find_feeds()
    changed = {topic: digest for topic, digest in now.items() if told.digests.get(topic) != digest}
    if not changed:
        ToldHub.objects.update_or_create(pk=1, defaults={"seen": seen})
    elif not _was_refused_lately(changed):
        inputs = {"seen": seen, "digests": changed}
        queue_job(PING, subject="hub", about=settings.WEBSUB_HUB, inputs=inputs, user=None)


def find_feeds() -> dict[str, str]:
    """Return each feed that names the hub, by address, with a digest of its newest items."""
    everything = [kind.objects.live().dated().order_by("-publish_at", "-pk") for kind in kinds()]
    feeds = {
        reverse("podcast_feed"): _digest([podcast_episodes(Podcast.current())]),
        reverse("atom_feed"): _digest(everything),
    }
    for category in Category.objects.order_by("pk"):
        if not category.is_glossary:
            posts = Post.objects.live().filter(category=category).order_by("-publish_at", "-pk")
            feeds[reverse("feed_of", args=[category.path.strip("/")])] = _digest([posts])
    return {public_url(path): digest for path, digest in feeds.items()}


def ping(work: Work, *, allowed_networks: Sequence[IPNetwork] = ()) -> None:
    """Tell the hub of each changed feed. Raises FetchRefused, FetchFailed: what was told is remembered all the same."""
    digests: Mapping[str, str] = work.inputs["digests"]
    work.expect(len(digests))
    for topic, digest in digests.items():
        fields = {"hub.mode": "publish", "hub.url": topic, "hub.topic": topic}
        status = post_form(settings.WEBSUB_HUB, fields, seconds=SECONDS, allowed_networks=allowed_networks)
        if not 200 <= status < 300:
            raise FetchFailed(
                gettext_noop("%(url)s: the hub answers %(status)s"), url=settings.WEBSUB_HUB, status=status
            )
        told, _made = ToldHub.objects.get_or_create(pk=1)
        told.digests = {**told.digests, topic: digest}
        told.save(update_fields=["digests"])
        work.step(TOLD, topic=topic)
    ToldHub.objects.filter(pk=1).update(seen=work.inputs["seen"])


def may_see(user: Any, inputs: Mapping[str, Any]) -> bool:
    return user.has_perm("episodes.publish_episode")


def _was_refused_lately(changed: Mapping[str, str]) -> bool:
    """Whether the hub was told of the same changes a while ago, and did not take them."""
    last = Job.objects.find_lately_failed(PING.name, PATIENCE)
    return last is not None and {*last.inputs["digests"].items()} >= {*changed.items()}


def _digest(querysets: Iterable[QuerySet[Any]]) -> str:
    rows = [[*queryset.values_list("pk", "stored_at", "publish_at")[:NEWEST]] for queryset in querysets]
    return hashlib.sha256(repr(rows).encode()).hexdigest()[:24]


TOLD = gettext_noop("the hub knows of %(topic)s")
PING = register(JobKind("websub_ping", gettext_lazy("Telling the hub %(about)s"), ping, may_see))
