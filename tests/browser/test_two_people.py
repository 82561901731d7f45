"""Two people at one thing: whatever the desk says of saved and not saved is so, for both of them."""

import re

import pytest
from playwright.sync_api import Dialog, Page, expect

from episodes.models import Episode
from interaxion.content.publishing.desk_settings import DeskSettings
from interaxion.content.publishing.working_copies import WorkingCopy
from tests.browser.steps import AUDIO, look, look_alone, open_form, save
from tests.factories import make_editor, make_episode, make_host

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

NOTES = "### 0:00 はじめに\n\n本文です。\n\n### 1:30 つぎの話\n\n続きです。\n"
KEPT = re.compile(r"^Kept at \d\d:\d\d$")  # by the clock of the site


def body_of(page: Page, place: int = 1):
    return page.locator(f"[name=sections-{place}-body]")


def says_all_is_saved(page: Page) -> None:
    """Neither the bar nor a notice nor the front page knows of anything unsaved, and nothing stops one from leaving."""
    page.wait_for_load_state("networkidle")  # what the page had to keep or to offer, it has by now
    expect(page.locator("#desk-unsaved")).to_be_empty()
    expect(page.get_by_role("button", name="Show it")).to_have_count(0)
    asked: list[str] = []

    def leave(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    page.on("dialog", leave)
    page.goto("/en/admin/")
    page.remove_listener("dialog", leave)
    assert asked == []
    expect(page.get_by_role("heading", name="Not saved yet")).to_have_count(0)
    assert not WorkingCopy.objects.filter(submitted_at=None).exclude(data="").exists()


@pytest.fixture
def episode():
    make_host(name="host"), make_host(name="minami"), make_editor(name="editor")
    return make_episode(notes=NOTES, title="もとの題")


def test_save_put_together_with_anothers_is_saved(open_desk, episode):
    mine, theirs = open_desk("host"), open_desk("minami")
    open_form(mine, episode)
    open_form(theirs, episode)
    body_of(mine, 0).fill("わたしの文")
    body_of(theirs, 1).fill("みなみの文")
    save(theirs)

    save(mine)

    expect(mine.locator(".messagelist")).to_contain_text("Saved together with what was saved meanwhile")
    assert [section.body for section in episode.sections.order_by("position")] == ["わたしの文", "みなみの文"]
    says_all_is_saved(mine)
    says_all_is_saved(theirs)


def test_conflict_is_not_said_to_be_put_together_and_is_saved_once_decided(open_desk, episode):
    mine, theirs = open_desk("host"), open_desk("minami")
    open_form(mine, episode)
    open_form(theirs, episode)
    body_of(mine).fill("わたしの文")
    body_of(theirs).fill("みなみの文")
    save(theirs)
    mine.get_by_role("button", name="Save", exact=True).click()
    expect(mine.get_by_role("heading", name="Both of you changed this")).to_be_visible()
    expect(mine.locator("#desk-unsaved")).to_have_text("Not saved")
    expect(mine.locator("#desk-kept")).to_have_text(KEPT)
    expect(mine.locator("#desk-others")).to_have_text("Also open at: minami")

    mine.get_by_role("button", name="Save mine").click()
    expect(mine.locator(".messagelist")).to_contain_text("was changed successfully")

    says_all_is_saved(mine)


def test_conflict_with_oneself_speaks_of_nobody_else(open_desk, episode):
    page = open_desk("host")
    other = page.context.new_page()
    for tab, title in ((page, "ひとつめ"), (other, "ふたつめ")):
        open_form(tab, episode)
        tab.get_by_label("Title").fill(title)
    save(page)

    other.get_by_role("button", name="Save", exact=True).click()

    expect(other.get_by_role("heading", name="You changed this elsewhere, too")).to_be_visible()
    other.get_by_role("button", name="Take the saved version").click()
    expect(other.get_by_label("Title")).to_have_value("ひとつめ")  # one stays in the form
    says_all_is_saved(other)


def test_suggestion_handed_in_is_not_called_unsaved(open_desk, episode):
    DeskSettings(pk=1, hosts_may_edit_published=False).save()
    live = make_episode(notes=NOTES, live=True)
    host, editor = open_desk("host"), open_desk("editor")
    open_form(host, live)
    body_of(host).fill("提案の文")
    look(host)
    expect(host.locator("#desk-kept")).to_have_text(KEPT)

    host.get_by_role("button", name="Suggest").click()
    expect(host.locator(".messagelist")).to_contain_text("Your change waits for an editor.")
    host.wait_for_load_state("networkidle")
    assert "提案" not in host.evaluate("decodeURIComponent(Object.values(localStorage).join())")
    says_all_is_saved(host)

    editor.goto("/en/admin/")
    editor.get_by_role("link", name=str(live)).first.click()
    editor.get_by_role("button", name="Take it").click()
    expect(editor.locator(".messagelist")).to_contain_text("was changed successfully")
    assert live.sections.get(heading="つぎの話").body == "提案の文"
    says_all_is_saved(editor)
    open_form(host, live)
    says_all_is_saved(host)


def test_text_that_was_taken_back_is_not_called_unsaved(open_desk, episode):
    page = open_desk("host")
    open_form(page, episode)
    body_of(page).fill("打ちかけの文")
    look(page)
    expect(page.locator("#desk-unsaved")).to_have_text("Not saved")
    expect(page.locator("#desk-kept")).to_have_text(KEPT)

    body_of(page).fill("続きです。")
    expect(page.locator("#desk-unsaved")).to_be_empty()
    look(page)

    expect(page.locator("#desk-kept")).to_be_empty()
    says_all_is_saved(page)


def test_other_view_of_the_same_text_is_not_called_unsaved(open_desk, episode):
    page = open_desk("host")
    open_form(page, episode)

    page.get_by_role("button", name="Edit as one document").click()
    expect(page.locator("[name=notes]")).to_have_value(NOTES)
    says_all_is_saved(page)

    # What is typed goes along, and is not offered beside the form that holds it.
    open_form(page, episode, "?notes=rows")
    body_of(page).fill("打ちかけの文")
    page.get_by_role("button", name="Edit as one document").click()
    expect(page.locator("[name=notes]")).to_have_value(re.compile("打ちかけの文"))
    expect(page.locator("#desk-unsaved")).to_have_text("Not saved")
    page.wait_for_load_state("networkidle")
    expect(page.get_by_role("button", name="Show it")).to_have_count(0)
    save(page)
    says_all_is_saved(page)


def test_refused_save_is_not_offered_beside_the_form_that_holds_it(open_desk, episode):
    page = open_desk("host")
    open_form(page, episode)
    page.locator("[name=sections-1-starts_at]").fill("soon")

    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator("#desk-said")).to_contain_text("Not saved")
    expect(page.locator("#desk-unsaved")).to_have_text("Not saved")
    expect(page.locator("#desk-kept")).to_have_text(KEPT)
    expect(page.get_by_role("button", name="Show it")).to_have_count(0)
    page.locator("[name=sections-1-starts_at]").fill("2:00")
    save(page)

    says_all_is_saved(page)


