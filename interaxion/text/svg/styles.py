"""The CSS inside an SVG: rules and declarations that name nothing outside of the file."""

import re

#: A reference to a part of the same file, the only one that passes.
_OWN_PART = re.compile(r"""url\(\s*(["']?)#[\w.:-]+\1\s*\)""", re.IGNORECASE)
#: What loads something, or could be read as that: functions with addresses, escapes, at-rules, markup.
_OUTSIDE = re.compile(
    r"url\s*\(|image\s*\(|image-set|src\s*\(|expression|javascript:|\\|@|<|behavior|-moz-binding", re.IGNORECASE
)
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")


def is_inside(value: str) -> bool:
    """Whether a value names nothing outside of the file."""
    return not _OUTSIDE.search(_OWN_PART.sub("", value))


def clean_declarations(style: str) -> str:
    """Return the declarations of a `style` attribute that name nothing outside."""
    return ";".join(each.strip() for each in _COMMENT.sub("", style).split(";") if each.strip() and is_inside(each))


def clean_rules(sheet: str) -> str:
    """Return the plain rules of a style sheet; at-rules, such as imports and fonts, are left out."""
    rules = _RULE.findall(_COMMENT.sub("", sheet))
    cleaned = ((selector.strip(), clean_declarations(style)) for selector, style in rules if is_inside(selector))
    return "\n".join(f"{selector}{{{style}}}" for selector, style in cleaned if style)
