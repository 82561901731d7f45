"""Pages on narrow and wide screens."""

import pytest

from tests.factories import make_episode, make_post, make_speaker

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def episode():
    return make_episode(number="1", audio_url="https://audio.example/1.mp3", audio_seconds=172, live=True)


def test_menu_opens_without_javascript(browser, live_server, episode):
    context = browser.new_context(java_script_enabled=False, viewport={"width": 375, "height": 800})
    page = context.new_page()
    page.goto(live_server.url + "/1")
    assert not page.locator("#navigation").is_visible()

    page.locator(".menu-button").click()

    assert page.locator("#navigation a").first.is_visible()
    context.close()


def test_page_never_scrolls_sideways(browser, live_server, episode):
    page = browser.new_page()

    for path in ("/", "/1", "/episodes/", "/tags/", "/nowhere"):
        page.goto(live_server.url + path)
        for width, text in [(320, "200%"), *((width, "100%") for width in (320, 375, 768, 1000, 1280, 1600))]:
            page.set_viewport_size({"width": width, "height": 800})
            page.evaluate("size => { document.documentElement.style.fontSize = size }", text)

            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), (path, width, text)
    page.close()


def test_long_formula_within_a_line_scrolls_by_itself(browser, live_server):
    make_post(path="/blog/formula", body=f"- 式は ${' + '.join(f'x_{{{n}}}' for n in range(40))}$ です。\n", live=True)
    page = browser.new_page(viewport={"width": 375, "height": 800})

    page.goto(live_server.url + "/blog/formula")

    assert page.locator("math").evaluate("formula => formula.scrollWidth > formula.clientWidth")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.close()


def test_what_is_quoted_in_the_middle_of_the_page_is_not_centred(browser, live_server):
    body = '<center>中央\n<blockquote class="twitter-tweet"><p>つぶやき</p></blockquote></center>'
    make_post(path="/blog/tweet", body=body, live=True)
    page = browser.new_page()

    page.goto(live_server.url + "/blog/tweet")

    aligned = "(each) => getComputedStyle(each).textAlign"
    assert page.locator(".prose .center").evaluate(aligned) == "center"
    assert page.locator(".prose blockquote p").evaluate(aligned) == "start"
    page.close()


def test_columns_of_a_formula_are_aligned(browser, live_server):
    cases = "f = \\begin{cases} 1 & x \\\\ 0000 & y \\end{cases}"
    aligned = "\\begin{aligned} a &= b \\\\ aaaa &= c \\end{aligned}"
    make_post(path="/blog/formulas", body=f"$$\n{cases}\n$$\n\n$$\n{aligned}\n$$\n", live=True)
    page = browser.new_page()

    page.goto(live_server.url + "/blog/formulas")

    # Where what stands in each cell begins and ends: the cells of a column are as wide as each other.
    edges = page.locator("math").evaluate_all(
        """(formulas) => formulas.map((formula) => [...formula.querySelectorAll("mtd:first-child")].map((cell) => {
            const [first, last] = [cell.firstElementChild, cell.lastElementChild];
            return [first.getBoundingClientRect().left, last.getBoundingClientRect().right].map(Math.round);
        }))"""
    )
    (one, other), (above, below) = edges
    assert one[0] == other[0] and one[1] < other[1]
    assert above[1] == below[1] and above[0] > below[0]
    page.close()


def test_even_the_shortest_link_can_be_hit(browser, live_server):
    make_post(authors=(make_speaker(slug="oka", links=["https://x.com/oka"]),), live=True)
    page = browser.new_page()

    page.goto(live_server.url + "/speakers/oka/")

    box = page.get_by_role("link", name="X", exact=True).bounding_box()
    assert box["width"] >= 24 and box["height"] >= 24
    page.close()


def test_no_line_of_a_title_begins_with_what_must_not(browser, live_server):
    make_post(title="スーパーコンピューターゲーム入門シリーズ", path="/blog/long", live=True)
    page = browser.new_page()
    page.goto(live_server.url + "/blog/long")

    beginnings = page.locator("h1").evaluate(
        """(title) => {
          const text = title.querySelector(".long-phrase").firstChild;
          const found = new Set();
          for (let width = 150; width < 400; width += 5) {
            title.style.width = `${width}px`;
            let above = null;
            for (let i = 0; i < text.length; i += 1) {
              const range = new Range();
              range.setStart(text, i);
              range.setEnd(text, i + 1);
              const { top } = range.getBoundingClientRect();
              if (above !== null && top > above + 5) found.add(text.data[i]);
              above = top;
            }
          }
          return [...found];
        }"""
    )

    assert beginnings
    assert not set(beginnings) & set("ーッュャョ")
    page.close()


def test_uses_of_a_tag_stand_behind_its_last_line(browser, live_server):
    for _ in range(2):
        make_post(tags=("たいへん長い名前で二行になるマテリアルズ・インフォマティクスのタグ",), live=True)
    page = browser.new_page(viewport={"width": 320, "height": 800})

    page.goto(live_server.url + "/tags/")

    distance = page.locator(".tag-index .uses").evaluate(
        "uses => uses.getBoundingClientRect().left - [...uses.previousElementSibling.getClientRects()].at(-1).right"
    )
    assert 0 <= distance < 20
    page.close()
