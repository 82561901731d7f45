"""The library: the papers, books and videos that the site discusses, as a list and as files for reference managers.

What is neither (a page of the web, a post of another site, an article of a shop) is no literature and not in it.
"""

from collections.abc import Collection
from operator import attrgetter
from typing import Any

from django.db.models import Count, F, Max, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from episodes.people.speakers import Speaker
from interaxion.content.linking.citing import citation_of
from interaxion.content.linking.links import Link
from interaxion.content.linking.mentions import mentions_of, title_of
from interaxion.content.linking.works import Work
from interaxion.content.owned_rows import Owner, owned_by_any
from interaxion.content.paths import find_path
from interaxion.content.publishing.window import live_condition
from interaxion.content.search.finding import of_things
from interaxion.content.tags import Tag
from interaxion.serving.paging import Pages
from interaxion.serving.query_strings import kept_query
from interaxion.sitewide.pages.search_filters import Filter, passing_all

KINDS = {"papers": ("doi", "arxiv"), "books": ("isbn",), "videos": ("video",)}
LITERATURE = tuple(kind for kinds in KINDS.values() for kind in kinds)
LABELS = {"papers": _("Papers"), "books": _("Books"), "videos": _("Videos")}
ORDERS = {"discussed": _("Most discussed"), "newest": _("Newest first")}
#: Formats of the file of the whole library, or of one page of the site (`?of=/57`): content type and how one is cited.
FORMATS = {
    "bib": ("application/x-bibtex", attrgetter("bibtex")),
    "ris": ("application/x-research-info-systems", attrgetter("ris")),
}


def library(request: HttpRequest, number: int | None = None) -> HttpResponse:
    """List the works, `?kind=`, `?order=`; `?speaker=`, `?tag=` and `?year=` of what discusses them."""
    chosen = {name: request.GET[name] for name in ("kind", "order", "speaker", "tag", "year") if request.GET.get(name)}
    kind, order = chosen.get("kind", ""), chosen.get("order", "discussed")
    if (kind and kind not in KINDS) or order not in ORDERS or not chosen.get("year", "0").isdecimal():
        raise Http404
    named = _named(chosen)
    works = _works(KINDS[kind] if kind else LITERATURE).filter(**_discussed_in(chosen, named))
    by = {"discussed": ("-mention_count", "pk"), "newest": (F("newest").desc(nulls_last=True), "pk")}[order]
    page = Pages(reverse("works"), works.count(), newest_first=False).page(number)
    shown = list(works.order_by(*by)[page.part])
    mentions = mentions_of(shown)
    return render(
        request,
        "sitewide/library.html",
        {
            "works": [(work, title_of(work, mentions[work.pk])) for work in shown],
            "page": page,
            "kinds": [("", _("All"), kind == ""), *((key, label, key == kind) for key, label in LABELS.items())],
            "orders": [(key, label, key == order) for key, label in ORDERS.items()],
            "kind": kind,
            "order": order,
            "named": named,
            "year": chosen.get("year", ""),
            "kept_query": kept_query(chosen, *chosen),
        },
    )


def library_file(request: HttpRequest, form: str) -> HttpResponse:
    """Return the whole library, or the works of the page that `?of=` names, as one file."""
    content_type, cite = FORMATS[form]
    works = Work.objects.live().filter(kind__in=LITERATURE).order_by("pk")
    if of := request.GET.get("of"):
        row = find_path(of)
        if row is None:
            raise Http404
        works = works.filter(pk__in=_links_in([row.owner]).values("work"))
    found = list(works)
    mentions = mentions_of(found)
    entries = (cite(citation_of(work, mentions[work.pk])) for work in found)
    name = f"{of.strip('/').replace('/', '-')}-works" if of else "works"
    headers = {"Content-Disposition": f'attachment; filename="{name if name.isascii() else "works"}.{form}"'}
    return HttpResponse("\n\n".join(entries) + "\n", content_type=f"{content_type}; charset=utf-8", headers=headers)


def _works(kinds: tuple[str, ...]) -> QuerySet[Work]:
    live = live_condition(None, "links__")
    facts = {"newest": Max("links__dated_at", filter=live), "mention_count": Count("links", filter=live)}
    return Work.objects.live().filter(kind__in=kinds).annotate(**facts)


def _named(chosen: dict[str, str]) -> list[Filter]:
    """Return the speaker and the tag that the list is narrowed to. Raises Http404 for one that has no page."""
    models: dict[str, Any] = {"speaker": Speaker, "tag": Tag}
    slugs = {name: chosen[name] for name in models if name in chosen}
    filters = [Filter(name, slug, list(models[name].objects.live().filter(slug=slug))) for name, slug in slugs.items()]
    if not all(each.named for each in filters):
        raise Http404
    return filters


def _discussed_in(chosen: dict[str, str], named: list[Filter]) -> dict[str, Any]:
    links = Link.objects.live()
    within = passing_all(named)
    if within is not None:
        links = links.filter(of_things(within) if callable(within) else owned_by_any(within))
    if year := chosen.get("year"):
        links = links.filter(dated_at__year=int(year))
    return {"pk__in": links.values("work")} if named or year else {}


def _links_in(owners: Collection[Owner]) -> QuerySet[Link]:
    return Link.objects.live().filter(owned_by_any(owners))
