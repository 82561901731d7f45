"""YAML in which every leaf is a string, as typed.

Nothing is guessed: YAML 1.1 would make 850 of `14:10` and False of `no`.
"""

import re
from collections.abc import Hashable, Mapping
from typing import Any

import yaml

from interaxion.content.source_errors import SourceError, gettext_noop

MAX_DEPTH = 20

# What XML 1.0 §2.2 cannot spell, and the marks that make text read otherwise than it is written.
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff\u202a-\u202e\u2066-\u2069]")

OTHER_LINE_ENDS = re.compile("[\x85\u2028\u2029\ufeff]")


def parse_yaml(name: str, raw: str, *, first_line: int) -> tuple[Any, dict[str, int]]:
    """The data of YAML that begins at `first_line` of the file `name`, and the lines of its outermost keys.

    Raises SourceError for YAML that is broken, unbounded (aliases, depth) or loses something (double keys).
    """

    def line_at(index: int) -> int:
        return first_line + raw.count("\n", 0, index)

    try:
        loader = _StringLoader(raw)
        node = loader.get_single_node()
        value = loader.construct_document(node) if node else None
    except yaml.reader.ReaderError as error:
        raise forbidden_character(name, line_at(error.position), raw[error.position]) from error
    except _Refused as error:
        raise SourceError(name, line_at(error.mark.index), error.message, error.cure, **error.params) from error
    except yaml.MarkedYAMLError as error:
        # A quotation mark that is never closed is noticed at the end; what helps is where it was opened.
        mark = error.context_mark if "end of stream" in (error.problem or "") else error.problem_mark
        raise SourceError(
            name,
            line_at(mark.index) if mark else first_line,
            gettext_noop("the YAML cannot be read: %(problem)s"),
            gettext_noop("put quotation marks around the value, or correct its indentation"),
            problem=error.problem,
        ) from error
    key_lines = {}
    if isinstance(node, yaml.MappingNode):
        key_lines = {key.value: line_at(key.start_mark.index) for key, _ in node.value}
    if character := _forbidden_in(value):
        # Only an escape such as "\x0b" gets here; the file itself has been looked through.
        raise forbidden_character(name, first_line, character)
    return value, key_lines


def _forbidden_in(value: Any) -> str:
    if isinstance(value, dict):
        value = [*value.keys(), *value.values()]
    if isinstance(value, list):
        return next((found for item in value if (found := _forbidden_in(item))), "")
    character = FORBIDDEN.search(value or "")
    return character.group() if character else ""


def write_yaml(meta: Mapping[str, Any]) -> str:
    """YAML from which `parse_yaml`, and any other reader, gets the same strings back."""
    written: str = yaml.dump(
        dict(meta),
        Dumper=_PlainDumper,
        allow_unicode=True,
        sort_keys=False,
        width=10**9,
        default_flow_style=False,
    )
    return written


def forbidden_character(name: str, line: int, character: str) -> SourceError:
    return SourceError(
        name,
        line,
        gettext_noop("there is an invisible control character (%(character)s)"),
        gettext_noop("delete it"),
        character=f"U+{ord(character):04X}",
    )


class _Refused(Exception):
    """YAML that is well formed and yet not taken."""

    def __init__(self, mark: yaml.Mark, message: str, cure: str, /, **params: object) -> None:
        super().__init__(message)
        self.mark, self.message, self.cure, self.params = mark, message, cure, params


class _StringLoader(yaml.BaseLoader):
    """Strings only. Refuses what can grow without bound (aliases, depth) or would be lost (double keys)."""

    depth = 0

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        event = self.peek_event()
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise _Refused(
                event.start_mark,
                gettext_noop("anchors (&) and aliases (*) of YAML are not read"),
                gettext_noop("write the value out, or put quotation marks around it"),
            )
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise _Refused(
                event.start_mark,
                gettext_noop("the YAML is nested too deeply"),
                gettext_noop("put quotation marks around the value if it is meant as text"),
            )
        node = super().compose_node(parent, index)
        self.depth -= 1
        return node

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        seen = set()
        for key, _ in node.value:
            if not isinstance(key, yaml.ScalarNode):
                raise _Refused(
                    key.start_mark,
                    gettext_noop("a list or a mapping cannot be a key"),
                    gettext_noop("write a word before the colon"),
                )
            if key.value in seen:
                raise _Refused(
                    key.start_mark,
                    gettext_noop("the key %(key)s is there twice"),
                    gettext_noop("keep one of them"),
                    key=key.value,
                )
            seen.add(key.value)
        return super().construct_mapping(node, deep)


class _PlainDumper(yaml.SafeDumper):
    def ignore_aliases(self, data: Any) -> bool:
        return True

    def represent_text(self, text: str) -> yaml.ScalarNode:
        """Lines as lines; what YAML takes for the end of a line and is none (YAML 1.1 §5.4) as an escape."""
        style = '"' if OTHER_LINE_ENDS.search(text) else "|" if "\n" in text else None
        node: yaml.ScalarNode = self.represent_scalar("tag:yaml.org,2002:str", text, style=style)
        return node


_PlainDumper.add_representer(str, _PlainDumper.represent_text)
