"""Links that somebody collected in the week before a recording. Notes begin with them."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any, NamedTuple, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from interaxion.content.linking.link_places import own_hosts
from interaxion.content.linking.links import Link
from interaxion.content.linking.works import Work
from interaxion.content.owned_rows import Owner
from interaxion.content.publishing.window import Status
from interaxion.content.validators import validate_text, validate_title
from interaxion.text.addresses import LONGEST_KEY, identify
from interaxion.text.link_words import spell_link_words
from interaxion.text.web_addresses import readable_address

#: A link that was put away is deleted after this time.
KEPT_FOR = timedelta(days=90)


def validate_address(url: str) -> None:
    if not url.lower().startswith(("http://", "https://")) or identify(url, own_hosts()) is None:
        raise ValidationError(_("This is no address of a page: it must begin with http:// or https://."))


class CollectedLinkQuerySet(models.QuerySet):
    def waiting(self) -> Self:
        """The links that nobody has put away, the newest first."""
        return self.filter(away_at=None).order_by("-collected_at", "-pk")

    def long_away(self, now: datetime) -> Self:
        return self.filter(away_at__lt=now - KEPT_FOR)


class CollectedLink(models.Model):
    url = models.TextField(_("address"), max_length=2000, validators=[validate_address])
    #: The key of the work that it leads to, by which texts with the same link are found.
    key = models.CharField(max_length=LONGEST_KEY, editable=False, db_index=True)
    title = models.CharField(_("title"), max_length=300, blank=True, validators=[validate_title])
    note = models.TextField(_("a line about it"), max_length=500, blank=True, validators=[validate_text])
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    collected_at = models.DateTimeField(default=timezone.now, editable=False)
    #: When somebody put it away, used or not.
    away_at = models.DateTimeField(null=True, editable=False)

    objects = CollectedLinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("collected link")
        verbose_name_plural = _("collected links")
        default_permissions = ()

    def __str__(self) -> str:
        return self.title or readable_address(self.url)

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.set_key()
        super().save(*args, **kwargs)

    def set_key(self) -> None:
        identity = identify(self.url, own_hosts())
        self.key = identity.key if identity else ""

    @property
    def markdown(self) -> str:
        """Return the words of a list item: the link, and the note behind it."""
        address = f"<{self.url}>" if self.url.count("(") != self.url.count(")") else self.url
        link = f"[{spell_link_words(self.title)}]({address})" if self.title else self.url
        return f"{link} {' '.join(self.note.split())}".strip()


class Places(NamedTuple):
    """Where a collected link stands: in drafts or newer texts, which use it, and in what was discussed before."""

    used: list[Link]
    before: list[Link]


def places_of(collected: Collection[CollectedLink]) -> dict[int, Places]:
    """Return the places of each link, by its id: one link for each text, the newest first."""
    known = Work.objects.filter(key__in={each.key for each in collected})
    works = {work.key: work.merged_into_id or work.pk for work in known}
    links: dict[int, list[Link]] = {}
    for link in Link.objects.filter(work__in=works.values(), deleted_at=None).order_by("-dated_at", "pk"):
        links.setdefault(link.work_id, []).append(link)
    return {each.pk: _sorted(each, links.get(works.get(each.key, 0), [])) for each in collected}


def _sorted(collected: CollectedLink, links: list[Link]) -> Places:
    places = Places([], [])
    seen: set[Owner] = set()
    for link in links:
        if link.owner not in seen:
            seen.add(link.owner)
            (places.before if _is_older(link, collected.collected_at) else places.used).append(link)
    return places


def _is_older(link: Link, at: datetime) -> bool:
    return link.status == Status.PUBLISHED and link.publish_at is not None and link.publish_at < at
