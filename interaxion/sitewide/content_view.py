"""The view of the last route: it shows the thing whose row of `Path` holds the address, or redirects to it."""

import re
from collections.abc import Callable
from contextlib import suppress

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import Resolver404, resolve, reverse
from django.utils.encoding import iri_to_uri
from django.utils.http import escape_leading_slashes

from courses import views as course_views
from courses.models import Chapter, Course
from courses.pages import whole_course
from episodes import views as episode_views
from episodes.audio.embedding import ENDING, embedded_episode
from episodes.models import Episode, Speaker
from episodes.notes import chapter_views
from episodes.numbers import parse_number, path_of_number
from episodes.podcast import Podcast
from episodes.transcripts import files
from episodes.transcripts import views as transcript_views
from interaxion.content.files.models import StoredFile
from interaxion.content.files.renditions import SMALL, narrow_url
from interaxion.content.paths import CONTENT_VIEW, Path, find_path, nobodys_path, url_of
from interaxion.content.tags import Tag, find_tag
from interaxion.serving.paging import further_address
from interaxion.sitewide.models import Page
from interaxion.sitewide.pages import views
from posts import views as post_views
from posts.models import Category, Post

#: The view of each model. Each raises Http404 for what is not live.
PAGES: dict[type, Callable[..., HttpResponse]] = {
    Episode: episode_views.episode_page,
    Speaker: episode_views.speaker_page,
    Post: post_views.post_page,
    Category: post_views.category_page,
    Course: course_views.course_page,
    Chapter: course_views.chapter_page,
    Page: views.plain_page,
    Tag: views.tag_page,
    StoredFile: views.stored_file,
}

#: The same for an instance that visitors may not see yet: the preview uses these.
RENDERERS: dict[type, Callable[..., HttpResponse]] = {
    Episode: episode_views.render_episode,
    Post: post_views.render_post,
    Course: course_views.render_course,
    Chapter: course_views.render_chapter,
    Page: views.render_page,
}

#: The last part of addresses below a page, such as `/57/chapters.json`, and the name of its route.
PARTS = {
    "chapters.json": "chapters_json",
    "chapters.psc.xml": "chapters_psc",
    "transcript.vtt": "transcript_vtt",
    "transcript.srt": "transcript_srt",
    "transcript.json": "transcript_json",
}

#: The view of each part, by model. Each raises Http404 for what is not live.
PART_VIEWS: dict[tuple[type, str], Callable[[HttpRequest, int], HttpResponse]] = {
    (Episode, "chapters.json"): chapter_views.chapters_as_json,
    (Episode, "chapters.psc.xml"): chapter_views.chapters_as_podlove,
    (Episode, "transcript.vtt"): transcript_views.transcript_as_vtt,
    (Episode, "transcript.srt"): transcript_views.transcript_as_srt,
    (Episode, "transcript.json"): transcript_views.transcript_as_json,
}

#: The views of further pages of an episode, by what follows its address. Something else may have such an address.
EPISODE_PAGES: dict[str, Callable[[HttpRequest, int], HttpResponse]] = {
    ENDING: embedded_episode,
    files.PAGE: transcript_views.transcript_page,
}

#: The name of the route of further pages of a list, such as `/tags/sf/page/2/`.
FURTHER_PAGE = "further_page"

#: The models with a list on their page, which may have further pages: their views take a number.
LISTS = (Speaker, Category, Course, Tag)

#: How the address of a page ends where it is the name of a file.
_FILE_ENDING = re.compile(r"(?:(?:/|^)index)?\.html?\Z")

#: Where browsers look for an icon without a link to it.
ICONS = {name: f"img/{name}" for name in ("favicon.ico", "apple-touch-icon.png")}


def show_content(request: HttpRequest, path: str) -> HttpResponse:
    """Show the page at `path`, or redirect permanently from an old address or another spelling. Raises Http404."""
    row = find_path(path)
    if row is None and (ending := next((each for each in EPISODE_PAGES if path.endswith(each)), "")):
        return _show_episode_page(request, path.removesuffix(ending), ending)
    if row is None and (part := _show_course_part(request, path)):
        return part
    row = row or nobodys_path(Episode)
    try:
        page = PAGES[row.owner_model](request, row.object_id)
    except Http404:  # what is not live must hide no fixed route
        return _redirect_to_other_spelling(request, path)
    if not row.is_current and page.status_code == 200:
        return _redirect(request, row.target.get_absolute_url())
    if row.is_current and row.address != "/" + path:
        return _redirect(request, url_of(row.address))
    return page


def _show_episode_page(request: HttpRequest, path: str, ending: str) -> HttpResponse:
    """Show this further page of the episode at `path`. It redirects wherever the page of the episode does."""
    row = find_path(path) or _find_by_number(path)
    if row is None or row.owner_model is not Episode:
        raise Http404
    response = EPISODE_PAGES[ending](request, row.object_id)
    if row.is_current and row.path == "/" + path:
        return response
    return _redirect(request, url_of(row.target.path + ending))


