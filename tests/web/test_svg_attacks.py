"""Attacks by SVG: drawing passes, and nothing that runs or loads."""

import pytest

from interaxion.web.svg.cleaning import SvgRefused, clean_svg

HEAD = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 9 9"'


def cleaned(inside: str, attributes: str = "") -> str:
    return clean_svg(f"{HEAD} {attributes}>{inside}</svg>".encode()).data.decode()


@pytest.mark.parametrize(
    "inside",
    [
        "<script>alert(1)</script>",
        '<g onload="alert(1)"/>',
        '<a href="javascript:alert(1)"><text>x</text></a>',
        '<use href="https://evil.example/a.svg#x"/>',
        '<use xlink:href="data:image/svg+xml,alert"/>',
        '<image href="https://evil.example/a.png"/>',
        '<foreignObject><p xmlns="http://www.w3.org/1999/xhtml">evil</p></foreignObject>',
        '<p xmlns="http://www.w3.org/1999/xhtml">evil</p>',
        '<animate attributeName="href" to="javascript:alert(1)"/>',
        '<path fill="url(https://evil.example/a)"/>',
        '<path style="fill:url(https://evil.example/a)"/>',
        '<path style="fill:u\\72l(https://evil.example/a)"/>',
        "<style>@import 'https://evil.example/a.css';</style>",
        "<style>@font-face{src:url(https://evil.example/f)} g{fill:URL(//evil.example)}</style>",
        "<style>g{fill:ur/**/l(//evil.example)}</style>",
        "<!-- evil -->",
        "<?evil evil?>",
    ],
)
def test_nothing_that_runs_or_loads_passes(inside):
    svg = cleaned(inside)

    assert not any(word in svg for word in ("evil", "alert", "javascript", "onload", "@", "72l"))


def test_drawing_passes_as_it_is():
    inside = (
        '<style>.node rect{fill:#fff}</style><defs><marker id="tip"><path d="M0 0"/></marker></defs>'
        '<g class="node" transform="translate(1,2)"><rect height="2" style="stroke:#000" width="2" x="1" y="1"/>'
        '<path d="M0,0L1,1" marker-end="url(#tip)"/><use href="#tip"/><text x="1">氷 &lt;b&gt;</text></g>'
    )

    assert inside in cleaned(inside).replace(" />", "/>")


def test_what_is_no_svg_is_refused():
    with pytest.raises(SvgRefused):
        clean_svg(b"<html/>")
    with pytest.raises(SvgRefused):
        cleaned("<g>" * 300 + "</g>" * 300)
