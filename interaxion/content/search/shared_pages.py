"""Pages of the web that a thing and others link: works without a number, found by the words of their links."""

from django.db.models import Count

from interaxion.content.linking.addresses import says_nothing
from interaxion.content.publishing.publishable import Publishable

#: A page of the web is found by the words of its links where no more things than these link it.
MOST_LINKING = 7


def shared_pages(thing: Publishable) -> dict[int, list[str]]:
    """The pages of the web that are linked elsewhere, too, by what `thing` calls them: works have a page by that.

    Whoever links last sees both links. What many point to (a form, a shop) would be found for all of them.
    """
    counts = {"links": Count("work__links"), "things": Count("work__links__path", distinct=True)}
    links = thing.links.filter(work__kind="url").annotate(**counts).filter(links__gte=2, things__lte=MOST_LINKING)
    names: dict[int, list[str]] = {}
    for work, text in links.order_by("position").values_list("work", "text"):
        if text and not says_nothing(text):
            names.setdefault(work, []).append(text)
    return {work: list(dict.fromkeys(texts)) for work, texts in names.items()}
