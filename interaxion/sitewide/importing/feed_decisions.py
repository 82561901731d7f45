"""Decisions of a person about items of a feed: which episode each is, or that it is a new one."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from episodes.host_feed.reading import HostFeed
from episodes.models import Episode
from episodes.numbers import parse_number, spell_number

NEW = "new"


@dataclass(frozen=True)
class Decisions:
    named: tuple[tuple[str, Decimal], ...] = ()  # GUID and number
    #: GUIDs of items that are new episodes.
    new: frozenset[str] = frozenset()

    def find(self, feed: HostFeed) -> Mapping[str, Episode]:
        """Return the episode of each item, by GUID. Raises ValueError for a wrong or repeated GUID or number."""
        found: dict[str, Episode] = {}
        for guid, number in self.named:
            params = {"guid": guid, "number": spell_number(number)}
            if (count := sum(item.guid == guid for item in feed.items)) != 1:
                message = _("%(guid)s: %(count)d items of the feed have this GUID.")
                raise ValueError(message % {**params, "count": count})
            episode = Episode.objects.untrashed().filter(number=number).first()
            if episode is None:
                raise ValueError(_("%(guid)s: there is no episode %(number)s.") % params)
            if guid in found or episode in found.values():
                raise ValueError(_("%(guid)s: this GUID or episode %(number)s is named twice.") % params)
            found[guid] = episode
        return found


def parse_decisions(lines: Iterable[str]) -> Decisions:
    """Parse lines such as `abc-57=57` and `abc-58=new`. Raises ValueError with what is wrong."""
    named, new = [], set()
    for line in lines:
        guid, _equals, written = (part.strip() for part in line.rpartition("="))
        if not guid:
            raise ValueError(_("%(line)s: write GUID=NUMBER, such as abc-57=57.") % {"line": line})
        number = parse_number(written)
        if written == NEW:
            new.add(guid)
        elif number is None:
            message = _("%(line)s: %(written)s is no episode number: write one such as 57 or 19.5.")
            raise ValueError(message % {"line": line, "written": written})
        else:
            named.append((guid, number))
    return Decisions(tuple(named), frozenset(new))
