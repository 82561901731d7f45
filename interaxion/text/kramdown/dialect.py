"""kramdown's own Markdown: contents, attribute lists, extensions, and Markdown inside HTML.

Source: https://kramdown.gettalong.org/syntax.html
"""

import re

from interaxion.text.kramdown.includes import spell_address
from interaxion.text.kramdown.page import KramdownPage, drop, make_form
from interaxion.text.source_errors import gettext_noop

ATX_HEADING = re.compile(r" {0,3}#{1,6}[ \t]")
LIST_MARK = re.compile(r"[ \t]*(?:[*+-]|\d{1,9}[.)])")
# Attributes of appearance, or of how a link opens: dropped without a note.
LOOKS = {"class", "style", "target", "rel", "width", "height", "align", "loading"}
_CODE = re.compile(r"`[^`\n]*`")
# A line after which a raw HTML block goes on in the lines below.
HTML_LINE = re.compile(
    r"^[ \t]*</?(?!pre\b|script\b|style\b|textarea\b)[a-z]"
    r"|</(?:blockquote|div|details|summary|p|table|figure|figcaption|iframe|script|nav|center|section)>$",
    re.IGNORECASE,
)


def _write_attributes(page: KramdownPage, found: re.Match[str]) -> str:
    """`{: #id .class key="value"}`: a heading's id is kept, appearance is dropped, the rest is noted."""
    at = found.start()
    start = page.line_start(at)  # for an attribute list on a line of its own, that of the line above
    heading = ATX_HEADING.match(page.body, start, at)
    if LIST_MARK.fullmatch(page.body, start, at):
        return ""
    if not (found[0].startswith("\n") or start == at or heading or page.body[at - 1] in ")]*_`>~"):
        return page.keep(found)
    identifier = re.search(r"(?:^|\s)#([^\s}]+)", found["attributes"])
    if identifier and not heading:
        page.note(found, gettext_noop("the anchor #%(id)s is left out"), id=identifier[1])
    for key, value in re.findall(r"""([\w-]+)=["']([^"']*)["']""", found["attributes"]):
        if key not in LOOKS:
            page.note(found, gettext_noop("the attribute %(key)s is left out: %(value)s"), key=key, value=value)
    return f" {{#{identifier[1]}}}" if identifier and heading else ""


def _drop_comment(page: KramdownPage, found: re.Match[str]) -> str:
    page.note(found, gettext_noop("a comment that no reader saw is left out"))
    return ""


def _write_tag(page: KramdownPage, found: re.Match[str]) -> str:
    """Write a tag without `markdown=`. If that turned on Markdown inside, a blank line does the same in CommonMark."""
    parsed = found["value"].strip("\"'") in ("1", "block")
    return found["before"] + found["after"] + ("\n\n" if parsed and found["newline"] else found["newline"])


def _open_html_block(page: KramdownPage, found: re.Match[str]) -> str:
    """Add a blank line if the site turns on Markdown inside every HTML block: it does the same in CommonMark."""
    return found[0] + ("\n" if page.site.parses_html or page.parses_html else "")


def _end_html_block(page: KramdownPage, found: re.Match[str]) -> str:
    """Add a blank line, where a raw HTML block ends (CommonMark §4.6); in kramdown it ends with its tag."""
    return found[0] + "\n" if HTML_LINE.search(page.line_before(found.start())) else found[0]


def _write_formula(page: KramdownPage, found: re.Match[str]) -> str:
    r"""Write `\\( x \\)`, which kramdown passes on to MathJax as `\( x \)`, between dollar signs."""
    return f"$${found['inline'] or found['block']}$$"


def _head_table(page: KramdownPage, found: re.Match[str]) -> str:
    """Add an empty head to a table: kramdown's tables need none, ours do."""
    columns = len(re.findall(r"(?<!\\)\|", _CODE.sub("", found["row"]))) - 1
    return f"{'|   ' * columns}|\n{'|---' * columns}|\n{found[0]}"


