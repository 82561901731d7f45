"""The part of a query string that belongs to the address of a page: its filters, nothing else.

One copy of a page is kept for everybody. So it writes what its view has read, never the query string of the request.
"""

from collections.abc import Mapping
from urllib.parse import urlencode


def kept_query(query: Mapping[str, str], *names: str) -> str:
    """Return `?year=2024` for `?utm=x&year=2024` and the name `year`; "" if nothing is left."""
    pairs = [(name, value) for name in names if (value := query.get(name, ""))]
    return "?" + urlencode(pairs) if pairs else ""
