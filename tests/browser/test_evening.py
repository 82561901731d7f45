"""A host's evening at the desk, and the editor's after it, in one run: each step begins where the one before ended."""

import re
from urllib.parse import unquote

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from playwright.sync_api import Locator, Page, expect

from episodes.models import Episode
from interaxion.content.publishing.working_copies import WorkingCopy
from tests.browser.steps import (
    compose,
    fill_in_login,
    open_form,
    paste,
    red_picture,
    save,
    seek,
    take_local_audio,
    wait_for_audio,
)
from tests.factories import make_editor, make_episode, make_host, make_speaker

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LAST_NOTES = "### 0:00 前の話\n\n前の本文\n\n### お知らせ\n\nおたよりを待っています。\n"
KEPT = re.compile("Kept at")
DRAFT, LAST = "格子の話", "時間の話"


def test_evening_of_a_host_and_then_of_an_editor(open_desk, titled):
    make_host(name="host"), make_host(name="minami"), make_editor(name="editor")
    make_episode(number="56", notes=LAST_NOTES, speakers=(make_speaker(name="岡"),), live=True)

    page = open_desk("host")
    begin_from_the_last(page)
    episode = Episode.objects.get(number=57)
    paste_eight_addresses(page, titled[0])
    write_on_with_an_input_method(page)
    reorder(page, episode)
    stamp(page)
    stamp_again(page)
    drop_a_picture(page, episode)
    lose_the_network(page)
    lose_the_login(page, episode)
    meet_the_other_host(page, open_desk("minami"), episode)
    hand_to_review(page)

    page = open_desk("editor")
    see_what_changed(page, episode)
    publish_at_a_time(page, episode)
    take_back(page, episode)
    restore(page, episode)
    assert [(entry.from_state, entry.to_state) for entry in episode.log.order_by("pk")] == [
        ("draft", "review"), ("review", "scheduled"), ("scheduled", "draft"),
    ]  # fmt: skip


# --- the host ---


def begin_from_the_last(page: Page) -> None:
    page.goto("/en/admin/episodes/episode/add/")
    expect(page.get_by_label("Number")).to_have_value("57")
    expect(page.locator("[name=notes]")).to_have_value("### お知らせ\n\nおたよりを待っています。\n")
    page.get_by_label("Title").fill(DRAFT)
    expect(page.locator("[name=appearances-0-speaker] option:checked")).to_have_text("岡")
    save(page, says="was added successfully")


def paste_eight_addresses(page: Page, site: str) -> None:
    notes = page.locator("[name=notes]")
    notes.press("ControlOrMeta+Home")
    page.keyboard.insert_text("### はじめに\n\n\n\n### つぎの話\n\n本文\n\n")
    notes.evaluate("(field) => field.setSelectionRange(10, 10)")

    paste(notes, text="\n".join(f"{site}/{number}" for number in range(8)))

    links = "\n".join(f"- [頁{number} - Site]({site}/{number})" for number in range(8))
    expect(notes).to_have_value(re.compile(re.escape(f"### はじめに\n\n{links}\n\n### つぎの話")))


def write_on_with_an_input_method(page: Page) -> None:
    notes = page.locator("[name=notes]")
    notes.press("End")
    notes.press("Enter")
    compose(page, "こうし", "格子")
    expect(notes).to_have_value(re.compile(r"/7\)\n- 格子\n\n### つぎの話"))
    save(page)


def reorder(page: Page, episode: Episode) -> None:
    page.get_by_role("link", name="Edit as sections").click()
    body_of(page, 1).press("Alt+Shift+ArrowUp")
    save(page)
    assert headings(episode) == ["つぎの話", "はじめに", "お知らせ"]


def stamp(page: Page) -> None:
    take_local_audio(page)
    for place, seconds in enumerate((0, 83.4)):
        seek(page, seconds)
        row = page.locator("#sections-group .inline-related:not(.empty-form)").nth(place)
        row.get_by_role("button", name="Stamp").click()
    expect(time_of(page, 1)).to_have_value("1:23")


def stamp_again(page: Page) -> None:
    page.get_by_role("button", name="Go over the times").click()
    expect(time_of(page, 0)).to_be_focused()
    page.keyboard.press("Shift+Enter")
    wait_for_audio(page, 73)
    seek(page, 90)
    page.keyboard.press("Enter")
    expect(page.locator("#stamping-news")).to_have_text("That was the last time.")
    expect(time_of(page, 1)).to_have_value("1:30")
    save(page)


