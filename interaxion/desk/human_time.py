"""An instant as people say it: by the clock, with its zone, and how far it is from now."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext, ngettext

from interaxion.content.publishing.window import PublishWindow, State

MINUTE, HOUR, DAY = 60, 3600, 86400


def spell_moment(at: datetime, now: datetime | None = None) -> str:
    """`2026-11-20 21:00 JST, in 3 hours`"""
    here = timezone.localtime(at)
    return gettext("%(moment)s, %(distance)s") % {
        "moment": f"{here:%Y-%m-%d %H:%M} {here.tzname()}",
        "distance": spell_distance(at, now),
    }


def spell_distance(at: datetime, now: datetime | None = None) -> str:
    """`in 3 hours`, `5 minutes ago`; days from two days on."""
    seconds = round((at - (now or timezone.now())).total_seconds())
    far = abs(seconds)
    if far < MINUTE:
        return gettext("now")
    if far < 90 * MINUTE:
        n = round(far / MINUTE)
        after, before = (
            ngettext("in %(n)d minute", "in %(n)d minutes", n),
            ngettext("%(n)d minute ago", "%(n)d minutes ago", n),
        )
    elif far < 2 * DAY:
        n = round(far / HOUR)
        after, before = ngettext("in %(n)d hour", "in %(n)d hours", n), ngettext("%(n)d hour ago", "%(n)d hours ago", n)
    else:
        n = round(far / DAY)
        after, before = ngettext("in %(n)d day", "in %(n)d days", n), ngettext("%(n)d day ago", "%(n)d days ago", n)
    return (after if seconds > 0 else before) % {"n": n}


def moment_of(window: PublishWindow) -> str:
    """When it will be public, or stop being so."""
    if window.state() is State.SCHEDULED:
        return spell_moment(window.publish_at)
    return spell_moment(window.unpublish_at) if window.state() is State.LIVE and window.unpublish_at else ""
