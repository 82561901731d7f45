"""Long texts of repeated fragments, and the CPU time of a function, for `test_growth.py` and `make fuzz`."""

import gc
import time
from collections.abc import Callable
from typing import Any

#: The beginnings of everything that the dialect knows, closed and unclosed.
FRAGMENTS = [
    "a", "a\n", "a\n\n", "日本\n", "あ", "　", " ", " \n", "\t", "\n", "\r\n", "e\u0301", "\u0301", "\u0316\u0301",
    "a-", "\U0001f600", "\\",
    "[", "]", "[a", "[a](", "[a](b", "[a](b)\n", "[a](<b", '[a](b "c', "[[]", "[[[[](", "](a)", "[a][b]", "[a]: b\n",
    '[a]: b "\n', "![", "![a](b)", "![![", "[^", "[^a]", "[^a]: b\n\n", "<", "<a ", "<a '", "<a b='>\n", "<div ",
    "<div>\n", "<div>\n\n", "</div>\na\n", "<div></div>\na\n", "<b>", "<b></i>", "<b lang=a>\n\n", "<i>a</b>",
    "<font>", "<span>", "<span></span>", "<a href=x>", "<a href=x>a</a>", "<svg>", "<select>", "<script>", "<pre>",
    "<details><summary>", "<summary", "<summary>", "<details>\n\n", "<table><tr><td>", "<ruby>漢<rt>か", "<!--",
    "<!-- >", "<!--a-->\n", "<?", "<![CDATA[", "<iframe src=x></iframe>\n", "<video src=a>", "<a@b.c>", "&", "&amp;",
    "*", "*a ", "**a*b", "*CO*", "**「a」**", "_a", "~~a", "~", "`", "`a", "``a`", "$", "$a", "$a$", "$$a\n\n",
    "$$\na\n", "$あ$", "$\\text{", "\\begin{align}\n", "> \\begin{align}\n", ":", ": ", ": a\n", "a\n: b\n", "https:",
    "http://a)", "http://a.b ", "http://a.b/あ", ":smiles:", "C[C](", "C[C@H](O)N", "[C++", "# a\n", "# a {#b}\n",
    " #a", "### 1:30 a\n", "a\n===\n", "---\n", "- ", "- a\n", "- [ ] a\n", "1. a\n  - b\n", "a:\n1. b\n", "> ",
    "> a\n", "|", "|a|b|\n", "a|b\n-|-\n", "a|b\n-|-\n> a\n", "|$x_1|y$|", "```\n", "```js\n", "```py\na\n```\n",
    "    a\n", "{", "{#",
    "{:", "{: a}", "{::", "{::comment}", "{%", "{% raw %}", "{% include a", "{{", "*[a]: b\n", "\\\\(", "](a b",
    "**a:**b ", "(a)**b", "|`a|b`", "    <p>b\n\n", "<div>\n\n    a\n\n", "<div><pre>\n\n", "  <div>\n\n    </div>\n\n",
    "1:30", "(2007) ", "A, B. ", "“", '"', "---\n\n", "a: b\n",
]  # fmt: skip
#: What goes before the fragments, and changes how all of them are read.
OPENINGS = [
    "<div>\n",
    "<div>\n  <p>\n\n",
    "<pre>",
    "<b>",
    "- ",
    "> ",
    "# ",
    "|a|\n|-|\n|",
    "```js\n",
    "$",
    "[",
    "![",
    "[^a]: ",
    "[a]: b\n\n",
]
LINE = "- [a](https://example.org/a)\n"


def repeat(fragment: str, length: int, opening: str = "", ending: str = "") -> str:
    """Return so many characters of the fragment."""
    return opening + fragment * (length // len(fragment)) + ending


def seconds(function: Callable[[str], Any], text: str) -> float:
    """Return the CPU seconds of one call, without other processes and without the garbage of other tests."""
    gc.disable()
    try:
        start = time.process_time()
        function(text)
        return time.process_time() - start
    finally:
        gc.enable()
