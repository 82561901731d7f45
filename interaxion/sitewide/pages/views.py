"""The pages with every kind of content: tags, plain pages; also stored files and 404."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from courses.models import Chapter, Course
from episodes.models import Episode
from interaxion.content.discovery.editions import find_editions, paths_in
from interaxion.content.files.models import StoredFile
from interaxion.content.live_details import get_live_alone_or_404, get_live_or_404
from interaxion.content.paths import normalise
from interaxion.content.publishing.mixed_list import MixedList
from interaxion.content.publishing.publishable import PublishableQuerySet
from interaxion.content.tags import Tag
from interaxion.serving.paging import NAMES, Pages
from interaxion.sitewide.models import Page
from interaxion.sitewide.pages import letters as letter_views
from interaxion.sitewide.pages import listening as listening_views
from interaxion.sitewide.pages.tagging import (
    count_live_uses,
    find_related_tags,
    is_rare,
    weigh_tags,
)
from posts.models import Post

#: Views of fixed addresses, by the address of the plain page that introduces them.
INTRODUCED = {
    normalise(letter_views.ADDRESS): letter_views.feedback,
    normalise(listening_views.ADDRESS): listening_views.how_to_listen,
}


#: The kinds of content that the page of a tag lists, in its order.
WITH_TAGS: tuple[Any, ...] = (Episode, Post, Course, Chapter)


def plain_page(request: HttpRequest, pk: int) -> HttpResponse:
    page = get_live_alone_or_404(Page, pk)
    # Its edition in another language leads to the same view, which shows visitors the one in their language.
    homes = [page.path, *paths_in(page.path, page.language, settings.LANGUAGE_CODE)]
    introduced = next((INTRODUCED[home] for home in map(normalise, homes) if home in INTRODUCED), None)
    return introduced(request) if introduced else render_page(request, page)


def render_page(request: HttpRequest, page: Page) -> HttpResponse:
    """Show a plain page, live or in a preview."""
    return render(request, "sitewide/page.html", {"page": page, "editions": find_editions(page)})


def tags(request: HttpRequest, number: int | None = None) -> HttpResponse:
    uses = count_live_uses()
    page = Pages(reverse("tags"), len(uses), NAMES, newest_first=False).page(number)
    return render(request, "sitewide/tag_list.html", {"tags": weigh_tags(uses, page.part), "page": page})


def tag_page(request: HttpRequest, pk: int, number: int | None = None) -> HttpResponse:
    tag = get_live_or_404(Tag, pk)
    are_few = is_rare(pk)
    tagged = MixedList(_rarely_tagged if are_few else _tagged, pk, counted=_rarely_tagged)
    page = Pages(tag.get_absolute_url(), tagged.count()).page(number)
    episodes, posts, courses, chapters = tagged.rows_by_kind(page.part)
    return render(
        request,
        "sitewide/tag.html",
        {
            "tag": tag,
            "page": page,
            "related": [] if page.is_further else find_related_tags(tag, are_few=are_few),
            "episodes": episodes,
            "posts": posts,
            "courses": courses,
            "chapters": chapters,
        },
    )


def _tagged(tag: int, at: datetime) -> list[PublishableQuerySet]:
    return [kind.objects.live(at).tagged(tag).newest_first() for kind in WITH_TAGS]


def _rarely_tagged(tag: int, at: datetime) -> list[PublishableQuerySet]:
    return [kind.objects.live(at, among_few=True).tagged(tag).newest_first() for kind in WITH_TAGS]


def stored_file(request: HttpRequest, pk: int) -> HttpResponse:
    """Redirect from the address that a file had on an imported site."""
    return redirect(get_object_or_404(StoredFile, pk=pk).file.url, permanent=True)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer without a look at the request. Django's own view reads the form, which may be what nobody can read."""
    return HttpResponse("Bad Request (400)", status=400, content_type="text/plain")


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "404.html", status=404)
