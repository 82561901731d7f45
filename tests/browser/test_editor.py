"""The editor of the admin in a real browser: links, titles, pictures, rows."""

import re

import pytest
from playwright.sync_api import Locator, expect

from episodes.models import Episode
from episodes.notes.notes import join, parse
from interaxion.content.files.models import StoredFile, store_file
from tests.browser.steps import open_form, paste, red_picture, save
from tests.factories import make_episode, make_host

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

NOTES = "### 0:00 はじめに\n\n本文\n\n### 1:30 つぎの話\n\n続き\n\n### お知らせ\n\nおたより\n"


def fill_at(field: Locator, text: str) -> None:
    """With the caret where the text has a `|`."""
    field.fill(text.replace("|", ""))
    field.evaluate("(field, at) => field.setSelectionRange(at, at)", text.index("|"))


def test_eight_pasted_addresses_get_their_titles_and_undo_gives_them_back(open_desk, titled):
    site, _go_on = titled
    make_host(name="host")
    page = open_desk("host")
    open_form(page, make_episode(notes="### はじめに\n\n本文\n"))
    notes = page.locator("[name=notes]")
    notes.fill("### はじめに\n\n")
    notes.press("ControlOrMeta+End")
    urls = [f"{site}/{number}" for number in range(8)]

    paste(notes, text="\n".join(urls))

    titled_lines = "\n".join(f"- [頁{number} - Site]({site}/{number})" for number in range(8))
    expect(notes).to_have_value("### はじめに\n\n" + titled_lines)
    steps = 0  # one for titles that arrived together
    while notes.input_value() != "### はじめに\n\n" + "\n".join(f"- {url}" for url in urls):
        notes.press("ControlOrMeta+z")
        steps += 1
        assert steps <= len(urls)
    for _step in range(steps):
        notes.press("ControlOrMeta+Shift+z")
    expect(notes).to_have_value("### はじめに\n\n" + titled_lines)


def test_title_waits_for_no_slow_page_and_one_that_failed_is_asked_for_again(open_desk, titled):
    site, go_on = titled
    make_host(name="host")
    page = open_desk("host")
    open_form(page, make_episode(notes="### はじめに\n\n本文\n"))
    notes = page.locator("[name=notes]")
    notes.fill("")

    paste(notes, text=f"{site}/slow\n{site}/silent\n{site}/1")

    expect(notes).to_have_value(f"- {site}/slow\n- {site}/silent\n- [頁1 - Site]({site}/1)")
    go_on.set()
    expect(notes).to_have_value(f"- [頁slow - Site]({site}/slow)\n- {site}/silent\n- [頁1 - Site]({site}/1)")
    news = page.locator(".editor-news")
    expect(news).to_have_text(f"No title came from: {site}/silent Try again")
    with page.expect_response("**/titles/"):
        news.get_by_role("button", name="Try again").click()
    expect(news).to_have_text(f"No title came from: {site}/silent Try again")


def test_writing_goes_on_while_titles_are_asked_for(open_desk, titled):
    site, go_on = titled
    make_host(name="host")
    page = open_desk("host")
    open_form(page, make_episode(notes="### はじめに\n\n本文\n"))
    notes = page.locator("[name=notes]")
    notes.fill("")

    paste(notes, text=f"{site}/silent")
    notes.press("Enter")
    paste(notes, text=f"{site}/slow")
    notes.press("Enter")
    expect(notes).to_have_value(f"- {site}/silent\n- {site}/slow\n- ")
    notes.press_sequentially("ことば")
    devtools = page.context.new_cdp_session(page)
    devtools.send("Input.imeSetComposition", {"text": "こうし", "selectionStart": 3, "selectionEnd": 3})
    with page.expect_response("**/titles/"):
        go_on.set()
    expect(notes).to_have_value(f"- {site}/silent\n- {site}/slow\n- ことばこうし")
    devtools.send("Input.insertText", {"text": "格子"})

    expect(notes).to_have_value(f"- {site}/silent\n- [頁slow - Site]({site}/slow)\n- ことば格子")
    expect(notes).to_be_focused()
    notes.press_sequentially("です")
    expect(notes).to_have_value(re.compile("ことば格子です$"))


