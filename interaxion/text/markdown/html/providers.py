"""The allow-list of sites whose players and posts we embed. Any other site never gets a frame."""

import re
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Provider:
    """A site and its URLs.

    `name` is the display name. `find` returns the id from host, path and query of a URL on one of `hosts`, or None;
    `id` is the pattern of all ids. `page` and `frame` build the URLs of the page that a visitor can open and of the
    frame, which is on one of `frame_hosts`. `start` is the parameter for the start time of the frame in seconds, if
    there is one. `still` builds the URL of the picture that the site shows of a video, "" if it has none.
    """

    name: str
    hosts: frozenset[str]
    find: Callable[[str, str, dict[str, str]], str | None]
    id: re.Pattern[str]
    page: Callable[[str], str]
    frame: Callable[[str], str]
    frame_hosts: tuple[str, ...]
    start: str = ""
    still: Callable[[str], str] = lambda id: ""


def _in_path(*patterns: str) -> Callable[[str, str, dict[str, str]], str | None]:
    """Return a `find` that reads the id from the path: the groups of the first matching pattern, joined by "/"."""
    compiled = [re.compile(pattern) for pattern in patterns]

    def find(_host: str, path: str, _query: dict[str, str]) -> str | None:
        for pattern in compiled:
            if found := pattern.fullmatch(path):
                return "/".join(found.groups())
        return None

    return find


def _find_youtube(host: str, path: str, query: dict[str, str]) -> str | None:
    if path in {"/playlist", "/embed/videoseries"}:
        return f"playlist/{query['list']}" if "list" in query else None
    where = r"/([\w-]{11})" if host == "youtu.be" else r"/(?:embed|shorts|live|v)/([\w-]{11})"
    found = re.fullmatch(where, path)
    video = found[1] if found else ""
    if path == "/watch":
        video = query.get("v", "")
    return video + _youtube_start(query.get("start") or query.get("t") or "") if video else None


def _youtube_start(spelled: str) -> str:
    """Return "?start=69" for "69", "69s" or "1m9s"; "" for the beginning."""
    found = re.fullmatch(r"(?:(\d{1,6})h)?(?:(\d{1,6})m)?(?:(\d{1,6})s?)?", spelled)
    hours, minutes, seconds = (int(part or 0) for part in found.groups()) if found else (0, 0, 0)
    start = hours * 3600 + minutes * 60 + seconds
    return f"?start={start}" if start else ""


def _page_youtube(id: str) -> str:
    if id.startswith("playlist/"):
        return "https://www.youtube.com/playlist?list=" + id.removeprefix("playlist/")
    return "https://www.youtube.com/watch?v=" + id.replace("?start=", "&t=")


def _frame_youtube(id: str) -> str:
    if id.startswith("playlist/"):
        return "https://www.youtube-nocookie.com/embed/videoseries?list=" + id.removeprefix("playlist/")
    return "https://www.youtube-nocookie.com/embed/" + id


def _still_youtube(id: str) -> str:
    return "" if id.startswith("playlist/") else f"https://i.ytimg.com/vi/{id.partition('?')[0]}/hqdefault.jpg"


def _find_spotify(host: str, path: str, _query: dict[str, str]) -> str | None:
    if host == "open.spotify.com":
        pattern = r"(?:/intl-[a-z]+)?(?:/embed|/embed-podcast)?/(\w+)/(\w+)(?:/video)?"
    else:
        # The hosting service of Spotify changed its name twice. Its own URLs have a slug, not the id of Spotify.
        show = r"/([\w.-]+)" if host == "anchor.fm" else r"/pod/(?:show|profile)/([\w.-]+)"
        pattern = show + r"(?:/embed)?/episodes/([^/]+)(?:/a-\w+)?"
    found = re.fullmatch(pattern, path)
    if not found:
        return None
    return "/".join(found.groups() if host == "open.spotify.com" else ("pod", *found.groups()))


def _page_spotify(id: str) -> str:
    if id.startswith("pod/"):
        _pod, show, slug = id.split("/")
        return f"https://creators.spotify.com/pod/profile/{show}/episodes/{slug}"
    return "https://open.spotify.com/" + id


def _frame_spotify(id: str) -> str:
    if id.startswith("pod/"):
        return _page_spotify(id).replace("/episodes/", "/embed/episodes/")
    return "https://open.spotify.com/embed/" + id


def _find_apple(_host: str, path: str, query: dict[str, str]) -> str | None:
    found = re.fullmatch(r"/(?:([a-z]{2})/)?podcast/(?:[^/]+/)?id(\d+)", path)
    if not found:
        return None
    parts = (found[1] or "us", found[2], query.get("i", ""))
    return "/".join(part for part in parts if part)


def _apple(host: str) -> Callable[[str], str]:
    def url(id: str) -> str:
        country, show, *episode = id.split("/")
        return f"https://{host}/{country}/podcast/id{show}" + "".join(f"?i={each}" for each in episode)

    return url


def _find_audiostock(_host: str, path: str, query: dict[str, str]) -> str | None:
    if path == "/embed":
        return query.get("id")
    found = re.fullmatch(r"/audio/(\d+)(?:/play)?", path)
    return found[1] if found else None


def _page_note(id: str) -> str:
    """Return the page of an article. Its URL needs the author; an id from an embed has none, so use the frame's URL."""
    user, _, key = id.rpartition("/")
    return f"https://note.com/{user}/n/{key}" if user else _frame_note(id)


def _frame_note(id: str) -> str:
    return "https://note.com/embed/notes/" + id.rpartition("/")[2]


def _page_x(id: str) -> str:
    user, number = id.split("/")
    return f"https://x.com/{user}/status/{number}"


