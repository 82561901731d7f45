"""The look of the show: its mark, its colour and the picture of shared links."""

import re

import pytest
from django.core.exceptions import ValidationError

from episodes.podcast import Podcast
from tests.factories import make_post

pytestmark = pytest.mark.django_db


def make_podcast(**fields) -> Podcast:
    podcast = Podcast(pk=1, title="曲がり角の実験室", **fields)
    podcast.full_clean(exclude=["mark", "share_picture"])
    podcast.save()
    return podcast


def test_pages_wear_the_mark_of_the_show(client):
    ours = client.get("/").content.decode()
    make_podcast(mark="pictures/abc.png")

    html = client.get("/").content.decode()

    (address,) = set(re.findall(r'<link rel="(?:icon|apple-touch-icon)" href="([^"]+)">', html))
    assert address.endswith("/renditions/pictures/abc-160-2.png")
    assert html.count(f'<img class="mark" src="{address}"') == 2
    assert "favicon.svg" in ours and "favicon.svg" not in html
    assert client.get("/favicon.ico").headers["Location"] == address


def test_colour_of_the_show_is_a_sheet_that_browsers_keep(client):
    assert "/colour/" not in client.get("/").content.decode()
    make_podcast(colour="#FFEE00")

    assert '<link rel="stylesheet" href="/colour/ffee00.css">' in client.get("/").content.decode()
    sheet = client.get("/colour/ffee00.css")
    light, dark = re.findall("--accent: (#[0-9a-f]{6});", sheet.content.decode())
    assert (light != "#ffee00", dark) == (True, "#ffee00")
    assert "immutable" in sheet.headers["Cache-Control"]
    assert sheet.headers["Content-Type"].startswith("text/css")


@pytest.mark.parametrize("address", ["/colour/ffee0.css", "/colour/red.css", "/colour/ffee00;}.css"])
def test_what_is_no_colour_has_no_sheet(client, address):
    assert client.get(address).status_code == 404


def test_what_is_no_colour_is_refused():
    with pytest.raises(ValidationError, match="#b23216"):
        make_podcast(colour="red")


def test_shared_links_show_the_picture_of_the_show(client):
    make_post(path="/blog/two", live=True)
    make_podcast(share_picture="pictures/share.png", artwork="pictures/artwork.png")

    html = client.get("/blog/two").content.decode()

    assert re.findall(r'og:image" content="[^"]*(/media/[^"]*)"', html) == ["/media/pictures/share.png"]
