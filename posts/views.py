"""The pages of posts and their categories."""

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime
from functools import cache
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language

from interaxion.content.discovery.editions import find_editions
from interaxion.content.discovery.page_links import find_surroundings
from interaxion.content.live_details import get_live_alone_or_404, get_live_or_404
from interaxion.content.parts.reading import read_rows, read_rows_by
from interaxion.content.prepared import Prepared
from interaxion.content.publishing.publishable import BESIDE
from interaxion.content.publishing.window import older_and_newer
from interaxion.serving.paging import Pages
from interaxion.serving.query_strings import kept_query
from posts.glossary import find_index, find_tagged, is_stub
from posts.models import Category, Post

MONTH = re.compile("[12][0-9]{3}-(?:0[1-9]|1[0-2])")


def post_page(request: HttpRequest, pk: int) -> HttpResponse:
    return render_post(request, get_live_or_404(Post, pk))


def render_post(request: HttpRequest, post: Post) -> HttpResponse:
    """Show a post, live or in a preview."""
    is_placed = post.publish_at and post.pk and post.category_id
    beside = _beside(post.category_id, post.publish_at, post.pk, timezone.now()) if is_placed else ()
    older, newer = older_and_newer(post, beside)
    context = {"post": post, "older": older, "newer": newer, "editions": find_editions(post)}
    context["around"] = find_surroundings(post)
    context["tagged"] = find_tagged(post) if is_stub(post) else {}
    return render(request, "posts/post.html", context)


@Prepared
def _beside(category: int, publish_at: datetime, pk: int, at: datetime) -> QuerySet[Post]:
    return Post.objects.live(at).dated().filter(category=category).beside(publish_at, pk).only(*BESIDE)


def category_page(request: HttpRequest, pk: int, number: int | None = None) -> HttpResponse:
    """Show the posts of a category by month; `?month=2024-05` shows one month. A glossary has no months."""
    category = get_live_alone_or_404(Category, pk)
    typed = request.GET.get("month", "")
    if typed and (category.is_glossary or not MONTH.fullmatch(typed)):
        raise Http404
    month = date.fromisoformat(f"{typed}-01") if typed else None
    index = find_index(category) if category.is_glossary else []
    live = [] if category.is_glossary else _dates_in(pk, timezone.now())
    shown = [(post, at) for post, at in live if _month_of(at) == month] if month else live
    pages = Pages(category.get_absolute_url(), len(index or shown), newest_first=not category.is_glossary)
    if address := pages.at_old_address(request.GET):
        return HttpResponsePermanentRedirect(address)
    page = pages.page(number)
    letters = {letter: [pk for _letter, pk in rows] for letter, rows in groupby(index[page.part], key=itemgetter(0))}
    return render(
        request,
        "posts/category.html",
        {
            "category": category,
            "page": page,
            "by_letter": list(zip(letters, read_rows(*((Post, pks) for pks in letters.values())), strict=True)),
            "by_month": read_rows_by(_first_of_month, Post, shown[page.part]),
            "month": month,
            "archive": _archive(at for _post, at in live) if not page.is_further else (),
            "kept_query": kept_query({"month": typed}, "month"),
        },
    )


@Prepared
def _dates_in(category: int, at: datetime) -> QuerySet[Any, tuple[int, datetime]]:
    # Not `newest_first()`, which puts entries of a glossary last: the database would work that out for each post.
    return (
        Post.objects.live(at).filter(category=category).order_by("-publish_at", "-pk").values_list("pk", "publish_at")
    )


class MonthOfArchive(NamedTuple):
    day: date
    #: As the address has it.
    value: str
    name: str
    #: Its name without the year.
    short: str
    count: int


def _archive(instants: Iterable[datetime]) -> list[tuple[int, list[MonthOfArchive]]]:
    """Return the months of instants, the newest first, by year."""
    language = get_language()
    months = (MonthOfArchive(day, *_words_of(day, language), n) for day, n in _count_by_month(instants).items())
    return [(year, [*of_year]) for year, of_year in groupby(months, key=lambda month: month.day.year)]


@cache
def _words_of(day: date, language: str | None) -> tuple[str, str, str]:
    """Return a month as its address, its name and its name without the year have it.

    Remembered: a long archive took a third of the time of its page to spell them.
    """
    return f"{day:%Y-%m}", date_format(day, "YEAR_MONTH_FORMAT"), date_format(day, "M")


def _count_by_month(instants: Iterable[datetime]) -> dict[date, int]:
    """Count instants, the newest first, by their months where visitors live. Only one of each month is converted."""
    counts: dict[date, int] = {}
    begins: datetime | None = None
    for at in instants:
        if begins is None or at < begins:
            month = _month_of(at)
            begins = timezone.make_aware(datetime(month.year, month.month, 1)).astimezone(UTC)
            counts[month] = 0
        counts[month] += 1
    return counts


def _month_of(at: datetime) -> date:
    return _first_of_month(timezone.localdate(at))


def _first_of_month(day: date) -> date:
    return day.replace(day=1)
