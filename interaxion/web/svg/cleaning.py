"""SVG figures, cleaned: written anew from what is on the allow-lists, so that nothing else can be in the file.

A figure is read as XML, never as HTML: there is one way to read it, for us and for browsers.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement, tostring  # nosec B405 (it only writes; `read_xml` reads)

from interaxion.text.source_errors import Reasoned, gettext_noop
from interaxion.web.svg.allowed import (
    ATTRIBUTES,
    ELEMENTS,
    UNWRAPPED,
    WITH_TEXT,
    clean_declarations,
    clean_style_sheet,
    is_harmless,
)
from interaxion.web.xml_reading import XmlRefused, read_xml

SVG = "http://www.w3.org/2000/svg"
_HREFS = ("href", "{http://www.w3.org/1999/xlink}href")
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
MOST_DEPTH = 200
#: Elements that a browser draws, each copy by `use` counted.
MOST_DRAWN = 200_000
_NUMBER = re.compile(r"[+-]?\d*\.?\d+(?:e[+-]?\d+)?", re.IGNORECASE)
_LENGTH = re.compile(r"\+?(?P<number>\d*\.?\d+(?:e[+-]?\d+)?)(?P<unit>px|pt|pc|mm|cm|in|)", re.IGNORECASE)
#: CSS pixels of a unit: https://www.w3.org/TR/css-values-4/#absolute-lengths
_PIXELS = {"": 1, "px": 1, "pt": 96 / 72, "pc": 16, "mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96}
#: Of a figure that says no size: https://www.w3.org/TR/CSS2/visudet.html#inline-replaced-width
_DEFAULT_SIZE = (300.0, 150.0)
_LONGEST_SIDE = 100_000
#: A picture inside of the figure, such as the pixels of a heat map.
_PIXEL_DATA = re.compile(r"data:image/(?:png|jpeg|gif|webp);base64,[A-Za-z0-9+/=\s]*")


class SvgRefused(Reasoned, ValueError):
    """It is no SVG, or one that no browser should be asked to draw."""


@dataclass(frozen=True)
class SvgPicture:
    data: bytes
    width: int  # in CSS pixels
    height: int


def clean_svg(data: bytes) -> SvgPicture:
    """Return the figure with what the allow-lists hold; idempotent. Raises SvgRefused."""
    try:
        root = read_xml(data, may_have_doctype=True)
    except XmlRefused as problem:
        raise SvgRefused(problem.message, **problem.params) from problem
    if root.tag != f"{{{SVG}}}svg":
        raise SvgRefused(gettext_noop("its first element is not <svg> of SVG"))
    box, width, height = _size_of(root)
    size = {"viewBox": box, "width": str(width), "height": str(height)}
    clean = Element("svg", {"xmlns": SVG} | dict(sorted((_attributes(root) | size).items())))
    _copy_into(clean, root, 1)
    if _weight(clean) > MOST_DRAWN:
        raise SvgRefused(gettext_noop("it draws the same things too many times"))
    return SvgPicture(tostring(clean, encoding="utf-8") + b"\n", width, height)


def _copy_into(parent: Element, source: Element, depth: int) -> None:
    """Append what is allowed of the children and the text of `source` to `parent`."""
    if depth > MOST_DEPTH:
        raise SvgRefused(gettext_noop("its elements lie too deep in one another"))
    name = _name(source)
    if name == "style":
        parent.text = clean_style_sheet("".join(source.itertext()))
        return
    if name in WITH_TEXT:
        _append_text(parent, source.text)
    for child in source:
        kept = _name(child)
        if kept in UNWRAPPED:
            _copy_into(parent if name in WITH_TEXT else SubElement(parent, "g", _attributes(child)), child, depth + 1)
        elif kept in ELEMENTS:
            _copy_into(SubElement(parent, kept, _attributes(child)), child, depth + 1)
        if name in WITH_TEXT:
            _append_text(parent, child.tail)


def _append_text(parent: Element, text: str | None) -> None:
    if not text:
        return
    if len(parent):
        parent[-1].tail = (parent[-1].tail or "") + text
    else:
        parent.text = (parent.text or "") + text


def _name(element: Element) -> str:
    """Return the name of an element of SVG; "" for one of another namespace, a comment or an instruction."""
    tag = element.tag
    return tag.removeprefix(f"{{{SVG}}}") if isinstance(tag, str) and tag.startswith(f"{{{SVG}}}") else ""


def _attributes(element: Element) -> dict[str, str]:
    kept = {name: value for name, value in element.attrib.items() if name in ATTRIBUTES and is_harmless(value)}
    if style := clean_declarations(element.get("style", "")):
        kept["style"] = style
    if element.get(_SPACE) == "preserve":
        kept["xml:space"] = "preserve"
    href = next((element.attrib[name] for name in _HREFS if name in element.attrib), "").strip()
    if href.startswith("#") or (_name(element) == "image" and _PIXEL_DATA.fullmatch(href)):
        kept["href"] = href
    return dict(sorted(kept.items()))


def _size_of(root: Element) -> tuple[str, int, int]:
    """Return the `viewBox`, and width and height in CSS pixels: those of the figure, else those of its coordinates."""
    box = root.get("viewBox", "")
    numbers = [float(number) for number in _NUMBER.findall(box)]
    seen = (numbers[2], numbers[3]) if len(numbers) == 4 and min(numbers[2:]) > 0 else None
    width, height = (_pixels(root.get(side, "")) for side in ("width", "height"))
    if seen:
        width, height = _by_ratio(width, height, seen)
    width, height = width or _DEFAULT_SIZE[0], height or _DEFAULT_SIZE[1]
    if not max(width, height) <= _LONGEST_SIDE:
        raise SvgRefused(gettext_noop("it is larger than %(pixels)s pixels"), pixels=_LONGEST_SIDE)
    return box if seen else f"0 0 {width:g} {height:g}", max(round(width), 1), max(round(height), 1)


def _by_ratio(width: float | None, height: float | None, box: tuple[float, float]) -> tuple[float, float]:
    if width and height:
        return width, height
    if width:
        return width, width * box[1] / box[0]
    return (height * box[0] / box[1], height) if height else box


def _pixels(length: str) -> float | None:
    found = _LENGTH.fullmatch(length.strip())
    return float(found["number"]) * _PIXELS[found["unit"].lower()] if found else None


def _weight(root: Element) -> int:
    """Return how many elements are drawn, if each `use` draws what it names. One that names itself draws nothing."""
    by_id = {name: element for element in root.iter() if (name := element.get("id"))}
    known: dict[Element, int] = {}
    under_way: set[Element] = set()

    def parts(element: Element) -> Iterator[Element]:
        yield from element
        target = by_id.get(element.get("href", "").removeprefix("#")) if element.tag == "use" else None
        if target is not None:
            yield target

    def weigh(element: Element, depth: int) -> int:
        if element in under_way:
            return 0
        if depth > MOST_DEPTH * 2:
            raise SvgRefused(gettext_noop("its elements lie too deep in one another"))
        if element not in known:
            under_way.add(element)
            known[element] = min(1 + sum(weigh(part, depth + 1) for part in parts(element)), MOST_DRAWN + 1)
            under_way.discard(element)
        return known[element]

    return weigh(root, 1)
