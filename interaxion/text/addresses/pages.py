"""Identities of plain pages: those of this site, and all others."""

import re
from urllib.parse import SplitResult, quote, unquote

from interaxion.text.addresses.identity import WorkIdentity, short_key
from interaxion.text.addresses.ignored_links import is_ignored_link
from interaxion.text.addresses.sites import fold_case, spell_address, spell_article, spell_path
from interaxion.text.addresses.tracking import without_tracking

PORTS = {"http": 80, "https": 443}


def own_page(parts: SplitResult) -> WorkIdentity:
    path = "/" + unquote(parts.path).strip("/")
    return WorkIdentity("own", short_key(f"own:{path}"), quote(path, safe="/~!$&'()*+,;=:@-._"))


def any_page(host: str, port: int | None, parts: SplitResult) -> WorkIdentity:
    """Identify any page. Scheme, `www.` and the final slash are not in its key, but stay in its URL."""
    scheme, path = parts.scheme, spell_path(re.sub(r";jsessionid=[^/]*", "", parts.path, flags=re.IGNORECASE))
    if spelled := spell_address(host, path):
        scheme, (host, path) = "https", spelled
    bare = host.removeprefix("www.")
    path, query = spell_article(bare, path, without_tracking(parts.query, bare))
    # A fragment that looks like a path (`#/`, `#!/`) is a route of a script; any other is a place in the page.
    route = "#" + spell_path(parts.fragment) if re.match(r"!?/", parts.fragment) else ""
    suffix = (f"?{query}" if query else "") + route
    port_suffix = f":{port}" if port else ""
    folded_path = re.sub(r"/(?:index\.(?:html?|php))?$", "", fold_case(bare, path))
    return WorkIdentity(
        "furniture" if is_ignored_link(bare, path) else "url",
        short_key(f"url:{bare}{port_suffix}{folded_path}{suffix}"),
        f"{scheme}://{_bracketed(host)}{port_suffix}{path}{suffix}",
    )


def _bracketed(host: str) -> str:
    """Return an IPv6 address in brackets (RFC 3986 §3.2.2), any other host as it is."""
    return f"[{host}]" if ":" in host else host
