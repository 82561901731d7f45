"""`check_move`: the feed and the addresses of an old host beside ours."""

import gzip
from datetime import UTC, datetime

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from episodes.podcast import Podcast
from interaxion.content import paths
from interaxion.web.sitemap_reading import read_sitemap
from interaxion.web.xml_reading import XmlRefused
from tests.factories import make_episode, make_post
from tests.file_server import serve_files
from tests.web_server import HERE

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]

AT = datetime(2026, 4, 1, 12, tzinfo=UTC)
SITEMAP = '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{}</urlset>'
INDEX = '<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{}</sitemapindex>'


@pytest.fixture(autouse=True)
def podcast(settings):
    podcast = Podcast(
        pk=1, title="番組", description="話", categories=["Science"], author="人", artwork="pictures/a.png"
    )
    podcast.save()
    return podcast


def make_same(number, **fields):
    fields = {"title": f"題{number}", "guid": f"host-{number}", "audio_url": f"https://a.example/{number}.mp3"} | fields
    return make_episode(number=number, publish_at=AT, audio_bytes=5, audio_seconds=60, **fields)


def item(number, *, guid="", title="", date="Wed, 01 Apr 2026 12:00:00 GMT"):
    return (
        f"<item><title>{title or f'{number}: 題{number}'}</title><guid>{guid or f'host-{number}'}</guid>"
        f'<pubDate>{date}</pubDate><enclosure url="https://a.example/{number}.mp3" type="audio/mpeg"/></item>'
    )


@pytest.fixture
def check(tmp_path, capsys):
    """Runs the command with a feed of these items and a sitemap of these paths; returns exit code and lines."""

    def run(*items, channel="", paths=()):
        feed, sitemap = tmp_path / "old.xml", tmp_path / "sitemap.xml"
        feed.write_text(
            '<rss version="2.0" xmlns:podcast="https://podcastindex.org/namespace/1.0"><channel><title>番組</title>'
            f"{channel}{''.join(items)}</channel></rss>"
        )
        sitemap.write_text(SITEMAP.format("".join(f"<url><loc>https://old.example{p}</loc></url>" for p in paths)))
        code = 0
        try:
            call_command("check_move", str(feed), *([str(sitemap)] if paths else []))
        except SystemExit as ended:
            code = ended.code
        return code, capsys.readouterr().out.splitlines()

    return run


def test_switch_is_safe_where_everything_is_here(check, settings):
    settings.PUBLISH_URL = "https://files.example"
    make_same("1")
    post = make_post(title="記事", live=True)
    paths.claim_old(post, "/2020/01/02/old.html")

    code, said = check(item("1"), paths=["/", "/1", "/2020/01/02/old.html", "/feed.xml"])

    assert code == 0 and "safe to switch: yes" in said
    assert any("redirect its feed to https://files.example/feed.xml for good" in line for line in said)
    assert "  same       host-1 “1: 題1”  |  host-1 “1: 題1”" in said
    assert f"  same       https://old.example/2020/01/02/old.html  |  {post.path}" in said


@pytest.mark.parametrize(
    ("there", "reason"),
    [
        ({"guid": "ours"}, "our GUID is ours"),
        ({"title": "別の題", "guid": "ours"}, "it is not in our feed"),
    ],
)
def test_item_that_subscribers_would_lose_or_get_again_is_a_reason(check, there, reason):
    make_same("1", **there)

    code, said = check(item("1"))

    assert code == 1 and any(reason in line for line in said)
    assert said[-1].startswith("safe to switch: no, because 1 of the feed would be lost")


def test_differences_that_lose_nothing_are_shown(check):
    make_same("1", title="新しい題", audio_url="https://new.example/1.mp3")
    make_same("2")

    code, said = check(item("1", date="Tue, 31 Mar 2026 12:00:00 GMT"))

    assert code == 0
    told = "\n".join(said)
    assert "title: 1: 題1 → 1: 新しい題" in told
    assert "date: 2026-03-31 21:00 → 2026-04-01 21:00" in told
    assert "audio: https://a.example/1.mp3 → https://new.example/1.mp3" in told
    assert "the old feed does not have it" in told


def test_address_that_answers_nothing_is_a_reason(check):
    make_same("1")
    make_episode(number="2")  # a draft answers nobody

    code, said = check(item("1"), paths=["/1", "/gone", "/2"])

    assert code == 1
    assert said[-1].startswith("safe to switch: no, because 2 addresses would be lost")
    assert any("it answers 404" in line for line in said)


def test_feed_that_directories_would_refuse_or_not_see_is_a_reason(check, podcast):
    make_same("1")
    podcast.categories, podcast.is_notes_only = [], True
    podcast.save()

    code, said = check(item("1"), channel="<podcast:guid>917393e3-1b1e-5cef-ace4-edaa54e1f810</podcast:guid>")

    assert code == 1
    told = "\n".join(said)
    assert "hidden from directories" in told and "GUID of the show differs" in told and "itunes:category" in told


def test_sitemaps_of_an_index_are_fetched_through_the_guard(capsys, tmp_path):
    make_same("1")
    feed = tmp_path / "feed.xml"
    feed.write_text(f"<rss><channel><title>番組</title>{item('1')}</channel></rss>")
    files: dict[str, bytes] = {}
    with serve_files(files) as host:
        parts = [f"<sitemap><loc>{host}/{name}</loc></sitemap>" for name in ("a.xml", "b.xml.gz", "index.xml")]
        files["/index.xml"] = INDEX.format("".join(parts)).encode()
        files["/a.xml"] = SITEMAP.format("<url><loc>https://old.example/1</loc></url>").encode()
        files["/b.xml.gz"] = gzip.compress(SITEMAP.format("<url><loc>https://old.example/</loc></url>").encode())
        call_command("check_move", str(feed), f"{host}/index.xml", allowed_networks=HERE)
        with pytest.raises(CommandError, match=r"127\.0\.0\.1"):
            call_command("check_move", str(feed), f"{host}/index.xml")

    assert "safe to switch: yes" in capsys.readouterr().out


@pytest.mark.parametrize("data", [b"<html/>", b"\x1f\x8bno", b"<!DOCTYPE a [<!ENTITY b 'c'>]><urlset/>", b""])
def test_what_is_no_sitemap_is_refused(data):
    with pytest.raises(XmlRefused):
        read_sitemap(data)
