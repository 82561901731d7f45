"""The navigation of the public site: only what there is something behind."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from courses.models import Course
from interaxion.sitewide.models import Page
from posts.models import Category, Post


@dataclass(frozen=True)
class Item:
    label: str
    url: str


def navigation() -> list[Item]:
    items = [Item(_("Episodes"), reverse("episodes"))]
    categories = Category.objects.filter(pk__in=Post.objects.live().values("category"))
    items += [Item(category.name, category.get_absolute_url()) for category in categories]
    if Course.objects.live().exists():
        items.append(Item(_("Courses"), reverse("courses")))
    items += [Item(_("Speakers"), reverse("speakers")), Item(_("Tags"), reverse("tags"))]
    items.append(Item(_("Search"), reverse("search")))
    pages = Page.objects.live().filter(in_navigation=True).order_by("position", "pk").only("title", "path")
    return items + [Item(page.title, page.get_absolute_url()) for page in pages]
