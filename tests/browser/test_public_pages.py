"""What holds for every kind of public page: axe finds nothing, only we are asked for anything, no cookie is set."""

import gzip
import re

import pytest
from playwright.sync_api import expect

from tests.browser.public_pages import fill_the_site
from tests.browser.steps import violations

#: How far the page has moved under the visitor's eyes (https://web.dev/articles/cls), with all its pictures loaded.
SHIFTS = """async () => {
    const frame = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
    for (let y = 0; y < document.body.scrollHeight; y += innerHeight) {
        scrollTo({ top: y, behavior: "instant" });
        await frame();
    }
    const loaded = (picture) => picture.complete || new Promise((done) => (picture.onload = picture.onerror = done));
    await Promise.all([document.fonts.ready, ...[...document.images].map(loaded)]);
    await frame();
    await frame();
    const observer = new PerformanceObserver(() => {});
    observer.observe({ type: "layout-shift", buffered: true });
    const shifts = observer.takeRecords().filter((shift) => !shift.hadRecentInput);
    return shifts.reduce((sum, shift) => sum + shift.value, 0);
}"""

#: What would move by itself or slide, of the whole page: the names of the elements.
MOTION = """() => {
    const seconds = (text) => Math.max(0, ...text.split(",").map((each) => parseFloat(each) || 0));
    const moves = (style) => seconds(style.transitionDuration) > 0.01 || seconds(style.animationDuration) > 0.01;
    const all = [...document.querySelectorAll("*")].filter((each) => {
        const style = getComputedStyle(each);
        return moves(style) || style.scrollBehavior === "smooth";
    });
    return [...all, ...document.getAnimations().map((each) => each.effect.target)].map((each) => each.localName);
}"""

#: What can be seen and pressed but gets no focus, such as a link with `display: contents`: its words.
NO_FOCUS = """() => {
    const seen = (each) => each.checkVisibility({ visibilityProperty: true });
    return [...document.querySelectorAll("a[href], button:not(:disabled), summary")]
        .filter((each) => seen(each) || [...each.querySelectorAll("*")].some(seen))
        .filter((each) => each.focus() || document.activeElement !== each)
        .map((each) => each.textContent.trim());
}"""

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.node
@pytest.mark.parametrize("language", ["", "/en"])
def test_every_page_is_accessible_also_in_the_dark_with_large_text_and_without_motion(
    browser, live_server, wait_for_server, axe_source, language
):
    # axe writes styles while it measures
    context = browser.new_context(base_url=live_server.url, reduced_motion="reduce", bypass_csp=True)
    page = context.new_page()
    problems, moving, wide = {}, {}, {}

    for address in fill_the_site():
        page.set_viewport_size({"width": 1280, "height": 720})
        page.emulate_media(color_scheme="light", reduced_motion="reduce")
        page.goto(language + address)
        moving[address] = page.evaluate(MOTION)
        problems[address] = [*violations(page, axe_source), *page.evaluate(NO_FOCUS)]
        page.emulate_media(color_scheme="dark", reduced_motion="reduce")
        problems[address] += violations(page, axe_source, runOnly=["color-contrast"])
        page.set_viewport_size({"width": 375, "height": 800})
        page.add_style_tag(content="html { font-size: 200% !important }")
        assert page.evaluate("getComputedStyle(document.documentElement).fontSize") == "32px"
        wide[address] = max(0, page.evaluate("document.documentElement.scrollWidth") - 375)

    page.emulate_media(reduced_motion="no-preference")
    page.goto("/3")
    assert page.evaluate(MOTION), "what moves is found"
    context.close()
    wait_for_server()
    assert {address: found for address, found in problems.items() if found} == {}
    assert {address: found for address, found in moving.items() if found} == {}
    assert {address: found for address, found in wide.items() if found} == {}


