"""The registry of parts: which parts a kind of content has, and how each is made.

An app registers them in `AppConfig.ready()`, as it does its checks, so that saving imports no template and no feed.
"""

import hashlib
import logging
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, TypeVar

from django.conf import settings
from django.core.files.storage import default_storage
from django.db.models import QuerySet
from django.utils.translation import get_language, override

from interaxion.content.publishing.publishable import Publishable
from interaxion.content.release import release_key

Make = TypeVar("Make", bound=Callable[[Any], str])
logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class PartName:
    name: str
    #: Whether it has words or addresses of the interface, so that there is one for each language.
    is_translated: bool = False

    @property
    def language(self) -> str:
        """The language of the part that a page in the present language shows; "" if all show the same."""
        return (get_language() or settings.LANGUAGE_CODE) if self.is_translated else ""

    @property
    def languages(self) -> list[str]:
        return [code for code, _name in settings.LANGUAGES] if self.is_translated else [""]


#: A thing in a list of its kind.
ROW = PartName("row", is_translated=True)


@dataclass(frozen=True)
class PartKind:
    name: PartName
    #: Returns the part of a thing in the present language.
    make: Callable[[Any], str]
    #: Adds to a queryset what `make` reads, and leaves out the long columns that it does not.
    load: Callable[[Any], QuerySet]

    def try_to_make(self, thing: Publishable, language: str) -> str | None:
        """Return the part, None if it cannot be made: that is logged. One broken thing must not empty a feed."""
        try:
            with override(language or None):
                return self.make(thing)
        except Exception:
            logger.exception("%s cannot be written and is left out: %s", thing.path, self.name.name)
            return None


_kinds: defaultdict[type, list[PartKind]] = defaultdict(list)


def register_part(kind: type, name: PartName, *, load: Callable[[Any], QuerySet]) -> Callable[[Make], Make]:
    """Decorate a function that makes this part of a thing of this kind."""

    def remember(make: Make) -> Make:
        _kinds[kind].append(PartKind(name, make, load))
        return make

    return remember


def kinds_of_parts(kind: type) -> list[PartKind]:
    return _kinds[kind]


def find_kind(kind: type, name: PartName) -> PartKind:
    """Return how a part of things of this kind is made. Raises LookupError if they have no such part."""
    found: Iterator[PartKind] = (each for each in _kinds[kind] if each.name == name)
    try:
        return next(found)
    except StopIteration:
        raise LookupError(f"{kind.__name__} has no part {name.name}") from None


def parts_key() -> str:
    """Return 12 hex digits of what all parts are made with: the release, addresses of site and media, time zone."""
    made_with = (release_key(), settings.SITE_URL, default_storage.url("x"), settings.TIME_ZONE)
    return hashlib.sha256("\n".join(made_with).encode()).hexdigest()[:12]
