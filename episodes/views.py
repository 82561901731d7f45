"""The pages of episodes and speakers."""

from datetime import datetime
from itertools import groupby
from operator import attrgetter, itemgetter
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from episodes.filters.beside import find_beside
from episodes.filters.choices import find_episodes, read_filters
from episodes.models import Appearance, Episode
from episodes.people.records import find_records
from episodes.people.speakers import Speaker
from episodes.podcast import Podcast
from episodes.transcripts.views import said_on_page
from interaxion.content.discovery.page_links import find_surroundings
from interaxion.content.live_details import get_live_or_404
from interaxion.content.parts.reading import read_rows_by
from interaxion.content.paths import public_url
from interaxion.content.prepared import Prepared
from interaxion.content.publishing.mixed_list import MixedList
from interaxion.content.publishing.publishable import BESIDE, PublishableQuerySet
from interaxion.content.publishing.window import older_and_newer
from interaxion.serving.paging import NAMES, Pages
from interaxion.serving.query_strings import kept_query
from interaxion.text.japanese.reading_order import reading_keys


def episode_page(request: HttpRequest, pk: int) -> HttpResponse:
    return render_episode(request, get_live_or_404(Episode, pk))


def render_episode(request: HttpRequest, episode: Episode) -> HttpResponse:
    """Render the page of an episode, live or in a preview; the caller decides who may see it."""
    beside = _beside(episode.publish_at, episode.pk, timezone.now()) if episode.publish_at and episode.pk else ()
    older, newer = older_and_newer(episode, beside)
    context = {"episode": episode, "older": older, "newer": newer, "around": find_surroundings(episode)}
    context["said"] = said_on_page(episode)
    context["oembed_address"] = public_url(f"{reverse('oembed')}?{urlencode({'url': public_url(episode.path)})}")
    return render(request, "episodes/episode.html", context)


@Prepared
def _beside(publish_at: datetime, pk: int, at: datetime) -> QuerySet[Episode]:
    return Episode.objects.live(at).beside(publish_at, pk).only(*BESIDE, "number")


def episode_list(request: HttpRequest, number: int | None = None) -> HttpResponse:
    try:
        chosen = read_filters(request.GET)
    except ValueError as problem:
        raise Http404 from problem
    if chosen or number is None:
        found = find_episodes(chosen)
        dates, count = found.episodes.values_list("pk", "publish_at"), found.count
    else:  # a further page of all episodes stays as it is, so it counts nothing
        live = Episode.objects.live().newest_first()
        found, dates, count = None, live.values_list("pk", "publish_at"), live.count()
    pages = Pages(reverse("episodes"), count)
    if address := pages.at_old_address(request.GET):
        return HttpResponsePermanentRedirect(address)
    page = pages.page(number)
    return render(
        request,
        "episodes/episode_list.html",
        {
            "found": found,
            "page": page,
            "by_year": read_rows_by(attrgetter("year"), Episode, dates[page.part]),
            "kept_query": kept_query(chosen, *chosen),
        },
    )


def speaker_page(request: HttpRequest, pk: int, number: int | None = None) -> HttpResponse:
    """Show a speaker and what they made: a further page has older things alone."""
    speaker = get_live_or_404(Speaker, pk)
    record = find_records([speaker]).get(pk)
    count = MixedList(_written_by, pk).count() + (record.total if record else 0)
    page = Pages(speaker.get_absolute_url(), count).page(number)
    names = ("episodes", "posts", "courses", "chapters")
    rows = MixedList(_made_by, pk).rows_by_kind(page.part)
    context = {"speaker": speaker, "page": page, **dict(zip(names, rows, strict=True))}
    if not page.is_further:
        context["record"] = record
        if record:
            now = timezone.now()
            context |= {"first": _first_of.first(pk, now), "last": _last_of.first(pk, now)}
            context["company"], context["choices"] = find_beside(speaker, record.total)
    return render(request, "episodes/speaker.html", context)


@Prepared
def _last_of(speaker: int, at: datetime) -> QuerySet[Episode]:
    return Episode.objects.live(at).with_speaker(speaker).newest_first().only(*BESIDE, "number")[:1]


@Prepared
def _first_of(speaker: int, at: datetime) -> QuerySet[Episode]:
    return Episode.objects.live(at).with_speaker(speaker).newest_first().reverse().only(*BESIDE, "number")[:1]


def _made_by(speaker: int, at: datetime) -> list[PublishableQuerySet]:
    return [Episode.objects.live(at).with_speaker(speaker).newest_first(), *_written_by(speaker, at)]


def _written_by(speaker: int, at: datetime) -> list[PublishableQuerySet]:
    # Posts, courses and chapters come through relations: their apps are built on this one.
    names = ("posts", "courses", "chapters")
    posts, courses, chapters = (Speaker._meta.get_field(name).related_model.objects for name in names)
    return [
        posts.live(at).with_speaker(speaker).newest_first(),
        courses.listed(at).with_speaker(speaker).in_order(),
        chapters.live(at).with_speaker(speaker).in_order(),
    ]


def speaker_list(request: HttpRequest, number: int | None = None) -> HttpResponse:
    """List the hosts first, then who else speaks, then who only writes, each in reading order."""
    now = timezone.now()
    people = _all_people(now)
    names = reading_keys([(name, reading) for _pk, name, reading, *_groups in people])
    groups = {pk: (not is_host, not (is_host or speaks)) for pk, _name, _reading, is_host, speaks in people}
    keys = [pk for *_key, pk in sorted((groups[row[0]], name, row[0]) for row, name in zip(people, names, strict=True))]
    page = Pages(reverse("speakers"), len(keys), NAMES, newest_first=False).page(number)
    speakers = {speaker.pk: speaker for speaker in _read_people(keys[page.part], now)}
    records = find_records(list(speakers.values()), with_dates=True)
    shown = [(groups[pk], speakers[pk], records.get(pk)) for pk in keys[page.part] if pk in speakers]
    by_group = [(group, [row[1:] for row in rows]) for group, rows in groupby(shown, key=itemgetter(0))]
    return render(request, "episodes/speaker_list.html", {"groups": by_group, "page": page})


@Prepared
def _all_people(at: datetime) -> QuerySet[Any, tuple[int, str, str, bool, bool]]:
    """Return key, name, reading, whether a host, and whether one who speaks, of everybody that visitors may see."""
    hidden = Episode.objects.hidden(at).order_by().values("pk")  # few; SQLite would look at all that is live for each
    speaks = Exists(Appearance.objects.filter(speaker=OuterRef("pk")).exclude(episode__in=hidden))
    is_host = Exists(Podcast.hosts.through.objects.filter(speaker=OuterRef("pk")))
    people = Speaker.objects.all_live(at).annotate(speaks=speaks, is_host=is_host)
    return people.values_list("pk", "name", "reading", "is_host", "speaks")


@Prepared
def _read_people(pks: list[int], at: datetime) -> QuerySet[Speaker]:
    counts = {f"live_{relation}": _count_live(relation, at) for relation in ("posts", "chapters")}
    return Speaker.objects.filter(pk__in=pks).annotate(**counts).defer("bio", "bio_html", "links")


def _count_live(relation: str, at: datetime) -> Count:
    live = Speaker._meta.get_field(relation).related_model.objects.live(at)
    return Count(relation, filter=Q(**{f"{relation}__in": live.values("pk")}), distinct=True)
