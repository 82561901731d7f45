"""Correcting a transcript in the desk: by keys, with undo, for input methods, and saved in place."""

import re

import pytest
from playwright.sync_api import expect

from episodes.models import Transcript
from episodes.podcast import Podcast
from interaxion.text.transcripts.cues import Cue
from tests.browser.steps import look_alone
from tests.factories import make_editor, make_episode, make_speaker, make_transcript

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

CUES = (Cue(0, 4, "漁師の話です。続けます。", "S1"), Cue(4, 8, "ええ。", "S2"), Cue(8, 12, "漁師ですね。", "S1"))
SAVED = re.compile(r"Saved at \d\d:\d\d")
COMPOSED_ENTER = "text => text.dispatchEvent(new KeyboardEvent('keydown', {key: 'Enter', keyCode: 229, bubbles: true}))"


@pytest.fixture
def page(open_desk):
    make_editor(name="editor")
    Podcast(pk=1, title="番組").save()
    episode = make_episode(speakers=[make_speaker(name="岡")])
    make_transcript(episode=episode, cues=CUES, published=False)
    page = open_desk("editor")
    page.goto(f"/en/admin/episodes/episode/{episode.pk}/transcript/")
    return page


def texts(page):
    return page.locator("#transcript-lines textarea").evaluate_all("all => all.map(({ value }) => value)")


def stored():
    return [(row[0], row[1], row[2], row[3]) for row in Transcript.objects.get().cues]


def test_lines_are_corrected_by_keys_and_saved_in_place(page):
    first = page.locator("#transcript-lines textarea").first
    first.click()
    first.evaluate("text => text.setSelectionRange(7, 7)")

    first.evaluate(COMPOSED_ENTER)
    assert len(texts(page)) == 3
    page.keyboard.press("Enter")
    assert texts(page)[:2] == ["漁師の話です。", "続けます。"]
    page.keyboard.press("Backspace")
    assert texts(page)[0] == CUES[0].text
    page.keyboard.press("Control+z")
    page.keyboard.press("Control+z")
    page.keyboard.press("Control+Shift+z")
    assert texts(page)[:2] == ["漁師の話です。", "続けます。"]
    page.keyboard.press("Alt+ArrowDown")
    page.keyboard.type("はい、")
    assert "はい、" in texts(page)[1] + texts(page)[2]
    page.keyboard.press("Control+s")

    expect(page.locator("#desk-said")).to_have_text(SAVED)
    assert [row[2] for row in stored()] == texts(page)
    assert (stored()[0][1], stored()[1][0]) == (2.333, 2.333)


def test_speakers_and_misheard_words_are_changed_as_one_step_each(page):
    page.get_by_text("Who speaks", exact=True).click()
    page.get_by_label("S1 lines: 2").fill("岡")
    page.get_by_label("S1 lines: 2").blur()
    page.get_by_text("Words that programs mishear").click()
    page.get_by_label("Heard").fill("漁師")
    page.get_by_label("Right").fill("量子")
    page.get_by_role("button", name="Show what would change").click()

    proposed = page.locator("#transcript-changes li")
    expect(proposed).to_have_count(2)
    assert texts(page)[2] == CUES[2].text
    proposed.first.get_by_role("checkbox").uncheck()
    page.get_by_role("button", name="Take the ticked ones").click()
    page.get_by_role("button", name="Save").click()

    expect(page.locator("#desk-said")).to_have_text(SAVED)
    assert [(row[2], row[3]) for row in stored()] == [(CUES[0].text, "岡"), ("ええ。", "S2"), ("量子ですね。", "岡")]
    assert Podcast.current().misheard_words == ["漁師 → 量子"]


def test_typed_lines_survive_a_lost_connection(page):
    page.context.set_offline(True)
    first = page.locator("#transcript-lines textarea").first
    first.fill("切れている間の文")
    look_alone(page)
    expect(page.locator("#desk-kept")).to_contain_text("kept in this browser")
    page.context.set_offline(False)
    expect(page.locator("#desk-kept")).to_contain_text("Kept at", timeout=15_000)

    page.reload()
    page.get_by_role("button", name="Show it").click()

    expect(page.locator("#transcript-lines textarea").first).to_have_value("切れている間の文")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("#desk-said")).to_have_text(SAVED)
    assert stored()[0][2] == "切れている間の文"
