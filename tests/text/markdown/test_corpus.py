"""Real files: nothing of their content is lost, by the independent count of plain CommonMark."""

import csv
import os
import re
from collections import Counter
from pathlib import Path

import pytest

from interaxion.text.front_matter.parsing import parse_document
from interaxion.text.kramdown import rewrite
from interaxion.text.markdown import Dialect, Rendered, render
from tests.text.markdown.independent import bare_html, characters, counts, read
from tests.text.markdown.test_attacks import watch

CORPUS = os.environ.get("CORPUS", "")
pytestmark = [
    pytest.mark.corpus,
    pytest.mark.skipif(not CORPUS and not os.environ.get("CI"), reason="CORPUS names no folder of real files"),
]
#: Reviewed differences, with the reason: file, kind, the independent count, ours. For text: characters lost, added.
EXCEPTIONS = Path(__file__).parents[2] / "data" / "corpus_exceptions.tsv"


def files() -> list[Path]:
    return sorted(Path(CORPUS).rglob("*.md")) if CORPUS else []


def kind_of(path: Path) -> Dialect:
    return "chapter" if "courses" in path.parts else "notes" if "ep" in path.name else "post"


def body_of(path: Path) -> str:
    """Return the body as the importer passes it to the renderer."""
    body = parse_document(path.name, path.read_bytes()).body
    return body if kind_of(path) == "chapter" else rewrite(body).text


def found_in(rendered: Rendered) -> Counter[str]:
    found = read(rendered.html).count
    outline = rendered.outline
    return Counter({
        "items": found["li"], "rows": found["tr"], "pictures": len(outline.images), "code blocks": found["pre"],
        "details": found["details"], "formulas": len(outline.formulas), "embeds": len(outline.embeds),
        "links": found["link"], "strong": found["strong"], "emphasised": found["em"],
    })  # fmt: skip


def differences(path: Path) -> dict[str, tuple[int, int]]:
    source = body_of(path)
    rendered = render(source, kind_of(path))
    expected, found = counts(source), found_in(rendered)
    differing = {what: (expected[what], found[what]) for what in expected if expected[what] != found[what]}
    bare, ours = characters(read(bare_html(source))), characters(read(rendered.html))
    less, more = ((one - other).total() for one, other in ((bare, ours), (ours, bare)))
    return differing | ({"text": (less, more)} if less or more else {})


def reviewed() -> dict[str, dict[str, tuple[int, int]]]:
    known: dict[str, dict[str, tuple[int, int]]] = {}
    with EXCEPTIONS.open(encoding="utf-8", newline="") as table:
        for row in csv.DictReader(table, dialect="excel-tab"):
            known.setdefault(row["file"], {})[row["what"]] = int(row["bare"]), int(row["ours"])
    return known


@pytest.mark.parametrize("path", files() or [None], ids=str)
def test_real_file_keeps_everything(path):
    assert path, "CI needs CORPUS"

    assert differences(path) == reviewed().get(path.relative_to(CORPUS).as_posix(), {})


def test_exceptions_are_fewer_than_one_in_a_thousand():
    """In most exceptions we find more than plain CommonMark does; the few losses have a reason each."""
    assert files(), "CI needs CORPUS"
    total = sum(counts(body_of(path)).total() for path in files())

    exceptions = [pair for known in reviewed().values() for what, pair in known.items() if what != "text"]

    assert len(exceptions) <= total / 1000
    assert sum(max(bare - ours, 0) for bare, ours in exceptions) <= total / 5000


@pytest.mark.parametrize("path", files() or [None], ids=str)
def test_real_file_renders_safe(path):
    assert path, "CI needs CORPUS"
    rendered = render(body_of(path), kind_of(path))

    watch(rendered.html)
    headings = sum(read(rendered.html).count[f"h{level}"] for level in range(1, 7))
    assert len(rendered.outline.headings) == headings


@pytest.mark.parametrize("path", files() or [None], ids=str)
def test_real_file_leaves_no_bold_unread(path):
    assert path, "CI needs CORPUS"
    html = render(body_of(path), kind_of(path)).html

    prose = re.sub(r"<(code|pre|math)\b.*?</\1>", "", html, flags=re.DOTALL)
    # `*.deb` in bold is intended; the others are unclosed.
    assert prose.count("**") <= 2


def test_times_and_headings_of_real_notes_are_found():
    assert files(), "CI needs CORPUS"
    timed = sum(
        heading.starts_at is not None
        for path in files()
        if "_posts" in path.parts and "interaxion" in path.parts
        for heading in render(body_of(path), "notes").outline.headings
    )

    assert timed >= 481
