"""For the editor: links to our own things, found by words."""

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import translation
from django.utils.html import strip_tags
from django.views.decorators.http import require_GET

from interaxion.content.search.finding import answer
from interaxion.content.search.results import SearchResult, read
from interaxion.desk.pages.render_limits import may_write
from interaxion.sitewide.pages.search import LABELS
from interaxion.text.link_words import spell_link_words
from interaxion.text.search.query import LONGEST_QUERY, parse_query
from interaxion.text.times import spell_time

MOST = 12


@require_GET
def choose(request: HttpRequest) -> HttpResponse:
    """Return what is live and holds the words of `q`, the best first, with the sections that hold them.

    The answer is `{"found": [{"kind", "words", "markdown", "url", "places": [the same without places]}]}`.
    """
    if not may_write(request.user):
        raise PermissionDenied
    query, findings = answer(parse_query(request.GET.get("q", "")[:LONGEST_QUERY].strip()))
    found = read(findings.matches[:MOST], query)
    with translation.override(settings.LANGUAGE_CODE):  # a link in a text is the same in every language
        addresses = [result.address for result in found]
    entries = [_entry(result, address) for result, address in zip(found, addresses, strict=True)]
    return JsonResponse({"found": entries}, json_dumps_params={"ensure_ascii": False})


def _entry(result: SearchResult, address: str) -> dict[str, object]:
    places = [
        _place(f"{spell_time(hit.starts_at)} {heading}" if hit.starts_at is not None else heading, address, hit.anchor)
        for hit in result.hits
        if hit.anchor and (heading := strip_tags(hit.heading))
    ]
    return {"kind": str(LABELS[result.model]), **_place(result.name, address), "places": places}


def _place(words: str, address: str, anchor: str = "") -> dict[str, str]:
    return {"words": words, "markdown": spell_link_words(words), "url": address + (f"#{anchor}" if anchor else "")}
