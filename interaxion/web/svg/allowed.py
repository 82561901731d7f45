"""The allow-lists of SVG figures: shapes, text, paint and filters. No script, no animation, nothing from elsewhere.

SVG 2: https://www.w3.org/TR/SVG2/eltindex.html, https://www.w3.org/TR/SVG2/attindex.html
"""

import re

_WORD = re.compile(r"[\w-]+")

ELEMENTS = frozenset(
    _WORD.findall("""
    svg g defs symbol use switch title desc style image
    path rect circle ellipse line polyline polygon text tspan textPath
    linearGradient radialGradient stop clipPath mask pattern marker
    filter feBlend feColorMatrix feComponentTransfer feComposite feConvolveMatrix feDiffuseLighting feDisplacementMap
    feDistantLight feDropShadow feFlood feFuncA feFuncB feFuncG feFuncR feGaussianBlur feMerge feMergeNode
    feMorphology feOffset fePointLight feSpecularLighting feSpotLight feTile feTurbulence
    """)
)
#: What is inside of these is kept without them: the text of a link.
UNWRAPPED = frozenset({"a"})
#: The elements whose text is shown or read out.
WITH_TEXT = frozenset({"title", "desc", "text", "tspan", "textPath", "a"})

#: https://www.w3.org/TR/SVG2/propidx.html. Each is an attribute, too, or a line of a style.
PROPERTIES = frozenset(
    _WORD.findall("""
    alignment-baseline baseline-shift clip-path clip-rule color color-interpolation color-interpolation-filters cx cy d
    direction display dominant-baseline fill fill-opacity fill-rule filter flood-color flood-opacity font font-family
    font-kerning font-size font-size-adjust font-stretch font-style font-variant font-weight glyph-orientation-vertical
    height image-rendering isolation letter-spacing lighting-color line-height marker marker-end marker-mid marker-start
    mask mask-type mix-blend-mode opacity overflow paint-order r rx ry shape-rendering stop-color stop-opacity stroke
    stroke-dasharray stroke-dashoffset stroke-linecap stroke-linejoin stroke-miterlimit stroke-opacity stroke-width
    text-align text-anchor text-decoration text-orientation text-rendering transform transform-box transform-origin
    unicode-bidi vector-effect visibility white-space width word-spacing writing-mode x y
    """)
)
ATTRIBUTES = PROPERTIES | frozenset(
    _WORD.findall("""
    amplitude azimuth baseFrequency bias class clipPathUnits diffuseConstant divisor dx dy edgeMode elevation exponent
    filterUnits fr fx fy gradientTransform gradientUnits id in in2 intercept k1 k2 k3 k4 kernelMatrix lang lengthAdjust
    limitingConeAngle markerHeight markerUnits markerWidth maskContentUnits maskUnits method mode numOctaves offset
    operator order orient pathLength patternContentUnits patternTransform patternUnits points pointsAtX pointsAtY
    pointsAtZ preserveAlpha preserveAspectRatio primitiveUnits radius refX refY result role rotate scale seed side slope
    spacing specularConstant specularExponent spreadMethod startOffset stdDeviation stitchTiles surfaceScale
    systemLanguage tableValues targetX targetY textLength type values version viewBox x1 x2 xChannelSelector y1 y2
    yChannelSelector z
    """)
)

#: The functions of values that load nothing.
_FUNCTIONS = "rgb|rgba|hsl|hsla|calc|matrix|translate|translateX|translateY|rotate|scale|scaleX|scaleY|skewX|skewY"
_FUNCTION = re.compile(rf"(?:{_FUNCTIONS})\s*\(|url\(\s*[\"']?#[^\s()\"']+[\"']?\s*\)", re.IGNORECASE)
_SELECTOR = re.compile(r"[\w\s.#*,>+~:()-]+")
_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)|<!--|-->", re.DOTALL)
#: `@import …;`, `@font-face {…}`, and those that hold rules.
_AT_RULE = re.compile(r"@[^{};@]*(?:;|\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}|\Z)")


def is_harmless(value: str) -> bool:
    """Whether the value of an attribute or a property can load nothing and spell nothing in disguise."""
    return not re.search(r"[\\@<{}]", value) and "(" not in _FUNCTION.sub("", value)


def clean_declarations(style: str) -> str:
    """Return the `name: value` lines of a style that are allowed, as in the attribute `style`."""
    kept = []
    for line in style.split(";"):
        name, _colon, value = (part.strip() for part in line.partition(":"))
        if name.lower() in PROPERTIES and is_harmless(value):
            kept.append(f"{name}:{value}")
    return ";".join(kept)


def clean_style_sheet(css: str) -> str:
    """Return the rules of a style sheet with what is allowed in each. Without at-rules: fonts come from elsewhere."""
    css = _AT_RULE.sub("", _COMMENT.sub("", css))
    rules = []
    for rule in css.split("}"):
        written, _brace, inside = rule.partition("{")
        selector, body = " ".join(written.split()), clean_declarations(inside)
        if body and _SELECTOR.fullmatch(selector):
            rules.append(f"{selector}{{{body}}}")
    return "".join(rules)
