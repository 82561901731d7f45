"""Identity of live content: a host suggests a change, an editor is asked, by mouse, keyboard and forged POST."""

import pytest
from playwright.sync_api import Page, expect

from episodes.models import Episode
from tests.browser.steps import AUDIO, open_form, save
from tests.factories import make_editor, make_episode, make_host

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def episode():
    make_host(name="host")
    make_editor(name="editor")
    return make_episode(number="5", title="題", audio_url="https://audio.example/5.mp3", live=True)


def type_number(page: Page, number: str) -> None:
    page.get_by_label("Number").fill(number)
    page.get_by_role("button", name="Save", exact=True).click()


def question(page: Page):
    return page.get_by_role("region", name="What follows from this save")


def tab_to(page: Page, name: str) -> None:
    for _press in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent.trim()") == name:
            return
    pytest.fail(f"no Tab leads to {name}")


def forge(page: Page, episode: Episode, **fields: str) -> None:
    """The form as it stands, sent with other values and without the page."""
    open_form(page, episode)
    page.evaluate(
        """async (fields) => {
            const body = new FormData(document.getElementById("episode_form"));
            for (const [name, value] of Object.entries(fields)) body.set(name, value);
            await fetch(location.href, {method: "POST", body, redirect: "manual"});
        }""",
        fields,
    )


def test_editor_confirms_a_number_by_mouse(open_desk, episode):
    page = open_desk("editor")
    open_form(page, episode)

    type_number(page, "50")
    expect(question(page)).to_contain_text("from 5 to 50")
    assert Episode.objects.get().number == 5
    question(page).get_by_role("button", name="Save it nevertheless").click()

    expect(page.locator(".messagelist")).to_contain_text("was changed successfully")
    expect(page.get_by_label("Number")).to_have_value("50")
    assert (Episode.objects.get().number, Episode.objects.get().path) == (50, "/5")


def test_editor_thinks_better_of_it(open_desk, episode):
    page = open_desk("editor")
    open_form(page, episode)

    type_number(page, "50")
    question(page).get_by_role("link", name="Back to what is saved").click()

    expect(page.get_by_label("Number")).to_have_value("5")
    assert Episode.objects.get().version == 1


def test_editor_confirms_an_emptied_audio_by_keyboard(open_desk, episode):
    page = open_desk("editor")
    open_form(page, episode)

    page.get_by_label("Audio address").focus()
    page.keyboard.press("Control+A")
    page.keyboard.press("Delete")
    page.keyboard.press("Enter")
    expect(question(page)).to_be_focused()
    expect(question(page)).to_contain_text("leaves the podcast feed")
    assert Episode.objects.get().audio_url
    tab_to(page, "Save it nevertheless")
    page.keyboard.press("Enter")

    expect(page.locator(".messagelist")).to_contain_text("was changed successfully")
    assert not Episode.objects.get().audio_url


def test_host_suggests_a_number_by_mouse_and_corrects_the_text(open_desk, episode):
    page = open_desk("host")
    open_form(page, episode)

    type_number(page, "50")
    expect(page.locator(".messagelist")).to_contain_text("Your change waits for an editor")
    assert Episode.objects.get().number == 5

    page.locator("#id_title").fill("直した題")
    save(page)
    assert Episode.objects.get().title == "直した題"


def test_host_suggests_a_number_by_keyboard(open_desk, episode):
    page = open_desk("host")
    open_form(page, episode)

    page.get_by_label("Number").focus()
    page.keyboard.press("Control+A")
    page.keyboard.type("50")
    page.keyboard.press("Enter")

    expect(page.locator(".messagelist")).to_contain_text("Your change waits for an editor")
    assert Episode.objects.get().number == 5


@pytest.mark.parametrize("who", ["host", "editor"])
def test_forged_form_changes_nothing(open_desk, episode, who):
    page = open_desk(who)
    for fields in ({"number": "50"}, {"audio_url": ""}, {"guid": "forged"}, {"path": "/50", "_confirmed": "0" * 32}):
        forge(page, episode, **fields)

        stored = Episode.objects.get()
        assert (stored.number, stored.path, stored.audio_url) == (5, "/5", "https://audio.example/5.mp3"), fields
        assert stored.guid == str(episode.guid)


def test_uploaded_file_stays_chosen_while_its_editor_is_asked(open_desk, episode):
    page = open_desk("editor")
    open_form(page, episode)

    page.locator("#id_audio_url").fill("")
    page.locator("#id_audio_file").set_input_files(AUDIO)
    page.get_by_role("button", name="Save", exact=True).click()
    expect(question(page)).to_contain_text("other audio")
    expect(question(page)).not_to_contain_text("Choose the file again")
    assert not Episode.objects.get().audio_file
    with page.expect_navigation():
        question(page).get_by_role("button", name="Save it nevertheless").click()

    assert Episode.objects.get().audio_file


def test_editor_exchanges_two_numbers(open_desk, episode):
    make_episode(number="6", title="次", live=True)
    page = open_desk("editor")
    page.goto("/en/admin/episodes/episode/")

    for box in page.locator(".action-select").all():
        box.check()
    page.get_by_label("Action:").select_option(label="Exchange numbers and addresses")
    page.get_by_role("button", name="Go").click()
    expect(page.locator("#content")).to_contain_text("lead to what is at /6 now")
    page.get_by_role("button", name="Exchange", exact=True).click()

    expect(page.locator(".messagelist")).to_contain_text("6: 題: /6")
    episode.refresh_from_db()
    assert (episode.number, episode.path) == (6, "/6")
