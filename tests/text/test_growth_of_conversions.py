"""Every step from a text of another system to our Markdown takes time in proportion to its length."""

import pytest

from interaxion.text.html_markdown import to_markdown
from interaxion.text.hugo.shortcodes import Shortcodes
from interaxion.text.notes.marks import write_marks
from interaxion.text.notes.wiki_links import write_links
from interaxion.text.wordpress import read_content
from tests.text.growth import repeat, seconds


def _find_nothing(_name: str) -> None:
    """No page, file or parameter has this name."""


SHORT, LONG = 500, 2_000
#: How much more a text may cost that is four times as long, and seconds that are too short to be measured.
STEEPEST, NOISE = 9, 0.05
HTML = [
    "<p>", "<div>", "<div ", "<a ", "<iframe ", "<summary", "<figure>", "<ul><li>", "<pre>a", '<li id="a">', "<!--",
    '<li id="a">b <a href="#c">↩</a></li>', "<sup><a href='#a'>1</a></sup>", "<p id=a>b</p>", "<em><b>a</b></em>",
]  # fmt: skip
STEPS = {
    "HTML": (to_markdown, HTML),
    "WordPress": (
        lambda text: read_content(text, _find_nothing),
        ["a\n\n", "[a b=c]", "[a", "[caption]", "[/caption]", "<!-- wp:a -->", "<!-- wp:", "$latex ", "[["],
    ),
    "Hugo": (
        lambda text: Shortcodes(_find_nothing, _find_nothing).rewrite(text),
        ["{{<", "{{< a >}}", '{{< a "', "{{% a %}}", "{{% /a %}}", "{{</*", "# a {#b", "{{< a `"],
    ),
    "notes": (
        lambda text: write_marks(write_links(text, _find_nothing)),
        ["[[a]]", "[[", "![[", "[[a|", "%%", "==a", "> [!a] b\n", "a ^b\n", "`", "```\n"],
    ),
}


@pytest.mark.parametrize("step", STEPS)
def test_time_grows_with_the_length(step):
    convert, fragments = STEPS[step]
    slow = []
    for fragment in fragments:
        short, long = (min(seconds(convert, repeat(fragment, size)) for _ in range(2)) for size in (SHORT, LONG))
        if long > STEEPEST * short + NOISE:
            slow.append((fragment, short, long))

    assert not slow
