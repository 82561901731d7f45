"""The glossary: its index by あいうえお and A–Z, and what stands for an entry that is still to be written."""

import re
from datetime import datetime
from typing import Any

from django.db.models import QuerySet, Value
from django.db.models.functions import Upper
from django.utils import timezone

from interaxion.content.prepared import Prepared
from interaxion.content.publishing.mixed_list import MixedList
from interaxion.content.publishing.publishable import PublishableQuerySet, kinds
from interaxion.content.tags import Tag
from interaxion.text.japanese.reading_order import initial, reading_key
from posts.models import Category, Post

#: Things with the tag of an entry without a text that its page shows.
MOST_TAGGED = 30
#: The whole text of an entry that somebody has still to write.
_STUB = re.compile(
    r"(?:to be (?:written|added|done)|tb[ad]|todo|coming soon|準備中|執筆中|工事中|書きかけ|未執筆)[\s.。…!！]*",
    re.IGNORECASE,
)


def is_stub(post: Post) -> bool:
    return post.category.is_glossary and (not post.text.strip() or _STUB.fullmatch(post.text.strip()) is not None)


def find_index(category: Category) -> list[tuple[str, int]]:
    """Return the letter under which each live entry stands, and its key, in order. The tag of its name may say how it
    is read."""
    now = timezone.now()
    entries, readings = _entries_of(category.pk, now), dict(_readings_of(category.pk, now))
    in_order = sorted(entries, key=lambda entry: (*reading_key(entry[0], readings.get(entry[0], "")), entry[1]))
    return [(initial(title, readings.get(title, "")), pk) for title, pk in in_order]


@Prepared
def _entries_of(category: int, at: datetime) -> QuerySet[Any, tuple[str, int]]:
    return Post.objects.live(at).filter(category=category).values_list("title", "pk")


@Prepared
def _readings_of(category: int, at: datetime) -> QuerySet[Any, tuple[str, str]]:
    """Return the tags that are called as an entry is, each with its reading."""
    titles = Post.objects.live(at).filter(category=category).order_by().values("title")
    return Tag.objects.filter(name__in=titles).exclude(reading="").values_list("name", "reading")


def find_tagged(post: Post) -> dict[str, Any]:
    """Return the rows of what carries the tag of the same name, by kind (`episodes`, `posts` …), and the tag."""
    tag = _live_tag_called.first(post.title, timezone.now())
    if tag is None:
        return {}
    rows = MixedList(_tagged, tag.pk, post.path).rows_by_kind(slice(MOST_TAGGED))
    lists = zip(_kinds_with_tags(), rows, strict=True)
    return {f"{kind._meta.model_name}s": of_kind for kind, of_kind in lists} | {"tag": tag}


@Prepared
def _live_tag_called(name: str, at: datetime) -> QuerySet[Tag]:
    return Tag.objects.live(at).alias(upper=Upper("name")).filter(upper=Upper(Value(name))).order_by("pk")[:1]


def _tagged(tag: int, but: str, at: datetime) -> list[PublishableQuerySet]:
    return [kind.objects.live(at).tagged(tag).exclude(path=but).newest_first() for kind in _kinds_with_tags()]


def _kinds_with_tags() -> list[Any]:
    return [kind for kind in kinds() if hasattr(kind, "tags")]