def test_choosing_an_audio_to_listen_to_is_no_change(open_desk, episode):
    page = open_desk("host")
    open_form(page, episode)

    page.get_by_label("Choose audio").set_input_files(AUDIO)

    says_all_is_saved(page)


def test_log_in_again_is_believed_though_nothing_was_typed(open_desk, episode):
    page = open_desk("host")
    open_form(page, episode)
    cookies = page.context.cookies()
    page.context.clear_cookies()
    body_of(page).fill("切れたあとの文")
    look(page)
    expect(page.locator("#desk-kept")).to_contain_text("You are logged out")
    body_of(page).fill("続きです。")

    page.context.add_cookies(cookies)
    # Nothing is new: the server hears only that the form is open, every half a minute.
    page.evaluate("() => { const now = Date.now; Date.now = () => now() + 30_000; }")
    look(page)

    expect(page.locator("#desk-kept")).to_be_empty()
    says_all_is_saved(page)


def test_browser_without_room_is_not_said_to_keep(open_desk, episode):
    page = open_desk("host")
    open_form(page, episode)
    page.evaluate("() => { Storage.prototype.setItem = () => { throw new Error(); }; }")
    page.context.set_offline(True)

    body_of(page).fill("どこにもない文")
    look_alone(page)

    expect(page.locator("#desk-kept")).to_contain_text("this browser has no room")


def test_new_thing_is_not_said_to_show_an_older_page(open_desk):
    make_editor(name="editor")
    page = open_desk("editor")
    page.goto("/en/admin/posts/post/add/")

    expect(page.locator("#desk-news")).to_contain_text("The page appears here once this is put right:")
    expect(page.locator("#desk-news")).not_to_contain_text("valid last")


def test_new_thing_that_is_typed_on_while_it_is_saved_shows_its_own_page(open_desk):
    make_editor(name="editor")
    page = open_desk("editor")
    page.goto("/en/admin/episodes/episode/add/")
    page.get_by_label("Title").fill("格子の話")
    page.evaluate("""() => {
        const title = document.querySelector("[name=title]");
        const typeOn = () => (title.value += "、続き") && title.dispatchEvent(new Event("input", { bubbles: true }));
        title.form.addEventListener("submit", () => setTimeout(typeOn), { once: true });
    }""")

    with page.expect_response("**/change/preview/") as answer:
        page.get_by_role("button", name="Save", exact=True).click()

    assert answer.value.ok
    expect(page.locator(".desk-page iframe").content_frame.get_by_role("heading", level=1)).to_contain_text("、続き")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator("#desk-said")).to_contain_text("Saved at")
    assert Episode.objects.get().title == "格子の話、続き"
