"""The sanitiser of SVG: only drawing passes. No script, no event, no address of anything outside of the file."""

import re
from xml.etree.ElementTree import Element, tostring  # nosec B405

from interaxion.text.svg.styles import clean_declarations, clean_rules, is_inside

SVG = "http://www.w3.org/2000/svg"
XLINK = "http://www.w3.org/1999/xlink"


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


TAGS = _words("""
    svg g defs symbol use title desc style path rect circle ellipse line polyline polygon text tspan textPath
    marker mask clipPath pattern linearGradient radialGradient stop filter feBlend feColorMatrix feComposite
    feDropShadow feFlood feGaussianBlur feMerge feMergeNode feOffset
""")
ATTRIBUTES = _words("""
    id class role lang x y x1 y1 x2 y2 dx dy cx cy r rx ry d points width height viewBox preserveAspectRatio
    transform rotate version pathLength
    fill fill-opacity fill-rule stroke stroke-width stroke-opacity stroke-dasharray stroke-dashoffset stroke-linecap
    stroke-linejoin stroke-miterlimit opacity color display visibility overflow paint-order vector-effect
    font-family font-size font-style font-weight font-variant letter-spacing word-spacing text-anchor text-decoration
    dominant-baseline alignment-baseline baseline-shift writing-mode textLength lengthAdjust startOffset
    marker-start marker-mid marker-end markerUnits markerWidth markerHeight orient refX refY
    clip-path clip-rule clipPathUnits mask maskUnits maskContentUnits
    patternUnits patternContentUnits patternTransform gradientUnits gradientTransform spreadMethod fx fy fr offset
    stop-color stop-opacity filter filterUnits primitiveUnits in in2 result mode operator type values k1 k2 k3 k4
    stdDeviation flood-color flood-opacity color-interpolation color-interpolation-filters
""")
#: Deeper nesting is no picture that anybody drew.
DEEPEST = 100
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_LINKS = ("href", f"{{{XLINK}}}href")


class SvgRefused(ValueError):
    """It is no SVG, or nested too deeply."""


def clean_svg(root: Element) -> bytes:
    """Return the picture with what is on the allow-lists alone, as UTF-8. Changes `root`. Raises SvgRefused.

    What a left-out tag holds is left out with it.
    """
    if _name(root) != "svg":
        raise SvgRefused("it is no SVG")
    _clean(root, 0)
    root.attrib["xmlns"] = SVG
    return tostring(root, encoding="utf-8")


def _clean(element: Element, depth: int) -> None:
    if depth > DEEPEST:
        raise SvgRefused("it is nested too deeply")
    element.attrib = dict(filter(None, (_clean_attribute(*pair) for pair in element.attrib.items())))
    for child in list(element):
        if _name(child) in TAGS:
            _clean(child, depth + 1)
        else:
            element.remove(child)
    element.tag = _name(element)  # without its namespace, which the root declares
    if element.tag == "style":
        element.text = clean_rules(element.text or "")


def _clean_attribute(name: str, value: str) -> tuple[str, str] | None:
    if name in _LINKS:
        return ("href", value) if re.fullmatch(r"#[\w.:-]+", value) else None
    if name == "style":
        return name, clean_declarations(value)
    if name == _SPACE:
        return name, value
    is_known = name in ATTRIBUTES or name.startswith("aria-")
    return (name, value) if is_known and is_inside(value) else None


def _name(element: Element) -> str:
    """Return the name of an SVG element; "" for what is none: another namespace, a comment."""
    tag = element.tag if isinstance(element.tag, str) else ""
    return tag.removeprefix(f"{{{SVG}}}") if tag.startswith(f"{{{SVG}}}") else ""
