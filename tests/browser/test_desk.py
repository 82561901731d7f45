"""A host's and an editor's evening at the writing desk, in a real browser and in the English interface."""

import re

import pytest
from playwright.sync_api import Page, expect

from episodes.models import Episode
from episodes.notes.notes import parse
from tests.browser.steps import open_form, save
from tests.factories import make_editor, make_episode, make_host, make_speaker

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

NOTES = """### 0:00 はじめに

- [例](https://example.org/a)

### つぎの話

続きの本文です。

### お知らせ

おたよりを待っています。
"""


def frame_of(page: Page):
    return page.frame_locator(".desk-page iframe")


def test_host_stamps_a_time_and_editor_publishes(open_desk, live_server, client):
    make_host(name="host"), make_editor(name="editor")
    make_episode(
        number="7", title="格子の話", notes=NOTES, speakers=(make_speaker(),), audio_url="https://audio.example/7.mp3",
        audio_bytes=1000, audio_seconds=3600, audio_type="audio/mpeg",
    )  # fmt: skip
    episode = Episode.objects.get()
    form_url = f"/en/admin/episodes/episode/{episode.pk}/change/"

    # The host opens the draft that lacks a time, types it, and sees it on the page before saving.
    page = open_desk("host")
    page.goto("/en/admin/episodes/episode/")
    page.get_by_role("link", name="格子の話").click()
    expect(frame_of(page).get_by_role("heading", name="格子の話").first).to_be_visible()
    page.locator("[name=sections-1-starts_at]").fill("2:34")
    expect(frame_of(page).get_by_text("2:34").first).to_be_visible()
    assert episode.sections.filter(starts_at=154).count() == 0
    expect(page.locator("#desk-unsaved")).to_have_text("Not saved")
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".messagelist")).to_contain_text("was changed successfully")
    assert episode.sections.filter(starts_at=154).count() == 1

    # Neither by button, nor by bulk action, nor by a forged request can the host publish.
    expect(page.get_by_role("button", name="Publish")).to_have_count(0)
    forged = page.evaluate(
        """async (url) => {
            const body = new URLSearchParams({to: "published", is_confirmed: "1"});
            body.set("csrfmiddlewaretoken", document.querySelector("[name=csrfmiddlewaretoken]").value);
            return (await fetch(url, {method: "POST", body})).status;
        }""",
        form_url + "transition/",
    )
    assert forged == 403
    page.goto("/en/admin/episodes/episode/")
    expect(page.locator("select[name=action] option[value=review_selected]")).to_have_count(1)
    expect(page.locator("select[name=action] option[value=publish_selected]")).to_have_count(0)
    bulk = page.evaluate(
        """async (pk) => {
            const body = new URLSearchParams({action: "publish_selected", _selected_action: pk});
            body.set("csrfmiddlewaretoken", document.querySelector("[name=csrfmiddlewaretoken]").value);
            return (await fetch(location.href, {method: "POST", body})).status;
        }""",
        str(episode.pk),
    )
    assert bulk == 200
    assert Episode.objects.get().status == "draft"

    # The editor publishes: the page says what is worth a look, and asks once.
    page = open_desk("editor")
    page.goto(form_url)
    page.get_by_role("button", name="Publish").click()
    if page.get_by_role("heading", name="Worth a look").count():
        page.get_by_role("button", name="Publish").click()
    expect(page.get_by_role("button", name="Back to draft")).to_be_visible()

    assert "格子の話" in client.get("/7").content.decode()
    redirect = client.get("/7-draft")
    assert (redirect.status_code, redirect["Location"]) == (301, "/7")
    assert "格子の話" in client.get("/feed.xml").content.decode()


