"""Counting what strangers try, over all processes that share the cache. What is counted is not kept in clear."""

from dataclasses import dataclass

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.crypto import salted_hmac


@dataclass(frozen=True)
class Throttle:
    """At most `most` in `window` seconds, for each thing that is counted by itself."""

    name: str
    most: int
    window: int

    def is_over(self, *counted: str) -> bool:
        return bool(cache.get(self._key(counted), 0) >= self.most)

    def count(self, *counted: str, by: int = 1) -> int:
        """Returns the sum."""
        key = self._key(counted)
        cache.add(key, 0, self.window)
        try:
            return int(cache.incr(key, by))
        except ValueError:  # it ended between the two lines, or the cache is another one since
            cache.set(key, by, self.window)
            return by

    def forget(self, *counted: str) -> None:
        cache.delete(self._key(counted))

    def _key(self, counted: tuple[str, ...]) -> str:
        return f"{self.name}:" + salted_hmac(self.name, "\n".join(counted)).hexdigest()


def address_of(request: HttpRequest | None) -> str:
    """The address of the visitor. In production a proxy stands before us, and the last name in the header is its own
    word for whom it serves; the others, and elsewhere all of them, are the visitor's to write."""
    if request is None:
        return ""
    forwarded = request.headers.get("X-Forwarded-For", "") if settings.IS_PRODUCTION else ""
    return forwarded.rpartition(",")[2].strip() or str(request.META.get("REMOTE_ADDR", ""))
