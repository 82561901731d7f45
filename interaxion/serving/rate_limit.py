"""The rate limit on what strangers try, over all processes that share the cache. Its cache keys are hashed."""

import ipaddress
from dataclasses import dataclass

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.crypto import salted_hmac


@dataclass(frozen=True)
class Throttle:
    """At most `most` tries in `window` seconds, for each combination of strings in `counted`."""

    name: str
    most: int
    window: int

    def is_over(self, *counted: str) -> bool:
        return bool(cache.get(self._key(counted), 0) >= self.most)

    def count(self, *counted: str, by: int = 1) -> int:
        """Count tries and return their number in this window."""
        key = self._key(counted)
        cache.add(key, 0, self.window)
        try:
            return int(cache.incr(key, by))
        except ValueError:  # it expired between the two lines, or the cache was replaced
            cache.set(key, by, self.window)
            return by

    def forget(self, *counted: str) -> None:
        cache.delete(self._key(counted))

    def _key(self, counted: tuple[str, ...]) -> str:
        return f"{self.name}:" + salted_hmac(self.name, "\n".join(counted)).hexdigest()


def address_of(request: HttpRequest | None) -> str:
    """Return the IP address of the visitor; "" without a request. Of an IPv6 address only its network (/64).

    Each customer of a provider has a whole such network, so single addresses in it are for free.

    In production a proxy stands before us and writes the address that it serves as the last one in X-Forwarded-For.
    The visitor can write the other ones, and without a proxy all of them, so these are not read.
    """
    if request is None:
        return ""
    forwarded = request.headers.get("X-Forwarded-For", "") if settings.IS_PRODUCTION else ""
    address = forwarded.rpartition(",")[2].strip() or str(request.META.get("REMOTE_ADDR", ""))
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:  # a UNIX socket has none
        return address
    if isinstance(parsed, ipaddress.IPv4Address):
        return str(parsed)
    return str(parsed.ipv4_mapped or ipaddress.IPv6Network((int(parsed), 64), strict=False))
