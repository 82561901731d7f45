"""Removing tracking parameters: those that say where a visitor came from, not which page it is."""

import re
from urllib.parse import quote_plus, unquote_plus

#: Names of tracking parameters on every site.
_ANYWHERE = re.compile(
    r"utm_\w+|mtm_\w+|pk_(?:campaign|kwd)|fbclid|fb_(?:ref|source|action_\w+)|gclid|dclid|gbraid|wbraid|gad_\w+|srsltid|"
    r"msclkid|yclid|twclid|ttclid|li_fat_id|igshid|igsh|mibextid|mc_[ce]id|ref_src|ref_url|ref|_ga|_gl|_hsenc|_hsmi|"
    r"mkt_tok|spm|cmpid|guccounter|guce_\w+|sr_share|_branch_match_id|casa_token|jsessionid|phpsessid",
    re.IGNORECASE,
)
_AMAZON = r"tag|linkcode|linkid|camp|creative|creativeasin|ascsubtag|ref_|p[df]_rd_\w+|qid|crid|sprefix"
#: Names of tracking parameters on one site and its subdomains; elsewhere they may have a meaning.
_AT = {
    site: re.compile(names, re.IGNORECASE)
    for site, names in {
        "amazon.co.jp": _AMAZON,
        "amazon.com": _AMAZON,
        "apple.com": r"itscg|itsct|uo",
        "bbc.co.uk": r"at_\w+|ocid|xtor",
        "bbc.com": r"at_\w+|ocid|xtor",
        "huffingtonpost.jp": r"ncid",
        "huffpost.com": r"ncid",
        "linkedin.com": r"trk|trackingid|lipi",
        "msn.com": r"ocid|cvid",
        "nicovideo.jp": r"from|playlist|cp_\w+|ss_\w+|transit_from|rf",
        "nikkei.com": r"n_cid",
        "note.com": r"sub_rt|rt",
        "nytimes.com": r"smid|smtyp|referringsource",
        "reddit.com": r"share_id",
        "sciencedirect.com": r"via|dgcid|fr|rr",
        "spotify.com": r"si|nd|_authfailed",
        "techcrunch.com": r"ncid",
        "theguardian.com": r"cmp",
        "wikipedia.org": r"wprov",
        "x.com": r"s|t|src|cxt|cn",
        "youtube.com": r"si|feature|pp|ab_channel",
    }.items()
}
#: Sites on which such a name does have a meaning.
_MEANT = {"github.com": {"ref"}, "gitlab.com": {"ref"}}


def without_tracking(query: str, host: str) -> str:
    """Return the query without tracking, sorted and in one spelling; bytes that are not UTF-8 stay as they are."""
    # An ampersand may have been escaped for HTML twice.
    pairs = [_decoded(piece) for piece in query.replace("&amp;", "&").split("&") if piece]
    of_site = [_AT[site] for site in _sites(host) if site in _AT]
    kept = sorted(pair for pair in pairs if not _is_tracking(pair[0], host, of_site))
    # Without `=`, a script reads the query as a whole: keep its punctuation.
    return "&".join(
        _encoded(name, "" if equals else "/:,@") + equals + _encoded(value, "") for name, value, equals in kept
    )


def _is_tracking(name: str, host: str, of_site: list[re.Pattern[str]]) -> bool:
    name = name.partition("=")[0].lower()
    return name not in _MEANT.get(host, ()) and any(names.fullmatch(name) for names in (_ANYWHERE, *of_site))


def _sites(host: str) -> list[str]:
    """Return the host and its parent domains."""
    labels = host.split(".")
    return [".".join(labels[start:]) for start in range(len(labels) - 1)]


def _decoded(piece: str) -> tuple[str, str, str]:
    name, equals, value = piece.partition("=")
    return unquote_plus(name, errors="surrogateescape"), unquote_plus(value, errors="surrogateescape"), equals


def _encoded(text: str, safe: str) -> str:
    return quote_plus(text, safe=safe, errors="surrogateescape")
