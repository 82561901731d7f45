"""Nothing live disappears by one click, and what was approved goes live: by mouse, by keyboard, by a forged request."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Page, expect

from episodes.models import Episode
from interaxion.content.publishing.log import LogEntry
from interaxion.content.saving.storing import store
from interaxion.content.saving.transitions import transition
from tests.browser.steps import open_form, save, violations
from tests.desk.test_transitions import ADMIN, make_ready
from tests.factories import make_editor, make_host

AUDIO = settings.BASE_DIR / "interaxion/sitewide/demo/site/assets/audio/episode1.mp3"
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def episode():
    return make_ready(number="4", title="格子の話", live=True)


@pytest.fixture
def page(open_desk):
    make_editor(name="editor")
    return open_desk("editor")


def status() -> int:
    """Of the page at `/4`, for a visitor."""
    return Client().get("/4").status_code


def press(page: Page, name: str, way: str) -> None:
    """A button, by the mouse or by the keyboard; ends when the page has answered."""
    button = page.get_by_role("button", name=name, exact=True)
    with page.expect_navigation():
        if way == "mouse":
            button.click()
        else:
            button.focus()
            page.keyboard.press("Enter")


def send(page: Page, url: str, data: dict[str, str]) -> None:
    """A form of the same site, to see the page that it leads to."""
    with page.expect_navigation():
        page.evaluate(
            """([url, data]) => {
                const form = Object.assign(document.createElement("form"), {method: "post", action: url});
                data.csrfmiddlewaretoken = document.querySelector("[name=csrfmiddlewaretoken]").value;
                for (const [name, value] of Object.entries(data))
                    form.append(Object.assign(document.createElement("input"), {type: "hidden", name, value}));
                document.body.append(form);
                form.submit();
            }""",
            [url, data],
        )


def forge(page: Page, url: str, data: dict[str, str]) -> str:
    """Answers of the server to requests that no page of ours sends."""
    return page.evaluate(
        """async ([url, data]) => {
            const body = new URLSearchParams(data);
            body.set("csrfmiddlewaretoken", document.querySelector("[name=csrfmiddlewaretoken]").value);
            return await (await fetch(url, {method: "POST", body})).text();
        }""",
        [url, data],
    )


@pytest.mark.parametrize("way", ["mouse", "keyboard"])
@pytest.mark.parametrize("step", ["Back to draft", "Move to the trash"])
def test_taking_down_asks_and_is_undone(page, episode, step, way):
    open_form(page, episode)

    press(page, step, way)
    expect(page.get_by_role("heading", name="Gone for visitors at once")).to_be_visible()
    expect(page.locator(".goes")).to_contain_text("/4 becomes 404.")
    assert status() == 200
    press(page, step, way)
    assert status() == 404
    press(page, "Undo", way)

    expect(page.locator(".desk-state")).to_have_text("Published")
    assert status() == 200


@pytest.mark.parametrize("way", ["mouse", "keyboard"])
def test_restore_gives_back_what_was_live(page, episode, way):
    open_form(page, episode)
    press(page, "Move to the trash", way)
    press(page, "Move to the trash", way)
    open_form(page, episode)

    press(page, "Restore", way)

    expect(page.locator(".desk-state")).to_have_text("Published")
    assert status() == 200


def test_undo_works_without_scripts(open_desk, episode):
    make_editor(name="editor")
    page = open_desk("editor", java_script_enabled=False)
    open_form(page, episode)
    press(page, "Back to draft", "mouse")
    press(page, "Back to draft", "mouse")
    assert status() == 404

    press(page, "Undo", "mouse")

    assert status() == 200


def test_undo_sent_twice_says_that_something_changed(page, episode):
    open_form(page, episode)
    press(page, "Back to draft", "mouse")
    press(page, "Back to draft", "mouse")
    entry = page.get_by_role("button", name="Undo").get_attribute("value")
    press(page, "Undo", "mouse")

    said = forge(page, f"{ADMIN}undo/", {"entry": entry})

    assert "was changed since: nothing is undone." in said
    assert status() == 200


def test_list_asks_about_all_and_undoes_all_as_one(page, episode):
    make_ready(number="5", title="音の話", live=True)
    page.goto(ADMIN)
    page.locator("#action-toggle").check()
    page.get_by_label("Action:").select_option("trash_selected")

    press(page, "Go", "mouse")
    expect(page.locator(".goes li", has_text="becomes 404.")).to_have_text(["/4 becomes 404.", "/5 becomes 404."])
    assert Episode.objects.live().count() == 2
    press(page, "Move to the trash", "keyboard")
    assert not Episode.objects.live().exists()
    press(page, "Undo", "mouse")

    assert Episode.objects.live().count() == 2


def test_date_moved_ahead_asks_on_the_form(page, episode):
    open_form(page, episode)
    page.get_by_label("Title").fill("直した題")
    page.locator("#id_publish_at").fill("2030-01-02T03:04:05")

    page.get_by_role("button", name="Save", exact=True).click()
    question = page.get_by_role("region", name="With these dates it goes off the site at once")
    expect(question).to_be_focused()
    expect(question).to_contain_text("It is public again at 2030-01-02 03:04 JST")
    expect(page.locator(".desk-state")).to_have_text("Published")
    expect(page.get_by_label("Title")).to_have_value("直した題")
    assert status() == 200
    press(page, "Save, and take it off the site", "keyboard")
    assert status() == 404
    press(page, "Undo", "mouse")

    assert status() == 200
    expect(page.get_by_label("Title")).to_have_value("直した題")


def test_uploaded_file_stays_chosen_through_both_questions(page, episode):
    open_form(page, episode)
    page.locator("#id_audio_file").set_input_files(AUDIO)
    page.locator("#id_number").fill("40")
    page.locator("#id_publish_at").fill("2099-01-02T03:04:05")

    page.get_by_role("button", name="Save", exact=True).click()
    question = page.get_by_role("region", name="With these dates it goes off the site at once")
    expect(question).to_be_focused()
    expect(question).not_to_contain_text("Choose the file again")
    question.get_by_role("button").press("Enter")
    question = page.get_by_role("region", name="What follows from this save")
    expect(question).to_be_focused()
    press(page, "Save it nevertheless", "keyboard")

    episode.refresh_from_db()
    assert (episode.number, episode.is_live(), bool(episode.audio_file)) == (40, False, True)


def test_scheduled_is_published_now_or_asked_what_its_emptied_date_means(page):
    make_ready(number="4", title="格子の話", publish_at=timezone.now() + timedelta(days=2))
    episode = Episode.objects.get()
    open_form(page, episode)
    page.locator("#id_publish_at").fill("")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("region", name="It is scheduled, and its date is empty now")).to_be_focused()

    with page.expect_navigation():
        page.get_by_role("region", name="It is scheduled").get_by_role("button", name="Back to draft").press("Enter")
    expect(page.locator(".desk-state")).to_have_text("Draft")
    expect(page.locator("#id_publish_at")).to_have_value("")
    press(page, "Undo", "mouse")
    expect(page.locator(".desk-state")).to_contain_text("Scheduled")
    press(page, "Publish now", "keyboard")

    expect(page.locator(".desk-state")).to_have_text("Published")
    assert status() == 200


@pytest.mark.parametrize("way", ["mouse", "keyboard"])
def test_publishing_shows_what_was_saved_since_it_was_seen(page, way):
    seen = make_ready(number="4", title="見た題")
    open_form(page, seen)
    seen.title = "見ていない題"
    store(seen, user=make_host(name="haru"))

    press(page, "Publish", way)
    expect(page.get_by_role("heading", name="This is not what you have seen")).to_be_visible()
    expect(page.locator("ins")).to_have_text(["ていない"])
    assert status() == 404
    press(page, "Publish", way)

    assert status() == 200


def test_forged_requests_are_asked_and_not_obeyed(page, episode):
    draft = make_ready(number="5")
    page.goto(ADMIN)
    step = f"{ADMIN}{episode.pk}/change/transition/"

    answers = [
        forge(page, step, {"to": "draft"}),
        forge(page, step, {"to": "trashed", "version": "1"}),
        forge(page, f"{ADMIN}{draft.pk}/change/transition/", {"to": "published", "is_confirmed": "1"}),
        forge(page, ADMIN, {"action": "trash_selected", "_selected_action": str(episode.pk)}),
        forge(page, ADMIN, {"action": "publish_selected", "_selected_action": str(draft.pk), "is_confirmed": "1"}),
    ]

    said = ["Gone for visitors at once", "Gone for visitors at once", "Nothing says which version"]
    said += ["Gone for visitors at once", "Nothing says which version"]
    assert [words in answer for words, answer in zip(said, answers, strict=True)] == [True] * 5
    assert [each.number for each in Episode.objects.live()] == [4]


def test_what_goes_in_silence_stays_silent(page, episode):
    open_form(page, episode)
    page.get_by_label("Title").fill("直した題")

    save(page)

    assert "直した題" in Client().get("/4").content.decode()


@pytest.mark.node
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_questions_are_accessible(open_desk, axe_source, episode, scheme):
    make_editor(name="editor")
    seen = make_ready(number="5", title="見た題")
    seen.title = "見ていない題"
    store(seen, user=None)
    entry = transition(make_ready(number="6"), to="published", user=None).entry
    LogEntry.objects.filter(pk=entry.pk).update(logged_at=timezone.now() - timedelta(hours=1))
    page = open_desk("editor", bypass_csp=True, color_scheme=scheme)
    found = {}
    for name, url, data in (
        ("gone", ADMIN, {"action": "trash_selected", "_selected_action": str(episode.pk)}),
        ("other", ADMIN, {"action": "publish_selected", "_selected_action": str(seen.pk), "is_confirmed": "1"}),
        ("difference", f"{ADMIN}{seen.pk}/change/transition/", {"to": "published", "version": "1"}),
        ("undo", f"{ADMIN}undo/", {"entry": str(entry.pk)}),
    ):
        page.goto(ADMIN)
        send(page, url, data)
        found[name] = violations(page, axe_source)
    open_form(page, episode)
    page.locator("#id_publish_at").fill("2030-01-02T03:04:05")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator("#desk-question")).to_be_focused()
    found["date"] = violations(page, axe_source)

    assert {name: broken for name, broken in found.items() if broken} == {}