def test_address_over_words_links_them_and_inside_a_link_stays(open_desk):
    make_host(name="host")
    page = open_desk("host")
    open_form(page, make_episode(notes="### はじめに\n\n本文\n"))
    notes = page.locator("[name=notes]")
    notes.fill("格子の話")
    notes.evaluate("(field) => field.setSelectionRange(0, 2)")

    paste(notes, text="https://example.org/a_(b)")

    expect(notes).to_have_value("[格子](https://example.org/a_(b))の話")
    notes.press("ControlOrMeta+z")
    expect(notes).to_have_value("格子の話")
    notes.fill("[格子](")
    paste(notes, text="https://example.org/a")
    expect(notes).to_have_value("[格子](https://example.org/a")


def test_key_for_links_asks_for_the_address(open_desk):
    make_host(name="host")
    page = open_desk("host")
    open_form(page, make_episode(notes="### はじめに\n\n本文\n"))
    notes = page.locator("[name=notes]")
    notes.fill("格子の話")
    notes.evaluate("(field) => field.setSelectionRange(0, 2)")

    notes.press("ControlOrMeta+k")
    dialog = page.get_by_role("dialog", name="Link")
    expect(dialog.get_by_label("Words")).to_have_value("格子")
    dialog.get_by_label("Address").fill("https://example.org/")
    dialog.get_by_label("Address").press("Enter")

    expect(dialog).to_have_count(0)
    expect(notes).to_have_value("[格子](https://example.org/)の話")
    expect(notes).to_be_focused()
    notes.press("ControlOrMeta+k")
    page.keyboard.press("Escape")
    expect(notes).to_be_focused()
    expect(notes).to_have_value("[格子](https://example.org/)の話")


def test_number_of_an_episode_is_an_address(open_desk):
    make_host(name="host")
    make_episode(number="19.5", title="前の話", live=True)
    page = open_desk("host")
    open_form(page, make_episode(notes="### はじめに\n\n本文\n"))
    notes = page.locator("[name=notes]")
    notes.fill("続きは")

    notes.press("ControlOrMeta+k")
    page.get_by_role("dialog").get_by_label("Address").fill("19.5")
    page.keyboard.press("Enter")

    expect(notes).to_have_value("続きは[19.5: 前の話](/19-5)")


def test_link_that_was_discussed_before_says_where(open_desk):
    make_host(name="host")
    url = "https://doi.org/10.1234/abc"
    make_episode(number="36", notes=f"### 0:00 はじめに\n\n### 1:02:10 前の話\n\n- [前の論文]({url})\n", live=True)
    page = open_desk("host")
    open_form(page, make_episode(notes="### はじめに\n\n本文\n"))
    notes = page.locator("[name=notes]")
    notes.fill("")

    paste(notes, text=url)

    expect(page.locator(".editor-news")).to_contain_text("Discussed before: 36 at 1:02:10")
    expect(notes).to_have_value(f"- {url}")  # nobody answers here: it stays


@pytest.mark.parametrize("event", ["paste", "drop"])
def test_picture_asks_what_it_shows_and_goes_into_that_field(open_desk, event):
    make_host(name="host")
    page = open_desk("host")
    open_form(page, make_episode(notes=NOTES))
    body = page.locator("[name=sections-1-body]")
    body.fill("")

    paste(body, picture=red_picture(), event=event)
    dialog = page.get_by_role("dialog", name="Picture")
    expect(dialog.get_by_label("What does the picture show?")).to_be_focused()
    page.keyboard.insert_text("赤い四角")
    page.keyboard.press("Enter")

    expect(body).to_have_value(re.compile(r"^!\[赤い四角\]\(/media/files/\w+\.png\)$"))
    assert StoredFile.objects.get().alt == "赤い四角"
    expect(page.locator("[name=sections-0-body]")).to_have_value("本文")
    body.press("ControlOrMeta+z")
    expect(body).to_have_value("")


