"""The pages of episodes and speakers."""

from django.core.paginator import Paginator
from django.db.models import Count, Prefetch, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from episodes.filters import find_episodes, read_filters
from episodes.models import Appearance, Episode
from episodes.people.records import SpeakerRecord, find_company
from episodes.people.speakers import Speaker
from interaxion.content.discovery.page_links import find_surroundings
from interaxion.content.publishing.publishable import BESIDE
from interaxion.serving.query_strings import kept_query


def episode_page(request: HttpRequest, pk: int) -> HttpResponse:
    return render_episode(request, get_object_or_404(Episode.objects.live().with_details(), pk=pk))


def render_episode(request: HttpRequest, episode: Episode) -> HttpResponse:
    """Render the page of an episode, live or in a preview; the caller decides who may see it."""
    older, newer = Episode.objects.live().only(*BESIDE, "number").neighbours(episode)
    context = {"episode": episode, "older": older, "newer": newer, "around": find_surroundings(episode)}
    return render(request, "episodes/episode.html", context)


def episode_list(request: HttpRequest) -> HttpResponse:
    try:
        chosen = read_filters(request.GET)
    except ValueError as problem:
        raise Http404 from problem
    found = find_episodes(chosen)
    page = Paginator(found.pks, 50).get_page(request.GET.get("page"))
    return render(
        request,
        "episodes/episode_list.html",
        {
            "found": found,
            "page": page,
            "episodes": Episode.objects.filter(pk__in=page.object_list).newest_first().for_lists(),
            "kept_query": kept_query(chosen, *chosen, page=page.number),
        },
    )


def speaker_page(request: HttpRequest, pk: int) -> HttpResponse:
    speaker = get_object_or_404(Speaker.objects.live(), pk=pk)
    episodes = list(Episode.objects.live().with_speaker(speaker).newest_first().for_lists())
    appearances = [appearance for episode in episodes for appearance in episode.appearances.all()]
    own = [appearance for appearance in appearances if appearance.speaker_id == pk]
    return render(
        request,
        "episodes/speaker.html",
        {
            "speaker": speaker,
            "episodes": episodes,
            "record": SpeakerRecord.of(own),
            "company": find_company(speaker, episodes),
            # Posts and chapters come through relations: their apps are built on this one.
            "posts": speaker.posts.live().newest_first().for_lists(),
            "chapters": speaker.chapters.live().in_order().for_lists(),
        },
    )


def speaker_list(request: HttpRequest) -> HttpResponse:
    live = Episode.objects.live().order_by().values("pk")
    # Joined, not prefetched: a prefetch over foreign keys has an OR for each target, and SQLite takes 1,000 of them.
    appearances = Appearance.objects.order_by().filter(episode__in=live).select_related("episode")
    appearances = appearances.only("role", "speaker_id", "episode__publish_at")
    written = {"live_posts": _count_live("posts"), "live_chapters": _count_live("chapters")}
    speakers = Speaker.objects.live().annotate(**written)
    speakers = speakers.prefetch_related(Prefetch("appearances", appearances, to_attr="live_appearances"))
    people = [(speaker, SpeakerRecord.of(speaker.live_appearances)) for speaker in speakers.in_reading_order()]
    return render(request, "episodes/speaker_list.html", {"people": people})


def _count_live(relation: str) -> Count:
    live = Speaker._meta.get_field(relation).related_model.objects.live()
    return Count(relation, filter=Q(**{f"{relation}__in": live.values("pk")}), distinct=True)
