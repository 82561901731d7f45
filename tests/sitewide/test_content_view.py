"""Addresses: current ones, old ones, other spellings, and those that do not exist."""

import pytest

from interaxion.content import paths
from interaxion.content.changes.named_rows import merge_named_rows
from interaxion.content.files.models import StoredFile
from interaxion.content.saving.storing import store
from interaxion.content.tags import Tag
from tests.factories import make_chapter, make_course, make_episode, make_post

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


SPELLINGS = [
    ("/57/", "/57"),
    ("/19.5", "/19-5"),
    ("/19.5/", "/19-5"),
    ("/19-5/", "/19-5"),
    ("/en", "/en/"),
    ("/en/57/", "/en/57"),
    ("/57-draft", "/57"),
    ("/57-draft/?t=90", "/57?t=90"),
    ("/blog/post/", "/blog/post"),
    ("/blog", "/blog/"),
    ("/courses/mlp", "/courses/mlp/"),
    ("/courses/mlp/one", "/courses/mlp/one/"),
    ("/episodes", "/episodes/"),
    ("/en/speakers", "/en/speakers/"),
    ("/search/?q=a", "/search?q=a"),
    ("/feed.xml/", "/feed.xml"),
    ("/%2Felsewhere.example/feed.xml/", "/%2Felsewhere.example/feed.xml"),  # no other site
    ("/tags/%E5%85%89", "/tags/%E5%85%89/"),
    ("/tags/SF/", "/tags/sf/"),
    ("/en/tags/sF?x=1", "/en/tags/sf/?x=1"),
    ("/tags/C++/", "/tags/cpp/"),
    ("/57.html", "/57"),
    ("/57/index.html?t=90", "/57?t=90"),
    ("/en/57.html", "/en/57"),
    ("/57-draft.html", "/57"),
    ("/blog/post/index.htm", "/blog/post"),
    ("/blog/index.html", "/blog/"),
    ("/old/page", "/old/page.html"),
    ("/old/page/", "/old/page.html"),
    ("/index.html", "/"),
    ("/en/index.html", "/en/"),
    ("/episodes.html", "/episodes/"),
    ("/search.html?q=a", "/search?q=a"),
]


def test_other_spellings_redirect_for_good(client):
    make_episode(number="57", live=True)
    make_episode(number="19.5", live=True)
    make_post(path="/blog/post", live=True, tags=("光", "SF", "C++"))
    make_post(path="/old/page.html", live=True)
    make_chapter(course=make_course(slug="mlp", live=True), slug="one", live=True)

    for asked, answer in SPELLINGS:
        response = client.get(asked)

        assert (response.status_code, response.headers.get("Location")) == (301, answer), asked


def test_what_is_not_there_is_not_found(client):
    make_episode(number="57", live=True)

    for asked in ("/58", "/nothing/", "/en/nothing", "/ja/57", "/19.55", "/57/x", "/%00", "/57%0A"):
        assert client.get(asked).status_code == 404, asked


def test_a_tag_of_nothing_live_has_no_other_spelling(client):
    make_post(tags=("SF",))

    assert [client.get(address).status_code for address in ("/tags/sf/", "/tags/SF/")] == [404, 404]


def test_browsers_find_our_icon_where_they_look_unasked(client):
    for name in ("favicon.ico", "apple-touch-icon.png"):
        response = client.get(f"/{name}")
        assert (response.status_code, response["Location"]) == (302, f"/static/img/{name}")


def test_the_icon_of_an_imported_site_keeps_its_address(client):
    file = StoredFile.objects.create(file="files/own.png", name="favicon.ico", sha256="0" * 64)
    paths.claim(file, "/favicon.ico", keep=True)

    assert client.get("/favicon.ico")["Location"] == "/media/files/own.png"


def test_a_merged_tag_redirects_to_the_other(client):
    make_post(tags=("光", "光学"), live=True)
    merge_named_rows([Tag.objects.get(name="光学")], Tag.objects.get(name="光"), user=None)

    assert client.get("/tags/光学/").headers["Location"] == "/tags/%E5%85%89/"


def test_a_changed_address_redirects(client):
    post = make_post(path="/blog/old", live=True)
    post.path = "/blog/new"
    store(post, user=None)

    assert client.get("/blog/old").headers["Location"] == "/blog/new"
    assert client.get("/blog/new").status_code == 200


def test_public_pages_set_no_cookie_and_vary_by_none(client):
    make_episode(number="57", live=True)

    for url in ("/", "/57", "/en/57", "/episodes/", "/feed.xml", "/nothing"):
        response = client.get(url)
        assert not response.cookies, url
        assert "Cookie" not in response.headers.get("Vary", ""), url
        assert "Accept-Language" not in response.headers.get("Vary", ""), url


def test_the_address_decides_the_language_not_the_browser(client):
    make_episode(number="57", live=True)

    japanese = client.get("/57", headers={"accept-language": "en"})
    english = client.get("/en/57", headers={"accept-language": "ja"})

    assert '<html lang="ja"' in japanese.content.decode()
    assert '<html lang="en"' in english.content.decode()


def test_a_visitor_moves_no_address_by_a_header(client):
    """gunicorn accepts the header `SCRIPT_NAME` from a proxy on the same machine, which may let it through."""
    client.get("/episodes/", SCRIPT_NAME="/en")

    english = client.get("/en/episodes/").content.decode()

    assert '<html lang="en"' in english
    assert "/en/en/" not in english
