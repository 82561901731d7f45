import pytest
from hypothesis import given
from hypothesis import strategies as st

from interaxion.web.svg.cleaning import SvgRefused, clean_svg

NAMESPACES = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
#: What none of our figures may hold, and each is in one of the attacks.
EVIL = (b"evil", b"script", b"foreignObject", b"onload", b"animate", b"<set", b"import", b"@", b"\\")


def clean(inside: str, **attributes: str) -> bytes:
    written = "".join(f' {name}="{value}"' for name, value in attributes.items())
    return clean_svg(f"<svg {NAMESPACES}{written}>{inside}</svg>".encode()).data


@pytest.mark.parametrize(
    "inside",
    [
        "<script>evil()</script>",
        "<script xlink:href='https://evil.example/a.js'/>",
        "<x:script xmlns:x='http://www.w3.org/1999/xhtml'>evil()</x:script>",
        "<g onload='evil()'/>",
        "<foreignObject><p xmlns='http://www.w3.org/1999/xhtml'>evil</p></foreignObject>",
        "<a href='javascript:evil()'><rect/></a>",
        "<a xlink:href='https://evil.example/'><text>a</text></a>",
        "<use href='https://evil.example/a.svg#x'/>",
        "<use xlink:href='data:image/svg+xml,evil#x'/>",
        "<image href='https://evil.example/a.png'/>",
        "<image xlink:href='data:image/svg+xml;base64,evil'/>",
        "<image href='file:///evil'/>",
        "<feImage href='https://evil.example/a.png'/>",
        "<animate attributeName='href' values='javascript:evil()'/><set attributeName='onload' to='evil()'/>",
        "<style>@import url(https://evil.example/a.css);</style>",
        "<style>@font-face{font-family:a;src:url(https://evil.example/a)}</style>",
        "<style>@media print{@import 'evil';a{fill:url(evil)}}</style>",
        "<style>rect{fill:url(https://evil.example/a#b)}</style>",
        "<style>rect{background-image:image-set('https://evil.example/a' 1x)}</style>",
        "<style>rect{mask:image-set('https://evil.example/a' 1x)}</style>",
        "<style>rect{fill:u\\72l(https://evil.example/)}</style>",
        "<style>rect{cursor:url(evil)}rect{behavior:url(evil)}</style>",
        "<style>@charset 'evil</style>",
        "<rect style='fill:url(evil)'/>",
        "<rect fill='url(https://evil.example/#a)'/>",
        "<rect fill='url(&#34;evil&#34;)' mask='u\\rl(evil)'/>",
        "<metadata>evil</metadata><evil:x xmlns:evil='urn:evil'/>",
        "<?xml-stylesheet href='https://evil.example/'?><!-- evil -->",
        "<rect xml:base='https://evil.example/' data-evil='1'/>",
    ],
)
def test_nothing_in_a_figure_runs_or_loads(inside):
    made = clean(inside)

    assert not [word for word in EVIL if word in made]


def test_a_figure_keeps_its_shapes_text_and_paint():
    made = clean(
        "<style>.a{fill:url(#g);stroke:rgb(1, 2, 3)}</style><defs><linearGradient id='g'/></defs>"
        "<a href='https://a.example/'>"
        "<text class='a' style='font-size:3px;cursor:help'>波 <tspan>の</tspan> 音</text></a>"
        "<path d='M0 0L1 1' transform='rotate(3)'/><use xlink:href='#g'/>"
        "<image href='data:image/png;base64,AAAA'/>"
    ).decode()

    for kept in (
        "<style>.a{fill:url(#g);stroke:rgb(1, 2, 3)}</style>",
        '<g><text class="a" style="font-size:3px">波 <tspan>の</tspan> 音</text></g>',
        '<path d="M0 0L1 1" transform="rotate(3)" />',
        '<use href="#g" />',
        '<image href="data:image/png;base64,AAAA" />',
    ):
        assert kept in made


@pytest.mark.parametrize(
    ("attributes", "size"),
    [
        ({"width": "40", "height": "30px"}, (40, 30)),
        ({"width": "1in", "viewBox": "0 0 2 1"}, (96, 48)),
        ({"height": "10mm", "viewBox": "0,0,20,10"}, (76, 38)),
        ({"width": "100%", "viewBox": "0 0 640.4 480"}, (640, 480)),
        ({}, (300, 150)),
        ({"viewBox": "0 0 0 0"}, (300, 150)),
    ],
)
def test_a_figure_has_its_size_in_pixels(attributes, size):
    written = " ".join(f"{name}='{value}'" for name, value in attributes.items())

    made = clean_svg(f"<svg {NAMESPACES} {written}/>".encode())

    assert (made.width, made.height) == size
    assert clean_svg(made.data) == made


@pytest.mark.parametrize(
    "document",
    [
        b"<html/>",
        b"<svg/>",
        b"no figure",
        f"<svg {NAMESPACES} width='1e9' height='1'/>".encode(),
        f"<svg {NAMESPACES}>{'<g>' * 3000}{'</g>' * 3000}</svg>".encode(),
    ],
    ids=["other root", "no namespace", "text", "too large", "too deep"],
)
def test_what_is_no_figure_is_refused(document):
    with pytest.raises(SvgRefused):
        clean_svg(document)


def test_a_figure_that_multiplies_itself_is_refused():
    steps = "".join(f'<g id="s{n}">' + f'<use href="#s{n - 1}"/>' * 10 + "</g>" for n in range(1, 9))

    with pytest.raises(SvgRefused, match="too many times"):
        clean(f'<g id="s0"><rect/></g>{steps}')
    assert b"use" in clean('<g id="a"><use href="#a"/></g>')  # it draws nothing: browsers see that it names itself


@pytest.mark.parametrize("piece", ["/*", "@", "@{", "@a{b}", "a", "a{", "a{b:", "url(", "url(#", "fill:", ";", "}"])
def test_cleaning_takes_no_longer_than_the_style_sheet_is(piece):
    """A rule that reads on from each piece would take hours."""
    clean(f"<style>{piece * 100_000}</style><rect style='{piece * 100_000}' fill='{piece * 100_000}'/>")


@given(st.text(alphabet="ab<>&;\"'{}():#@\\/* \n=.%!-", max_size=40))
def test_cleaning_is_idempotent(text):
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace("'", "&#39;")
    once = clean(f"<style>{escaped}</style><text style='{escaped}' fill='{escaped}' id='{escaped}'>{escaped}</text>")

    assert clean_svg(once).data == once
