"""Following the feed of the host that has the audio: a new episode takes its sound, GUID, length and player by itself.

`tick` queues the job, and a button on the podcast does. Nothing is published and no date is changed by it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from episodes.host_feed.fetching import read_feed
from episodes.host_feed.importing import Taking, take_items
from episodes.host_feed.matching import Match, match_items
from episodes.host_feed.reading import HostFeed
from episodes.models import Episode
from episodes.podcast import Podcast
from interaxion.content.changes.recording import recording
from interaxion.content.jobs.job import Job
from interaxion.content.jobs.kinds import JobKind, register
from interaxion.content.jobs.queueing import queue_job
from interaxion.content.jobs.work import Work
from interaxion.content.paths import public_url
from interaxion.web.ssrf_guard import IPNetwork

#: `tick` may come every minute; the host is asked no more often than this.
EVERY = timedelta(minutes=30)
#: Items without an episode that the log names, the newest first.
MOST_TOLD = 10


class OwnFeed(ValueError):
    """The feed to follow is our own."""


def queue_following(*, user: Any = None) -> Job | None:
    """Queue the job; None if the podcast names no feed to follow."""
    address = Podcast.current().followed_feed
    if not address:
        return None
    return queue_job(FOLLOW, subject=address[:200], about=address, inputs={"address": address}, user=user)


def queue_if_due() -> None:
    """Queue the job if an episode waits for its audio, unless the host was asked a while ago."""
    recent = Job.objects.filter(kind=FOLLOW.name, queued_at__gt=timezone.now() - EVERY)
    waiting = Episode.objects.untrashed().filter(Q(guid_taken_from="") | Q(audio_url="", audio_file=""))
    if Podcast.current().followed_feed and waiting.exists() and not recent.exists():
        queue_following()


def follow(work: Work, *, allowed_networks: Sequence[IPNetwork] = ()) -> None:
    """Let each episode without the host's identity or audio take it. Raises FeedRefused, OwnFeed."""
    address = work.inputs["address"]
    feed = read_feed(address, allowed_networks)
    _refuse_own(feed, address)
    matches = match_items(feed.items, Episode.objects.untrashed().order_by("pk"))
    due = [_without_date(match) for match in matches if match.episode and _lacks_audio(match.episode)]
    doubtful = [match for match in matches if match.episode is None and match.named]
    work.expect(len(due))
    title = _("New audio from the feed %(feed)s") % {"feed": address}
    with recording(title, user=work.job.user) as record:
        for taking in take_items([*due, *doubtful], address, overwrite=False, record=record):
            _tell(work, taking)
    alone = [match.item for match in matches if match.episode is None and not match.named]
    for item in alone[:MOST_TOLD]:
        work.step(NO_EPISODE, title=item.title)


def may_follow(user: Any, inputs: Mapping[str, Any]) -> bool:
    return user.has_perm("episodes.publish_episode")


def _lacks_audio(episode: Episode) -> bool:
    return not episode.guid_taken_from or not episode.audio_address


def _without_date(match: Match) -> Match:
    """Return the match of an item without its date: a machine must not move the day of publishing."""
    return replace(match, item=replace(match.item, publish_at=None))


def _refuse_own(feed: HostFeed, address: str) -> None:
    if public_url(reverse("podcast_feed")) in {feed.address, address}:
        raise OwnFeed(_("%(address)s is the feed of this site: there is nothing to follow") % {"address": address})


def _tell(work: Work, taking: Taking) -> None:
    place = taking.match.episode.path if taking.match.episode else taking.match.item.title
    if taking.changed:
        work.step(TAKES, path=place, fields=", ".join(taking.changed))
    for note in taking.notes:
        work.step("%(place)s: %(note)s", place=place, note=note)


TAKES = gettext_noop("%(path)s takes %(fields)s")
NO_EPISODE = gettext_noop("“%(title)s” is no episode here yet")
FOLLOW = register(JobKind("follow_feed", gettext_lazy("New audio from %(about)s"), follow, may_follow))
