"""The caches that processes share, also while Redis is down or hangs."""

import signal
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.core import mail
from django.core.cache import cache, caches

from episodes.models import Letter
from interaxion import environment
from interaxion.desk.account.login import FAILURES
from interaxion.desk.account.password_reset import MAILS, THREAD
from interaxion.serving import shared_cache
from interaxion.serving.rate_limit import Throttle
from interaxion.serving.shared_cache import BoundedMemory, FileCache
from tests import services
from tests.factories import make_episode, make_host
from tests.sitewide.pages.test_letters import make_token, send

RESET = "/en/admin/password_reset/"


@pytest.fixture
def files(tmp_path) -> FileCache:
    return FileCache(str(tmp_path), {})


@pytest.fixture(autouse=True)
def asked_again(monkeypatch) -> None:
    monkeypatch.setattr(shared_cache, "_away_until", {})


def test_memory_of_a_process_is_bounded_in_bytes():
    memory = BoundedMemory("bounded", {"OPTIONS": {"MAX_BYTES": 10_000}})
    for name in ("first", "second", "third"):
        memory.set(name, bytes(3_000))
    memory.get("first")

    memory.set("fourth", bytes(3_000))

    assert [name for name in ("first", "second", "third", "fourth") if memory.has_key(name)] == [
        "first",
        "third",
        "fourth",
    ]


def test_memory_of_a_process_keeps_nothing_that_is_larger_than_all_of_it():
    memory = BoundedMemory("too large", {"OPTIONS": {"MAX_BYTES": 10_000}})

    memory.set("feed", bytes(20_000))

    assert memory.get("feed") is None


def test_files_lose_no_count_of_many_at_once(files, tmp_path):
    files.add("tries", 0, 60)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _try: FileCache(str(tmp_path), {}).incr("tries"), range(80)))

    assert files.get("tries") == 80


def test_files_count_until_what_is_counted_ends(files):
    files.add("tries", 0, 2000)
    assert not files.add("tries", 7, 10)

    assert [files.incr("tries"), files.incr("tries", 2)] == [1, 3]
    left = Path(files._key_to_file("tries")).stat().st_mtime - time.time()
    assert 1990 < left <= 2000


def test_files_count_on_nothing(files):
    with pytest.raises(ValueError, match="not kept"):
        files.incr("tries")


def test_throttle_counts_over_processes(settings, tmp_path):
    settings.CACHES = environment.caches("", tmp_path)
    throttle = Throttle("test", most=2, window=60)
    for _try in range(2):
        throttle.count("one")

    assert throttle.is_over("one")
    assert FileCache(str(tmp_path), {}).get(throttle._key(("one",))) == 2  # what another process reads


@pytest.mark.redis
@pytest.mark.django_db
@pytest.mark.parametrize("how", [signal.SIGSTOP, signal.SIGKILL])
def test_redis_that_hangs_or_is_gone_slows_nothing_and_locks_nobody_out(settings, client, how, caplog):
    settings.SENDS_MAIL = True
    host = make_host(name="host")
    host.email = "host@show.example"
    host.save()
    make_episode(number="57", live=True)
    login = {"username": "host", "password": "a long enough phrase"}
    with services.running_redis() as (url, server):
        settings.CACHES = environment.caches(url, settings.VAR_DIR)
        client.get("/57")
        server.send_signal(how)
        try:
            began_at = time.monotonic()
            pages = [client.get("/57").status_code for _visit in range(3)]
            refused = [client.post("/en/admin/login/", login | {"password": "x"}).status_code for _try in range(10)]
            locked = client.post("/en/admin/login/", login).status_code
            resets = [client.post(RESET, {"email": host.email}).status_code for _try in range(MAILS.most + 1)]
            letters = [
                send(client, token=token, url="/feedback/", body="x").status_code for token in ("x", make_token())
            ]
            seconds = time.monotonic() - began_at
        finally:
            server.send_signal(signal.SIGCONT)

    assert pages == [200, 200, 200]
    assert (set(refused), locked) == ({200}, 200)  # the tries are counted here meanwhile: eleven are too many
    assert FAILURES.is_over("host", "127.0.0.1")
    for thread in threading.enumerate():
        if thread.name == THREAD:
            thread.join()
    assert (set(resets), len(mail.outbox)) == ({302}, MAILS.most)
    assert letters == [422, 303] and Letter.objects.get().body == "x"
    assert seconds < 10, "each answer waited for Redis"
    assert caplog.text.count("Redis does not answer") <= 1 + seconds / shared_cache.PAUSE


@pytest.mark.redis
def test_redis_is_asked_again_after_a_pause(settings, redis_url, monkeypatch):
    settings.CACHES = environment.caches(redis_url, settings.VAR_DIR)
    cache.set("number", 57)
    monkeypatch.setitem(shared_cache._away_until, redis_url, time.monotonic() + 60)
    assert cache.get("number") is None

    monkeypatch.setitem(shared_cache._away_until, redis_url, time.monotonic() - 1)

    assert cache.get("number") == 57
    caches["default"].close()