def _write_address(page: KramdownPage, found: re.Match[str]) -> str:
    """Escape spaces in a URL: for kramdown they are part of it, for CommonMark its end."""
    return spell_address(found["angled"] or found["spaced"])


def _drop_abbreviation(page: KramdownPage, found: re.Match[str]) -> str:
    message = gettext_noop("what the abbreviation %(short)s means is left out: %(long)s")
    page.note(found, message, short=found["short"], long=found["long"].strip())
    return ""


_PART = r"(?:[^\s()<>\"']|\([^\s()<>\"']*\))+"
_CONTENTS = r"[*+-][ \t][^\n]*\n[ \t]*\{:[ \t]*toc[ \t]*\}"
_SPACE_OR_COMMENT = r"\s|<!--(?:(?!-->).){0,1000}-->"

FORMS = (
    make_form(
        "a box of contents",
        rf"<details[^<>]*>(?:{_SPACE_OR_COMMENT}|<summary[^<>]*>[^<>]*</summary>|<nav[^<>]*>)*{_CONTENTS}"
        rf"(?:{_SPACE_OR_COMMENT}|</nav>)*</details>(?:\s*<br[ \t]*/?>)?[ \t]*\n?",
        drop,
    ),
    make_form("a list of contents", rf"^[ \t]*{_CONTENTS}[ \t]*\n?", drop),
    make_form("comment", r"\{::comment\}.*?", _drop_comment, end=r"\{:/(?:comment)?\}"),
    make_form("options", r"^[ \t]*\{::options[^}\n]*/\}[ \t]*\n?", drop),
    make_form(
        "abbreviation", r"^ {0,3}\*\[(?P<short>[^\]\n]+)\]:(?P<long>[^\n]*)(?:\n|\Z)", _drop_abbreviation, liquid=True
    ),
    make_form("nomarkdown", r"\{::nomarkdown[^}\n]{0,300}\}[ \t]*\n?|\{:/(?:nomarkdown)?\}", drop),
    make_form(
        "attributes", r"(?:\n|(?<=[^\n])|\A)[ \t]{0,100}\{:(?![:/])(?P<attributes>[^}\n]{0,1000})\}", _write_attributes
    ),
    make_form(
        "markdown=",
        r"(?P<before><[a-zA-Z][^<>]{0,1000}?)\s{1,20}markdown=(?P<value>\"[^\"<>]*\"|'[^'<>]*'|\w+)(?P<after>[^<>]*>)"
        r"(?P<newline>(?:[ \t]*\n(?=[ \t]*\S))?)",
        _write_tag,
    ),
    make_form(
        "HTML around Markdown",
        r"^[ \t]*<(?:div|section|article|aside|center|figure|nav|main|header|footer)\b[^<>]*>[ \t]*\n(?=[ \t]*[^\s<])",
        _open_html_block,
    ),
    make_form("HTML before a list", r"(?<=>)[ \t]*\n(?=[ \t]*(?:[*+-]|\d{1,9}[.)]|#{1,6})[ \t])", _end_html_block),
    make_form(
        "formula",
        r"\\\\(?:\((?P<inline>[^\n$]{1,500}?)\\\\\)|\[(?P<block>(?:(?!\n[ \t]*\n)[^$]){1,1000}?)\\\\\])",
        _write_formula,
        liquid=True,
    ),
    make_form(
        "table without a head",
        r"(?:\A|(?<=\n\n))(?P<row>\|[^\n]+\|)[ \t]*(?=\Z|\n(?![ \t]*\|?[ \t]*:?-[-:| \t]*(?:\n|\Z)))",
        _head_table,
        liquid=True,
    ),
    make_form(
        "address with spaces",
        rf"(?<=\]\()(?:<(?P<angled>[^<>\n ]* [^<>\n]*)>|(?P<spaced>{_PART}(?: +{_PART})+))"
        r"(?= *(?:[\"'][^\n]{0,300})?\))",
        _write_address,
        liquid=True,
    ),
    make_form("other kramdown", r"\{:[^}\n]{0,1000}\}", KramdownPage.keep),
)
