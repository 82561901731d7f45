"""Pages of the web: videos, tweets, pages of this site, and everything else."""

import re
from urllib.parse import SplitResult, parse_qs, parse_qsl, quote, unquote, urlencode

from interaxion.content.linking.addresses.identity import WorkIdentity, short_key

#: Query parameters that say where a visitor came from, not what the page is.
TRACKING = re.compile(
    r"utm_\w+|fbclid|gclid|dclid|gbraid|wbraid|msclkid|yclid|twclid|igshid|igsh|mc_[ce]id|ref_src|ref_url|ref|"
    r"_ga|_gl|_hsenc|_hsmi|mkt_tok|spm|cmpid|guccounter|guce_\w+|feature|si|tag|linkcode|linkid|camp|creative|"
    r"creativeasin|ascsubtag|share_id|_branch_match_id",
    re.IGNORECASE,
)
#: Some sites mean something by a parameter that is tracking elsewhere.
MEANT = {"github.com": {"tag", "ref"}, "gitlab.com": {"ref"}}
PORTS = {"http": 80, "https": 443}

_VIDEO_ID = r"([\w-]{11})"
_VIDEO_PATH = re.compile(rf"/(?:embed|shorts|live|v)/{_VIDEO_ID}/?")
_VIDEO_HOSTS = {"youtube.com", "m.youtube.com", "music.youtube.com", "youtube-nocookie.com"}
_TWEET = re.compile(r"/(\w{1,30}|i/web)/status(?:es)?/(\d{1,20})(?:/.*)?")
_TWITTER_HOSTS = {"twitter.com", "x.com", "mobile.twitter.com", "m.twitter.com"}


def own_page(parts: SplitResult) -> WorkIdentity:
    path = "/" + unquote(parts.path).strip("/")
    return WorkIdentity("own", short_key(f"own:{path}"), quote(path, safe="/~!$&'()*+,;=:@-._"))


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


def any_page(host: str, port: int | None, parts: SplitResult) -> WorkIdentity:
    """Any page: its key has neither scheme nor `www.` nor a slash at the end, its address keeps them."""
    bare = re.sub(r"^(\w+)\.m\.wikipedia\.org$", r"\1.wikipedia.org", host.removeprefix("www."))
    place = f":{port}" if port else ""
    path = _respell(parts.path)
    query = urlencode(sorted(pair for pair in parse_qsl(parts.query, True) if not _is_tracking(pair[0], bare)))
    # A fragment is content where a script reads it as the address, and a place in the page elsewhere.
    route = "#" + _respell(parts.fragment) if re.match(r"!?/", parts.fragment) else ""
    asked = (f"?{query}" if query else "") + route
    bare_path = re.sub(r"/(?:index\.(?:html?|php))?$", "", path)
    return WorkIdentity(
        "url", short_key(f"url:{bare}{place}{bare_path}{asked}"), f"{parts.scheme}://{_ascii(host)}{place}{path}{asked}"
    )


def _is_tracking(name: str, host: str) -> bool:
    return bool(TRACKING.fullmatch(name)) and name.lower() not in MEANT.get(host, ())


def _respell(text: str) -> str:
    """One spelling of percent signs (RFC 3986 §6.2.2.2)."""
    return quote(unquote(text, errors="surrogateescape"), safe="/!$&'()*+,;=:@~-._", errors="surrogateescape")


def _ascii(host: str) -> str:
    return f"[{host}]" if ":" in host else host
