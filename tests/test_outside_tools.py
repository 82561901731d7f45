"""The tools that judge our output find planted faults, and the servers of tests are the requested ones."""

import os
import subprocess
import sys

import pytest
from django.core.cache import cache
from django.db import connection

PAGE = '<!DOCTYPE html><html lang="ja"><head><title>細胞の話</title></head><body>{}</body></html>'
FEED = """<?xml version="1.0"?>
<rss version="2.0" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"><channel>
<title>細胞の話</title><link>http://127.0.0.1/</link><description>第一回</description>
<item><title>膜</title><guid>membrane</guid>
<enclosure url="http://127.0.0.1/1.mp3" length="10" type="audio/mpeg"/></item>
</channel></rss>"""


@pytest.mark.postgres
@pytest.mark.django_db
def test_database_is_the_one_that_was_asked_for():
    wanted = "postgresql" if os.environ.get("DATABASE_URL", "").startswith("postgres") else "sqlite"

    with connection.cursor() as cursor:
        cursor.execute("SELECT 57")
        row = cursor.fetchone()

    assert connection.vendor == wanted
    assert row == (57,)


def test_service_runner_passes_on_the_status_of_its_command():
    command = [sys.executable, "-m", "tests.services", "nothing", "--", "true"]

    refused = subprocess.run(command, capture_output=True, text=True)

    assert refused.returncode == 1
    assert "usage:" in refused.stderr


@pytest.mark.redis
def test_redis_keeps_what_the_cache_is_given(settings, redis_url):
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": redis_url}}

    cache.set("number", 57)

    assert cache.get("number") == 57
    cache.close()


@pytest.mark.browser
def test_browser_runs_scripts_and_shows_japanese(browser):
    page = browser.new_page()

    page.set_content(PAGE.format('<h1>細胞</h1><script>document.body.dataset.ran = "yes"</script>'))

    assert page.get_by_role("heading", name="細胞").is_visible()
    assert page.locator("body").get_attribute("data-ran") == "yes"
    page.close()


@pytest.mark.browser
@pytest.mark.django_db
def test_browser_reaches_the_live_server(browser, live_server):
    page = browser.new_page()

    response = page.goto(f"{live_server.url}/static/admin/css/base.css")

    assert response.status == 200
    page.close()


@pytest.mark.browser
@pytest.mark.node
def test_axe_objects_to_an_image_without_alternative(browser, axe_source):
    page = browser.new_page()
    page.set_content(PAGE.format('<main><h1>細胞</h1><img src="data:,"></main>'))

    page.evaluate(axe_source)
    violations = page.evaluate("axe.run()")["violations"]

    assert [violation["id"] for violation in violations] == ["image-alt"]
    page.close()


@pytest.mark.node
def test_html_checker_objects_to_the_broken_page_only(nu_html_checker):
    errors = nu_html_checker(sound=PAGE.format("<p>膜</p>"), broken=PAGE.format("<p><div>膜</div></p>"))

    assert errors
    assert all(error.startswith("broken:1:") for error in errors)


@pytest.mark.node
def test_partytime_reads_the_items_of_a_feed(partytime):
    feed = partytime(FEED)

    assert feed["title"] == "細胞の話"
    assert [item["guid"] for item in feed["items"]] == ["membrane"]


@pytest.mark.node
def test_partytime_refuses_what_is_no_feed(partytime):
    with pytest.raises(ValueError, match="reads no feed"):
        partytime("<p>膜</p>")
