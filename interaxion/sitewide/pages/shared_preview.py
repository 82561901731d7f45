"""A draft as a visitor would see it, for whoever holds the link."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from interaxion.content.publishing.shared_links import end_of, find_shared
from interaxion.sitewide.content_view import RENDERERS

#: No copy stays anywhere, no list has it, and no page that it links to learns its address.
HEADERS = {"Cache-Control": "no-store", "X-Robots-Tag": "noindex", "Referrer-Policy": "no-referrer"}


@require_safe
def shared_preview(request: HttpRequest, token: str) -> HttpResponse:
    """The page as it was saved last; once it is live, a redirect to it. A token that is no good is 404."""
    thing = find_shared(token)
    if thing is None:
        raise Http404
    if thing.is_live():
        response = redirect(thing)
    else:
        request.preview_until = end_of(token)
        response = RENDERERS[type(thing)](request, thing)
    for name, value in HEADERS.items():
        response.headers[name] = value
    return response
