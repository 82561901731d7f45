"""What of a query string belongs to the address of a page: its filters and its number, and nothing that others add.

A page is kept for everybody under what the views read of its address. So it writes that, and never what stood there.
"""

from collections.abc import Mapping
from urllib.parse import urlencode

from django.http import QueryDict


def kept_query(query: Mapping[str, str], *names: str, page: int = 1) -> str:
    """`?year=2024&page=2` of `?page=2&utm=x&year=2024` for the name `year`; nothing where nothing is left.

    `page` is the number of the page that is shown, whatever was asked for; the first has none.
    """
    pairs = [(name, value) for name in names if (value := query.get(name, ""))]
    if page > 1:
        pairs.append(("page", str(page)))
    return "?" + urlencode(pairs) if pairs else ""


def at_page(kept: str, page: int) -> str:
    """The same list on another page: `?year=2024&page=3` of `?year=2024&page=2`."""
    query = QueryDict(kept.removeprefix("?")).dict()
    return kept_query(query, *(name for name in query if name != "page"), page=page)
