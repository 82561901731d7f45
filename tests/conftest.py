"""What every test gets: throw-away files, and the outside tools, or the reason why a test cannot have them.

Where a tool is missing its tests are skipped with that reason; in CI they fail instead.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import hypothesis
import pytest
from django.conf import settings
from django.core.cache import caches
from django.test import override_settings
from hypothesis.configuration import set_hypothesis_home_dir
from playwright.sync_api import Browser, sync_playwright

from tests import node_tools, services

CACHE_DIR = Path(__file__).resolve().parent.parent / "var" / "cache"
CHROMIUM_FLAGS = [
    "--no-sandbox",  # Chromium demands it of root
    # It would look for the outside world.
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]

set_hypothesis_home_dir(CACHE_DIR / "hypothesis")
# Two busy cores make single examples slow now and then.
hypothesis.settings.register_profile("interaxion", deadline=None)
hypothesis.settings.load_profile("interaxion")


def _missing_program(name: str) -> str:
    return "" if shutil.which(name) else f"{name} is not on PATH"


def _missing_corpus() -> str:
    folder = os.environ.get("CORPUS", "")
    return "" if folder and Path(folder).is_dir() else "CORPUS names no folder of real files"


# Marker -> what it lacks on this machine, "" for nothing.
NEEDS: dict[str, Callable[[], str]] = {
    "browser": lambda: _missing_program("chromium"),
    "corpus": _missing_corpus,
    "ffmpeg": lambda: _missing_program("ffmpeg") or _missing_program("ffprobe"),
    "gettext": lambda: _missing_program("msgfmt"),
    "jekyll": lambda: _missing_program("jekyll"),
    "node": node_tools.missing,
    "nginx": services.missing_nginx,
    "redis": lambda: _missing_program("redis-server"),
    "xmllint": lambda: _missing_program("xmllint"),
}


def pytest_runtest_setup(item: pytest.Item) -> None:
    for marker in item.iter_markers():
        reason = NEEDS[marker.name]() if marker.name in NEEDS else ""
        # Any machine can install programs; not everyone has the real files, but a wrong CORPUS is a mistake.
        compulsory = os.environ.get("CORPUS" if marker.name == "corpus" else "CI")
        if reason and compulsory:
            pytest.fail(f"compulsory here: {reason}", pytrace=False)
        if reason:
            pytest.skip(reason)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """SQLite in a file, as a site has it: in memory a reader does not wait for a writer, but fails."""
    database = settings.DATABASES["default"]
    if database["ENGINE"] == "django.db.backends.sqlite3":
        database["TEST"]["NAME"] = str(tmp_path_factory.mktemp("database") / "test.sqlite3")


@pytest.fixture(scope="session", autouse=True)
def fast_site() -> Iterator[None]:
    """Passwords hash fast; static files are served from where they lie, for `live_server` too; caches die with us."""
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


@pytest.fixture(autouse=True)
def throwaway_files(settings, tmp_path) -> None:
    """What a test writes goes to a folder of its own."""
    settings.VAR_DIR = tmp_path
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture(autouse=True)
def nothing_counted() -> None:
    """Another test's account has the same key: what it did is not this one's."""
    caches["default"].clear()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium, for tests marked `browser`: `browser.new_context()` per visitor, with `live_server`.

    Playwright keeps an event loop in this thread while it runs, and Django would refuse its ORM beside one:
    so the refusal is lifted, and both end with the module.
    """
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        chromium = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=CHROMIUM_FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def redis_url() -> Iterator[str]:
    """A CACHE_URL of a Redis server that lives as long as the run, for tests marked `redis`."""
    with services.redis() as url:
        yield url


@pytest.fixture(scope="session")
def axe_source() -> str:
    """The script that puts `axe` into a page, for tests marked `node`: `await axe.run()` there."""
    return node_tools.axe_source()


@pytest.fixture
def nu_html_checker(tmp_path) -> Callable[..., list[str]]:
    """Judges whole HTML documents, for tests marked `node`: returns the errors of all of them.

    Starting it takes seconds, so give it many documents at once: nu_html_checker(home=html, episode=html).
    """
    return lambda **documents: node_tools.html_errors(documents, folder=tmp_path)


@pytest.fixture
def partytime() -> Callable[[str], dict]:
    """Reads a feed as podcast apps do, for tests marked `node`: XML -> what it understood."""
    return node_tools.parse_podcast_feed
