"""Fuzzing of every parser: `make fuzz` runs for ten minutes, with FUZZ_SECONDS=30 for half a minute.

FUZZ_SEED= runs the same texts again; without it they are others each time.

Hypothesis builds texts from pieces that are hard to parse, and shortens a text that fails. A target may raise only the
errors that it documents, and must keep its invariant. `tests/test_fuzzing.py` runs a few examples of each.
"""

import os
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from pathlib import Path

import hypothesis
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from episodes.importing.reading import read_episode
from episodes.notes import notes
from interaxion.content.files.picture_bytes import is_bare
from interaxion.content.importing.links import Links
from interaxion.text.front_matter.parsing import parse_document, write_front_matter
from interaxion.text.front_matter.writing import Imported, Said, write_document
from interaxion.text.front_matter.yaml_strings import parse_yaml, write_yaml
from interaxion.text.html_markdown import to_markdown
from interaxion.text.hugo.front_matter import parse_hugo_document
from interaxion.text.hugo.shortcodes import Shortcodes
from interaxion.text.kramdown import rewrite
from interaxion.text.markdown import kramdown_id, plain_text, render, render_inline
from interaxion.text.markdown.html.embeds import parse_embed
from interaxion.text.notes.marks import write_marks
from interaxion.text.notes.wiki_links import write_links
from interaxion.text.source_errors import SourceError
from interaxion.text.times import parse_time, split_time
from interaxion.text.wordpress import read_content
from interaxion.web.feed_html import feed_html
from tests.text.growth import FRAGMENTS, LINE, OPENINGS, repeat, seconds
from tests.text.markdown.attacks import ATTACKS
from tests.text.markdown.test_attacks import watch

FILES = [path.read_text(encoding="utf-8") for path in sorted((Path(__file__).parent / "data").rglob("*.md"))]
LINES = sorted({line for text in FILES for line in text.splitlines() if line})
MARKS = [
    "\n", "\n\n", "  \n", "\r\n", "\t", "    ", "- ", "* ", "1. ", "> ", "# ", "### 1:30 ", "```", "~~~", "`", "**",
    "*", "_", "~~", "$", "$$", "|", "|---|", "[", "](", ")", "![", "[^1]", "[^1]: ", "<details>", "</details>",
    "<summary>", "<!--", "-->", "<", ">", "&", "&amp;", "\\", "{#id}", "{:toc}", "{::", "{%", "%}", "{{", "}}",
    "{% raw %}", "{% endraw %}", "---\n", "title: ", "- [ ] ", ": ", "https://example.org/", "（", "」", "。", "日本",
    "https://youtu.be/abcdefghijk", "\u3000", "\ufeff", "\u200b", "e\u0301", "\U0001f600", "C[C@H](O)N", "\u2028",
]  # fmt: skip
PIECES = st.one_of(
    st.sampled_from(MARKS),
    st.sampled_from(LINES),
    st.sampled_from([attack for attack in ATTACKS if len(attack) < 400]),
    st.text(max_size=8),
)
TEXTS = st.lists(PIECES, max_size=24).map("".join)
#: Characters of a long text, and how much longer than a list of links as long one may take: about 5, and more on a
#: machine that does other things.
LONG, MOST_TIMES = 20_000, 15
LONG_LIST = repeat(LINE, LONG)
LINKS = Links(frozenset({"example.org"}), {"https://example.org/": ("https://long.example/(a)", 1)})


def fuzz_render(text: str) -> None:
    for kind in ("notes", "post", "chapter"):
        rendered = render(text, kind)
        watch(rendered.html)
        assert render(text, kind) == rendered
    watch(render_inline(text))
    plain_text(text)
    feed_html(render(text).html, "https://example.org/1")


def fuzz_kramdown(text: str) -> None:
    rewritten = rewrite(text)
    assert all(1 <= note.line <= text.count("\n") + text.count("\r") + 1 for note in rewritten.notes)
    kramdown_id(text.replace("\n", " "))


def fuzz_notes(text: str) -> None:
    once = notes.join(notes.parse(text))
    assert notes.join(notes.parse(once)) == once
    notes.find_headings(text)


