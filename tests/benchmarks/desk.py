"""The desk with an episode of 25 sections, compared with its public page and a stock Django admin of the same rows.

    python -m tests.benchmarks.desk

Times are those of a whole request by the test client. Nothing of the desk is cached: form, preview and save do all
their work each time. The public page is what a visitor's first request after a change costs. The stock admin has the
same fields and rows, no preview, and saves the rows alone: no HTML, text, links, search or revision. The database is a
throw-away one of the kind that DATABASE_URL names.
"""

import statistics
import time
from collections.abc import Callable, Iterator
from functools import partial
from itertools import count
from typing import Any

from tests.benchmarks._database import throwaway_database

ROUNDS = 20
SECTIONS = 25
FORM = "episode_form"
SECTION = (
    "- [格子の論文](https://example.org/{n}) についての説明。\n" * 10 + "\n電子がゆっくり動く様子を説明しています。" * 5
)
COLUMNS = "{:<24}{:>8}{:>8}{:>9}{:>8}{:>8}"


def stock_site() -> Any:
    """Return the admin that Django makes of the same models, with our head and foot of the page."""
    from django.contrib import admin  # noqa: PLC0415

    from episodes.models import Appearance, Episode, LinkSection  # noqa: PLC0415
    from interaxion.desk.site import InteraxionAdminSite  # noqa: PLC0415

    rows = [type(m.__name__, (admin.StackedInline,), {"model": m, "extra": 0}) for m in (Appearance, LinkSection)]
    site = InteraxionAdminSite("stock")
    site.register(Episode, type("Stock", (admin.ModelAdmin,), {"inlines": rows}))
    return site


def report() -> None:
    from django.db import connection  # noqa: PLC0415
    from django.http import HttpResponse  # noqa: PLC0415
    from django.test import Client  # noqa: PLC0415
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    from interaxion.content.publishing.site_state import SiteState  # noqa: PLC0415
    from tests.admin_forms import form_of  # noqa: PLC0415
    from tests.factories import make_episode, make_speaker, make_user  # noqa: PLC0415

    notes = "".join(f"### {n}:00 第{n}の話\n\n{SECTION.format(n=n)}\n\n" for n in range(SECTIONS))
    episode = make_episode(number="1", notes=notes, speakers=(make_speaker(), make_speaker()), live=True)
    client, words = Client(), count()
    client.force_login(make_user(is_superuser=True))
    url, stock = (f"/en/{site}/episodes/episode/{episode.pk}/change/" for site in ("admin", "stock"))

    def fill_in(address: str) -> dict[str, Any]:
        return form_of(client.get(address), FORM) | {"sections-1-body": f"別の文 {next(words)}"}

    def visit() -> Any:
        return Client().get(episode.path)

    def posts(address: str, to: str) -> Iterator[Callable[[], Any]]:
        while True:
            yield partial(client.post, to, fill_in(address))

    def uncached(work: Callable[[], Any]) -> Iterator[Callable[[], Any]]:
        while True:
            SiteState.rise()
            yield work

    def measure(name: str, works: Iterator[Callable[[], Any]], page: float = 0.0) -> float:
        """Return milliseconds of processor time for one call; the last column compares that with `page`."""
        next(works)()  # the first call of a process loads modules and templates
        times, busy, query_counts, response = [], 0.0, [], HttpResponse()
        for _ in range(ROUNDS):
            work = next(works)
            with CaptureQueriesContext(connection) as queries:
                start, processor = time.perf_counter(), time.process_time()
                response = work()
                times.append((time.perf_counter() - start) * 1000)
                busy += (time.process_time() - processor) * 1000
            query_counts.append(len(queries))
        assert response.status_code in {200, 302}, response.status_code
        one = busy / ROUNDS
        middle, late = f"{statistics.median(times):.1f}", f"{sorted(times)[-2]:.1f}"
        print(COLUMNS.format(name, middle, late, f"{one:.1f}", max(query_counts), f"{one / (page or one):.1f}"))
        return one

    print(f"{connection.vendor}, {SECTIONS} sections, {len(notes) / 1000:.0f} thousand characters")
    print(COLUMNS.format("", "ms, p50", "p95", "CPU ms", "queries", "× page"))
    page = measure("public page", uncached(visit))
    measure("form", uncached(lambda: client.get(url)), page)
    measure("preview", posts(url, f"{url}preview/"), page)
    measure("save", posts(url, url), page)
    measure("stock admin: form", uncached(lambda: client.get(stock)), page)
    measure("stock admin: save", posts(stock, stock), page)


def main() -> None:
    with throwaway_database():
        from django.conf.urls.i18n import i18n_patterns  # noqa: PLC0415
        from django.core.management import call_command  # noqa: PLC0415
        from django.urls import path  # noqa: PLC0415

        from interaxion import urls  # noqa: PLC0415

        urls.urlpatterns[:0] = i18n_patterns(path("stock/", stock_site().urls), prefix_default_language=False)
        call_command("collectstatic", interactive=False, verbosity=0)
        report()


if __name__ == "__main__":
    main()
