"""Sites with several URLs for one page, and the URL that stands for all of them."""

import re
from urllib.parse import quote, unquote, unquote_plus

#: Pattern of host (without `www.`) and path, and its replacement; the first match counts.
_SPELLINGS = tuple(
    (re.compile(address), spelled)
    for address, spelled in (
        (r"(?:m\.|mobile\.)?(?:twitter|x)\.com(?=/|$)", "x.com"),
        (r"(?:m|web|mbasic|[a-z]{2}-[a-z]{2})\.facebook\.com(?=/|$)", "www.facebook.com"),
        (r"m\.youtube\.com(?=/|$)", "www.youtube.com"),
        (r"(?:nico\.ms|(?:sp\.)?nicovideo\.jp/watch)/((?:sm|so|nm)\d+)/?$", r"www.nicovideo.jp/watch/\1"),
        (r"note\.mu(?=/|$)", "note.com"),
        (r"github\.com(/[^/]+/[^/]+?)\.git/?$", r"github.com\1"),
        (r"([a-z-]+)\.m\.(wikipedia|wiktionary|wikibooks|wikisource)\.org(?=/|$)", r"\1.\2.org"),
        (r"embed\.podcasts\.apple\.com(?=/|$)", "podcasts.apple.com"),
        (r"sciencedirect\.com/science/article/abs/pii/", "www.sciencedirect.com/science/article/pii/"),
        (r"open\.spotify\.com/(?:embed(?:-podcast)?|intl-[a-z-]+)(?=/)", "open.spotify.com"),
    )
)
_ENCYCLOPAEDIA = re.compile(r"[a-z-]+\.wikipedia\.org")


def spell_host(host: str) -> str:
    """Return an international host name in Unicode (RFC 3490 §4.2); unchanged if it is not valid."""
    if "xn--" not in host:
        return host
    try:
        return host.encode("ascii").decode("idna")
    except UnicodeError:
        return host


def spell_path(path: str) -> str:
    """Normalise the percent-encoding of a path (RFC 3986 §6.2.2.2)."""
    return _quoted(unquote(path, errors="surrogateescape"))


def spell_address(host: str, path: str) -> tuple[str, str] | None:
    """Return host and path as the site itself spells them; None if no rule applies."""
    address = host.removeprefix("www.") + path
    for form, spelled in _SPELLINGS:
        if found := form.match(address):
            host, slash, path = (found.expand(spelled) + address[found.end() :]).partition("/")
            return host, slash + path
    return None


def spell_article(host: str, path: str, query: str) -> tuple[str, str]:
    """Normalise path and query of Wikipedia: `/w/index.php?title=X` is `/wiki/X`, and spaces are underscores."""
    if not _ENCYCLOPAEDIA.fullmatch(host):
        return path, query
    if path == "/w/index.php" and (title := re.fullmatch(r"title=([^&]+)", query)):
        path, query = "/wiki/" + _quoted(unquote_plus(title[1], errors="surrogateescape")), ""
    return path.replace("%20", "_"), query


def fold_case(host: str, path: str) -> str:
    """Return the path in lower case where a site ignores case: owner and repository at GitHub."""
    return re.sub(r"^(?:/[^/]+){1,2}", lambda name: name[0].lower(), path) if host == "github.com" else path


def _quoted(text: str) -> str:
    return quote(text, safe="/!$&'()*+,;=:@~-._", errors="surrogateescape")
