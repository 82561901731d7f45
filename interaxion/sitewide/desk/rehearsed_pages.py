"""The pages that an import would make, read from the copy of the database that its dry run has left."""

import copy
import re

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied, SuspiciousFileOperation
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import Resolver404, resolve, reverse
from django.utils import translation
from django.utils.html import format_html
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from interaxion.content.files.renditions import source_of
from interaxion.content.paths import find_path
from interaxion.content.site_time import SITE_ZONE
from interaxion.serving.media_views import content_type_of, headers_of
from interaxion.serving.security import policy_for
from interaxion.sitewide.content_view import RENDERERS
from interaxion.sitewide.desk.import_jobs import find_rehearsal, may_import, rehearsal_of
from interaxion.sitewide.importing.rehearsal import look_at, open_media

#: An address of this site in a page: it leads to the rehearsed page, except for files that every page has.
_OWN_LINK = re.compile(rb'(\b(?:href|src)=")/(?!/|static/|admin/|en/admin/)')
_SRCSET = re.compile(rb' srcset="[^"]*"')
_MAIN = re.compile(rb"<main\b[^>]*>")


@require_safe
def rehearsed_page(request: HttpRequest, pk: int, path: str = "") -> HttpResponse:
    """Show the page at `path` as a visitor would see it, drafts included. Raises Http404 if the copy is gone."""
    if not may_import(request.user):
        raise PermissionDenied
    job = find_rehearsal(pk)
    if job is None:
        raise Http404
    if f"/{path}".startswith(settings.MEDIA_URL):
        return _file(rehearsal_of(job), f"/{path}".removeprefix(settings.MEDIA_URL))
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
        media, kept = settings.MEDIA_URL.encode(), f"{begin}{settings.MEDIA_URL.removeprefix('/')}".encode()
        html = _SRCSET.sub(lambda found: found[0].replace(media, kept), response.content)
        html = _OWN_LINK.sub(rb"\g<1>" + begin.encode(), html)
        response.content = _MAIN.sub(lambda found: found[0] + note.encode(), html, count=1)
    return response


def _file(rehearsal: str, name: str) -> HttpResponse:
    """Send a file that came with the import, whole instead of a narrower copy; else lead to the one of the site."""
    try:
        stream = open_media(rehearsal, source_of(name))
    except (OSError, SuspiciousFileOperation, ValueError):
        return redirect(settings.MEDIA_URL + name)
    content_type = content_type_of(name)
    headers = {"Content-Security-Policy": policy_for("media")} | headers_of(content_type)
    return FileResponse(stream, content_type=content_type, headers=headers)


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