def test_refused_file_leaves_the_text_and_says_why(open_desk):
    make_host(name="host")
    page = open_desk("host")
    open_form(page, make_episode(notes=NOTES))
    body = page.locator("[name=sections-1-body]")

    paste(body, picture=b"no picture", event="drop")
    page.get_by_role("dialog").get_by_role("button", name="Insert").click()

    expect(page.locator("#sections-1 .editor-news")).to_contain_text("no picture that we can read")
    expect(body).to_have_value("続き")


def test_file_that_is_there_is_chosen_from_a_list(open_desk):
    make_host(name="host")
    store_file("slides.pdf", b"%PDF-1.7 x")
    page = open_desk("host")
    open_form(page, make_episode(notes=NOTES))
    body = page.locator("[name=sections-1-body]")
    body.press("ControlOrMeta+End")
    body.press("Enter")

    page.get_by_role("button", name="Picture or file").click()
    page.get_by_role("button", name="slides.pdf").click()
    page.get_by_role("dialog", name="File").get_by_label("Words of the link").fill("スライド")
    page.keyboard.press("Enter")

    expect(body).to_have_value(re.compile(r"^続き\n\n\[スライド\]\(/media/files/\w+\.pdf\)$"))


def headings(episode: Episode) -> list[tuple[str, str, int]]:
    return [(section.heading, section.key, section.level) for section in episode.sections.order_by("position", "key")]


def test_rows_move_by_key_and_by_dragging_and_keep_what_they_are(open_desk):
    make_host(name="host")
    episode = make_episode(notes=NOTES)
    first, second, third = headings(episode)
    page = open_desk("host", viewport={"width": 1280, "height": 1600})
    open_form(page, episode)

    page.locator("[name=sections-2-body]").press("Alt+Shift+ArrowUp")
    expect(page.locator("[name=sections-2-body]")).to_be_focused()
    page.locator("[name=sections-2-heading]").press("Alt+Shift+ArrowRight")
    page.locator("#sections-0 h3").drag_to(
        page.locator("#sections-1 h3"), source_position={"x": 5, "y": 10}, target_position={"x": 5, "y": 10}
    )
    save(page)

    assert headings(episode) == [(*third[:2], 4), first, second]


def test_row_is_split_at_the_caret_and_merged_again(open_desk):
    make_host(name="host")
    episode = make_episode(notes="### 0:00 はじめに\n\n一\n\n二\n\n三\n\n### お知らせ\n\nおたより\n")
    (first, key, _level), announcements = headings(episode)
    page = open_desk("host")
    open_form(page, episode)
    body = page.locator("[name=sections-0-body]")
    body.evaluate("(field) => { field.focus(); field.setSelectionRange(3, 4); }")  # the second paragraph

    page.get_by_role("button", name="Split here").click()
    expect(page.locator("[name=sections-2-heading]")).to_be_focused()
    save(page)

    rows = list(episode.sections.order_by("position").values_list("heading", "body"))
    assert rows == [("はじめに", "一"), ("二", "三"), ("お知らせ", "おたより")]
    assert headings(episode)[0][1] == key and headings(episode)[2] == announcements

    page.locator("#sections-2").get_by_role("button", name="Merge with the one above").click()
    save(page)

    assert [section.body for section in episode.sections.order_by("position")] == ["一\n\n二\n---\n\n三", "おたより"]
    assert headings(episode)[0][1] == key


