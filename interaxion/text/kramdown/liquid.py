"""Liquid: Jekyll's tags and outputs. Source: https://jekyllrb.com/docs/liquid/"""

import re

from interaxion.text.kramdown.includes import INCLUDES, write_include
from interaxion.text.kramdown.page import KramdownPage, make_form
from interaxion.text.kramdown.resolving import resolve_other
from interaxion.text.source_errors import gettext_noop

_RAW_TAG = re.compile(r"\{%-?\s*(?:end)?raw\s*-?%\}")
_SPACES = re.compile(r"\s*")


def strip_raw(page: KramdownPage, text: str) -> str:
    """Remove the tag `raw` from code. As in Liquid, a dash in the tag also removes the white space next to it."""
    if not page.site.liquid:
        return text
    out, at = [], 0
    for tag in _RAW_TAG.finditer(text):
        before = text[at : tag.start()]
        out.append(before.rstrip() if tag[0].startswith("{%-") else before)
        spaces = _SPACES.match(text, tag.end()) if tag[0].endswith("-%}") else None
        at = spaces.end() if spaces else tag.end()
    return "".join([*out, text[at:]])


def _write_code_span(page: KramdownPage, found: re.Match[str]) -> str:
    return strip_raw(page, found[0])


def _write_raw(page: KramdownPage, found: re.Match[str]) -> str:
    return found[1]


def _drop_comment(page: KramdownPage, found: re.Match[str]) -> str:
    page.note(found, gettext_noop("a comment that no reader saw is left out"))
    return ""


def _write_highlight(page: KramdownPage, found: re.Match[str]) -> str:
    code = strip_raw(page, found["code"]).strip("\n").rstrip()
    longest = max((len(run) for run in re.findall("`+", code)), default=0)
    fence = "`" * max(3, longest + 1)
    before = page.line_before(found.start())
    indent = before if not before.strip() else ""
    return f"{fence}{found['language']}\n{code}\n{indent}{fence}"


def _write_include(page: KramdownPage, found: re.Match[str]) -> str:
    if page.site.include(found["file"]) is not None and found["file"] not in INCLUDES:
        return resolve_other(page, found)
    written = write_include(found["file"], found["parameters"], page.indent_of(found))
    if written is None:
        return resolve_other(page, found)
    for message, params in written.left_out:
        page.note(found, message, **params)
    return written.text


def _write_post_url(page: KramdownPage, found: re.Match[str]) -> str:
    path = page.site.posts.get(found["post"].rpartition("/")[2])
    return page.site.baseurl.rstrip("/") + path if path else page.leave_out(found)


def _write_link(page: KramdownPage, found: re.Match[str]) -> str:
    """Write the path of any file of the site, by its name; a file that is not a document keeps its place."""
    name = found["name"].lstrip("/")
    path = page.site.posts.get(name) or ("" if name.endswith((".md", ".markdown", ".html")) else f"/{name}")
    return page.site.baseurl.rstrip("/") + path if path else page.leave_out(found)


def _write_site_address(page: KramdownPage, found: re.Match[str]) -> str:
    if found["name"] == "baseurl":
        return page.site.baseurl.rstrip("/")
    return page.site.url.rstrip("/") or page.leave_out(found)


def _write_url_filter(page: KramdownPage, found: re.Match[str]) -> str:
    return f"{page.site.baseurl.rstrip('/')}/{found['path'].lstrip('/')}"


FORMS = (
    make_form("code", r"(?<!`)(`+)(?!`)(?:(?!\n[ \t]*(?:\n|```|~~~)).)+?(?<!`)\1(?!`)", _write_code_span),
    make_form("raw", r"\{%-?\s*raw\s*-?%\}(.*?)", _write_raw, liquid=True, end=r"\{%-?\s*endraw\s*-?%\}"),
    make_form("comment", r"\{%-?\s*comment\s*-?%\}.*?", _drop_comment, liquid=True, end=r"\{%-?\s*endcomment\s*-?%\}"),
    make_form(
        "highlight",
        r"\{%-?\s*highlight\s+(?P<language>[\w+#-]+)[^%\n]*%\}(?P<code>.*?)",
        _write_highlight,
        liquid=True,
        end=r"\{%-?\s*endhighlight\s*-?%\}",
    ),
    make_form(
        "include",
        r"\{%-?\s*include\s+(?P<file>[\w./-]+)"
        r"""(?P<parameters>(?:\s+[\w-]+=(?:"(?:\\.|[^"\\])*"|'[^']*'))*)\s*-?%\}""",
        _write_include,
        liquid=True,
    ),
    make_form("post_url", r"\{%-?\s*post_url\s+(?P<post>[^\s%]+)\s*-?%\}", _write_post_url, liquid=True),
    make_form("link", r"\{%-?\s*link\s+(?P<name>[^%\n]{1,300}?)\s*-?%\}", _write_link, liquid=True),
    make_form("site", r"\{\{-?\s*site\.(?P<name>url|baseurl)\s*-?\}\}", _write_site_address, liquid=True),
    make_form(
        "relative_url",
        r"""\{\{-?\s*["'](?P<path>[^"'\n]*)["']\s*"""
        r"""(?:\|\s*(?:(?:relative|absolute)_url|prepend:\s*site\.(?:base)?url)\s*)+-?\}\}""",
        _write_url_filter,
        liquid=True,
    ),
    make_form("other Liquid", r"\{%[^\n]{0,1000}?%\}|\{\{[^\n]{0,1000}?\}\}", resolve_other, liquid=True),
)
