"""Structured data for search engines (JSON-LD) about each kind of page, in the vocabulary of https://schema.org."""

from collections.abc import Callable, Sequence
from typing import Any

from django.urls import reverse

from courses.models import Chapter, Course
from courses.pages.whole import sum_of_minutes
from episodes.cards.files import card_path
from episodes.models import Appearance, Episode
from episodes.notes.chapters import find_chapters
from episodes.people.hosts import find_hosts
from episodes.people.speakers import Speaker
from episodes.podcast import Podcast
from interaxion.content.discovery.page_links import Surroundings
from interaxion.content.paths import public_url
from interaxion.content.publishing.publishable import Publishable
from interaxion.sitewide.breadcrumbs import describe_breadcrumbs
from interaxion.sitewide.cited_works import describe_citations
from interaxion.text.lessons.levels import LEVELS
from interaxion.text.lessons.licences import licence_url
from interaxion.web.json_ld import spell_duration
from posts.models import Post

Data = dict[str, Any]


def describe(
    thing: object,
    podcast: Podcast,
    surroundings: Surroundings | None = None,
    editions: Sequence[Publishable] = (),
) -> list[Data]:
    """Return the data of a thing with what it cites, and its breadcrumbs; [] for a kind unknown to schema.org."""
    describer = DESCRIBERS.get(type(thing))
    if describer is None:
        return []
    citations = describe_citations(surroundings.works if surroundings else [])
    described = describer(thing, podcast) | {"citation": citations}
    described["workTranslation"] = [
        {"@type": described["@type"], "@id": _id(each), "url": public_url(each.path), "inLanguage": each.language}
        for each in editions
    ]
    return [described, describe_breadcrumbs(thing, podcast)]


def describe_show(podcast: Podcast) -> Data:
    return {
        "@type": "PodcastSeries",
        "@id": _show_id(),
        "name": podcast.title,
        "url": public_url("/"),
        "description": podcast.description,
        "inLanguage": podcast.language,
        "webFeed": "" if podcast.is_notes_only else public_url(reverse("podcast_feed")),
        "image": public_url(podcast.artwork.url) if podcast.artwork else "",
        "author": [_person(host) for host in find_hosts()],
        "publisher": _publisher(podcast),
        "copyrightNotice": podcast.copyright,
        "sameAs": podcast.subscribe_links,
    }


def _episode(episode: Episode, podcast: Podcast) -> Data:
    page_url = public_url(episode.path)
    appearances = list(episode.appearances.all())
    return _written(episode) | {
        "@type": "PodcastEpisode",
        "episodeNumber": episode.spelled_number,
        "partOfSeries": {"@type": "PodcastSeries", "@id": _show_id(), "name": podcast.title, "url": public_url("/")},
        "partOfSeason": {"@type": "PodcastSeason", "seasonNumber": episode.season} if episode.season else None,
        "image": public_url(card_path(episode, podcast)),
        "duration": spell_duration(episode.audio_seconds),
        "author": [_person(a.speaker) for a in appearances if a.role == Appearance.Role.HOST],
        "contributor": [_person(a.speaker) for a in appearances if a.role == Appearance.Role.GUEST],
        "actor": [_person(a.speaker) for a in appearances if not a.role],  # whose role is not known
        "associatedMedia": _audio(episode),
        "hasPart": [
            {
                "@type": "Clip",
                "name": chapter.title,
                "startOffset": chapter.starts_at,
                "endOffset": chapter.ends_at,
                "url": chapter.url,
            }
            for chapter in find_chapters(
                episode.outline, page_url=page_url, language=episode.language, seconds=episode.audio_seconds
            )
        ],
    }


def _audio(episode: Episode) -> Data | None:
    if not episode.audio_address:
        return None
    return {
        "@type": "AudioObject",
        "contentUrl": public_url(episode.audio_address),
        "encodingFormat": str(episode.media_type),
        "contentSize": str(episode.audio_bytes or ""),
        "duration": spell_duration(episode.audio_seconds),
    }


