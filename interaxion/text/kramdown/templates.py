"""Liquid that can be known: python-liquid with a fixed list of names, bounded in time and size.

Known are the scalars, lists and mappings of `_config.yml`, of `_data` and of the page's front matter, and the files in
`_includes`. What else Jekyll would know (`site.posts`, `page.url`, the time) raises CannotKnow.
"""

import re
import time
from collections.abc import Callable, Mapping
from functools import lru_cache, wraps
from io import StringIO
from typing import Any, TextIO
from urllib.parse import urljoin

from liquid import Environment, StrictUndefined
from liquid.ast import Node
from liquid.context import RenderContext
from liquid.exceptions import LiquidError
from liquid.stream import TokenStream
from liquid.tag import Tag
from liquid.token import TOKEN_EXPRESSION, TOKEN_TAG, Token

from interaxion.text.kramdown.includes import INCLUDES, write_include
from interaxion.text.kramdown.page import JekyllSite

#: Of one piece of Liquid: characters that it writes, or that a value has.
MOST_CHARACTERS = 100_000
#: Of one piece: its characters, each as often as a loop goes over them.
MOST_STEPS = 1_000_000
#: Of one page.
SECONDS = 2.0
MOST_INCLUDES, DEEPEST_INCLUDE = 50, 5
#: What Jekyll makes, so that no file says it.
_MADE = {
    "site": frozenset({
        "categories", "collections", "documents", "html_files", "html_pages", "pages", "posts", "related_posts",
        "static_files", "tags", "time",
    }),
    "page": frozenset({"collection", "content", "dir", "excerpt", "id", "name", "next", "path", "previous", "url"}),
}  # fmt: skip
_FILTERS = (
    "abs", "append", "capitalize", "ceil", "compact", "concat", "date", "default", "divided_by", "downcase", "escape",
    "escape_once", "first", "floor", "join", "last", "lstrip", "map", "minus", "modulo", "newline_to_br", "plus",
    "prepend", "remove", "remove_first", "replace", "replace_first", "reverse", "round", "rstrip", "size", "slice",
    "sort", "sort_natural", "split", "strip", "strip_html", "strip_newlines", "times", "truncate", "truncatewords",
    "uniq", "upcase", "url_encode", "where",
)  # fmt: skip
#: Tags of the library that Jekyll has not, or that only count.
_REFUSED_TAGS = ("decrement", "doc", "echo", "ifchanged", "increment", "liquid", "render", "tablerow")
#: No template can name it.
_STATE = " state"
_RANGE = re.compile(r"\(\s*[\w.\[\]-]+\s*\.\.")
_FILE = re.compile(r"\s*(?P<file>[\w./-]+)(?P<parameters>.*)", re.DOTALL)
_PARAMETER = re.compile(r"""([\w-]+)\s*=\s*("(?:\\.|[^"\\])*"|'[^']*'|[\w.\[\]-]+)""")


class CannotKnow(LiquidError):
    """Only Jekyll knows what this says, or it takes too long."""


def resolve(text: str, site: JekyllSite, page: Mapping[str, Any], *, until: float = 0) -> str:
    """Return what Jekyll would write. Raises CannotKnow. `until` is of the clock of `time.process_time`."""
    until = until or time.process_time() + SECONDS
    if _RANGE.search(text) or time.process_time() >= until:
        raise CannotKnow(text, token=None)
    names = {
        "site": _Names("site", _typed(site.config) | {"url": site.url, "baseurl": site.baseurl}, {"data": site.data}),
        "page": _Names("page", _typed(page)),
        "include": _Names("include", {}),
        _STATE: _State(site, until),
    }
    # The next power of two: there are few environments.
    environment = _environment(MOST_STEPS >> max(len(text), 100).bit_length())
    try:
        return environment.from_string(text).render(**names)
    except (LiquidError, ValueError, TypeError, KeyError, ArithmeticError, RecursionError, AttributeError) as problem:
        raise CannotKnow(str(problem), token=None) from problem


class _State:
    """The time that one piece has left, and how many files it has included so far."""

    def __init__(self, site: JekyllSite, until: float) -> None:
        self.site, self.until = site, until
        self.includes = self.depth = 0


class _Names(dict[str, Any]):
    """The values under one name. What no file says is nil, as in Liquid; what Jekyll makes raises CannotKnow."""

    def __init__(self, name: str, values: Mapping[str, Any], later: Mapping[str, Callable[[], Any]] | None = None):
        super().__init__(values)
        self._name, self._later = name, later or {}

    def __missing__(self, key: str) -> Any:
        if key in self._later:
            return _typed(self._later[key]())
        if key in _MADE.get(self._name, ()):
            raise CannotKnow(f"{self._name}.{key}", token=None)
        return None


def _typed(value: Any) -> Any:
    """Return data of YAML, which we read as strings, with the types that Liquid compares."""
    if isinstance(value, Mapping):
        return _Names("", {str(key): _typed(each) for key, each in value.items()})
    if isinstance(value, list | tuple):
        return [_typed(each) for each in value]
    if value in ("true", "false"):
        return value == "true"
    if isinstance(value, str) and re.fullmatch(r"-?(?:0|[1-9][0-9]{0,14})", value):
        return int(value)
    return None if value in ("null", "~") else value


