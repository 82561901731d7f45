"""Where stored files are used: in the rendered texts of all content, drafts too."""

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from django.urls import reverse

from interaxion.content.files.models import FOLDER
from interaxion.content.publishing.publishable import Publishable, kinds

_NAMED = re.compile(rf"/{FOLDER}/([0-9A-Za-z]+)\.\w+")


class Use(NamedTuple):
    title: str
    url: str


def find_uses() -> dict[str, list[Use]]:
    """Return the things that show or link each file, by the stem of its name: one pass over the texts."""
    found: dict[str, list[Use]] = {}
    for kind in kinds():
        name = f"admin:{kind._meta.app_label}_{kind._meta.model_name}_change"
        for thing in kind.objects.only("pk", "title", "html", "summary_html", *_extra(kind)).order_by("pk").iterator():
            for stem in set(_NAMED.findall(thing.html + thing.summary_html)):
                found.setdefault(stem, []).append(Use(str(thing), reverse(name, args=[thing.pk])))
    return found


def stem_of(file: Any) -> str:
    """Return the hash that a StoredFile is named by."""
    return str(file.file.name).rpartition("/")[2].partition(".")[0]


def _extra(kind: type[Publishable]) -> Iterator[str]:
    """Yield the other fields that the name of a thing is made of."""
    return (field.name for field in kind._meta.fields if field.name == "number")