def test_page_follows_where_one_types_and_keeps_its_place(open_desk):
    make_host(name="host")
    episode = make_episode(notes="".join(f"### {n}:00 話{n}\n\n{'本文です。' * 200}\n\n" for n in range(9)))
    page = open_desk("host")
    page.goto(f"/en/admin/episodes/episode/{episode.pk}/change/")
    last = frame_of(page).get_by_role("heading", name="話8").last
    expect(last).not_to_be_in_viewport()

    page.locator("[name=sections-8-body]").click()

    expect(last).to_be_in_viewport()
    first = "document.querySelector('.desk-page iframe').contentDocument.getElementById('t-60')"
    page.evaluate(f"{first}.isTheSame = true")
    page.locator("[name=sections-8-body]").press_sequentially("足した文")
    expect(frame_of(page).get_by_text("足した文").first).to_be_attached()
    assert page.evaluate(f"{first}.isTheSame") is True, "what did not change was laid out again"
    expect(last).to_be_in_viewport()
    caret = "field => [field.name, field.selectionStart, Math.round(field.getBoundingClientRect().top / 8)]"
    before = page.locator(":focus").evaluate(caret)
    page.keyboard.press("ControlOrMeta+s")
    expect(page.locator("#desk-said")).to_contain_text("Saved at")
    expect(page.locator("[name=sections-8-body]")).to_be_focused()
    assert page.locator(":focus").evaluate(caret) == before
    expect(page.locator("#desk-unsaved")).to_be_empty()
    page.keyboard.press("ControlOrMeta+z")
    expect(page.locator("[name=sections-8-body]")).not_to_have_value(re.compile("足した文"))
    page.keyboard.press("ControlOrMeta+Shift+z")
    page.context.set_offline(True)
    page.keyboard.type("さらに")
    page.keyboard.press("ControlOrMeta+s")
    expect(page.locator("#desk-said")).to_contain_text("cannot be reached")
    expect(page.locator("[name=sections-8-body]")).to_have_value(re.compile("さらに"))
    page.context.set_offline(False)


def test_new_row_is_stored_in_place_and_what_the_server_spells_otherwise_is_taken_over(open_desk):
    make_host(name="host")
    episode = make_episode(notes=NOTES)
    page = open_desk("host")
    open_form(page, episode)
    page.locator("[name=sections-0-body]").fill("上の半分\n\n下の半分")
    page.locator("[name=sections-0-body]").evaluate("field => field.setSelectionRange(6, 6)")
    page.get_by_role("button", name="Split here").click()
    added = page.locator("#sections-group .inline-related:not(.empty-form)").nth(1)
    added.locator("[name$=-heading]").fill("分けた話")
    added.locator("[name$=-starts_at]").fill("０：４０")
    page.evaluate("window.isSamePage = true")

    save(page)

    assert page.evaluate("window.isSamePage")
    expect(added.locator("[name$=-starts_at]")).to_have_value("0:40")
    assert [section.heading for section in episode.sections.all()][:2] == ["はじめに", "分けた話"]
    added.locator("[name$=-heading]").fill("名前を変えた話")
    save(page)
    added.locator("[name$=-DELETE]").check()
    save(page)
    assert "名前を変えた話" not in [section.heading for section in episode.sections.all()]
    assert episode.sections.count() == len(parse(NOTES))


def test_refused_save_leads_to_the_field_and_the_page_comes_with_the_cure(open_desk):
    make_host(name="host")
    page = open_desk("host")
    page.goto(f"/en/admin/episodes/episode/{make_episode(notes=NOTES).pk}/change/")
    expect(page.locator(".desk-page iframe")).to_be_visible()
    starts_at = page.locator("[name=sections-1-starts_at]")
    starts_at.fill("soon")

    page.get_by_role("button", name="Save").click()

    expect(page.locator("#desk-said")).to_contain_text("Not saved")
    expect(starts_at).to_be_focused()
    expect(starts_at).to_be_in_viewport()
    field, sentence = starts_at.bounding_box(), page.locator(".errorlist").bounding_box()
    assert field["y"] + field["height"] <= sentence["y"] <= field["y"] + field["height"] + 10
    assert sentence["x"] - field["x"] < 20
    assert page.locator("[name=sections-1-heading]").bounding_box()["width"] > 200
    expect(page.locator(".desk-page iframe")).to_be_visible()
    starts_at.fill("2:34")
    expect(frame_of(page).get_by_text("2:34").first).to_be_visible()


def test_publish_on_unsaved_changes_saves_first(open_desk):
    make_editor(name="editor")
    episode = make_episode(notes=NOTES)
    page = open_desk("editor")
    page.goto(f"/en/admin/episodes/episode/{episode.pk}/change/")

    page.get_by_label("Title").fill("書きかけの題")
    page.get_by_role("button", name="Publish").click()

    expect(page.get_by_role("heading", name="書きかけの題")).to_be_visible()
    episode.refresh_from_db()
    assert (episode.title, episode.status) == ("書きかけの題", "draft")