def drop_a_picture(page: Page, episode: Episode) -> None:
    body_of(page, 0).press("ControlOrMeta+End")
    body_of(page, 0).press("Enter")
    paste(body_of(page, 0), picture=red_picture(), event="drop")
    page.get_by_label("What does the picture show?").fill("赤い四角")
    page.keyboard.press("Enter")
    expect(body_of(page, 0)).to_have_value(re.compile(r"^本文\n\n!\[赤い四角\]\(/media/files/\w+\.png\)$"))
    save(page)


def lose_the_network(page: Page) -> None:
    page.context.set_offline(True)
    body_of(page, 0).fill("網のない文")
    expect(page.locator("#desk-kept")).to_contain_text("kept in this browser", timeout=15_000)
    assert not WorkingCopy.objects.exclude(data="").exists()
    page.context.set_offline(False)
    expect(page.locator("#desk-kept")).to_have_text(KEPT, timeout=15_000)
    assert "網" not in page.evaluate("decodeURIComponent(Object.values(localStorage).join())")
    assert "網のない文" in unquote(WorkingCopy.objects.exclude(data="").get().data)


def lose_the_login(page: Page, episode: Episode) -> None:
    Session.objects.all().delete()
    body_of(page, 0).fill("切れたあとの文")
    expect(page.locator("#desk-kept")).to_contain_text("You are logged out", timeout=15_000)
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator("#desk-said")).to_contain_text("you are not logged in any more")
    with page.expect_popup() as opened:
        page.get_by_role("link", name="Log in, in a new tab").click()
    fill_in_login(opened.value, "host")
    opened.value.wait_for_url(lambda url: "/login/" not in url)
    opened.value.close()
    expect(body_of(page, 0)).to_have_value("切れたあとの文")
    save(page)
    assert episode.sections.get(heading="つぎの話").body == "切れたあとの文"


def meet_the_other_host(page: Page, other: Page, episode: Episode) -> None:
    open_form(other, episode)
    expect(other.locator("#desk-others")).to_contain_text("host", timeout=15_000)
    body_of(other, 2).fill("みなみの文")
    save(other)
    page.get_by_label("Title").fill(LAST)
    save(page, says="Saved together with what was saved meanwhile")
    expect(body_of(page, 2)).to_have_value("みなみの文")


def hand_to_review(page: Page) -> None:
    page.get_by_role("button", name="Send to review").click()
    page.get_by_label("Note for whoever goes on").fill("題だけ見てください")
    page.get_by_role("button", name="Send to review").click()
    expect(page.locator(".desk-state")).to_have_text("Waiting for review")


# --- the editor ---


def see_what_changed(page: Page, episode: Episode) -> None:
    page.goto("/en/admin/")
    page.get_by_role("listitem").get_by_role("link", name=LAST).click()
    expect(page.locator(".desk-notice").first).to_contain_text("題だけ見てください")
    page.get_by_role("link", name="History").click()
    page.get_by_role("row").filter(has_text="minami").get_by_role("link").first.click()
    expect(page.locator("ins")).to_have_text(["みなみの文"])
    page.get_by_role("link", name="compared with it").click()
    expect(page.locator("ins")).to_have_text(["時間"])


def publish_at_a_time(page: Page, episode: Episode) -> None:
    open_form(page, episode)
    page.get_by_label("Publish at", exact=False).first.fill("2030-11-20T21:00:00")
    page.get_by_role("button", name="Publish").click()
    expect(page.get_by_role("heading", name="Worth a look")).to_be_visible()
    page.get_by_role("button", name="Publish").click()
    expect(page.locator(".desk-state")).to_have_text(re.compile("^Scheduled: 2030-11-20 21:00 JST, in [0-9]+ days$"))
    assert Client().get("/57").status_code == 404


def take_back(page: Page, episode: Episode) -> None:
    page.get_by_role("button", name="Back to draft").click()
    expect(page.locator(".desk-state")).to_have_text("Draft")


def restore(page: Page, episode: Episode) -> None:
    page.get_by_role("link", name="History").click()
    page.get_by_role("row").filter(has_text="minami").get_by_role("link").first.click()
    page.get_by_role("button", name="Fill the form with this version").click()
    expect(page.locator(".messagelist")).to_contain_text("This is not saved yet.")
    expect(page.get_by_label("Title")).to_have_value(DRAFT)
    save(page)
    episode.refresh_from_db()
    assert (episode.title, episode.state(), headings(episode)) == (DRAFT, "draft", ["つぎの話", "はじめに", "お知らせ"])


# --- the form ---


def body_of(page: Page, place: int) -> Locator:
    return page.locator("#sections-group [name$='-body']:visible").nth(place)


def time_of(page: Page, place: int) -> Locator:
    return page.locator("#sections-group [name$='-starts_at']:visible").nth(place)


def headings(episode: Episode) -> list[str]:
    return [section.heading for section in episode.sections.order_by("position")]