def test_merged_row_keeps_heading_and_time_and_one_undo_brings_it_back(open_desk):
    make_host(name="host")
    episode = make_episode(notes=NOTES)
    page = open_desk("host")
    open_form(page, episode)
    above, gone = page.locator("[name=sections-0-body]"), page.locator("[name=sections-1-DELETE]")

    page.locator("#sections-1").get_by_role("button", name="Merge with the one above").click()
    merged = "本文\n\n1:30 つぎの話\n---\n\n続き"
    expect(above).to_have_value(merged)
    expect(gone).to_be_checked()
    above.press("ControlOrMeta+z")
    expect(above).to_have_value("本文")
    expect(gone).not_to_be_checked()
    expect(page.locator("#desk-unsaved")).to_be_empty()
    above.press("ControlOrMeta+Shift+z")
    expect(gone).to_be_checked()
    save(page)

    assert headings(episode)[0][0] == "はじめに" and len(headings(episode)) == 2
    episode.refresh_from_db()
    assert parse(join([section.as_note() for section in episode.sections.all()]))[0].body == merged
    told = [(heading["text"], heading["level"], heading["starts_at"]) for heading in episode.outline]
    assert told == [("はじめに", 3, 0), ("つぎの話", 4, 90), ("お知らせ", 3, None)]

    # At the underlined heading it is split again.
    above.evaluate("(field) => { field.focus(); field.setSelectionRange(3, 3); }")
    page.get_by_role("button", name="Split here").click()
    save(page)
    rows = list(episode.sections.order_by("position").values_list("starts_at", "heading", "body"))
    assert rows == [(0, "はじめに", "本文"), (90, "つぎの話", "続き"), (None, "お知らせ", "おたより")]


def test_row_that_is_not_stored_yet_is_merged_and_comes_back(open_desk):
    make_host(name="host")
    page = open_desk("host")
    open_form(page, make_episode(notes=NOTES))
    page.get_by_role("button", name="Add another Section").click()
    page.locator("[name=sections-3-starts_at]").fill("9:30")
    page.locator("[name=sections-3-heading]").fill("1. 余談")
    page.locator("[name=sections-3-body]").fill("おまけ")

    page.locator("#sections-3").get_by_role("button", name="Merge with the one above").click()
    above = page.locator("[name=sections-2-body]")
    expect(above).to_have_value("おたより\n\n9:30 1. 余談\n---\n\nおまけ")
    expect(page.locator("[name=sections-3-body]")).to_have_count(0)
    above.press("ControlOrMeta+z")

    expect(above).to_have_value("おたより")
    expect(page.locator("[name=sections-3-starts_at]")).to_have_value("9:30")
    expect(page.locator("[name=sections-3-heading]")).to_have_value("1. 余談")
    expect(page.locator("[name=sections-3-body]")).to_have_value("おまけ")
    page.locator("[name=sections-3-starts_at]").fill("")
    page.locator("#sections-3").get_by_role("button", name="Merge with the one above").click()
    expect(above).to_have_value("おたより\n\n1\\. 余談\n---\n\nおまけ")


#: What stands in the field, with the caret at `|`, and what stands there after something was pasted: `{}`.
LINES_PASTED = [
    ("|### お知らせ\n\nおたより", "{}\n\n### お知らせ\n\nおたより"),
    ("### |お知らせ\n\nおたより", "### お知らせ\n\n{}\n\nおたより"),
    ("- |フンボルト\n- b", "{}\n- フンボルト\n- b"),
    ("|- a\n- b", "{}\n- a\n- b"),
    ("- a|b", "- a\n{}\n- b"),
    ("前の|後ろ", "前の\n\n{}\n\n後ろ"),
    ("前\n|\n後", "前\n\n{}\n\n後"),
    ("1. |a", "{}\n1. a"),
]
WORDS_PASTED = [
    ("|## お知らせ", "- {}\n\n## お知らせ"),
    ("|- a", "- {}\n- a"),
    ("see|this", "see {} this"),
    ("これは|です", "これは{}です"),
    ("- |[a](https://example.org/a)", "- {} [a](https://example.org/a)"),
]
PICTURES_PASTED = [
    ("続き|", r"^続き\n\n{}$"),
    ("- a|\n- b", r"^- a\n\n{}\n\n- b$"),
    ("- |a\n- b", r"^{}\n\n- a\n- b$"),
    ("- |", r"^- {}$"),
    ("前|後", r"^前\n\n{}\n\n後$"),
    ("前\n|\n後", r"^前\n\n{}\n\n後$"),
]


