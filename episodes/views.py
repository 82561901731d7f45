"""The pages of episodes and speakers."""

from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from episodes.models import Appearance, Episode
from episodes.speakers import Speaker


def episode_page(request: HttpRequest, pk: int) -> HttpResponse:
    return render_episode(request, get_object_or_404(Episode.objects.live().with_details(), pk=pk))


def render_episode(request: HttpRequest, episode: Episode) -> HttpResponse:
    """The page of an episode that may be seen, live or in a preview."""
    older, newer = neighbours(episode)
    return render(request, "episodes/episode.html", {"episode": episode, "older": older, "newer": newer})


def neighbours(episode: Episode) -> tuple[Episode | None, Episode | None]:
    """The live episodes published just before and just after this one."""
    if not episode.publish_at:
        return None, None
    live = Episode.objects.live().exclude(pk=episode.pk).only("title", "number", "path")
    return (
        live.filter(publish_at__lte=episode.publish_at).newest_first().first(),
        live.filter(publish_at__gt=episode.publish_at).order_by("publish_at", "pk").first(),
    )


def episode_list(request: HttpRequest) -> HttpResponse:
    pages = Paginator(Episode.objects.live().newest_first().for_lists(), 50)
    return render(request, "episodes/episode_list.html", {"page": pages.get_page(request.GET.get("page"))})


def speaker_page(request: HttpRequest, pk: int) -> HttpResponse:
    speaker = get_object_or_404(Speaker.objects.live(), pk=pk)
    return render(
        request,
        "episodes/speaker.html",
        {
            "speaker": speaker,
            "episodes": Episode.objects.live().with_speaker(speaker).newest_first().for_lists(),
            # What else a speaker has written comes through the relations: these apps build on this one.
            "posts": speaker.posts.live().newest_first().for_lists(),
            "chapters": speaker.chapters.live().in_order().for_lists(),
        },
    )


def speaker_list(request: HttpRequest) -> HttpResponse:
    live_appearances = Appearance.objects.filter(episode__in=Episode.objects.live()).select_related("episode")
    speakers = Speaker.objects.live().in_reading_order()
    return render(
        request,
        "episodes/speaker_list.html",
        {"speakers": speakers.prefetch_related(Prefetch("appearances", live_appearances, to_attr="live_appearances"))},
    )
