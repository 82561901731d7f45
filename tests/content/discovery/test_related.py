"""The reasons that relate things to each other."""

import pytest

from interaxion.content.discovery.related import find_related
from interaxion.content.discovery.shared_names import MOST_SHARING_NAME
from interaxion.content.owned_rows import owned_by
from interaxion.content.tags import TaggedItem
from tests.factories import make_episode

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


def test_name_of_many_things_relates_none_of_them():
    first, second = (make_episode(tags=("光", "相"), live=True) for _each in range(2))
    tag = first.tags.get(name="光")
    items = [
        TaggedItem(tag=tag, **(owned_by(first) | {"object_id": 10_000 + number}))
        for number in range(MOST_SHARING_NAME - 1)
    ]

    TaggedItem.objects.bulk_create(items[1:])
    [related] = find_related(first)
    assert [reason.label for reason in related.reasons if reason.kind == "tag"] == ["光", "相"]
    TaggedItem.objects.bulk_create(items[:1])
    [related] = find_related(first)
    assert [reason.label for reason in related.reasons if reason.kind == "tag"] == ["相"]
