"""The whole library, or the works of one page, as a file: for reference managers, and as lines of text."""

from operator import attrgetter

from django.http import Http404, HttpRequest, HttpResponse

from interaxion.content.linking.citing import citation_of
from interaxion.content.linking.library import LITERATURE
from interaxion.content.linking.links import Link
from interaxion.content.linking.mentions import mentions_of
from interaxion.content.linking.works import Work
from interaxion.content.owned_rows import owned_by_any
from interaxion.content.paths import find_path

#: By ending: the content type, how one work is cited, and what stands between two.
FORMATS = {
    "bib": ("application/x-bibtex", attrgetter("bibtex"), "\n\n"),
    "ris": ("application/x-research-info-systems", attrgetter("ris"), "\n\n"),
    "txt": ("text/plain", attrgetter("text"), "\n"),
}


def library_file(request: HttpRequest, form: str) -> HttpResponse:
    """Return the whole library, or the works of the page that `?of=` names, as one file."""
    content_type, cite, between = FORMATS[form]
    works = Work.objects.live().filter(kind__in=LITERATURE).order_by("pk")
    if of := request.GET.get("of"):
        row = find_path(of)
        if row is None:
            raise Http404
        works = works.filter(pk__in=Link.objects.live().filter(owned_by_any([row.owner])).values("work"))
    found = list(works)
    mentions = mentions_of(found)
    text = between.join(cite(citation_of(work, mentions[work.pk])) for work in found) + "\n"
    name = f"{of.strip('/').replace('/', '-')}-works" if of else "works"
    headers = {"Content-Disposition": f'attachment; filename="{name if name.isascii() else "works"}.{form}"'}
    return HttpResponse(text, content_type=f"{content_type}; charset=utf-8", headers=headers)
