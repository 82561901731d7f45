"""The whole library, or the works of one page, as files: for reference managers, and as lines of text."""

from collections.abc import Callable, Iterator
from operator import attrgetter
from typing import Any, NamedTuple

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from interaxion.content.linking.citing import Citation, citation_of
from interaxion.content.linking.library import LITERATURE, Library
from interaxion.content.linking.links import Link
from interaxion.content.linking.mentions import mentions_of
from interaxion.content.linking.works import Work
from interaxion.content.owned_rows import owned_by_any
from interaxion.content.paths import find_path
from interaxion.serving.paging import Pages


class Format(NamedTuple):
    name: Any
    content_type: str
    cite: Callable[[Citation], str]
    #: What stands between two works.
    between: str


#: By the ending of the file.
FORMATS = {
    "bib": Format("BibTeX", "application/x-bibtex", attrgetter("bibtex"), "\n\n"),
    "ris": Format("RIS", "application/x-research-info-systems", attrgetter("ris"), "\n\n"),
    "txt": Format(_("Plain text"), "text/plain", attrgetter("text"), "\n"),
}
#: Works in one file of the library: to cite one takes 0.1 ms.
WORKS = 1000


def files_of_library(count: int) -> Iterator[tuple[str, str]]:
    """Yield the name and address of each file of a library of `count` works."""
    for form, each in FORMATS.items():
        pages = _pages(form, count)
        for number in range(1, pages.last + 1):
            yield f"{each.name} {number}" if pages.last > 1 else str(each.name), pages.address_of(number)


def library_file(request: HttpRequest, form: str, number: int | None = None) -> HttpResponse:
    """Return a file of the library, or the works of the page that `?of=` names."""
    if of := request.GET.get("of"):
        row = find_path(of)
        if row is None or number:
            raise Http404
        cited = Link.objects.live().filter(owned_by_any([row.owner])).values("work")
        found = list(Work.objects.live().filter(kind__in=LITERATURE, pk__in=cited).order_by("pk"))
        name = f"{of.strip('/').replace('/', '-')}-works"
    else:
        keys = Library().keys()
        page = _pages(form, len(keys)).page(number)
        found = list(Work.objects.filter(pk__in=keys[page.part]).order_by("pk"))
        name = f"works-{number}" if number else "works"
    return _answer(found, form, name if name.isascii() else "works")


def _pages(form: str, count: int) -> Pages:
    return Pages(reverse(f"works_{form}"), count, WORKS, newest_first=False)


def _answer(works: list[Work], form: str, name: str) -> HttpResponse:
    how, mentions = FORMATS[form], mentions_of(works)
    text = how.between.join(how.cite(citation_of(work, mentions[work.pk])) for work in works) + "\n"
    headers = {"Content-Disposition": f'attachment; filename="{name}.{form}"'}
    return HttpResponse(text, content_type=f"{how.content_type}; charset=utf-8", headers=headers)