def _show_course_part(request: HttpRequest, path: str) -> HttpResponse | None:
    """Return a page about a whole course, such as `/courses/waves/exercises/`; None for any other address.

    A chapter may have that address: then it is shown, not this. Raises Http404 if the course is not live.
    """
    folder, _slash, part = path.strip("/").rpartition("/")
    if part not in whole_course.PARTS:
        return None
    row = find_path(folder) or nobodys_path(Course)
    if row.owner_model is not Course:
        return None
    page = whole_course.PARTS[part](request, row.object_id)
    if row.is_current and row.path == "/" + folder and path.endswith("/"):
        return page
    return _redirect(request, f"{row.target.get_absolute_url().rstrip('/')}/{part}/")


def show_further_page(request: HttpRequest, path: str, number: int) -> HttpResponse:
    """Show a further page of the list at `path`, or what an earlier release allowed to have this address."""
    try:
        return _further_page(request, path, number)
    except Http404:
        return show_content(request, f"{path}/page/{number}/")


def _further_page(request: HttpRequest, path: str, number: int) -> HttpResponse:
    """Return this page, or a redirect as from the list itself. Raises Http404 if there is none."""
    row = find_path(path)
    if row is None or row.owner_model not in LISTS:
        raise Http404
    page = PAGES[row.owner_model](request, row.object_id, number)
    if row.is_current and row.path == "/" + path:
        return page
    return _redirect(request, further_address(row.target.get_absolute_url(), number))


def show_part(request: HttpRequest, path: str, part: str) -> HttpResponse:
    """Show a part of the page at `path`. It redirects wherever that page redirects."""
    row = find_path(path) or _find_by_number(path)
    if row is None or (row.owner_model, part) not in PART_VIEWS:
        row = nobodys_path(Episode)
    response = PART_VIEWS[row.owner_model, part](request, row.object_id)
    if row.is_current and row.path == "/" + path:
        return response
    page_path = row.path if row.is_current else row.target.path
    return _redirect(request, reverse(PARTS[part], args=[page_path.strip("/")]))


def _find_by_number(path: str) -> Path | None:
    """Return the row of `/19-5` for `/19.5`."""
    number = parse_number(path.strip("/"))
    return find_path(path_of_number(number)) if number is not None and "." in path else None


def _other_file_name(path: str) -> Path | None:
    """Return the row of `/blog/a` for `/blog/a.html` and `/blog/a/index.html`, or of `/blog/a.html` for `/blog/a`.

    Hosts of plain files answer at all of them, so links in the world have each.
    """
    page, ending = _split_file_name(path)
    return find_path(page) if ending else find_path(f"{page}.html")


def _split_file_name(path: str) -> tuple[str, str]:
    """Return `/blog/a` and `.html`, or the path and "" if it does not end like the name of a file."""
    found = _FILE_ENDING.search(path.rstrip("/"))
    return (path[: found.start()], found[0]) if found else (path.rstrip("/"), "")


def _redirect_to_other_spelling(request: HttpRequest, path: str) -> HttpResponse:
    """Redirect `/19.5` to `/19-5`, `/57.html` to `/57`, `/tags/SF/` to `/tags/sf/`, `/episodes` to `/episodes/`.

    Where browsers look for an icon they get ours, unless an imported site has brought one of its own. Raises Http404.
    """
    if row := _find_by_number(path):
        PAGES[row.owner_model](request, row.object_id)  # raises Http404 if it is not live
        return _redirect(request, row.target.get_absolute_url())
    folder, _slash, name = path.strip("/").partition("/")
    if folder == "tags" and name and (tag := find_tag(name)):
        return _redirect(request, tag.get_absolute_url())
    other = _other_file_name(path) or nobodys_path(Episode)  # nothing costs as much as what is hidden
    with suppress(Http404):
        PAGES[other.owner_model](request, other.object_id)
        return _redirect(request, other.target.get_absolute_url())
    if path in ICONS:  # not permanent: the show may get another mark, or the next release, or the site its own file
        mark = Podcast.current().mark
        return redirect(narrow_url(mark, SMALL) if mark else static(ICONS[path]))
    return _redirect_to_fixed_route(request)


def _redirect_to_fixed_route(request: HttpRequest) -> HttpResponse:
    """Redirect to the same address with or without a slash, or without the name of a file. Raises Http404."""
    asked = request.path_info
    page, ending = _split_file_name(asked)
    for other in (f"{page}/", page) if ending else (asked[:-1] if asked.endswith("/") else f"{asked}/",):
        with suppress(Resolver404):
            match = resolve(other)
            if match.url_name == FURTHER_PAGE:
                _further_page(request, **match.kwargs)  # raises Http404 if there is none
            if match.url_name != CONTENT_VIEW:
                return _redirect(request, escape_leading_slashes(iri_to_uri(other)))  # `//host/…` is another site
    raise Http404


def _redirect(request: HttpRequest, address: str) -> HttpResponsePermanentRedirect:
    """Raises Http404 for the address that was asked for: it would lead round and round."""
    if address == iri_to_uri(request.path):
        raise Http404
    query = request.GET.urlencode()
    return HttpResponsePermanentRedirect(f"{address}?{query}" if query else address)
