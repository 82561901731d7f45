"""The pages that an import would make, read from the copy of the database that its dry run has left."""

import copy
import re

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import Resolver404, resolve, reverse
from django.utils import translation
from django.utils.html import format_html
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from interaxion.content.paths import find_path
from interaxion.content.site_time import SITE_ZONE
from interaxion.sitewide.content_view import RENDERERS
from interaxion.sitewide.desk.import_jobs import find_rehearsal, may_import, rehearsal_of
from interaxion.sitewide.importing.rehearsal import look_at

#: An address of this site in a page: it leads to the rehearsed page, except for files that every page has.
_OWN_LINK = re.compile(rb'(\b(?:href|src)=")/(?!/|static/|media/|admin/|en/admin/)')
_MAIN = re.compile(rb"<main\b[^>]*>")


@require_safe
def rehearsed_page(request: HttpRequest, pk: int, path: str = "") -> HttpResponse:
    """Show the page at `path` as a visitor would see it, drafts included. Raises Http404 if the copy is gone."""
    if not may_import(request.user):
        raise PermissionDenied
    job = find_rehearsal(pk)
    if job is None:
        raise Http404
    begin = reverse("admin:rehearsed_front", args=[pk])
    try:
        with look_at(rehearsal_of(job)):
            SITE_ZONE.learn()
            response = _page(request, f"/{path}")
    except FileNotFoundError as problem:
        raise Http404 from problem
    finally:
        SITE_ZONE.learn()
    if location := response.headers.get("Location", ""):
        response.headers["Location"] = begin + location.removeprefix("/") if location.startswith("/") else location
    if response.headers.get("Content-Type", "").startswith("text/html"):
        note = format_html(
            '<p role="note">{} <a href="{}">{}</a></p>',
            gettext("A rehearsal: nothing of this is on the site."),
            reverse("admin:job", args=[pk]),
            gettext("Back to the report"),
        )
        html = _OWN_LINK.sub(rb"\g<1>" + begin.encode(), response.content)
        response.content = _MAIN.sub(lambda found: found[0] + note.encode(), html, count=1)
    return response


def _page(request: HttpRequest, address: str) -> HttpResponse:
    """Return the page of a public view, without keeping it; of content that is not live, as in a preview."""
    visit = copy.copy(request)
    visit.path = visit.path_info = address
    visit.user = AnonymousUser()
    language = translation.get_language_from_path(address) or translation.get_language()
    with translation.override(language):
        try:
            match = resolve(address)
        except Resolver404 as problem:
            raise Http404 from problem
        view = getattr(match.func, "__wrapped__", None)  # as `public_page` leaves it
        if view is None:
            raise Http404
        try:
            return view(visit, *match.args, **match.kwargs)
        except Http404:
            row = find_path(str(match.kwargs.get("path", "")))
            if row is None or type(row.target) not in RENDERERS:
                raise
            return RENDERERS[type(row.target)](visit, row.target)
