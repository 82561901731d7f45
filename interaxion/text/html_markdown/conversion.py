"""One block of HTML as Markdown, with the proof that nothing of it is lost."""

import re
from collections.abc import Iterator
from html import unescape
from typing import Any

from html_to_markdown import ConversionError, ConversionOptions, convert

from interaxion.text.html_markdown.blocks import TAG, blocks_of
from interaxion.text.html_markdown.code import fence
from interaxion.text.html_markdown.raw_block import as_block
from interaxion.text.html_markdown.shown import what_is_shown
from interaxion.text.markdown.html.embeds import parse_embed

#: Tags without a form in Markdown: they stay as they are written.
_KEPT = [
    "abbr", "audio", "center", "cite", "dfn", "dl", "details", "figure", "font", "iframe", "ins", "kbd", "mark", "q",
    "ruby", "samp", "small", "time", "u", "var", "video",
]  # fmt: skip
_FORM: dict[str, Any] = {
    "extract_metadata": False, "bullets": "-", "expand_abbreviations": False, "include_blockquote_citations": False,
    "br_in_tables": True, "compact_tables": True, "sub_symbol": "<sub>", "sup_symbol": "<sup>", "autolinks": False,
    "preserve_tags": _KEPT, "hidden_content": "all",
}  # fmt: skip
_AS_FEW_MARKS_AS_POSSIBLE = ConversionOptions(**_FORM)
_EVERY_MARK_ESCAPED = ConversionOptions(**_FORM, escape_misc=True, escape_asterisks=True, escape_underscores=True)
#: Marks that mean something only where a line begins, or in pairs: most of the time they need no backslash.
_SELDOM_NEEDED = re.compile(r"(?<=[^\n\s>])\\([-.!>#+=|~()])")
#: Characters of private use for what the library reads as a space, and for what our dialect reads as a formula.
_WIDE_SPACE, _DOLLAR, _ANCHOR = "\ue000", "\ue001", "\ue010{}\ue011"
_ANCHORS = re.compile("\ue010([^\ue011]+)\ue011")

_ADDRESS_ALONE = re.compile(r"<p\b[^>]*>\s*(https?://[^\s<>]+)\s*</p>")
_HEADING = re.compile(r'<h[1-6]\b[^>]*? id="([^\s{}#"\'<>&]+)"')
_IDS = re.compile(r'<(?:(?!h[1-6]\b)[a-z]+)\b[^>]*? (?:id|name)="([^\s{}#"\'<>&]+)"[^>]*>')
_DETAILS = re.compile(r"(<details\b[^>]*>)\s*(<summary\b[^>]*>)(.*?)(</summary>)(.*)</details>", re.DOTALL)


def convert_block(html: str) -> str:
    """Return one block of tidy HTML as Markdown, without blank lines around it. What Markdown cannot say stays HTML."""
    if (alone := _ADDRESS_ALONE.fullmatch(html)) and parse_embed(unescape(alone[1])):
        return unescape(alone[1])
    if (code := fence(html)) is not None:
        return code
    raw = as_block(html).strip()
    shown = what_is_shown(raw)
    for markdown in _attempts(html):
        if shown.is_kept_by(what_is_shown(markdown)):
            return markdown
    return "" if shown.is_nothing else raw


def _attempts(html: str) -> Iterator[str]:
    """Yield the Markdown without backslashes, then with those that are often needed, then with all."""
    if folded := _DETAILS.fullmatch(html):
        begin, summary, words, end, text = folded.groups()
        inside = "\n\n".join(filter(None, map(convert_block, blocks_of(text))))
        yield f"{begin}\n{summary}{_inline(words)}{end}\n\n{inside}\n\n</details>"
    heading = _HEADING.match(html)
    marked = _IDS.sub(lambda tag: tag[0] + _ANCHOR.format(tag[1]), _outside_code(html, {"\u3000": _WIDE_SPACE}))
    ends = f" {{#{heading[1]}}}" if heading else ""
    yield _restored(_converted(marked, _AS_FEW_MARKS_AS_POSSIBLE)) + ends
    escaped = _converted(_outside_code(marked, {"$": _DOLLAR}), _EVERY_MARK_ESCAPED)
    yield _restored(_SELDOM_NEEDED.sub(r"\1", escaped)) + ends
    yield _restored(escaped) + ends


def _inline(html: str) -> str:
    return _converted(html, _AS_FEW_MARKS_AS_POSSIBLE).strip()


def _converted(html: str, form: ConversionOptions) -> str:
    """Return "" for what the library refuses: then the block stays HTML."""
    try:
        return convert(html, form).content or ""
    except ConversionError:
        return ""


def _outside_code(html: str, characters: dict[str, str]) -> str:
    table = str.maketrans(characters)
    out, at, code = [], 0, 0
    for tag in TAG.finditer(html):
        text = html[at : tag.start()]
        out += [text if code else text.translate(table), tag[0]]
        code += 0 if tag["name"] not in ("code", "pre") else -1 if tag["end"] else 1
        at = tag.end()
    return "".join([*out, html[at:].translate(table)])


def _restored(markdown: str) -> str:
    text = markdown.replace(_WIDE_SPACE, "\u3000").replace(_DOLLAR, r"\$").strip("\n")
    return _ANCHORS.sub(r'<a id="\1"></a>', text)
