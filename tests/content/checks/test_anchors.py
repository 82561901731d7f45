"""Links to a place that is not there, in the text itself and on other pages of the site."""

import pytest

from interaxion.content.checks.anchors import find_lost_anchors
from interaxion.text.markdown import Rendered, render
from tests.factories import make_episode, make_post

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


def lost(text: str) -> list[tuple[str, str]]:
    rendered: Rendered = render(text, kind="post")
    return [(link.url, page) for link, page in find_lost_anchors(rendered)]


def test_link_to_a_place_that_another_page_does_not_have_is_found(settings, django_assert_num_queries):
    make_post(live=True, path="/blog/tide", body='## 満潮\n\n<a name="ebb"></a>\n\n本文です。\n')
    make_episode(live=True, number=7, notes="### 1:30 潮\n\n- あ\n")
    site = settings.SITE_URL

    with django_assert_num_queries(3):  # the addresses, and the pages of each kind
        found = lost(
            "[a](/blog/tide#満潮) [b](/blog/tide/#ebb) [c](/blog/tide#干潮) [d](/en/blog/tide#low)\n"
            f"[e]({site}/blog/tide#high) [f](/7#t-90) [g](/7#t=0:91) [h](/7#nothing) [i](/none#x) [j](#own)\n"
            "[k](https://a.example/blog/tide#x) [l](/blog/tide#:~:text=潮) [m](/blog/tide#main) [n](/blog/tide#)\n"
        )

    assert {(url.removeprefix(site), page) for url, page in found} == {
        ("#own", ""),
        ("/blog/tide#%E5%B9%B2%E6%BD%AE", "/blog/tide"),
        ("/en/blog/tide#low", "/blog/tide"),
        ("/blog/tide#high", "/blog/tide"),
        ("/7#nothing", "/7"),
    }


def test_text_without_such_links_asks_for_nothing(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert lost("## 潮\n\n[a](#潮) [b](/blog/tide) [c](https://a.example/#x)\n") == []


def test_warning_names_the_page():
    make_post(path="/blog/tide", body="本文です。\n")

    (problem,) = [each for each in make_post(body="[満潮](/blog/tide#high)\n").problems() if "#high" in each.message]

    assert "/blog/tide" in problem.message
