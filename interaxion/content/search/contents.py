"""The contents of the search row of a page: its words with folded letters, in the order of their weight, and grams."""

from collections.abc import Iterable, Mapping
from itertools import chain
from typing import Any

from interaxion.text.search.folding import fold_letters
from interaxion.text.search.grams import grams_in_headings, grams_of, shelf_gram


def row_contents(
    facts: dict[str, Any],
    *,
    shelf: str,
    name: str = "",
    text: str = "",
    places: list[list[Any]] | None = None,
    named: dict[str, list[str]] | None = None,
    work_id: int | None = None,
) -> dict[str, Any]:
    """Return the columns of a row.

    `name`: the name of what is found, if that is not the thing; `named`: those of its people and tags.
    """
    places = places or []
    lines = text.split("\n")
    headings = _one_line(lines[line] for _anchor, _heading, _starts_at, line in places)
    title = _one_line([name or facts["title"]])
    folded, grams = index_of(title, headings, names_line(named or {}), fold_letters(text), shelf=shelf)
    return facts | {
        "work_id": work_id, "text": text, "places": places, "folded": folded, "named": named, "grams": grams,
    }  # fmt: skip


def index_of(title: str, headings: str, names: str, text: str, *, shelf: str) -> tuple[str, set[int]]:
    """Return the folded text of a row, and its grams."""
    in_headings = grams_in_headings([title, *headings.split("\t")])
    return "\n".join([title, headings, names, text]), (
        grams_of(f"{title}\n{names}\n{text}") | in_headings | {shelf_gram(shelf)}
    )


def names_line(named: Mapping[str, list[str]]) -> str:
    """Return the folded names of people and tags as one line."""
    return _one_line(chain.from_iterable(map(sorted, named.values())))


def _one_line(words: Iterable[str]) -> str:
    return "\t".join(fold_letters(each).replace("\n", " ") for each in words)