@pytest.mark.parametrize("is_row", [False, True])
def test_addresses_pasted_into_text_stand_on_lines_of_their_own(open_desk, titled, is_row):
    site, _go_on = titled
    make_host(name="host")
    page = open_desk("host")
    open_form(page, make_episode(notes="### はじめに\n\n本文\n"), "?notes=rows" if is_row else "")
    field = page.locator("[name=sections-0-body]" if is_row else "[name=notes]")
    for text, expected in LINES_PASTED:
        fill_at(field, text)
        mark = "1. " if text.startswith("1.") else "- "

        paste(field, text=f"{site}/1\n{site}/2")

        links = "\n".join(f"{mark}[頁{number} - Site]({site}/{number})" for number in (1, 2))
        expect(field).to_have_value(expected.format(links))
        field.press("ControlOrMeta+z")
        field.press("ControlOrMeta+z")
        expect(field).to_have_value(text.replace("|", ""))


def test_address_pasted_among_words_swallows_none_of_them(open_desk, titled):
    site, _go_on = titled
    make_host(name="host")
    page = open_desk("host")
    open_form(page, make_episode(notes="### はじめに\n\n本文\n"))
    field = page.locator("[name=notes]")
    for text, expected in WORDS_PASTED:
        fill_at(field, text)

        paste(field, text=f"{site}/1")

        expect(field).to_have_value(expected.format(f"[頁1 - Site]({site}/1)"))


def test_picture_stands_on_lines_of_its_own(open_desk):
    make_host(name="host")
    page = open_desk("host")
    open_form(page, make_episode(notes=NOTES))
    body = page.locator("[name=sections-1-body]")
    for text, expected in PICTURES_PASTED:
        fill_at(body, text)

        paste(body, picture=red_picture(), event="drop")
        page.keyboard.insert_text("図")
        page.keyboard.press("Enter")

        picture = r"!\[図\]\(/media/files/\w+\.png\)"
        expect(body).to_have_value(re.compile(expected.replace("{}", picture)))
        body.press("ControlOrMeta+z")
        expect(body).to_have_value(text.replace("|", ""))


def test_rows_and_document_are_two_views_of_the_same_sections(open_desk):
    make_host(name="host")
    episode = make_episode(notes=NOTES)
    before = headings(episode)
    page = open_desk("host")
    open_form(page, episode)

    page.get_by_role("button", name="Edit as one document").click()
    notes = page.locator("[name=notes]")
    notes.fill(notes.input_value().replace("つぎの話", "つぎの長い話"))
    save(page)

    assert [key for _heading, key, _level in headings(episode)] == [key for _heading, key, _level in before]
    assert headings(episode)[1][0] == "つぎの長い話"


def test_editor_works_on_a_phone_in_an_added_row(open_desk):
    make_host(name="host")
    episode = make_episode(notes=NOTES)
    page = open_desk("host", has_touch=True, is_mobile=True)
    page.set_viewport_size({"width": 375, "height": 700})
    open_form(page, episode)

    page.get_by_role("button", name="Add another Section").tap()
    body = page.locator("[name=sections-3-body]")
    body.tap()
    page.locator("#sections-3").get_by_role("button", name="Link", exact=True).tap()
    page.get_by_role("dialog", name="Link").get_by_label("Words").fill("例")
    page.get_by_role("dialog", name="Link").get_by_label("Address").fill("https://example.org/")
    page.get_by_role("button", name="Insert").tap()

    expect(body).to_have_value("[例](https://example.org/)")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.node
