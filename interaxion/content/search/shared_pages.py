"""Pages of the web that a thing and others link: works without a number, found by the words of their links.

All links to a page share it, so a save that adds or removes one of them rewrites the search rows of all of them.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef

from interaxion.content.linking.links import Link
from interaxion.content.linking.works import Work
from interaxion.content.owned_rows import Owner
from interaxion.content.publishing.derived_rows import DerivedRow
from interaxion.text.addresses import says_nothing

#: A page of the web is found by the words of its links if at most this many things link it.
MOST_LINKING = 7
#: The columns that a link and a search row have in common: they describe the thing that both come from.
_FACTS = tuple(field.attname for field in DerivedRow._meta.local_fields)


@dataclass
class SharedPage:
    """A page of the web as one thing links it."""

    work_id: int
    #: The values of a derived row of that thing, by the names of the columns.
    facts: dict[str, Any]
    #: Of its links, each once, in the order of the text.
    words: list[str]


def facts_in(link: Link) -> dict[str, Any]:
    """Return the values of a derived row of the thing that `link` is in, by the names of the columns."""
    return {name: getattr(link, name) for name in _FACTS}


def shared_pages(works: Collection[int], *, owner: Owner | None = None) -> list[SharedPage]:
    """Return these pages of the web, as each thing that links them does, or as `owner` alone does. One query."""
    found: dict[tuple[int, Owner], SharedPage] = {}
    for link in _links_to_shared(works):
        if owner in (None, link.owner):
            page = found.setdefault((link.work_id, link.owner), SharedPage(link.work_id, facts_in(link), []))
            if link.text not in page.words:
                page.words.append(link.text)
    return list(found.values())


def _links_to_shared(works: Collection[int]) -> Iterator[Link]:
    """Yield the links with telling words to those of the works that are linked more than once.

    A page that many things point to (a form, a shop) would be found for all of them, so it is left out.
    """
    links = Link.objects.filter(work=OuterRef("pk")).order_by()
    # Asked for by their place, so that the database stops there instead of counting what all things link.
    second_link, one_thing_too_many = links[1:2], links.values("path").distinct()[MOST_LINKING : MOST_LINKING + 1]
    pages = Work.objects.filter(Exists(second_link), ~Exists(one_thing_too_many), pk__in=works, kind="url")
    for link in Link.objects.filter(work__in=pages.values("pk")).order_by("position"):
        if link.text and not says_nothing(link.text):
            yield link
