"""Details of an episode in a host's feed besides its identity and audio, as data. No Django."""

from dataclasses import dataclass

from episodes.host_feed.show import HostPerson, read_people
from episodes.host_feed.tags import CONTENT, ITUNES, PODLOVE, address_in, all_of, is_true, line_of, podcast, text_of
from episodes.host_feed.times import read_play_time
from interaxion.web.xml_reading import Element


@dataclass(frozen=True)
class HostChapter:
    starts_at: int  # seconds
    title: str
    url: str = ""


@dataclass(frozen=True)
class ItemDetails:
    """A field is "" or empty if the item does not say it."""

    own_title: str = ""  # without number and show, as Apple asks for
    notes: str = ""  # HTML or plain text: the longest description that there is
    subtitle: str = ""
    page_url: str = ""
    episode_type: str = ""  # full, trailer, bonus
    is_explicit: bool = False
    image_url: str = ""
    chapters: tuple[HostChapter, ...] = ()
    chapters_url: str = ""
    transcript_urls: tuple[str, ...] = ()
    post_urls: tuple[str, ...] = ()
    people: tuple[HostPerson, ...] = ()


def read_details(item: Element) -> ItemDetails:
    described = [text_of(item, name) for name in (f"{CONTENT}encoded", "description", f"{ITUNES}summary")]
    kind = text_of(item, f"{ITUNES}episodeType").lower()
    chapters = next(iter(all_of(item, *podcast("chapters"))), None)
    transcripts = [address_in(tag, "url") for tag in all_of(item, *podcast("transcript"))]
    posts = [address_in(tag, "uri", "url") for tag in all_of(item, *podcast("socialInteract"))]
    return ItemDetails(
        own_title=line_of(item, f"{ITUNES}title"),
        notes=max(described, key=len),
        subtitle=line_of(item, f"{ITUNES}subtitle"),
        page_url=text_of(item, "link"),
        episode_type=kind if kind in {"full", "trailer", "bonus"} else "",
        is_explicit=is_true(text_of(item, f"{ITUNES}explicit")),
        image_url=address_in(item.find(f"{ITUNES}image"), "href", "url"),
        chapters=tuple(_podlove_chapters(item)),
        chapters_url=address_in(chapters, "url"),
        transcript_urls=tuple(dict.fromkeys(url for url in transcripts if url.startswith("https://"))),
        post_urls=tuple(dict.fromkeys(url for url in posts if url.startswith("https://"))),
        people=read_people(item),
    )


def _podlove_chapters(item: Element) -> list[HostChapter]:
    found = []
    for namespace in PODLOVE:
        for tag in item.findall(f"{namespace}chapters/{namespace}chapter"):
            seconds, title = read_play_time(tag.get("start", "")), " ".join(tag.get("title", "").split())
            if seconds is not None and title:
                found.append(HostChapter(seconds, title, address_in(tag, "href")))
    return found