@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 375)])
def test_tools_and_dialogs_are_accessible(open_desk, axe_source, scheme, width):
    make_host(name="host")
    store_file("slides.pdf", b"%PDF-1.7 x")
    # axe writes styles while it measures
    page = open_desk("host", color_scheme=scheme, bypass_csp=True, viewport={"width": width, "height": 900})
    open_form(page, make_episode(notes=NOTES))
    expect(page.locator("#short-notes output")).to_be_visible()
    page.evaluate(axe_source)
    body = page.locator("[name=sections-1-body]")
    body.click()

    for opens, shown in (
        (lambda: body.press("ControlOrMeta+k"), page.get_by_role("dialog", name="Link")),
        (page.get_by_role("button", name="Picture or file").click, page.get_by_role("button", name="slides.pdf")),
        (lambda: paste(body, picture=red_picture()), page.get_by_role("dialog", name="Picture")),
    ):
        opens()
        expect(shown).to_be_visible()
        found = page.evaluate("async () => (await axe.run(document, {iframes: false})).violations")
        assert [(violation["id"], violation["nodes"][0]["html"]) for violation in found] == []
        page.keyboard.press("Escape")


def test_line_moves_within_its_section_and_into_the_next(open_desk):
    make_host(name="host")
    page = open_desk("host")
    open_form(page, make_episode(notes="### 0:00 一\n\n- あ\n- い\n\n### 1:00 二\n\n- う\n"))
    first, second = (page.locator(f"[name=sections-{number}-body]") for number in (0, 1))
    first.evaluate("(field) => { field.focus(); field.setSelectionRange(1, 1); }")

    page.keyboard.press("Alt+ArrowDown")
    expect(first).to_have_value("- い\n- あ")
    page.keyboard.press("Alt+ArrowDown")

    expect(first).to_have_value("- い")
    expect(second).to_have_value("- あ\n- う")
    expect(second).to_be_focused()
    save(page)
    assert Episode.objects.get().sections.get(heading="二").body == "- あ\n- う"


def test_line_is_dragged_into_another_section_by_mouse_and_finger_with_what_hangs_under_it(open_desk):
    make_host(name="host")
    page = open_desk("host")
    open_form(page, make_episode(notes="### 0:00 一\n\n- あ\n  - 亜\n- い\n\n### 1:00 二\n\n- う\n"))
    first, last = (page.locator(f"[name=sections-{number}-body]") for number in (0, 1))
    first.evaluate("(field) => { field.focus(); field.setSelectionRange(1, 1); field.scrollIntoView(); }")

    page.locator("#sections-0 .line-handle").hover()
    page.mouse.down()
    target = last.bounding_box()
    page.mouse.move(target["x"] + 20, target["y"] + 14, steps=8)
    page.mouse.up()

    expect(first).to_have_value("- い")
    expect(last).to_have_value("- あ\n  - 亜\n- う")
    expect(last).to_be_focused()
    page.keyboard.press("ControlOrMeta+z")
    page.keyboard.press("ControlOrMeta+z")
    expect(first).to_have_value("- あ\n  - 亜\n- い")
    expect(last).to_have_value("- う")

    first.evaluate("(field) => { field.focus(); field.setSelectionRange(13, 13); }")
    handle, target = page.locator("#sections-0 .line-handle").bounding_box(), last.bounding_box()
    session = page.context.new_cdp_session(page)
    touches = {
        "touchStart": [{"x": handle["x"] + 9, "y": handle["y"] + 9}],
        "touchMove": [{"x": target["x"] + 20, "y": target["y"] + 14}],
        "touchEnd": [],
    }
    for kind, points in touches.items():
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
    expect(first).to_have_value("- あ\n  - 亜")
    expect(last).to_have_value("- い\n- う")
