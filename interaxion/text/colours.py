"""Colours as `#rrggbb`, and whether they can be read on the paper of the site. No Django.

Contrast: https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio
"""

import colorsys

#: The paper in the light and in the dark colour scheme, as `static/css/tokens.css` has it.
LIGHT_PAPER, DARK_PAPER = "#faf6ed", "#161d1b"
#: https://www.w3.org/TR/WCAG22/#contrast-minimum
LEAST_CONTRAST = 4.5


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours: 1 for the same, 21 for black and white."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def make_legible(colour: str, *, paper: str) -> str:
    """Return the colour itself, or the nearest lightness of its hue that can be read on this paper."""
    hue, lightness, saturation = colorsys.rgb_to_hls(*_parts(colour))
    step = 0.01 if _luminance(paper) < 0.5 else -0.01
    while contrast(colour, paper) < LEAST_CONTRAST and 0 < lightness + step < 1:
        lightness += step
        colour = _spell(colorsys.hls_to_rgb(hue, lightness, saturation))
    return colour


def _luminance(colour: str) -> float:
    """Return the relative luminance: https://www.w3.org/TR/WCAG22/#dfn-relative-luminance"""
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in _parts(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _parts(colour: str) -> tuple[float, float, float]:
    red, green, blue = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    return red, green, blue


def _spell(parts: tuple[float, float, float]) -> str:
    return "#" + "".join(f"{round(part * 255):02x}" for part in parts)
