"""A draft as visitors will see it, for anyone who has the link."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from interaxion.content.publishing.shared_links import end_of, find_shared
from interaxion.content.publishing.window import Status
from interaxion.sitewide.content_view import RENDERERS

#: No cache keeps a copy, no search engine lists it, and no page that it links to learns its address.
HEADERS = {"Cache-Control": "no-store", "X-Robots-Tag": "noindex", "Referrer-Policy": "no-referrer"}


@require_safe
def shared_preview(request: HttpRequest, token: str) -> HttpResponse:
    """Show the page as it was last saved; redirect to it once it is live. Raises Http404 for an invalid token."""
    thing = find_shared(token)
    if thing is None:
        raise Http404
    if thing.is_live():
        response = redirect(thing)
    else:
        request.preview_until = end_of(token)
        is_draft = thing.status != Status.PUBLISHED
        request.remarks_url = reverse("shared_remarks", args=[token]) if is_draft else ""
        response = RENDERERS[type(thing)](request, thing)
    for name, value in HEADERS.items():
        response.headers[name] = value
    return response
