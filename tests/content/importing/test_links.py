"""Dead short links of an imported text: what they led to is put in their place, and they stay beside it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interaxion.content.importing.links import Links
from interaxion.text.markdown import render

SHORT, LONG = "https://short.example/a", "https://long.example/a"
LINKS = Links(link_map={SHORT: (LONG, 1), "https://short.example/two": ("https://one.example/", 2)})


@pytest.mark.parametrize(
    ("written", "repaired"),
    [
        (f"[x]({SHORT})", f'[x]({LONG} "{SHORT}")'),
        (f'[x]({SHORT} "title")', f'[x]({LONG} "title")'),
        (f"[x]: {SHORT}\n", f'[x]: {LONG} "{SHORT}"\n'),
        (f'<a href="{SHORT}">x</a>', f'<a href="{LONG}" title="{SHORT}">x</a>'),
        (f'<a href="{SHORT}" title="t">x</a>', f'<a href="{LONG}" title="t">x</a>'),
        (f"see {SHORT}", f"see {LONG}"),
    ],
)
def test_short_link_is_repaired_and_kept_beside(written, repaired):
    assert LINKS.repair(written) == repaired
    assert [link.url for link in render(repaired, "post").outline.links] in ([LONG], [])


def test_link_with_two_candidates_stays_and_is_told():
    text = "a\n[x](https://short.example/two)"

    (note,) = LINKS.notes(text)

    assert LINKS.repair(text) == text
    assert note.line == 2


@given(st.text(alphabet="[](){}<>\"' \nax:/.#h", max_size=80))
def test_repairing_any_text_keeps_its_lines_and_happens_once(text):
    text = text.replace("h", SHORT)

    repaired = LINKS.repair(text)

    assert repaired.count("\n") == text.count("\n")
    assert Links().repair(text) == text


@pytest.mark.parametrize(
    ("written", "internal"),
    [
        ("https://us.example/waves/13#t-90", "/13#t-90"),
        ("https://us.example/waves", "/"),
        ("https://us.example/wavesandmore", "https://us.example/wavesandmore"),
        ("https://us.example/", "https://us.example/"),
        ("http://old.example/13", "/13"),
        ("/waves/13", "/13"),
        ("/waves/waves/13", "/13"),
        ("/wavesandmore", "/wavesandmore"),
        ("//us.example/waves/13", "//us.example/waves/13"),
    ],
)
def test_site_may_begin_below_the_root_of_its_host(written, internal):
    links = Links(own_hosts=frozenset({"us.example/waves", "old.example"}), base="/waves")

    assert links.internal(written) == internal


@pytest.mark.parametrize(
    ("written", "rewritten"),
    [
        ("![x](a.png?raw=true)", "![x](/a.png)"),
        ("![x](a.png#left)", "![x](/a.png)"),
        ("[x](a.pdf#page=2)", "[x](/a.pdf#page=2)"),
        ("[x](a%20b.pdf)", "[x](/a%20b.pdf)"),
    ],
)
def test_file_is_found_whatever_follows_its_name(written, rewritten):
    links = Links(find_file=lambda address: address)

    assert links.rewrite(written) == rewritten


def test_file_of_this_site_under_another_host_is_told_once_a_host():
    links = Links(frozenset({"new.example"}), find_file=lambda address: {"/wp/a.pdf": "wp/a.pdf"}.get(address))
    text = "[a](http://www.old.example/wp/a.pdf)\n\n[b](http://www.old.example/wp/a.pdf) [c](https://x.example/b.pdf)\n"

    (note,) = links.former_sites(text + "[d](https://new.example/wp/a.pdf)\n")

    assert (note.line, note.params["site"]) == (1, "http://www.old.example")
