"""The list of the works of the library."""

from typing import NamedTuple

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from interaxion.content.linking.citing import Citation, citation_of
from interaxion.content.linking.library import Library
from interaxion.content.linking.mentions import mentions_of
from interaxion.content.linking.titles import title_of
from interaxion.content.linking.works import Work
from interaxion.serving.paging import Pages
from interaxion.sitewide.pages.library.files import files_of_library
from interaxion.sitewide.pages.library.filters import LibraryFilters


class Row(NamedTuple):
    work: Work
    title: str
    citation: Citation
    mention_count: int
    newest_at: object


def library(request: HttpRequest, number: int | None = None) -> HttpResponse:
    filters = LibraryFilters(request.GET)
    found = filters.library()
    page = Pages(reverse("works"), found.count(), newest_first=False).page(number)
    rows = _rows(found.newest(page.part) if filters.order == "newest" else found.most_discussed(page.part))
    if filters.order == "discussed":
        rows.sort(key=lambda row: -row.mention_count)  # without the links of drafts
    count = Library().count() if filters.chosen else page.pages.count
    context = {
        "rows": rows,
        "page": page,
        "filters": filters,
        "kept_query": filters.kept_query,
        "files": list(files_of_library(count)),
    }
    return render(request, "sitewide/library.html", context)


def _rows(works: list[Work]) -> list[Row]:
    mentions = mentions_of(works)
    return [
        Row(work, title_of(work, links), citation_of(work, links), len(links), links[0].dated_at if links else None)
        for work in works
        for links in [mentions[work.pk]]
    ]
