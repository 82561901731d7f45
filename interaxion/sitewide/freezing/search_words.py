"""The words that a browser searches in where no server does: one file for all pages, and how to fold them.

It holds titles, headings, names of people and tags, and the words of links, but no texts: those of five years would be
several megabytes. `static/js/search_files.js` reads it at the first key.
"""

import json
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from django.contrib.contenttypes.models import ContentType

from interaxion.content.linking.links import Link
from interaxion.content.owned_rows import Owner
from interaxion.content.publishing.publishable import Publishable
from interaxion.content.search.rows import SearchRow
from interaxion.content.search.synonyms import Synonyms
from interaxion.content.tags import Tag
from interaxion.text.addresses import NAMED_KINDS
from interaxion.text.search.folding_table import DROPPED, folding_table

#: The address of the file.
SEARCH_WORDS = "/search.json"
#: Characters of one link: what is longer is a sentence, not a title.
LONGEST_WORDS = 160
#: Rows that are read at once.
BATCH = 500


def write_search_words() -> bytes:
    """Return the file: the folding, words that mean the same, and the pages, the newest first."""
    words = {
        "folding": folding_table(),
        "dropped": DROPPED,
        "same": list(Synonyms.objects.order_by("pk").values_list("words", flat=True)),
        "pages": list(_pages()),
    }
    return json.dumps(words, ensure_ascii=False, separators=(",", ":")).encode()


def _pages() -> Iterator[list[Any]]:
    """Yield address, title, language, date, headings, names of people and tags, words of links, and 1 for a tag.

    A heading is its anchor, its words, and its time in seconds or null. Speakers and tags have no date; their other
    names stand for headings, without an anchor. A tag only leads on to other pages.
    """
    links = _words_of_links()
    live: dict[type, set[int]] = {}
    rows = SearchRow.objects.live().filter(work=None).order_by("-dated_at", "content_type", "-object_id")
    for row in rows.defer("grams", "folded").iterator(chunk_size=BATCH):
        model: Any = ContentType.objects.get_for_id(row.content_type_id).model_class()
        is_content = issubclass(model, Publishable)
        if not is_content and row.object_id not in live.setdefault(model, _with_page(model, live)):
            continue
        lines = row.text.split("\n")
        headings = [[anchor, lines[line], starts_at] for anchor, _heading, starts_at, line in row.places]
        names = [name for each in (row.named or {}).values() for name in each]
        date = row.dated_at.date().isoformat() if is_content and row.dated_at else ""
        found_by = [headings, names, links.get(row.owner, [])]
        yield [row.get_absolute_url(), row.title, row.language, date, *found_by, int(model is Tag)]


def _with_page(model: Any, known: dict[type, set[int]]) -> set[int]:
    """Return the speakers or tags that have a page, because something live belongs to them."""
    return known[model] if model in known else set(model._default_manager.live().values_list("pk", flat=True))


def _words_of_links() -> dict[Owner, list[str]]:
    """Return the words of all links that visitors can see, and the numbers of papers, by what holds them, each once."""
    words: dict[Owner, dict[str, None]] = defaultdict(dict)
    rows = Link.objects.live().order_by("content_type", "object_id", "position")
    columns = ("content_type", "object_id", "name", "text", "work__kind", "work__key")
    for content_type, pk, name, text, kind, key in rows.values_list(*columns).iterator():
        number = key if kind in NAMED_KINDS else ""
        for said in filter(None, ((name or text).strip()[:LONGEST_WORDS], number)):
            words[content_type, pk][said] = None
    return {owner: list(each) for owner, each in words.items()}
