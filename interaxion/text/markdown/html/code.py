"""Code blocks: highlighted on the server if the language is known, and scrollable by keyboard."""

import re
from functools import cache
from html import escape
from zlib import compress

from pygments import highlight
from pygments.formatters.html import HtmlFormatter
from pygments.lexer import Lexer
from pygments.lexers import get_lexer_by_name
from pygments.token import STANDARD_TYPES
from pygments.util import ClassNotFound

from interaxion.text.markdown.rendered import ImageSource

# Allow-list: the languages of a science show and its courses. A lexer is code that runs on input that people type.
KNOWN_LANGUAGES = frozenset({
    "bash", "bibtex", "c", "console", "cpp", "css", "diff", "dockerfile", "elisp", "emacs-lisp",
    "fortran", "go", "haskell", "html", "ini", "java", "javascript", "js", "json", "julia", "latex", "lisp",
    "make", "markdown", "matlab", "md", "perl", "php", "powershell", "py", "python", "r", "rb", "ruby",
    "rust", "sh", "shell", "sql", "tex", "toml", "ts", "typescript", "xml", "yaml", "yml",
})  # fmt: skip
HIGHLIGHT_CLASSES = frozenset(name for name in STANDARD_TYPES.values() if name)
# In characters. Some lexers read from each word or quotation mark to the end of the block, so that their time is the
# square of its length: at this length up to 0.6 s, for ordinary code 0.02 s. The longest real block has 4100.
LONGEST = 5_000
LONGEST_LINE = 500
#: Of all blocks of a document together.
LONGEST_SUM = 60_000
#: Code that can be packed so small consists of repetitions, on which lexers are slowest; real code fills a fifth.
_PACKED = 1 / 12
_SHORT = 200


def language_of(info: str) -> str:
    """Return the language named after a fence; "" if the text there is something else."""
    found = re.match(r"\{?\.?([\w+#.-]{1,30})\}?(?=\s|$)", info.strip())
    return found[1] if found else ""


def is_coloured(content: str, language: str) -> bool:
    """Whether a block is highlighted: its language is known, and no lexer takes long for it."""
    if language.lower() not in KNOWN_LANGUAGES or len(content) > LONGEST:
        return False
    if len(content) <= _SHORT:
        return True
    data = content.encode()
    return len(compress(data)) >= len(data) * _PACKED and max(map(len, content.split("\n"))) <= LONGEST_LINE


def code_html(content: str, language: str, *, coloured: bool) -> str:
    """Return a <pre> with the code; `language` is the result of `language_of`, "" for none."""
    lexer = _lexer(language.lower()) if coloured else None
    body = highlight(content, lexer, _FORMATTER) if lexer else escape(content, quote=False)
    label = f' role="group" aria-label="{escape(language)}" data-language="{escape(language)}"'
    return f'<pre tabindex="0"{label if language else ""}><code>{body}</code></pre>\n'


def mermaid_html(source: str, drawing: ImageSource | None) -> str:
    """Return a diagram as a picture with its source folded below it, which is the text alternative; else the source.

    The caption is its own title; without a picture "Mermaid", if it has none.
    """
    title = next((line for line in map(_title, source.splitlines()) if line), "")
    code = (
        f'<pre tabindex="0" role="group" aria-label="Mermaid" data-language="mermaid"><code>'
        f"{escape(source, quote=False)}</code></pre>\n"
    )
    if drawing:
        size = f'width="{drawing.width}" height="{drawing.height}"'
        picture = f'<img src="{escape(drawing.url)}" alt="" {size} loading="lazy">'
        drawn = f'<div class="drawing" tabindex="0">{picture}</div>\n'
        code = f"{drawn}<details><summary>Mermaid</summary>\n{code}</details>\n"
    caption = title if drawing else title or "Mermaid"
    return (
        f'<figure class="diagram">\n{code}'
        + (f"<figcaption>{escape(caption)}</figcaption>\n" if caption else "")
        + "</figure>\n"
    )


def _title(line: str) -> str:
    key, _, value = line.strip().replace(":", " ", 1).partition(" ")
    return value.strip() if key in {"title", "accTitle"} else ""


@cache
def _lexer(language: str) -> Lexer | None:
    try:
        return get_lexer_by_name(language, stripnl=False)
    except ClassNotFound:
        return None


_FORMATTER: HtmlFormatter[str] = HtmlFormatter(nowrap=True)