@lru_cache(maxsize=32)
def _environment(most_loops: int) -> Environment:
    class Bounded(Environment):
        context_depth_limit = 20
        loop_iteration_limit = most_loops
        local_namespace_limit = MOST_CHARACTERS
        output_stream_limit = MOST_CHARACTERS

    environment = Bounded(undefined=StrictUndefined)
    for name in _REFUSED_TAGS:
        del environment.tags[name]
    environment.tags["include"] = _IncludeTag(environment)
    environment.filters = {name: _bounded(environment.filters[name]) for name in _FILTERS}
    environment.filters |= {
        "markdownify": str, "smartify": str, "xml_escape": environment.filters["escape"],
        "relative_url": _with_context(lambda site, path: f"{site.baseurl.rstrip('/')}/{str(path).lstrip('/')}"),
        "absolute_url": _with_context(lambda site, path: urljoin(site.url + "/", f"{site.baseurl}/{path}".lstrip("/"))),
    }  # fmt: skip
    return environment


def _with_context(write: Callable[[JekyllSite, Any], str]) -> Callable[..., str]:
    def apply(value: Any, *, context: RenderContext) -> str:
        return write(context.resolve(_STATE).site, value)

    apply.with_context = True  # type: ignore[attr-defined]
    return apply


def _bounded(apply: Callable[..., Any]) -> Callable[..., Any]:
    """Refuse what would become too long before it does."""

    @wraps(apply)
    def bounded(value: Any, *arguments: Any, **options: Any) -> Any:
        texts = [each for each in arguments if isinstance(each, str)]
        if apply.__name__.startswith("replace") and isinstance(value, str) and len(texts) > 1:
            length = len(value) + (value.count(texts[0]) if texts[0] else len(value) + 1) * len(texts[1])
        elif apply.__name__ == "join" and isinstance(value, list):
            length = sum(len(str(each)) for each in value) + len(value) * len(texts[0] if texts else " ")
        else:
            length = 0
        result = apply(value, *arguments, **options) if length <= MOST_CHARACTERS else None
        too_long = isinstance(result, str) and len(result) > MOST_CHARACTERS
        too_large = isinstance(result, int) and result.bit_length() > 1000
        if length > MOST_CHARACTERS or too_long or too_large or value in ("now", "today"):
            raise CannotKnow(apply.__name__, token=None)
        return result

    return bounded


class _IncludeNode(Node):
    def __init__(self, token: Token, expression: str) -> None:
        super().__init__(token)
        self.expression = expression
        self.blank = False

    def render_to_output(self, context: RenderContext, buffer: TextIO) -> int:
        state: _State = context.resolve(_STATE)
        state.includes, state.depth = state.includes + 1, state.depth + 1
        found = _FILE.fullmatch(self.expression)
        if not found or state.includes > MOST_INCLUDES or state.depth > DEEPEST_INCLUDE:
            raise CannotKnow(self.expression, token=self.token)
        if time.process_time() >= state.until:
            raise CannotKnow(self.expression, token=self.token)
        given = {name: self._value(context, written) for name, written in _PARAMETER.findall(found["parameters"])}
        text = state.site.include(found["file"])
        if text is None or found["file"] in INCLUDES:
            state.depth -= 1
            return buffer.write(self._known(found["file"], given))
        if len(text) > MOST_CHARACTERS or _RANGE.search(text):
            raise CannotKnow(self.expression, token=self.token)
        block = context.env.from_string(text)
        with context.extend({"include": _Names("include", given)}):
            count = sum(node.render(context, buffer) for node in block.nodes)
        state.depth -= 1
        return count

    def _known(self, file: str, given: Mapping[str, str]) -> str:
        """Return what we write in the place of a known file. Raises CannotKnow for others, or without values."""
        escaped = {name: value.replace("\\", "\\\\").replace('"', '\\"') for name, value in given.items()}
        quoted = "".join(f' {name}="{value}"' for name, value in escaped.items())
        written = write_include(file, quoted, "")
        if written is None or not all(given.values()):
            raise CannotKnow(file, token=self.token)
        return written.text

    def _value(self, context: RenderContext, written: str) -> Any:
        if written[0] in "\"'":
            return re.sub(r"\\(.)", r"\1", written[1:-1])
        output = StringIO()
        for node in context.env.from_string("{{ " + written + " }}").nodes:
            node.render(context, output)
        return output.getvalue()


class _IncludeTag(Tag):
    """Jekyll's own: `{% include file.html name="value" other=page.title %}`."""

    name = "include"
    block = False

    def parse(self, stream: TokenStream) -> Node:
        token = stream.eat(TOKEN_TAG)
        has_expression = stream.current.kind == TOKEN_EXPRESSION
        return _IncludeNode(token, stream.current.value if has_expression else "")
