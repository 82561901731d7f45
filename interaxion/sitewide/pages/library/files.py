"""The whole library, or the works of one page, as files: for reference managers, and as lines of text."""

from operator import attrgetter
from typing import NamedTuple

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from interaxion.content.linking.citing import citation_of
from interaxion.content.linking.library import LITERATURE, Library
from interaxion.content.linking.links import Link
from interaxion.content.linking.mentions import mentions_of
from interaxion.content.linking.works import Work
from interaxion.content.owned_rows import owned_by_any
from interaxion.content.paths import find_path
from interaxion.serving.paging import Pages

#: By ending: the content type, how one work is cited, and what stands between two.
FORMATS = {
    "bib": ("application/x-bibtex", attrgetter("bibtex"), "\n\n"),
    "ris": ("application/x-research-info-systems", attrgetter("ris"), "\n\n"),
    "txt": ("text/plain", attrgetter("text"), "\n"),
}


#: Works in one file of the library: to cite one takes 0.1 ms.
WORKS = 1000
#: Files of the library that its page names. Each file tells machines which one follows.
MOST_NAMED = 30


class LibraryFile(NamedTuple):
    address: str
    #: Its number, if there are several.
    number: str


def files_of_library(form: str, count: int) -> list[LibraryFile]:
    """Return the files of a library of `count` works, the first ones if there are many."""
    pages = _pages(form, count)
    return [
        LibraryFile(pages.address_of(number), str(number) if pages.last > 1 else "")
        for number in range(1, min(pages.last, MOST_NAMED) + 1)
    ]


def library_file(request: HttpRequest, form: str, number: int | None = None) -> HttpResponse:
    """Return a file of the library, or the works of the page that `?of=` names."""
    if of := request.GET.get("of"):
        row = find_path(of)
        if row is None or number:
            raise Http404
        cited = Link.objects.live().filter(owned_by_any([row.owner])).values("work")
        found = list(Work.objects.live().filter(kind__in=LITERATURE, pk__in=cited).order_by("pk"))
        following, name = "", f"{of.strip('/').replace('/', '-')}-works"
    else:
        keys = Library().keys()
        page = _pages(form, len(keys)).page(number)
        found, following = list(Work.objects.filter(pk__in=keys[page.part]).order_by("pk")), page.after
        name = f"works-{number}" if number else "works"
    response = _answer(found, form, name if name.isascii() else "works")
    if following:
        response.headers["Link"] = f'<{following}>; rel="next"'
    return response


def _pages(form: str, count: int) -> Pages:
    return Pages(reverse(f"works_{form}"), count, WORKS, newest_first=False)


def _answer(works: list[Work], form: str, name: str) -> HttpResponse:
    content_type, cite, between = FORMATS[form]
    mentions = mentions_of(works)
    text = between.join(cite(citation_of(work, mentions[work.pk])) for work in works) + "\n"
    headers = {"Content-Disposition": f'attachment; filename="{name}.{form}"'}
    return HttpResponse(text, content_type=f"{content_type}; charset=utf-8", headers=headers)
