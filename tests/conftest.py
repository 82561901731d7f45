"""Fixtures of all tests: throw-away files and caches, and outside tools.

If a tool is missing, its tests are skipped with the reason; in CI they fail instead.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path

import hypothesis
import pytest
from django.conf import settings
from django.core.cache import caches
from django.test import override_settings
from hypothesis.configuration import set_hypothesis_home_dir
from playwright.sync_api import Browser, expect, sync_playwright

from tests import node_tools, object_storage, services

CACHE_DIR = Path(__file__).resolve().parent.parent / "var" / "cache"
CHROMIUM_FLAGS = [
    "--no-sandbox",  # Chromium demands it if it runs as root
    # Without these it would connect to other machines.
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]

# Milliseconds: on two busy cores a page takes its time.
expect.set_options(timeout=20_000)
set_hypothesis_home_dir(CACHE_DIR / "hypothesis")
# On two busy cores a single example is slow now and then.
hypothesis.settings.register_profile("interaxion", deadline=None)
hypothesis.settings.load_profile("interaxion")


def _missing_program(name: str) -> str:
    return "" if shutil.which(name) else f"{name} is not on PATH"


def _missing_corpus() -> str:
    folder = os.environ.get("CORPUS", "")
    return "" if folder and Path(folder).is_dir() else "CORPUS names no folder of real files"


# By marker: a function that returns what is missing on this machine, "" if nothing is.
NEEDS: dict[str, Callable[[], str]] = {
    "browser": lambda: _missing_program("chromium"),
    "corpus": _missing_corpus,
    "ffmpeg": lambda: _missing_program("ffmpeg") or _missing_program("ffprobe"),
    "gettext": lambda: _missing_program("msgfmt"),
    "jekyll": lambda: _missing_program("jekyll"),
    "node": node_tools.missing,
    "nginx": services.missing_nginx,
    "object_storage": object_storage.missing,
    "redis": lambda: _missing_program("redis-server"),
    "systemd": lambda: _missing_program("systemd-analyze"),
    "xmllint": lambda: _missing_program("xmllint"),
}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run a failed test in Chromium once more: a page may be late on a busy machine. `-ra` names such tests."""
    for item in items:
        if item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.flaky(reruns=1))


def pytest_runtest_setup(item: pytest.Item) -> None:
    for marker in item.iter_markers():
        reason = NEEDS[marker.name]() if marker.name in NEEDS else ""
        # CI can install programs. Not everyone has the real files, but a CORPUS that names no folder is a mistake.
        compulsory = os.environ.get("CORPUS" if marker.name == "corpus" else "CI")
        if reason and compulsory:
            pytest.fail(f"compulsory here: {reason}", pytrace=False)
        if reason:
            pytest.skip(reason)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Keep SQLite in a file, as a site does: in memory, a reader fails instead of waiting for a writer."""
    database = settings.DATABASES["default"]
    if database["ENGINE"] == "django.db.backends.sqlite3":
        database["TEST"]["NAME"] = str(tmp_path_factory.mktemp("database") / "test.sqlite3")


@pytest.fixture(scope="session", autouse=True)
def fast_site() -> Iterator[None]:
    """Hash passwords fast, serve static files from their sources (`live_server` too), and cache in memory."""
    memory = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
    storages = settings.STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
    with override_settings(
        CACHES={name: memory | {"LOCATION": name} for name in settings.CACHES},
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
        STORAGES=storages,
        WHITENOISE_AUTOREFRESH=True,
        WHITENOISE_USE_FINDERS=True,
    ):
        yield


@pytest.fixture(scope="session", autouse=True)
def whole_site() -> None:
    """Load all that a server has loaded when it takes its first request, such as the admin modules of all apps."""
    import_module(settings.ROOT_URLCONF)


@pytest.fixture(autouse=True)
def throwaway_files(settings, tmp_path) -> None:
    """Write the files of each test to a folder of its own."""
    settings.VAR_DIR = tmp_path
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.STATIC_ROOT = tmp_path / "static"


@pytest.fixture(autouse=True)
def empty_rate_limits() -> None:
    """Forget the counts of other tests, whose accounts may have the same keys."""
    caches["default"].clear()


@pytest.fixture(autouse=True)
def unknown_time_zone() -> None:
    """Forget the time zone of the site of another test."""
    from interaxion.content.publishing.site_state import known_zone  # noqa: PLC0415  models need settings

    known_zone.set(None)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium, for tests marked `browser`: `browser.new_context()` per visitor, with `live_server`.

    Playwright keeps an event loop in this thread while it runs, and Django refuses its ORM in such a thread. So this
    check is off, until the module ends.
    """
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        chromium = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=CHROMIUM_FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def redis_url() -> Iterator[str]:
    """Return the CACHE_URL of a Redis server that runs as long as the tests, for tests marked `redis`."""
    with services.redis() as url:
        yield url


@pytest.fixture(scope="session")
def object_storage_url() -> Iterator[str]:
    """Return the MEDIA_STORAGE of an S3-compatible server, for tests marked `object_storage`."""
    with object_storage.running() as url:
        yield url


@pytest.fixture(scope="session")
def axe_source() -> str:
    """Return the script that defines `axe` in a page, for tests marked `node`: `await axe.run()` there."""
    return node_tools.axe_source()


@pytest.fixture
def nu_html_checker(tmp_path) -> Callable[..., list[str]]:
    """Return a function that checks whole HTML documents and returns all errors, for tests marked `node`.

    Starting it takes seconds, so give it many documents at once: nu_html_checker(home=html, episode=html).
    """
    return lambda **documents: node_tools.html_errors(documents, folder=tmp_path)


@pytest.fixture
def partytime() -> Callable[[str], dict]:
    """Return a function that reads the XML of a feed as podcast apps do, for tests marked `node`."""
    return node_tools.parse_podcast_feed
