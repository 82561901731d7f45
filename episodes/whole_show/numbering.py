"""The numbers of episodes that a feed brings: each is one that the host states, and no two episodes share one."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal

from episodes.host_feed.reading import HostItem
from episodes.numbers import spell_number
from episodes.title_numbers import BRACKETED, split_number
from interaxion.text.source_errors import Note, gettext_noop

_LATEST = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True)
class Numbered:
    """An item with the number and title of its episode, and notes on a number that it cannot have."""

    item: HostItem
    number: Decimal | None
    title: str
    notes: tuple[Note, ...] = ()


def number_items(items: Iterable[HostItem], taken: Collection[Decimal], *, by_titles: bool) -> list[Numbered]:
    """Return the items with their numbers, in order; `taken` holds the numbers that other episodes have.

    With `by_titles` only numbers in titles count. Of several items with one number, the oldest has it: seasons begin at
    1 again, and episodes are sent again under their number.
    """
    items = list(items)
    stated = {item: _number_of(item, by_titles=by_titles) for item in items}
    holders: dict[Decimal, HostItem] = {}
    for item in sorted(items, key=lambda item: item.publish_at or _LATEST):
        number = stated[item]
        if number is not None and number not in taken:
            holders.setdefault(number, item)
    return [_numbered(item, stated[item], holders) for item in items]


def are_titles_numbered(items: Iterable[HostItem]) -> bool:
    """Whether the show writes its numbers into titles: then a number that the host counts up says nothing."""
    full = [item for item in items if item.details.episode_type in {"", "full"}]
    return 2 * sum(item.read_title.number is not None for item in full) >= max(len(full), 1)


def _number_of(item: HostItem, *, by_titles: bool) -> Decimal | None:
    in_title = item.read_title.number
    return in_title if in_title is not None or by_titles else item.tagged_number


def _numbered(item: HostItem, number: Decimal | None, holders: Mapping[Decimal, HostItem]) -> Numbered:
    title = title_of(item)
    if number is None:
        return Numbered(item, None, title)
    holder = holders.get(number)
    if holder is item:
        return Numbered(item, number, title)
    message = gettext_noop("number %(number)s is that of another episode: it comes in without a number")
    note = Note(1, message, {"number": spell_number(number)})
    return Numbered(item, None, " ".join((item.details.own_title or item.title).split()), (note,))


def title_of(item: HostItem) -> str:
    """Return the title without its number: as the host writes it for Apple, else as it is read from the whole."""
    written = " ".join((item.details.own_title or item.title).split())
    if numbered := split_number(written):
        return numbered.rest or written
    return BRACKETED.sub(" ", written).strip() or written
