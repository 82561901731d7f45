"""Comparing what the old host has with what we would answer: one line for each item and each address."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from urllib.parse import urlsplit

from django.utils.timezone import localtime

from episodes.host_feed.reading import HostFeed, HostItem
from interaxion.sitewide.moving.site_probe import SiteProbe


class Mark(StrEnum):
    SAME = "same"
    DIFFERENT = "different"  # to look at; nobody loses anything
    LOST = "lost"  # why it is not safe to switch


@dataclass(frozen=True)
class Line:
    mark: Mark
    old: str
    ours: str
    remarks: tuple[str, ...] = ()


#: Dates that differ by less were rounded.
MINUTE = timedelta(minutes=1)


def compare_items(old: HostFeed, ours: HostFeed) -> Iterator[Line]:
    """Yield a line for each item of the old feed, and for each of ours that it does not have."""
    by_guid = {item.guid: item for item in ours.items}
    by_title = {item.title: item for item in ours.items}
    seen: set[str] = set()
    for item in old.items:
        twin = by_guid.get(item.guid)
        if item.guid in seen:
            yield Line(Mark.DIFFERENT, _spell(item), "", ("the old feed has this GUID twice; apps show one of them",))
        elif twin:
            remarks = tuple(_differences(item, twin))
            yield Line(Mark.DIFFERENT if remarks else Mark.SAME, _spell(item), _spell(twin), remarks)
        elif item.title in by_title:
            other = by_title[item.title]
            cure = "subscribers would get it again: let import_feed take the old GUID"
            yield Line(Mark.LOST, _spell(item), _spell(other), (f"our GUID is {other.guid}", cure))
        else:
            cure = "it is not in our feed: publish it, or let import_feed --all make it"
            yield Line(Mark.LOST, _spell(item), "", (cure,))
        seen.add(item.guid)
    for item in ours.items:
        if item.guid not in seen:
            yield Line(Mark.DIFFERENT, "", _spell(item), ("the old feed does not have it: apps will show it as new",))


def compare_show(old: HostFeed, ours: HostFeed, *, is_hidden: bool, faults: Sequence[str]) -> Iterator[Line]:
    """Yield a line for what is wrong with our feed as a whole."""
    if old.guid and old.guid != ours.guid:
        remark = "the GUID of the show differs: directories would take it for another show"
        yield Line(Mark.LOST, str(old.guid), str(ours.guid or "–"), (remark,))
    if is_hidden:
        remark = "our feed is hidden from directories: untick “notes only” on the podcast"
        yield Line(Mark.LOST, old.show.title, ours.show.title, (remark,))
    for fault in faults:
        yield Line(Mark.LOST, "", "our feed", (fault,))


def compare_addresses(urls: Iterable[str], probe: SiteProbe) -> Iterator[Line]:
    """Yield a line for each URL of the old site, with what our site answers there."""
    for url in urls:
        parts = urlsplit(url)
        answer = probe.ask(parts.path or "/", parts.query)
        if answer.status == 200:
            yield Line(Mark.SAME, url, answer.address)
        else:
            remark = (
                f"it answers {answer.status}: bring the page, or add the address to something in its list of addresses"
            )
            yield Line(Mark.LOST, url, answer.address, (remark,))


def _differences(old: HostItem, ours: HostItem) -> Iterator[str]:
    if " ".join(old.title.split()) != " ".join(ours.title.split()):
        yield f"title: {old.title} → {ours.title}"
    if old.publish_at and ours.publish_at and abs(old.publish_at - ours.publish_at) > MINUTE:
        yield f"date: {localtime(old.publish_at):%Y-%m-%d %H:%M} → {localtime(ours.publish_at):%Y-%m-%d %H:%M}"
    if old.audio_url and not ours.audio_url:
        yield "audio: ours has none"
    elif old.audio_url != ours.audio_url:
        yield f"audio: {old.audio_url} → {ours.audio_url}"


def _spell(item: HostItem) -> str:
    return f"{item.guid} “{item.title}”"
