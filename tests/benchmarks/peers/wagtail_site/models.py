"""Episodes as pages below the list of episodes: text, tags, ordered speakers, neighbours."""

from typing import Any

from django.db import models
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey
from taggit.models import TaggedItemBase
from wagtail.models import Orderable, Page

#: The most on the first page of a list. Ours has at least 50 and fewer than 100: both show all 78 episodes.
ROWS = 99


class Speaker(models.Model):
    name = models.CharField(max_length=255)

    def __str__(self) -> str:
        return self.name


class EpisodeList(Page):
    def get_context(self, request: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        episodes = EpisodePage.objects.live().order_by("-published").defer("body")
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        return context | {"episodes": episodes.prefetch_related("tags", "appearances__speaker")[:ROWS]}


class EpisodeTag(TaggedItemBase):
    content_object = ParentalKey("EpisodePage", related_name="tagged_items", on_delete=models.CASCADE)


class EpisodePage(Page):
    number = models.IntegerField()
    published = models.DateTimeField(db_index=True)
    summary = models.TextField()
    body = models.TextField()
    audio_url = models.URLField()
    audio_bytes = models.BigIntegerField()
    seconds = models.IntegerField()
    tags = ClusterTaggableManager(through=EpisodeTag)

    def get_context(self, request: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        others = EpisodePage.objects.live().only("title", "url_path", "published")
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        return context | {
            "appearances": self.appearances.select_related("speaker"),
            "earlier": others.filter(published__lt=self.published).order_by("-published").first(),
            "later": others.filter(published__gt=self.published).order_by("published").first(),
        }


class Appearance(Orderable):
    episode = ParentalKey(EpisodePage, related_name="appearances", on_delete=models.CASCADE)
    speaker = models.ForeignKey(Speaker, on_delete=models.CASCADE)
