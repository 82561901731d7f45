import pytest

from interaxion.text.markdown import render, render_inline


@pytest.mark.parametrize(
    ("source", "url"),
    [
        ("詳細は https://example.org/ice を参照", "https://example.org/ice"),
        ("詳細はhttps://example.org/iceを参照。", "https://example.org/ice"),
        ("（https://example.org/ice）", "https://example.org/ice"),
        ("https://example.org/ice。次", "https://example.org/ice"),
        ("https://example.org/ice、次", "https://example.org/ice"),
        ("「https://example.org/ice」", "https://example.org/ice"),
        ("(see https://example.org/ice).", "https://example.org/ice"),
        ("https://example.org/a_(b)", "https://example.org/a_(b)"),
        ("https://example.org/?q=a&b=c#d, next", "https://example.org/?q=a&b=c#d"),
        ("https://example.org/wiki/氷の話", "https://example.org/wiki/氷の話"),
        ("https://example.org/を参照", "https://example.org/"),
        ("**https://example.org/a**", "https://example.org/a"),
        ("http://example.org:80/~x/_y_", "http://example.org:80/~x/_y_"),
    ],
)
def test_url_with_a_scheme_is_a_link_up_to_the_prose(source, url):
    (link,) = render(source).outline.links

    assert link.text == url


@pytest.mark.parametrize(
    "source",
    [
        "index.md と Fast.ai",
        "ice@example.org",
        "www.example.org",
        "ftp://example.org/",
        "xhttps://example.org",
        "https://",
    ],
)
def test_what_has_no_scheme_is_text(source):
    assert render_inline(source) == source


@pytest.mark.parametrize(
    "source",
    [
        "[https://example.org/](https://example.org/)",
        '<a href="https://example.org/">https://example.org/</a>',
        "<https://example.org/>",
    ],
)
def test_url_inside_a_link_is_no_second_link(source):
    assert len(render(source).outline.links) == 1


def test_url_in_code_is_text():
    assert render("`https://example.org/`").outline.links == ()


@pytest.mark.parametrize("source", ["C[C@H](O)N", "N[C@@H](C)C(=O)O", "C[N+](C)(C)C", "[2H](O)", "CC[Pt](Cl)(Cl)N"])
def test_smiles_is_no_link(source):
    assert render(source).outline.links == ()
    assert render(source).text == source


@pytest.mark.parametrize("source", ["[CO](CO.md)", "[H2O](/water)", "a [Pt](Pt)", "[@ice](https://example.org/)"])
def test_link_with_a_chemical_name_is_a_link(source):
    assert len(render(source).outline.links) == 1
