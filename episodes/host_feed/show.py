"""The show as the channel of a host's feed describes it, as plain data. No Django."""

from dataclasses import dataclass

from episodes.host_feed.tags import ITUNES, address_in, all_of, is_true, line_of, podcast, text_of
from interaxion.web.xml_reading import Element


@dataclass(frozen=True)
class HostPerson:
    name: str
    role: str  # "host", "guest", or "" for any other


@dataclass(frozen=True)
class HostShow:
    """A field is "", None or empty if the feed does not say it."""

    title: str = ""
    description: str = ""  # HTML or plain text
    page_url: str = ""
    language: str = ""
    author: str = ""
    owner_name: str = ""
    owner_email: str = ""
    copyright: str = ""
    artwork_url: str = ""
    #: As Apple's list spells them: `Science > Physics`.
    categories: tuple[str, ...] = ()
    is_explicit: bool = False
    is_serial: bool = False
    is_complete: bool = False
    funding_url: str = ""
    funding_label: str = ""
    license: str = ""
    license_url: str = ""
    update_label: str = ""
    update_rule: str = ""
    #: The address that the feed has moved to.
    new_feed_url: str = ""
    people: tuple[HostPerson, ...] = ()
    #: Notes for services, as `purpose: text`.
    txt_records: tuple[str, ...] = ()


def read_show(channel: Element) -> HostShow:
    owner = channel.find(f"{ITUNES}owner")
    funding = next(iter(all_of(channel, *podcast("funding"))), None)
    license_tag = next(iter(all_of(channel, *podcast("license"))), None)
    updates = next(iter(all_of(channel, *podcast("updateFrequency"))), None)
    return HostShow(
        title=line_of(channel, "title", f"{ITUNES}title"),
        description=text_of(channel, "description", f"{ITUNES}summary", f"{ITUNES}subtitle"),
        page_url=text_of(channel, "link"),
        language=text_of(channel, "language"),
        author=line_of(channel, f"{ITUNES}author"),
        owner_name=line_of(owner, f"{ITUNES}name") if owner is not None else "",
        owner_email=text_of(owner, f"{ITUNES}email") if owner is not None else "",
        copyright=line_of(channel, "copyright"),
        artwork_url=address_in(channel.find(f"{ITUNES}image"), "href", "url") or text_of(channel, "image/url"),
        categories=tuple(_categories(channel)),
        is_explicit=is_true(text_of(channel, f"{ITUNES}explicit")),
        is_serial=text_of(channel, f"{ITUNES}type").lower() == "serial",
        is_complete=is_true(text_of(channel, f"{ITUNES}complete")),
        funding_url=address_in(funding, "url"),
        funding_label=" ".join((funding.text or "").split()) if funding is not None else "",
        license=(license_tag.text or "").strip() if license_tag is not None else "",
        license_url=address_in(license_tag, "url") if license_tag is not None else "",
        update_label=" ".join((updates.text or "").split()) if updates is not None else "",
        update_rule=updates.get("rrule", "").strip() if updates is not None else "",
        new_feed_url=text_of(channel, f"{ITUNES}new-feed-url"),
        people=read_people(channel),
        txt_records=tuple(filter(None, map(_txt, all_of(channel, *podcast("txt"))))),
    )


def read_people(parent: Element) -> tuple[HostPerson, ...]:
    """Return who is named. `role` is "host" where none is written: that is what the specification says."""
    people = []
    for tag in all_of(parent, *podcast("person")):
        role = tag.get("role", "").strip().lower() or "host"
        if name := " ".join((tag.text or "").split()):
            people.append(HostPerson(name, {"host": "host", "co-host": "host", "guest": "guest"}.get(role, "")))
    return tuple(dict.fromkeys(people))


def _txt(tag: Element) -> str:
    purpose, text = tag.get("purpose", "").strip(), " ".join((tag.text or "").split())
    return f"{purpose}: {text}" if purpose and text else text


def _categories(channel: Element) -> list[str]:
    """Return each category, a subcategory with the one that it is in."""
    spelled: list[str] = []
    for tag in channel.findall(f"{ITUNES}category"):
        name = _name(tag)
        inner = [f"{name} > {_name(each)}" for each in tag.findall(f"{ITUNES}category") if _name(each)]
        spelled += inner or [name]
    return list(dict.fromkeys(filter(None, spelled)))


def _name(category: Element) -> str:
    return " ".join(category.get("text", "").replace("&amp;", "&").split())