@pytest.mark.parametrize(("language", "width"), [("", 375), ("/en", 1280)])
def test_every_page_asks_only_us_sets_no_cookie_stays_still_and_weighs_little(
    browser, live_server, wait_for_server, language, width
):
    """Everything but pictures and audio, compressed, stays below 60 kB."""
    context = browser.new_context(base_url=live_server.url, viewport={"width": width, "height": 800})
    page = context.new_page()
    asked, complaints, answers, shifts, weights = [], [], [], {}, {}
    page.on("request", lambda request: asked.append((page.url, request.url)))
    page.on("response", lambda answer: answers.append(answer))
    page.on("console", lambda message: complaints.append((page.url, message.text)))
    page.on("pageerror", lambda problem: complaints.append((page.url, str(problem))))

    for address in fill_the_site():
        answers.clear()
        page.goto(language + address, wait_until="load")
        shifts[address] = page.evaluate(SHIFTS)  # to the end of the page: what loads late loads now
        texts = [each for each in answers if each.ok and re.match("text|application/j", each.headers["content-type"])]
        weights[address] = sum(len(gzip.compress(each.body())) for each in texts)
        assert len(texts) > 3, "styles are among what was weighed"

    page.goto("/about")
    page.evaluate("document.querySelector('main').style.paddingTop = '20vh'")
    moved, cookies = page.evaluate(SHIFTS), context.cookies()
    context.close()
    wait_for_server()
    assert [pair for pair in asked if not pair[1].startswith((live_server.url, "data:"))] == []
    assert cookies == []
    assert [pair for pair in complaints if "404" not in pair[1]] == []  # the page that is not there says so
    assert {address: shift for address, shift in shifts.items() if shift >= 0.01} == {}
    assert moved > 0.01, "what moves is measured"
    kept_light = {address: weight for address, weight in weights.items() if not address.startswith("/preview")}
    assert {address: weight for address, weight in kept_light.items() if weight >= 60_000} == {}


@pytest.mark.node
def test_every_page_is_valid_html(client, nu_html_checker):
    documents = {}
    for number, address in enumerate(fill_the_site()):
        for language in ("", "/en"):
            name = f"{number}{re.sub(r'[^a-z0-9]', '-', language + address)}"
            documents[name] = client.get(language + address, follow=True).content.decode()

    assert nu_html_checker(**documents) == []


def test_visitor_finds_their_way_without_javascript(browser, live_server, wait_for_server):
    fill_the_site()
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()

    page.goto("/")
    page.get_by_role("navigation", name="サイト").get_by_role("link", name="エピソード").click()
    page.locator("main a[href='/3']").first.click()
    expect(page.locator("audio[controls]").first).to_be_visible()
    page.locator("main a[href^='#t-']").last.click()
    place = page.url.partition("#")[2]
    expect(page.locator(f"[id='{place}']")).to_be_in_viewport()
    page.get_by_role("searchbox").fill("超伝導")
    page.get_by_role("searchbox").press("Enter")
    expect(page.locator("main mark").first).to_be_visible()
    page.locator("main a[href^='/courses/']").first.click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.get_by_role("link", name="English").click()
    expect(page.locator("html[lang=en]")).to_have_count(1)

    context.close()
    wait_for_server()


def test_visitor_finds_their_way_with_the_keyboard_alone(browser, live_server, wait_for_server):
    fill_the_site()
    context = browser.new_context(base_url=live_server.url)
    page = context.new_page()

    def tab_to(selector: str) -> None:
        """Press Tab until it has the focus; a focus that cannot be seen, or never comes, is an error."""
        for _press in range(150):
            page.keyboard.press("Tab")
            if page.evaluate("selector => document.activeElement.matches(selector)", selector):
                outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
                assert outline != "none", f"nothing shows the focus on {selector}"
                return
        raise AssertionError(f"Tab never comes to {selector}")

    page.goto("/")
    tab_to("a.skip")
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()
    tab_to("main a[href='/3']")
    page.keyboard.press("Enter")
    page.wait_for_url("**/3")
    tab_to("main a[href^='#t-']")
    page.keyboard.press("Enter")
    page.wait_for_url("**/3#t-*")
    page.goto("/3")
    tab_to("input[type=search]")
    page.keyboard.type("超伝導")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=*")
    tab_to("main a[href^='/courses/']")
    page.keyboard.press("Enter")
    page.wait_for_url("**/courses/**")
    tab_to(".language a")
    page.keyboard.press("Enter")
    page.wait_for_url("**/en/courses/**")

    context.close()
    wait_for_server()