def _post(post: Post, podcast: Podcast) -> Data:
    return _written(post) | {
        "@type": "BlogPosting",
        "headline": post.title,
        "articleSection": post.category.name,
        "image": public_url(post.cover.url) if post.cover else "",
        "author": [_person(authorship.speaker) for authorship in post.authorships.all()],
        "publisher": _publisher(podcast),
    }


def _course(course: Course, podcast: Podcast) -> Data:
    chapters = course.live_chapters
    return _written(course) | {
        "@type": ["Course", "LearningResource"],
        "alternativeHeadline": course.subtitle,
        "version": course.version_label,
        "author": [_person(authorship.speaker) for authorship in course.authorships.all()],
        "provider": _publisher(podcast),
        **_lesson(course, course.level, sum_of_minutes(chapters)),
        "hasPart": [
            {
                "@type": "LearningResource",
                "@id": _id(chapter),
                "name": chapter.title,
                "url": public_url(chapter.path),
                "position": chapter.position,
                "timeRequired": _time(chapter.lesson.get("minutes")),
            }
            for chapter in chapters
        ],
    }


def _chapter(chapter: Chapter, podcast: Podcast) -> Data:
    course = chapter.course
    return _written(chapter) | {
        "@type": ["LearningResource", "Article"],
        "headline": chapter.title,
        "alternativeHeadline": chapter.subtitle,
        "learningResourceType": "chapter",
        "version": chapter.lesson.get("version", ""),
        "position": chapter.position,
        **_lesson(chapter, course.level),
        "license": licence_url(chapter.lesson.get("licence") or course.lesson.get("licence", "")),
        "isPartOf": {"@type": "Course", "@id": _id(course), "name": course.title, "url": public_url(course.path)},
        "author": [_person(authorship.speaker) for authorship in chapter.authorships.all()],
        "publisher": _publisher(podcast),
    }


def _lesson(thing: Course | Chapter, level_text: str, minutes: Sequence[int] | None = None) -> Data:
    """Return the properties of a LearningResource; the time is the longest that its author says."""
    lesson = thing.lesson
    level = lesson.get("level")
    return {
        "educationalLevel": "–".join(LEVELS[rank] for rank in dict.fromkeys(level)) if level else level_text,
        "teaches": lesson.get("objectives", []),
        "competencyRequired": lesson.get("prerequisites", []),
        "timeRequired": _time(minutes or lesson.get("minutes")),
        "audience": [{"@type": "EducationalAudience", "educationalRole": role} for role in lesson.get("audience", [])],
        "license": licence_url(lesson.get("licence", "")),
    }


def _time(minutes: Sequence[int] | None) -> str:
    return spell_duration(minutes[1] * 60) if minutes else ""


def _speaker(speaker: Speaker, podcast: Podcast) -> Data:
    return {"@type": "ProfilePage", "url": public_url(speaker.path), "mainEntity": _person(speaker)}


def _written(thing: Publishable) -> Data:
    """Return the properties that all content has."""
    return {
        "@id": _id(thing),
        "name": thing.title,
        "url": public_url(thing.path),
        "description": thing.summary_text,
        "inLanguage": thing.language,
        "datePublished": thing.dated_at.isoformat() if thing.dated_at else "",
        "dateModified": thing.changed_at.isoformat() if thing.is_dated and thing.changed_at else "",
        "keywords": [tag.name for tag in thing.tags.all()],
    }


def _person(speaker: Speaker) -> Data:
    url = public_url(speaker.path)
    return {
        "@type": "Person",
        "@id": f"{url}#person",
        "name": speaker.name,
        "alternateName": speaker.aliases,
        "url": url,
        "image": public_url(speaker.image.url) if speaker.image else "",
        "sameAs": speaker.links,
    }


def _publisher(podcast: Podcast) -> Data:
    return {"@type": "Organization", "name": podcast.author or podcast.title, "url": public_url("/")}


def _id(thing: Publishable) -> str:
    return f"{public_url(thing.path)}#{thing._meta.model_name}"


def _show_id() -> str:
    return f"{public_url('/')}#podcast"


DESCRIBERS: dict[type, Callable[[Any, Podcast], Data]] = {
    Episode: _episode,
    Post: _post,
    Course: _course,
    Chapter: _chapter,
    Speaker: _speaker,
}
