"""The hosts of the show whom visitors see."""

from datetime import datetime

from django.db.models import QuerySet
from django.utils import timezone

from episodes.people.speakers import Speaker
from episodes.podcast import Podcast
from interaxion.content.prepared import Prepared
from interaxion.text.japanese.reading_order import reading_key


def find_hosts() -> list[Speaker]:
    """Return them in reading order."""
    return sorted(_live_hosts(timezone.now()), key=lambda host: reading_key(host.name, host.reading))


@Prepared
def _live_hosts(at: datetime) -> QuerySet[Speaker]:
    return Speaker.objects.live(at).filter(pk__in=Podcast.hosts.through.objects.values("speaker"))