def _page_bluesky(id: str) -> str:
    who, key = id.split("/")
    return f"https://bsky.app/profile/{who}/post/{key}"


def _frame_bluesky(id: str) -> str:
    who, key = id.split("/")
    return f"https://embed.bsky.app/embed/{who}/app.bsky.feed.post/{key}"


# Anyone can run Mastodon: these servers are known, posts on other servers stay links.
_MASTODON = (
    "astrodon.social",
    "fedibird.com",
    "fediscience.org",
    "fosstodon.org",
    "mastodon.online",
    "mastodon.social",
    "mathstodon.xyz",
    "mstdn.jp",
    "mstdn.social",
    "scholar.social",
    "sigmoid.social",
)


def _find_mastodon(host: str, path: str, _query: dict[str, str]) -> str | None:
    found = re.fullmatch(r"/(@[\w.@-]+/\d+)(?:/embed)?", path)
    return f"{host}/{found[1]}" if found else None


PROVIDERS: dict[str, Provider] = {
    "youtube": Provider(
        name="YouTube",
        hosts=frozenset({"www.youtube.com", "youtube.com", "m.youtube.com", "www.youtube-nocookie.com", "youtu.be"}),
        find=_find_youtube,
        id=re.compile(r"[\w-]{11}(\?start=\d+)?|playlist/[\w-]+", re.ASCII),
        page=_page_youtube,
        frame=_frame_youtube,
        frame_hosts=("www.youtube-nocookie.com",),
        start="start",
        still=_still_youtube,
    ),
    "spotify": Provider(
        name="Spotify",
        hosts=frozenset({"open.spotify.com", "anchor.fm", "podcasters.spotify.com", "creators.spotify.com"}),
        find=_find_spotify,
        id=re.compile(r"(episode|show|track|album|playlist|artist)/\w+|pod/[\w.-]+/[\w.%-]+", re.ASCII),
        page=_page_spotify,
        frame=_frame_spotify,
        frame_hosts=("open.spotify.com", "creators.spotify.com"),
        start="t",
    ),
    "apple": Provider(
        name="Apple Podcasts",
        hosts=frozenset({"embed.podcasts.apple.com", "podcasts.apple.com"}),
        find=_find_apple,
        id=re.compile(r"[a-z]{2}/[0-9]+(/[0-9]+)?"),
        page=_apple("podcasts.apple.com"),
        frame=_apple("embed.podcasts.apple.com"),
        frame_hosts=("embed.podcasts.apple.com",),
    ),
    "audiostock": Provider(
        name="Audiostock",
        hosts=frozenset({"audiostock.jp", "www.audiostock.jp"}),
        find=_find_audiostock,
        id=re.compile(r"[0-9]+"),
        page=lambda id: "https://audiostock.jp/audio/" + id,
        frame=lambda id: "https://audiostock.jp/embed?id=" + id,
        frame_hosts=("audiostock.jp",),
    ),
    "note": Provider(
        name="note",
        hosts=frozenset({"note.com", "note.mu"}),
        find=_in_path(r"/embed/notes/(n\w+)", r"/(\w+)/n/(n\w+)"),
        id=re.compile(r"(\w+/)?n\w+", re.ASCII),
        page=_page_note,
        frame=_frame_note,
        frame_hosts=("note.com",),
    ),
    "speakerdeck": Provider(
        name="Speaker Deck",
        hosts=frozenset({"speakerdeck.com"}),
        find=_in_path(r"/player/(\w+)"),
        id=re.compile(r"[0-9a-f]{32}"),
        page=lambda id: "https://speakerdeck.com/player/" + id,
        frame=lambda id: "https://speakerdeck.com/player/" + id,
        frame_hosts=("speakerdeck.com",),
    ),
    "x": Provider(
        name="X",
        hosts=frozenset({"twitter.com", "www.twitter.com", "mobile.twitter.com", "x.com", "www.x.com"}),
        find=_in_path(r"/(\w+)/status(?:es)?/(\d+)(?:/.*)?"),
        id=re.compile(r"\w+/[0-9]+", re.ASCII),
        page=_page_x,
        frame=lambda id: "https://platform.twitter.com/embed/Tweet.html?id=" + id.split("/")[1],
        frame_hosts=("platform.twitter.com",),
    ),
    "instagram": Provider(
        name="Instagram",
        hosts=frozenset({"www.instagram.com", "instagram.com"}),
        find=_in_path(r"(?:/[\w.]+)?/(p|reel)/([\w-]+)/?(?:embed/?(?:captioned/?)?)?"),
        id=re.compile(r"(p|reel)/[\w-]+", re.ASCII),
        page=lambda id: f"https://www.instagram.com/{id}/",
        frame=lambda id: f"https://www.instagram.com/{id}/embed/",
        frame_hosts=("www.instagram.com",),
    ),
    "bluesky": Provider(
        name="Bluesky",
        hosts=frozenset({"bsky.app", "embed.bsky.app"}),
        find=_in_path(r"/profile/([\w.:-]+)/post/(\w+)", r"/embed/([\w.:-]+)/app\.bsky\.feed\.post/(\w+)"),
        id=re.compile(r"[\w.:-]+/\w+", re.ASCII),
        page=_page_bluesky,
        frame=_frame_bluesky,
        frame_hosts=("embed.bsky.app",),
    ),
    "mastodon": Provider(
        name="Mastodon",
        hosts=frozenset(_MASTODON),
        find=_find_mastodon,
        id=re.compile(rf"({'|'.join(map(re.escape, _MASTODON))})/@[\w.@-]+/[0-9]+", re.ASCII),
        page=lambda id: "https://" + id,
        frame=lambda id: f"https://{id}/embed",
        frame_hosts=_MASTODON,
    ),
}
