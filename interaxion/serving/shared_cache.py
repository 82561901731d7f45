"""Where things are kept: in Redis behind a circuit breaker, in the memory of each process, or in files."""

import logging
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partialmethod
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.filebased import FileBasedCache
from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCache as DjangoRedisCache
from django.core.files import locks

logger = logging.getLogger(__name__)

#: Time-out for Redis, in seconds. It runs near us, so a short one is enough.
ANSWERS_WITHIN = 0.2
#: Seconds until Redis is asked again after a failure.
PAUSE = 5
#: What a process keeps by itself, in bytes.
MOST_BYTES = 8_000_000
#: By the address of a server: the monotonic time until which it is not asked.
_away_until: dict[str, float] = {}


class BoundedMemory(LocMemCache):
    """Django's cache in the memory of this process, of at most MAX_BYTES: what was asked for longest ago makes room.

    Its own limit counts values, and a feed is as long as a hundred pages.
    """

    def __init__(self, name: str, params: dict[str, Any]) -> None:
        super().__init__(name, params)
        self._most_bytes = int(params.get("OPTIONS", {}).get("MAX_BYTES", MOST_BYTES))

    def _set(self, key: str, value: bytes, timeout: Any = DEFAULT_TIMEOUT) -> None:
        super()._set(key, value, timeout)
        kept = self._cache  # the newest first
        too_many = sum(map(len, kept.values())) - self._most_bytes
        while too_many > 0:
            oldest, dropped = kept.popitem()
            del self._expire_info[oldest]
            too_many -= len(dropped)


class RedisCache(DjangoRedisCache):
    """Redis behind a circuit breaker: after a failure it is not asked for `PAUSE` seconds, so nobody waits for it.

    In the meantime each process counts and keeps by itself.
    """

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        from redis.backoff import NoBackoff  # noqa: PLC0415  the library is an extra of the project
        from redis.exceptions import RedisError  # noqa: PLC0415
        from redis.retry import Retry  # noqa: PLC0415

        waits = {"socket_timeout": ANSWERS_WITHIN, "socket_connect_timeout": ANSWERS_WITHIN}
        options = {**waits, "retry": Retry(NoBackoff(), 0), **params.get("OPTIONS", {})}
        super().__init__(server, {**params, "OPTIONS": options})
        self._server, self._problem = server, RedisError
        self._meanwhile = BoundedMemory(f"{server} {params.get('KEY_PREFIX', '')}", params)

    def _ask(self, name: str, *args: Any, **kwargs: Any) -> Any:
        if time.monotonic() >= _away_until.get(self._server, 0):
            method: Callable[..., Any] = getattr(super(), name)
            try:
                return method(*args, **kwargs)
            except self._problem as problem:
                _away_until[self._server] = time.monotonic() + PAUSE
                logger.warning("Redis does not answer; for %d s this process is by itself: %s", PAUSE, problem)
        return getattr(self._meanwhile, name)(*args, **kwargs)

    add = partialmethod(_ask, "add")
    get = partialmethod(_ask, "get")
    set = partialmethod(_ask, "set")
    touch = partialmethod(_ask, "touch")
    delete = partialmethod(_ask, "delete")
    get_many = partialmethod(_ask, "get_many")
    set_many = partialmethod(_ask, "set_many")
    delete_many = partialmethod(_ask, "delete_many")
    has_key = partialmethod(_ask, "has_key")
    incr = partialmethod(_ask, "incr")
    clear = partialmethod(_ask, "clear")


class FileCache(FileBasedCache):
    """Files that the processes of one machine share. Counting is atomic and does not extend the timeout.

    Django's own would lose a count in a race of two processes, and restart a timeout of five minutes at each count.
    """

    def set(self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> None:
        super().set(key, value, timeout, version)
        ends_at = self.get_backend_timeout(timeout)
        if ends_at is not None:
            os.utime(self._key_to_file(key, version), (ends_at, ends_at))  # `incr` reads the end of the timeout there

    def add(self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        with self._locked():
            return bool(super().add(key, value, timeout, version))

    def incr(self, key: str, delta: int = 1, version: int | None = None) -> int:
        """Return the sum. Raises ValueError if nothing is kept. A value without a timeout cannot be incremented."""
        with self._locked():
            value = self.get(key, version=version)
            if value is None:
                raise ValueError(f"{key!r} is not kept")
            ends_at = os.stat(self._key_to_file(key, version)).st_mtime
            self.set(key, value + delta, ends_at - time.time(), version)
        return int(value + delta)

    @contextmanager
    def _locked(self) -> Iterator[None]:
        self._createdir()
        with open(os.path.join(self._dir, "lock"), "wb") as file:  # closing it unlocks it
            locks.lock(file, locks.LOCK_EX)
            yield
