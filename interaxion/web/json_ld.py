"""Structured data for search engines: JSON-LD in a data block of the page.

https://www.w3.org/TR/json-ld11/#embedding-json-ld-in-html-documents. A data block is not a script: the
browser executes nothing of it, so the Content-Security-Policy need not allow it.
"""

import json
from typing import Any

#: Characters that could end the element or open another one, as escapes that mean the same in JSON.
_ESCAPES = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}


def data_block(*things: dict[str, Any]) -> str:
    """Return the `<script>` element that describes `things` in the terms of schema.org, without empty values.

    It is safe HTML: no value can end the element or open another one.
    """
    graph = {"@context": "https://schema.org", "@graph": [without_empty(thing) for thing in things]}
    document = json.dumps(graph, ensure_ascii=False, separators=(",", ":"))
    for character, escape in _ESCAPES.items():  # `translate()` looks at each character: ten times as long
        document = document.replace(character, escape)
    return f'<script type="application/ld+json">{document}</script>'


def without_empty(value: Any) -> Any:
    """Return the data without empty strings, lists, dicts and None, at any depth. 0 and False stay."""
    if isinstance(value, dict):
        return {key: kept for key, part in value.items() if (kept := without_empty(part)) not in ("", None, [], {})}
    if isinstance(value, list | tuple):
        return [part for part in map(without_empty, value) if part not in ("", None, [], {})]
    return value


def spell_duration(seconds: int | None) -> str:
    """Spell seconds as an ISO 8601 duration: 3723 → `PT1H2M3S`. "" for 0 and None."""
    if not seconds:
        return ""
    minutes, second = divmod(seconds, 60)
    hours, minute = divmod(minutes, 60)
    parts = [f"{count}{unit}" for count, unit in ((hours, "H"), (minute, "M"), (second, "S")) if count]
    return "PT" + "".join(parts)
