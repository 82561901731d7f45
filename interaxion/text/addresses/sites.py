"""Sites that have several addresses for one page, and which of them is meant."""

import re
from urllib.parse import quote, unquote, unquote_plus

#: Host without `www.` and path, and how they are spelled instead: the first that fits.
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
    """An international name as people read it (RFC 3490 §4.2); what does not come back the same stays as it is."""
    if "xn--" not in host:
        return host
    try:
        return host.encode("ascii").decode("idna")
    except UnicodeError:
        return host


def spell_path(path: str) -> str:
    """One spelling of percent signs (RFC 3986 §6.2.2.2)."""
    return _quoted(unquote(path, errors="surrogateescape"))


def spell_address(host: str, path: str) -> tuple[str, str] | None:
    """Host and path as the site itself spells them; None where we know of no other spelling."""
    address = host.removeprefix("www.") + path
    for form, spelled in _SPELLINGS:
        if found := form.match(address):
            host, slash, path = (found.expand(spelled) + address[found.end() :]).partition("/")
            return host, slash + path
    return None


def spell_article(host: str, path: str, query: str) -> tuple[str, str]:
    """Path and query: MediaWiki has `/w/index.php?title=X` for `/wiki/X`, and underscores for spaces."""
    if not _ENCYCLOPAEDIA.fullmatch(host):
        return path, query
    if path == "/w/index.php" and (asked := re.fullmatch(r"title=([^&]+)", query)):
        path, query = "/wiki/" + _quoted(unquote_plus(asked[1], errors="surrogateescape")), ""
    return path.replace("%20", "_"), query


def fold_case(host: str, path: str) -> str:
    """The path, where a site does not tell capitals from small letters: owner and repository at GitHub."""
    return re.sub(r"^(?:/[^/]+){1,2}", lambda name: name[0].lower(), path) if host == "github.com" else path


def _quoted(text: str) -> str:
    return quote(text, safe="/!$&'()*+,;=:@~-._", errors="surrogateescape")
