from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interaxion.text.markdown import render
from interaxion.text.web_addresses import absolute_url
from interaxion.web.feed_html import feed_html, free_times
from interaxion.web.feed_xml import UNSPELLABLE

PAGE = "https://show.example/19-5"


class Addresses(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag, attrs):
        self.found += [value or "" for name, value in attrs if name in {"href", "src", "cite"}]


def addresses_in(html: str) -> list[str]:
    parser = Addresses()
    parser.feed(html)
    return parser.found


@pytest.mark.parametrize(
    ("written", "absolute"),
    [
        ("#t-90", "https://show.example/19-5#t-90"),
        ("/57", "https://show.example/57"),
        ("/speakers/岡/", "https://show.example/speakers/%E5%B2%A1/"),
        ("more?x=1#y", "https://show.example/more?x=1#y"),
        ("https://other.example/a", "https://other.example/a"),
        ("mailto:a@show.example", "mailto:a@show.example"),
    ],
)
def test_feed_html_makes_addresses_absolute(written, absolute):
    assert addresses_in(feed_html(f'<p><a href="{written}">x</a></p>', PAGE)) == [absolute]


def test_feed_html_makes_pictures_absolute_and_keeps_their_size():
    html = '<img src="/media/files/a.png" srcset="/b.png 2x" alt="図" width="3" height="4" loading="lazy">'

    assert feed_html(html, PAGE) == ('<img src="https://show.example/media/files/a.png" alt="図" width="3" height="4">')


@pytest.mark.parametrize(
    "html",
    [
        '<iframe src="https://open.spotify.com/x">y</iframe>',
        "<script>alert(1)</script>",
        "<style>p { color: red }</style>",
        "<svg><text>y</text></svg>",
        '<audio src="/a.mp3" controls>y</audio>',
    ],
)
def test_feed_html_drops_what_readers_cannot_run(html):
    assert feed_html(f"<p>before</p>{html}<p>after</p>", PAGE) == "<p>before</p><p>after</p>"


def test_feed_html_keeps_the_link_of_an_embed_on_its_own_line():
    html = render("https://www.youtube.com/watch?v=dQw4w9WgXcQ\n\nあとの文。\n").html

    feed = feed_html(html, PAGE)

    assert '<p><a href="https://www.youtube.com/watch?v=dQw4w9WgXcQ">' in feed
    assert "figure" not in feed
    assert "あとの文。" in feed


def test_feed_html_drops_ids_classes_and_what_they_leave_empty():
    html = '<h3 id="t-90"><span id="old"></span><a class="time" href="#t-90"><time>1:30</time></a> 話</h3>'

    assert feed_html(html + "<p></p>", PAGE) == f'<h3><a href="{PAGE}#t-90">1:30</a> 話</h3>'


@pytest.mark.parametrize(
    ("source", "feed"),
    [
        ("## 1:30 話\n", "<h2>1:30 話</h2>"),
        ("## 1:02:03 話\n", "<h2>1:02:03 話</h2>"),
        ("[1:30](#t-90)と[2:00](?t=2m)。\n", "<p>1:30と2:00。</p>"),
        ("[1:30の話](#t-90)\n", f'<p><a href="{PAGE}#t-90">1:30の話</a></p>'),
        ("[1:30](/57#t-90)\n", '<p><a href="https://show.example/57#t-90">1:30</a></p>'),
        ("[1:30](https://other.example/#t-90)\n", '<p><a href="https://other.example/#t-90">1:30</a></p>'),
    ],
)
def test_free_times_frees_the_times_of_this_page_alone(source, feed):
    html = render(source).html

    assert feed_html(free_times(html), PAGE) == feed


def test_feed_html_writes_formulas_as_tex():
    html = render("温度 $T < T_c$ で\n").html
    assert "<math" in html

    assert "<code>T &lt; T_c</code>" in feed_html(html, PAGE)


def test_feed_html_keeps_tables_quotations_and_ruby():
    html = '<blockquote lang="en">q</blockquote><table><tbody><tr><td colspan="2">1</td></tr></tbody></table>'
    html += "<ruby>岡<rt>おか</rt></ruby>"

    assert feed_html(html, PAGE) == html


def test_feed_html_has_no_character_that_xml_cannot_spell():
    assert feed_html("<p>a&#11;b\x0bc</p>", PAGE) == "<p>abc</p>"


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=200))
def test_feed_html_of_any_notes_is_fit_for_xml_and_frees_no_script(source):
    feed = feed_html(render(source).html, PAGE)

    assert not UNSPELLABLE.search(feed)
    assert "<script" not in feed
    assert all(address.startswith(("https:", "http:", "mailto:")) for address in addresses_in(feed))


@pytest.mark.parametrize(
    ("address", "absolute"),
    [
        ("/57", "https://show.example/57"),
        ("/タグ/超伝導", "https://show.example/%E3%82%BF%E3%82%B0/%E8%B6%85%E4%BC%9D%E5%B0%8E"),
        ("https://cdn.example/a%20b.mp3?x=1&y=2", "https://cdn.example/a%20b.mp3?x=1&y=2"),
        ("https://cdn.example/第1回.mp3", "https://cdn.example/%E7%AC%AC1%E5%9B%9E.mp3"),
    ],
)
def test_absolute_url_has_a_host_and_is_ascii(address, absolute):
    assert absolute_url(address, "https://show.example") == absolute
