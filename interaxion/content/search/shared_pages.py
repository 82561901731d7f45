"""Pages of the web that a thing and others link: works without a number, found by the words of their links.

A page is shared by all links to it together, so whoever links one more, or one less, writes the rows of all of them.
"""

from collections.abc import Collection, Iterator

from django.contrib.contenttypes.models import ContentType
from django.db.models import Count

from interaxion.content.linking.links import Link
from interaxion.content.publishing.derived_rows import DerivedRow
from interaxion.content.publishing.publishable import Publishable
from interaxion.content.search.rows import SearchRow, build_row
from interaxion.text.addresses import says_nothing

#: A page of the web is found by the words of its links where no more things than these link it.
MOST_LINKING = 7
#: What a link and a search row both say of the thing that they come from.
_FACTS = tuple(field.attname for field in DerivedRow._meta.local_fields)


def pages_linked_by(thing: Publishable) -> set[int]:
    """The ids of the works without a number that `thing` links."""
    return set(thing.links.filter(work__kind="url").values_list("work", flat=True))


def write_pages(works: Collection[int], *, of: Publishable | None = None) -> None:
    """Write the rows of these pages of the web anew, of whatever links them or `of` one thing alone."""
    owner = (ContentType.objects.get_for_model(of).pk, of.pk) if of else None
    old = SearchRow.objects.filter(work__in=works, work__kind="url")
    (old.filter(content_type=owner[0], object_id=owner[1]) if owner else old).delete()
    links: dict[tuple[int, tuple[int, int]], dict[str, Link]] = {}
    for link in _links_to_shared(works):
        if owner in (None, link.owner):
            links.setdefault((link.work_id, link.owner), {}).setdefault(link.text, link)
    rows = []
    for (work, _owner), by_words in links.items():
        first, words = next(iter(by_words.values())), list(by_words)
        facts = {name: getattr(first, name) for name in _FACTS}
        rows.append(build_row(facts, name=words[0], text="\n".join(words), work_id=work, shelf="names"))
    SearchRow.objects.bulk_create(rows)


def _links_to_shared(works: Collection[int]) -> Iterator[Link]:
    """The links that say something, to those of the works that are linked more than once.

    What many point to (a form, a shop) would be found for all of them.
    """
    counts = {"links": Count("work__links"), "things": Count("work__links__path", distinct=True)}
    links = Link.objects.filter(work__in=works, work__kind="url").annotate(**counts)
    for link in links.filter(links__gte=2, things__lte=MOST_LINKING).order_by("position"):
        if link.text and not says_nothing(link.text):
            yield link