def test_editor_textarea_serves_rows_added_a_second_ago(open_desk):
    make_host(name="host")
    episode = make_episode(notes=NOTES)
    page = open_desk("host")
    page.goto(f"/en/admin/episodes/episode/{episode.pk}/change/")

    page.get_by_role("button", name="Add another Section").click()
    page.locator("[name=sections-3-heading]").fill("足した話")
    body = page.locator("[name=sections-3-body]")
    body.press_sequentially("1. ひとつ")
    body.press("Enter")
    body.press_sequentially("ふたつ")
    expect(body).to_have_value("1. ひとつ\n2. ふたつ")
    expect(frame_of(page).get_by_role("heading", name="足した話").first).to_be_visible()
    body.press("Enter")
    body.press("Enter")
    expect(body).to_have_value("1. ひとつ\n2. ふたつ\n")
    body.press("ControlOrMeta+z")
    expect(body).to_have_value("1. ひとつ\n2. ふたつ\n3. ")
    body.press("Tab")
    expect(body).not_to_be_focused()
    page.locator("#sections-3").get_by_role("button", name="Move up").click()
    page.locator("[name=sections-3-heading]").press("ControlOrMeta+s")
    expect(page.locator(".messagelist")).to_contain_text("was changed successfully")

    headings = [section.heading for section in episode.sections.order_by("position", "key")]
    assert headings == ["はじめに", "つぎの話", "足した話", "お知らせ"]


def test_editor_textarea_leaves_japanese_input_alone(open_desk):
    make_host(name="host")
    episode = make_episode(notes="### はじめに\n\n本文\n")
    page = open_desk("host")
    page.goto(f"/en/admin/episodes/episode/{episode.pk}/change/")
    notes = page.locator("[name=notes]")
    notes.fill("- ")
    notes.press("End")
    devtools = page.context.new_cdp_session(page)

    devtools.send("Input.imeSetComposition", {"text": "こうし", "selectionStart": 3, "selectionEnd": 3})
    swallowed = notes.evaluate(
        """(field) => !field.dispatchEvent(new KeyboardEvent("keydown",
            {key: "Enter", keyCode: 229, isComposing: true, bubbles: true, cancelable: true}))"""
    )
    devtools.send("Input.insertText", {"text": "格子"})

    assert not swallowed
    expect(notes).to_have_value("- 格子")


def test_removed_new_row_leaves_the_others_saveable(open_desk):
    make_host(name="host")
    episode = make_episode(notes=NOTES)
    page = open_desk("host")
    page.goto(f"/en/admin/episodes/episode/{episode.pk}/change/")

    page.get_by_role("button", name="Add another Section").click()
    page.get_by_role("button", name="Add another Section").click()
    page.locator("[name=sections-4-heading]").fill("残る話")
    page.locator("#sections-4").get_by_role("button", name="Move up").click()
    page.locator("#sections-4").get_by_role("button", name="Move up").click()
    page.locator("#sections-3").get_by_role("button", name="Remove").click()
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".messagelist")).to_contain_text("was changed successfully")

    headings = [section.heading for section in episode.sections.order_by("position", "key")]
    assert headings == ["はじめに", "つぎの話", "残る話", "お知らせ"]


@pytest.mark.parametrize("width", [375, 768])
def test_narrow_screen_shows_form_or_page_by_tab(open_desk, width):
    make_host(name="host")
    episode = make_episode(notes=NOTES, title="格子の話")
    page = open_desk("host")
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"/en/admin/episodes/episode/{episode.pk}/change/")

    expect(page.get_by_label("Title")).to_be_visible()
    expect(page.locator("iframe")).to_be_hidden()
    page.get_by_role("tab", name="Preview").click()
    expect(frame_of(page).get_by_role("heading", name="格子の話").first).to_be_visible()
    expect(page.get_by_label("Title")).to_be_hidden()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.get_by_role("tab", name="Edit").click()
    page.locator("[name=tags]").scroll_into_view_if_needed()
    expect(page.get_by_role("button", name="Save", exact=True)).to_be_in_viewport()


def test_edit_as_one_document_keeps_what_was_typed(open_desk):
    make_host(name="host")
    episode = make_episode(notes=NOTES)
    page = open_desk("host")
    page.goto(f"/en/admin/episodes/episode/{episode.pk}/change/")

    page.locator("[name=sections-1-starts_at]").fill("2:34")
    page.get_by_role("button", name="Edit as one document").click()

    expect(page.locator("[name=notes]")).to_have_value(re.compile("### 2:34 つぎの話"))
    assert episode.sections.filter(starts_at=154).count() == 0
    page.get_by_role("button", name="Save").click()
    expect(page.locator("#desk-said")).to_contain_text("Saved at")
    expect(page.locator("[name=notes]")).to_have_value(re.compile("### 2:34 つぎの話"))
    assert episode.sections.filter(starts_at=154).count() == 1
