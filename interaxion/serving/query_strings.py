"""The part of a query string that belongs to the address of a page: its filters and its number, nothing else.

One copy of a page is kept for everybody. So it writes what its view has read, never the query string of the request.
"""

from collections.abc import Mapping
from urllib.parse import urlencode

from django.http import QueryDict


def kept_query(query: Mapping[str, str], *names: str, page: int = 1) -> str:
    """Return `?year=2024&page=2` for `?page=2&utm=x&year=2024` and the name `year`; "" if nothing is left.

    `page` is the number of the page that is shown, whatever number was requested; the first page has none.
    """
    pairs = [(name, value) for name in names if (value := query.get(name, ""))]
    if page > 1:
        pairs.append(("page", str(page)))
    return "?" + urlencode(pairs) if pairs else ""


def at_page(kept: str, page: int) -> str:
    """Return the query string of another page of the same list: `?year=2024&page=3` for `?year=2024&page=2`."""
    query = QueryDict(kept.removeprefix("?")).dict()
    return kept_query(query, *(name for name in query if name != "page"), page=page)
