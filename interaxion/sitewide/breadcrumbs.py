"""Breadcrumbs: the pages above the page of a thing, from the front page down.

https://developers.google.com/search/docs/appearance/structured-data/breadcrumb
"""

from collections.abc import Callable
from typing import Any, NamedTuple

from django.urls import reverse
from django.utils.translation import gettext as _

from courses.models import Chapter, Course
from episodes.models import Episode, Speaker
from episodes.podcast import Podcast
from interaxion.content.paths import public_url
from posts.models import Post


class Crumb(NamedTuple):
    name: str
    path: str


def _above_post(post: Post) -> list[Crumb]:
    return [Crumb(str(post.category), post.category.path)]


def _above_chapter(chapter: Chapter) -> list[Crumb]:
    return [Crumb(_("Courses"), reverse("courses")), Crumb(str(chapter.course), chapter.course.path)]


#: The pages between the front page and that of a thing, by its model.
ABOVE: dict[type, Callable[[Any], list[Crumb]]] = {
    Episode: lambda episode: [Crumb(_("Episodes"), reverse("episodes"))],
    Post: _above_post,
    Course: lambda course: [Crumb(_("Courses"), reverse("courses"))],
    Chapter: _above_chapter,
    Speaker: lambda speaker: [Crumb(_("Speakers"), reverse("speakers"))],
}


def describe_breadcrumbs(thing: Any, podcast: Podcast) -> dict[str, Any]:
    """Return the breadcrumbs of a thing for its structured data."""
    crumbs = [Crumb(podcast.title, "/"), *ABOVE[type(thing)](thing), Crumb(str(thing), thing.path)]
    return {
        "@type": "BreadcrumbList",
        "@id": f"{public_url(thing.path)}#breadcrumbs",
        "itemListElement": [
            {"@type": "ListItem", "position": position, "name": crumb.name, "item": public_url(crumb.path)}
            for position, crumb in enumerate(crumbs, start=1)
        ],
    }
