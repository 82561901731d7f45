"""YouTube videos and tweets, by their ids."""

import re
from urllib.parse import SplitResult, parse_qs

from interaxion.text.addresses.identity import WorkIdentity

_VIDEO_ID = r"([\w-]{11})"
_VIDEO_PATH = re.compile(rf"/(?:embed|shorts|live|v)/{_VIDEO_ID}/?")
_VIDEO_HOSTS = {"youtube.com", "m.youtube.com", "music.youtube.com", "youtube-nocookie.com"}
_TWEET = re.compile(r"/(\w{1,30}|i/web)/status(?:es)?/(\d{1,20})(?:/.*)?")
#: X under its names, and the proxies that show its posts to chat programs.
_TWITTER_HOSTS = {
    "twitter.com", "x.com", "mobile.twitter.com", "mobile.x.com", "m.twitter.com",
    "fxtwitter.com", "vxtwitter.com", "fixupx.com", "fixvx.com",
}  # fmt: skip


def video(host: str, parts: SplitResult) -> WorkIdentity | None:
    id = ""
    if host == "youtu.be":
        id = parts.path.strip("/")
    elif host in _VIDEO_HOSTS:
        found = _VIDEO_PATH.fullmatch(parts.path)
        id = found[1] if found else parse_qs(parts.query).get("v", [""])[0]
    if not re.fullmatch(_VIDEO_ID, id):
        return None
    return WorkIdentity("video", f"video:{id}", f"https://www.youtube.com/watch?v={id}")


def tweet(host: str, parts: SplitResult) -> WorkIdentity | None:
    found = _TWEET.fullmatch(parts.path) if host in _TWITTER_HOSTS else None
    if not found:
        return None
    return WorkIdentity("tweet", f"tweet:{found[2]}", f"https://x.com/{found[1]}/status/{found[2]}")
