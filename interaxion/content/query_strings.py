"""What of a query string belongs to the address of a page: its filters and its number, and nothing that others add."""

from urllib.parse import urlencode

from django.http import QueryDict


def kept_query(query: QueryDict, *names: str) -> str:
    """`?year=2024&page=2` of `?page=2&utm=x&year=2024` for the name `year`; nothing where nothing is left."""
    pairs = [(name, value) for name in names if (value := query.get(name, ""))]
    if (page := query.get("page", "")).isdecimal():
        pairs.append(("page", page))
    return "?" + urlencode(pairs) if pairs else ""
