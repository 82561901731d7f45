"""Help with writing in a real browser: the toolbar, find and replace, what is pasted. All of it can be undone."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from interaxion.content.collecting.collected_link import CollectedLink
from tests.browser.steps import open_form
from tests.factories import make_episode, make_host, make_post, make_speaker

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TWEET = (
    '<blockquote class="twitter-tweet"><p>氷 <a href="https://t.co/a">t.co/a</a></p>&mdash; 氷の人 (@ice)'
    ' <a href="https://twitter.com/ice/status/12345">June 1</a></blockquote>'
)


def select(field: Locator, text: str) -> None:
    """Fill in the text; what stands between `|` is selected."""
    before, chosen, after = (text.split("|") + ["", ""])[:3]
    field.fill(before + chosen + after)
    field.evaluate("(field, range) => field.setSelectionRange(...range)", [len(before), len(before + chosen)])


def open_notes(open_desk, **fields) -> tuple[Page, Locator]:
    make_host(name="host")
    page = open_desk("host")
    open_form(page, make_episode(notes="### はじめに\n\n本文\n", **fields), "?notes=document")
    notes = page.locator("[name=notes]")
    notes.click()
    return page, notes


def test_toolbar_types_markdown_that_can_be_undone(open_desk):
    page, notes = open_notes(open_desk)
    tools = page.get_by_role("toolbar", name="For this text")

    for name, before, after in [
        ("Bold", "|「強調」|です", "**「強調」**です"),
        ("Bold", "**|強調|**です", "強調です"),
        ("Bold", "|- 一つ\n- 二つ|", "- **一つ**\n- **二つ**"),
        ("Italic", "**|強調|**", "***強調***"),
        ("Heading", "|話|", "### 話"),
        ("Heading", "|#### 話|", "話"),
        ("List", "|一つ\n\n二つ|", "- 一つ\n\n- 二つ"),
        ("List", "|- 一つ\n2. 二つ|", "一つ\n二つ"),
        ("Quotation", "|一つ\n\n二つ|", "> 一つ\n>\n> 二つ"),
        ("Table", "|相\t密度\n氷\t0.9|", "| 相 | 密度 |\n| --- | --- |\n| 氷 | 0.9 |"),
        ("Footnote", "水||。\n\n### 次\n", "水[^1]。\n\n[^1]: \n\n### 次\n"),
        ("Formula (TeX)", "力は|F = ma|。", "力は$F = ma$。"),
    ]:
        select(notes, before)
        tools.get_by_role("button", name=name, exact=True).click()
        expect(notes).to_have_value(after)
        notes.press("ControlOrMeta+z")
        expect(notes).to_have_value(before.replace("|", "") if name != "Table" else "相\t密度\n氷\t0.9")


def test_keys_make_words_bold_and_leave_a_composition_alone(open_desk):
    page, notes = open_notes(open_desk)
    select(notes, "|氷|が浮く")

    notes.press("ControlOrMeta+b")
    notes.press("ControlOrMeta+i")

    expect(notes).to_have_value("***氷***が浮く")
    select(notes, "話: ||")
    devtools = page.context.new_cdp_session(page)
    devtools.send("Input.imeSetComposition", {"text": "こおり", "selectionStart": 3, "selectionEnd": 3})
    page.get_by_role("button", name="Bold", exact=True).click()
    expect(notes).to_have_value("話: こおり")
    devtools.send("Input.insertText", {"text": "氷"})
    expect(notes).to_have_value("話: 氷****")


def test_found_words_are_replaced_in_every_section(open_desk):
    make_host(name="host")
    page = open_desk("host")
    episode = make_episode(notes="### 0:00 一\n\n氷と水\n\n### 1:00 二\n\n水の話、水\n")
    open_form(page, episode, "?notes=rows")
    bodies = page.locator("#sections-group textarea[name$='-body']:visible")
    bodies.first.click()

    page.keyboard.press("ControlOrMeta+Shift+F")
    panel = page.get_by_role("search", name="Find and replace")
    panel.get_by_label("Find").fill("水")
    expect(panel).to_contain_text("Found: 3")
    panel.get_by_label("Replace by").fill("みず")
    panel.get_by_role("button", name="Replace all").click()

    expect(panel).to_contain_text("Replaced: 3")
    expect(bodies.nth(0)).to_have_value("氷とみず")
    expect(bodies.nth(1)).to_have_value("みずの話、みず")
    bodies.nth(1).press("ControlOrMeta+z")
    expect(bodies.nth(1)).to_have_value("水の話、水")
    panel.get_by_label("Find").fill("水")
    panel.get_by_label("Find").press("Enter")
    expect(panel).to_contain_text("of 2")
    panel.get_by_role("button", name="Replace", exact=True).click()
    panel.press("Escape")
    expect(panel).to_have_count(0)


def test_pasted_post_becomes_its_address_and_undo_gives_the_code_back(open_desk):
    _page, notes = open_notes(open_desk)
    notes.fill("")

    paste_html(notes, html="", text=TWEET)

    expect(notes).to_have_value("https://x.com/ice/status/12345")
    notes.press("ControlOrMeta+z")
    expect(notes).to_have_value(TWEET)


def test_text_pasted_from_a_page_keeps_its_links_and_lists(open_desk):
    _page, notes = open_notes(open_desk)
    notes.fill("")

    paste_html(
        notes, html='<p>氷は<b>浮く</b></p><ul><li><a href="https://e.test/">論文</a></li></ul>', text="氷は浮く\n論文"
    )

    expect(notes).to_have_value("氷は**浮く**\n\n- [論文](https://e.test/)")
    notes.press("ControlOrMeta+z")
    expect(notes).to_have_value("氷は浮く\n論文")


def paste_html(field: Locator, *, html: str, text: str) -> None:
    field.evaluate(
        """(field, [html, text]) => {
            const clipboardData = new DataTransfer();
            clipboardData.setData("text/plain", text);
            if (html) clipboardData.setData("text/html", html);
            field.dispatchEvent(new ClipboardEvent("paste", {bubbles: true, cancelable: true, clipboardData}));
        }""",
        [html, text],
    )


def test_list_of_keys_opens_by_its_key_and_leads_to_the_handbook(open_desk):
    page, notes = open_notes(open_desk)
    notes.blur()

    page.keyboard.press("?")

    keys = page.get_by_role("dialog", name="Keys")
    expect(keys.get_by_role("link", name="Handbook")).to_have_attribute("href", "/en/admin/handbook/")
    page.keyboard.press("Escape")
    expect(keys).to_be_hidden()


def test_collected_link_goes_to_the_section_that_the_inbox_names(open_desk):
    make_host(name="host")
    page = open_desk("host")
    make_episode(notes="### 一\n\n氷\n\n### 二\n\n水\n")
    CollectedLink.objects.create(url="https://e.test/ice", title="氷の[論文]", note="読む")

    page.goto("/en/admin/inbox/")
    page.get_by_label("Into").select_option(label="一")

    page.wait_for_url("**/change/")
    notes = page.locator("textarea[name=notes], textarea[name='sections-0-body']").first
    expect(notes).to_have_value(re.compile(r"^(### 一\n\n)?氷\n\n- \[氷の\[論文\]\]\(https://e.test/ice\) 読む"))
    notes.press("ControlOrMeta+z")
    expect(notes).to_have_value(re.compile(r"^(### 一\n\n)?氷(\n\n### 二\n\n水\n?)?$"))
    notes.click()
    page.get_by_role("button", name="Collected links").click()
    page.get_by_role("dialog", name="Collected links").get_by_role("button", name="氷の[論文]").click()
    expect(notes).to_have_value(re.compile("e.test/ice"))


def test_words_in_the_link_dialog_find_our_own_things(open_desk):
    make_episode(number=36, title="氷の回", notes="### 1:30 ペンギンの足\n\nペンギンは冷えない\n", live=True)
    page, notes = open_notes(open_desk)
    select(notes, "前に|話した|")

    notes.press("ControlOrMeta+k")
    dialog = page.get_by_role("dialog", name="Link")
    dialog.get_by_label("Address").fill("ペンギン")
    expect(dialog.get_by_role("button", name="1:30 ペンギンの足")).to_be_visible()
    dialog.get_by_label("Address").press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")

    expect(notes).to_have_value("前に[話した](/36#t-90)")


def test_tags_and_speakers_are_completed_as_they_are_typed(open_desk):
    make_post(tags=["超伝導", "氷"], live=True)
    speakers = [make_speaker(name=f"話し手{number}") for number in range(9)]
    page, _notes = open_notes(open_desk, speakers=speakers[:1])
    tags = page.locator("[name=tags]")

    tags.fill("氷, ")
    tags.press_sequentially("超伝")
    expect(page.get_by_role("option", name="超伝導 1")).to_be_visible()
    tags.press("ArrowDown")
    tags.press("Enter")
    expect(tags).to_have_value("氷, 超伝導")
    tags.press("ControlOrMeta+z")
    expect(tags).to_have_value("氷, 超伝")

    page.get_by_label("Type a name").first.fill("手7")
    page.get_by_role("option", name="話し手7 0").click()
    expect(page.locator("select[name$='-speaker'] >> nth=0").locator("option:checked")).to_have_text("話し手7")
