"""The time zone of the site, in which people enter and read times: that of the show, else `TIME_ZONE`.

The row of `SiteState` holds a copy, which every public page reads anyway.
"""

from contextlib import suppress
from datetime import datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import Error
from django.utils.translation import gettext

from interaxion.content.publishing.site_state import SiteState, known_zone


class SiteZone(tzinfo):
    """The zone of the site, looked up when a time is first read or shown: most requests never do."""

    @property
    def name(self) -> str:
        if (name := known_zone.get()) is None:
            name = ""
            with suppress(Error):  # without the database a page of an error still shows times
                name = SiteState.current().time_zone
        return name or settings.TIME_ZONE

    def learn(self) -> None:
        """Look it up now. Call it before instants in this zone can be values of a query.

        PostgreSQL's driver asks for their offset while it holds the connection, and would wait for itself.
        """
        known_zone.set(None)
        known_zone.set(self.name)

    @property
    def zone(self) -> tzinfo:
        try:
            return ZoneInfo(self.name)
        except (KeyError, ValueError, OSError):  # the tables of time zones of another machine
            return ZoneInfo(settings.TIME_ZONE)

    def utcoffset(self, at: datetime | None) -> timedelta | None:
        return self.zone.utcoffset(at and at.replace(tzinfo=None))

    def dst(self, at: datetime | None) -> timedelta | None:
        return self.zone.dst(at and at.replace(tzinfo=None))

    def tzname(self, at: datetime | None) -> str | None:
        return self.zone.tzname(at and at.replace(tzinfo=None))

    def fromutc(self, at: datetime) -> datetime:
        zone = self.zone
        return zone.fromutc(at.replace(tzinfo=zone)).replace(tzinfo=self)

    def __str__(self) -> str:
        return self.name


SITE_ZONE = SiteZone()


def validate_time_zone(name: str) -> None:
    """Accept a name such as `Asia/Tokyo`. Raises ValidationError."""
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError) as problem:
        message = gettext("“%(name)s” is no time zone. Write one such as Asia/Tokyo or America/New_York.")
        raise ValidationError(message, params={"name": name}) from problem


def is_time_zone(name: str) -> bool:
    try:
        validate_time_zone(name)
    except ValidationError:
        return False
    return True
