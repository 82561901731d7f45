"""Rows that belong to one thing of any model: the content type and the id of their owner, which make its key."""

from collections.abc import Collection
from typing import Any, Self

from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q

#: The key of a thing of any model: the id of its content type, and its own.
Owner = tuple[int, int]


def owner_of(thing: models.Model) -> Owner:
    return ContentType.objects.get_for_model(thing).pk, thing.pk


def owned_by(thing: models.Model) -> dict[str, Any]:
    """Return the two columns of a row that belongs to `thing`: to make one, or to filter by."""
    return {"content_type_id": ContentType.objects.get_for_model(thing).pk, "object_id": thing.pk}


def owned_by_any(owners: Collection[Owner]) -> Q:
    """Return the condition that a row belongs to one of these things."""
    condition = Q(pk__in=[])
    for content_type in {content_type for content_type, _pk in owners}:
        condition |= Q(content_type=content_type, object_id__in=[pk for each, pk in owners if each == content_type])
    return condition


class OwnedQuerySet(models.QuerySet):
    def of(self, thing: models.Model) -> Self:
        """The rows that belong to `thing`; of one that is not saved yet, those without an id."""
        return self.filter(**owned_by(thing))


class OwnedRow(models.Model):
    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE, related_name="+")
    object_id = models.PositiveBigIntegerField()
    target = GenericForeignKey()

    objects = OwnedQuerySet.as_manager()

    class Meta:
        abstract = True

    @property
    def owner_model(self) -> type[models.Model]:
        return ContentType.objects.get_for_id(self.content_type_id).model_class()

    @property
    def owner(self) -> Owner:
        return self.content_type_id, self.object_id
