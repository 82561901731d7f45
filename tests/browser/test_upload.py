"""Audio goes up in sight, in a real browser."""

import pytest
from django.conf import settings
from playwright.sync_api import expect

from interaxion.content.files.limits import MOST_FILE_BYTES
from tests.factories import make_episode, make_host

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
AUDIO = settings.BASE_DIR / "interaxion/sitewide/demo/site/assets/audio/episode1.mp3"


@pytest.fixture
def desk(open_desk):
    make_host(name="host")
    episode = make_episode(number="7")
    page = open_desk("host")
    page.goto(f"/en/admin/episodes/episode/{episode.pk}/change/")
    expect(page.locator("#short-notes output")).to_be_visible()
    return page, episode


def save(page):
    page.get_by_role("button", name="Save", exact=True).click()


def test_audio_is_saved_with_the_form_and_the_page_says_so(desk):
    page, episode = desk
    page.locator("[name=title]").fill("音のある話")
    page.locator("[name=audio_file]").set_input_files(AUDIO)

    with page.expect_request(lambda request: request.headers.get("x-desk-script") == "save"):
        save(page)

    expect(page.locator(".messagelist")).to_contain_text("changed successfully")
    episode.refresh_from_db()
    assert (episode.title, episode.audio_bytes) == ("音のある話", AUDIO.stat().st_size)


def test_what_is_no_audio_is_said_at_its_field_and_nothing_is_lost(desk, tmp_path):
    page, episode = desk
    broken = tmp_path / "voice.mp3"
    broken.write_bytes(b"<html>" * 1000)
    page.locator("[name=title]").fill("音のない話")
    page.locator("[name=audio_file]").set_input_files(broken)

    save(page)

    field = page.locator("[name=audio_file]")
    expect(field).to_be_focused()
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(page.locator(".errorlist")).to_have_text("This audio file is damaged. Export it again as MP3 or M4A.")
    expect(page.locator(".desk-upload")).to_contain_text("Not saved")
    expect(page.locator("[name=title]")).to_have_value("音のない話")
    assert field.evaluate("field => field.files[0].name") == "voice.mp3"
    expect(page.locator("#desk-unsaved")).to_have_text("Not saved")
    field.set_input_files(AUDIO)
    expect(page.locator(".errorlist")).to_have_count(0)
    save(page)
    expect(page.locator(".messagelist")).to_contain_text("changed successfully")
    episode.refresh_from_db()
    assert episode.audio_seconds


def test_audio_that_is_one_byte_too_large_is_refused_before_it_goes_up(desk, tmp_path):
    page, episode = desk
    large = tmp_path / "large.mp3"
    with large.open("wb") as file:
        file.truncate(MOST_FILE_BYTES + 1)

    page.locator("[name=audio_file]").set_input_files(large)
    expect(page.locator(".errorlist")).to_have_text("The file is larger than 300 MB.")
    save(page)

    expect(page.locator("[name=audio_file]")).to_be_focused()
    expect(page.locator(".desk-upload")).to_have_count(0)
    page.locator("[name=audio_file]").set_input_files([])
    expect(page.locator(".errorlist")).to_have_count(0)


SAID = {
    413: "refuses files of this size",
    502: "Look in another tab",
    503: "Save again in a minute",
    504: "Look in another tab",
    507: "the disk of the server is full",
    408: "the upload was cut off",
}


def test_what_a_server_in_front_answers_is_told_truly(desk):
    page, episode = desk
    page.locator("[name=title]").fill("届かない音")
    page.locator("[name=audio_file]").set_input_files(AUDIO)
    answers = iter(SAID)

    def refuse(route):
        if route.request.headers.get("x-desk-script") == "save":
            route.fulfill(status=next(answers), content_type="text/html", body="<h1>Sorry</h1>")
        else:
            route.continue_()

    page.route("**/change/", refuse)

    for sentence in SAID.values():
        save(page)
        expect(page.locator(".desk-upload output")).to_contain_text(sentence)

    expect(page.locator("[name=title]")).to_have_value("届かない音")
    expect(page.locator("#desk-unsaved")).to_have_text("Not saved")
    episode.refresh_from_db()
    assert episode.title != "届かない音"
