import pytest

from tests.factories import make_episode, make_host

pytestmark = pytest.mark.django_db

MALFORMED = {"csrftoken": "malformed", "sessionid": "short", "messages": "no signature"}
PUBLIC = [
    "/",
    "/en/episodes/",
    "/1",
    "/1/chapters.json",
    "/feed.xml",
    "/search?q=x",
    "/feedback/",
    "/nothing",
    "/media/a",
]


@pytest.mark.parametrize("address", PUBLIC)
def test_public_page_sets_no_cookie_whatever_cookies_are_sent(client, address):
    make_episode(number="1", live=True)
    client.cookies.load(MALFORMED)

    response = client.get(address)

    assert not response.cookies
    assert "Cookie" not in response.headers.get("Vary", "")


def test_public_page_is_the_same_for_somebody_logged_in(client):
    anonymous = client.get("/en/search?q=x").content
    client.force_login(make_host())

    assert client.get("/en/search?q=x").content == anonymous


@pytest.mark.parametrize("address", ["/admin/", "/en/admin/", "/admin/posts/post/"])
def test_desk_reads_cookies(client, address):
    client.force_login(make_host())

    assert client.get(address).status_code == 200


def test_malformed_token_of_the_desk_is_replaced(client):
    client.cookies.load(MALFORMED)

    assert client.get("/admin/login/").cookies["csrftoken"].value
