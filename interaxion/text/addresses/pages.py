"""Pages of the web: those of this site, and everything else."""

import re
from urllib.parse import SplitResult, quote, unquote

from interaxion.text.addresses.identity import WorkIdentity, short_key
from interaxion.text.addresses.ignored_links import is_furniture
from interaxion.text.addresses.sites import fold_case, spell_address, spell_article, spell_path
from interaxion.text.addresses.tracking import without_tracking

PORTS = {"http": 80, "https": 443}


def own_page(parts: SplitResult) -> WorkIdentity:
    path = "/" + unquote(parts.path).strip("/")
    return WorkIdentity("own", short_key(f"own:{path}"), quote(path, safe="/~!$&'()*+,;=:@-._"))


def any_page(host: str, port: int | None, parts: SplitResult) -> WorkIdentity:
    """Any page: its key has neither scheme nor `www.` nor a slash at the end, its address keeps them."""
    scheme, path = parts.scheme, spell_path(re.sub(r";jsessionid=[^/]*", "", parts.path, flags=re.IGNORECASE))
    if spelled := spell_address(host, path):
        scheme, (host, path) = "https", spelled
    bare = host.removeprefix("www.")
    path, query = spell_article(bare, path, without_tracking(parts.query, bare))
    # A fragment is content where a script reads it as the address, and a place in the page elsewhere.
    route = "#" + spell_path(parts.fragment) if re.match(r"!?/", parts.fragment) else ""
    asked = (f"?{query}" if query else "") + route
    place = f":{port}" if port else ""
    named = re.sub(r"/(?:index\.(?:html?|php))?$", "", fold_case(bare, path))
    return WorkIdentity(
        "furniture" if is_furniture(bare, path) else "url",
        short_key(f"url:{bare}{place}{named}{asked}"),
        f"{scheme}://{_ascii(host)}{place}{path}{asked}",
    )


def _ascii(host: str) -> str:
    return f"[{host}]" if ":" in host else host
