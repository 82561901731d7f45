"""An instant for people: date and time with the zone, and its distance from now."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext, ngettext

from interaxion.content.publishing.window import PublishWindow, State

MINUTE, HOUR, DAY = 60, 3600, 86400


def spell_moment(at: datetime, now: datetime | None = None) -> str:
    """Return `2026-11-20 21:00 JST, in 3 hours`; `now` only changes the distance."""
    local = timezone.localtime(at)
    return gettext("%(moment)s, %(distance)s") % {
        "moment": f"{local:%Y-%m-%d %H:%M} {local.tzname()}",
        "distance": spell_distance(at, now),
    }


def spell_distance(at: datetime, now: datetime | None = None) -> str:
    """Return `in 3 hours` or `5 minutes ago`; in days from two days on."""
    seconds = round((at - (now or timezone.now())).total_seconds())
    distance = abs(seconds)
    if distance < MINUTE:
        return gettext("now")
    if distance < 90 * MINUTE:
        n = round(distance / MINUTE)
        after, before = (
            ngettext("in %(n)d minute", "in %(n)d minutes", n),
            ngettext("%(n)d minute ago", "%(n)d minutes ago", n),
        )
    elif distance < 2 * DAY:
        n = round(distance / HOUR)
        after, before = ngettext("in %(n)d hour", "in %(n)d hours", n), ngettext("%(n)d hour ago", "%(n)d hours ago", n)
    else:
        n = round(distance / DAY)
        after, before = ngettext("in %(n)d day", "in %(n)d days", n), ngettext("%(n)d day ago", "%(n)d days ago", n)
    return (after if seconds > 0 else before) % {"n": n}


def moment_of(window: PublishWindow) -> str:
    """Return when it will be public, or stop being public; "" if neither is ahead."""
    if window.state() is State.SCHEDULED:
        return spell_moment(window.publish_at)
    return spell_moment(window.unpublish_at) if window.state() is State.LIVE and window.unpublish_at else ""
