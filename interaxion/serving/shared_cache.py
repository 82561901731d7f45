"""The caches that several processes share: Redis, with the memory of the process while it is away, or files."""

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

#: For Redis to answer, in seconds: it stands beside us.
ANSWERS_WITHIN = 0.2
#: Until Redis is asked again after it has not answered, in seconds.
PAUSE = 5
#: By the address of the server: until when it is not asked.
_away_until: dict[str, float] = {}


class RedisCache(DjangoRedisCache):
    """Redis while it answers; this process counts and keeps by itself while it does not, and nobody waits for it.

    A circuit breaker: after a failure it is left alone for a while.
    """

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        from redis.backoff import NoBackoff  # noqa: PLC0415  the library is an extra of the project
        from redis.exceptions import RedisError  # noqa: PLC0415
        from redis.retry import Retry  # noqa: PLC0415

        waits = {"socket_timeout": ANSWERS_WITHIN, "socket_connect_timeout": ANSWERS_WITHIN}
        options = {**waits, "retry": Retry(NoBackoff(), 0), **params.get("OPTIONS", {})}
        super().__init__(server, {**params, "OPTIONS": options})
        self._server, self._problem = server, RedisError
        self._meanwhile = LocMemCache(f"{server} {params.get('KEY_PREFIX', '')}", params)

    def _ask(self, name: str, *args: Any, **kwargs: Any) -> Any:
        if time.monotonic() >= _away_until.get(self._server, 0):
            asked: Callable[..., Any] = getattr(super(), name)
            try:
                return asked(*args, **kwargs)
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
    """Files that the processes of one machine share. Counting is exact, and does not move the end of what is counted.

    Django's would lose what two processes count at the same instant, and count for five minutes from then on.
    """

    def set(self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> None:
        super().set(key, value, timeout, version)
        ends_at = self.get_backend_timeout(timeout)
        if ends_at is not None:
            os.utime(self._key_to_file(key, version), (ends_at, ends_at))  # for `incr`, which needs to know it

    def add(self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        with self._locked():
            return bool(super().add(key, value, timeout, version))

    def incr(self, key: str, delta: int = 1, version: int | None = None) -> int:
        """The sum. Raises ValueError where nothing is kept; what is kept without an end cannot be counted on."""
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