def fuzz_documents(text: str) -> None:
    with suppress(SourceError):
        document = parse_document("_posts/2026-01-01-a.md", text.encode(errors="replace"))
        assert document.text.endswith(document.body)
        keys = [Said("title", "題"), Said("tags", None), Said("mood", ["a", "b: c"])]
        changed = write_document(Imported(document, is_edited=True), keys, document.body, extra={})
        again = parse_document("a.md", changed.encode())
        assert again.body == document.body
        assert (again.meta["title"], again.meta["mood"]) == ("題", ["a", "b: c"])
        assert {key: value for key, value in again.meta.items() if key not in ("title", "tags", "mood")} == {
            key: value
            for key, value in document.meta.items()
            if key not in ("title", "tags", "mood") and key in again.meta
        }
        read_episode(document)


def fuzz_yaml(text: str) -> None:
    with suppress(SourceError):
        parse_yaml("a.yml", text, first_line=1)
    with suppress(SourceError):
        meta = {"a": text, "b": [text, ""], "c": {"d": text}}
        document = parse_document("a.md", write_front_matter(meta).encode())
        assert document.meta == meta or document.notes
        value, _key_lines, notes = parse_yaml("a.yml", write_yaml(meta), first_line=1)
        assert value == meta or notes


def fuzz_lines(text: str) -> None:
    parse_time(text)
    seconds, rest = split_time(text)
    assert (seconds is None) == (rest == text.strip()) or seconds is not None
    parse_embed(text)
    assert LINKS.rewrite(text).count("\n") == text.count("\n")
    list(LINKS.notes(text))
    is_bare(text.encode(errors="replace"))


def fuzz_other_systems(text: str) -> None:
    for markdown in (to_markdown(text), read_content(text, find_nothing)[0]):
        watch(render(markdown, "post").html)
    Shortcodes(find_nothing, find_nothing).rewrite(text)
    write_marks(write_links(text, find_nothing))
    for begins in ("", "+++\n", "{"):
        with suppress(SourceError):
            parse_hugo_document("a.md", (begins + text).encode(errors="replace"))


def find_nothing(_name: str) -> None:
    """No page, file or parameter has this name."""


def fuzz_long_texts(text: str) -> None:
    """Repeat the text until it is long: no step may take much more CPU time for it than for a list of links."""
    long = repeat(text, LONG)
    for step in (render, rewrite, parse_and_join, LINKS.rewrite):
        taken = min(seconds(step, long) for _ in range(2))
        assert taken < MOST_TIMES * usual_seconds(), f"{step.__name__}: {taken:.2f} s of CPU time"


def parse_and_join(text: str) -> None:
    notes.join(notes.parse(text))


@cache
def usual_seconds() -> float:
    """Return the CPU seconds that it takes to render a list of links as long, in this run."""
    return min(seconds(render, LONG_LIST) for _ in range(3))


TARGETS: dict[str, Callable[[str], None]] = {
    "render": fuzz_render,
    "kramdown": fuzz_kramdown,
    "notes": fuzz_notes,
    "documents": fuzz_documents,
    "yaml": fuzz_yaml,
    "lines": fuzz_lines,
    "other systems": fuzz_other_systems,
    "long texts": fuzz_long_texts,
}
#: What each builds its texts of; `TEXTS` if it is not here.
TEXTS_OF = {"long texts": st.lists(st.sampled_from(FRAGMENTS + OPENINGS + MARKS), min_size=1, max_size=4).map("".join)}
#: Hypothesis runs so many texts of it for a hundred of the others.
SLOW = {"long texts": 10}


def run(name: str, *, examples: int, seed: int | None = None) -> None:
    """Run a target on this number of texts. Raises what it raises for the shortest failing text found."""

    @settings(max_examples=examples, database=None, deadline=None, suppress_health_check=list(HealthCheck))
    @given(TEXTS_OF.get(name, TEXTS))
    def attempt(text: str) -> None:
        TARGETS[name](text)

    (attempt if seed is None else hypothesis.seed(seed)(attempt))()


def main() -> None:
    seconds = float(os.environ.get("FUZZ_SECONDS") or 600)
    end, seed, examples = time.monotonic() + seconds, int(os.environ.get("FUZZ_SEED") or time.time_ns() % 10**9), 0
    sys.stdout.write(f"fuzzing for {seconds:.0f} seconds, seed {seed}\n")
    while time.monotonic() < end:
        for name in TARGETS:
            if time.monotonic() >= end:
                break
            count = SLOW.get(name, 100)
            seed, examples = seed + 1, examples + count
            sys.stdout.flush()
            run(name, examples=count, seed=seed)
    sys.stdout.write(f"{examples} texts, no exception\n")


if __name__ == "__main__":
    main()
