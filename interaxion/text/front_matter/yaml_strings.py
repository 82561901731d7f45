"""YAML with every scalar as a string, as it was typed.

No types are guessed: YAML 1.1 would read `14:10` as 850 and `no` as False.
"""

import re
from collections.abc import Hashable, Mapping
from typing import Any

import yaml

from interaxion.text.characters import FORBIDDEN, drop_control_characters
from interaxion.text.source_errors import Note, SourceError, gettext_noop

MAX_DEPTH = 20

OTHER_LINE_ENDS = re.compile("[\x85\u2028\u2029\ufeff]")
#: YAML allows even fewer characters (YAML 1.1 §5.1).
_NO_YAML = re.compile(f"{FORBIDDEN.pattern[:-1]}\x80-\x84\x86-\x9f]")


def parse_yaml(name: str, raw: str, *, first_line: int) -> tuple[Any, dict[str, int], tuple[Note, ...]]:
    """Parse YAML that begins at `first_line` of the file `name`: its data, the lines of its top-level keys, and notes.

    If a key is repeated, the last value counts, as in Jekyll. Raises SourceError for YAML that is broken or could grow
    without bound (aliases, depth).
    """

    def line_at(index: int) -> int:
        return first_line + raw.count("\n", 0, index)

    raw, dropped = drop_control_characters(raw, first_line=first_line, pattern=_NO_YAML)
    try:
        loader = _StringLoader(raw)
        node = loader.get_single_node()
        value = loader.construct_document(node) if node else None
    except _Refused as error:
        raise SourceError(name, line_at(error.mark.index), error.message, error.cure, **error.params) from error
    except yaml.MarkedYAMLError as error:
        # The parser notices an unclosed quotation mark at the end of the file; the user needs the place where it opens.
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
    found = tuple(Note(line_at(mark.index), message, params) for mark, message, params in loader.found)
    # Escapes such as "\x0b" in a string; the text of the file has been cleaned above.
    value, escaped = _drop_in(value, first_line)
    return value, key_lines, (*dropped, *found, *escaped)


def _drop_in(value: Any, line: int) -> tuple[Any, list[Note]]:
    """Drop the control characters from every string in a value."""
    if isinstance(value, dict):
        cleaned, notes = _drop_in([part for pair in value.items() for part in pair], line)
        return dict(zip(cleaned[::2], cleaned[1::2], strict=True)), notes
    if isinstance(value, list):
        items = [_drop_in(item, line) for item in value]
        return [item for item, _ in items], [note for _, notes in items for note in notes]
    cleaned, found = drop_control_characters(value or "", first_line=line)
    return cleaned if found else value, list(found)


def write_yaml(meta: Mapping[str, Any]) -> str:
    """Write YAML from which `parse_yaml` and any other parser read the same strings."""
    written: str = yaml.dump(
        dict(meta),
        Dumper=_PlainDumper,
        allow_unicode=True,
        sort_keys=False,
        width=10**9,
        default_flow_style=False,
    )
    return written


class _Refused(Exception):
    """YAML that is well-formed but not accepted."""

    def __init__(self, mark: yaml.Mark, message: str, cure: str, /, **params: object) -> None:
        super().__init__(message)
        self.mark, self.message, self.cure, self.params = mark, message, cure, params


class _StringLoader(yaml.BaseLoader):
    """Loads strings only. Refuses what can grow without bound (aliases, depth). `found` collects the notes."""

    depth = 0

    def __init__(self, stream: str) -> None:
        super().__init__(stream)
        self.found: list[tuple[yaml.Mark, str, dict[str, object]]] = []

    def scan_to_next_token(self) -> None:
        """Accept tabs like libyaml, which Jekyll uses: a tab is white space wherever it is not indentation."""
        super().scan_to_next_token()
        while self.peek() == "\t" and (self.flow_level or not self.allow_simple_key):
            self._note_tab()
            self.forward()
            super().scan_to_next_token()

    def scan_plain_spaces(self, indent: int, start_mark: yaml.Mark) -> list[str] | None:
        """Accept tabs within and after a value without quotation marks."""
        length = 0
        while self.peek(length) in (" ", "\t"):
            length += 1
        spaces = self.prefix(length)
        if "\t" not in spaces:
            return super().scan_plain_spaces(indent, start_mark)
        self._note_tab()
        self.forward(length)
        at_end = self.peek() in "\0\r\n\x85\u2028\u2029"
        return super().scan_plain_spaces(indent, start_mark) if at_end else [spaces]

    def _note_tab(self) -> None:
        mark = self.get_mark()
        if not self.found or self.found[-1][0].line != mark.line:
            self.found.append((mark, gettext_noop("a tab is read as a space"), {}))

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        event = self.peek_event()  # type: ignore[no-untyped-call]
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
                message = gettext_noop("the key %(key)s is there twice: the last one counts")
                self.found.append((key.start_mark, message, {"key": key.value}))
            seen.add(key.value)
        return super().construct_mapping(node, deep)


class _PlainDumper(yaml.SafeDumper):
    def ignore_aliases(self, data: Any) -> bool:
        return True

    def represent_text(self, text: str) -> yaml.ScalarNode:
        """Write several lines as a block; escape what YAML alone takes for a line end (YAML 1.1 §5.4)."""
        style = "|" if "\n" in text else None
        if OTHER_LINE_ENDS.search(text):
            style = '"'
        node: yaml.ScalarNode = self.represent_scalar("tag:yaml.org,2002:str", text, style=style)
        return node


_PlainDumper.add_representer(str, _PlainDumper.represent_text)
