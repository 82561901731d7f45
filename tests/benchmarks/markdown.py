"""Rendering compared with Python-Markdown and the bare parser, on the same files in the same run.

    python -m tests.benchmarks.markdown

The files are those of the repository, and of the folder that CORPUS names; the best of three rounds counts.
Ours is everything that a save does: HTML, text, outline, highlighted code, formulas, sanitising. `items` counts the
list items in the HTML, because no other column shows which engine loses some.
"""

import os
import re
import sys
import time
from collections.abc import Callable
from pathlib import Path

from markdown import Markdown
from markdown_it import MarkdownIt

from interaxion.text.markdown import render

ROOT = Path(__file__).resolve().parents[2]
ROUNDS = 3
FRONT_MATTER = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)


def read_files() -> list[tuple[str, str]]:
    folders = [ROOT / "tests/data", ROOT / "interaxion/sitewide/demo/site"]
    folders += [Path(os.environ["CORPUS"])] if os.environ.get("CORPUS") else []
    paths = sorted(path for folder in folders for path in folder.rglob("*.md"))
    return [(path.as_posix(), FRONT_MATTER.sub("", path.read_text(encoding="utf-8"))) for path in paths]


def ours(name: str, source: str) -> str:
    return render(source, "chapter" if "/courses/" in name or "/course/" in name else "notes").html


def python_markdown(name: str, source: str) -> str:
    return Markdown(extensions=["extra", "sane_lists", "toc", "codehilite"], tab_length=2).convert(source)


def python_markdown_plain(name: str, source: str) -> str:
    return Markdown().convert(source)


def bare_parser(name: str, source: str) -> str:
    html: str = MarkdownIt("commonmark").enable(["table", "strikethrough"]).render(source)
    return html


ENGINES: dict[str, Callable[[str, str], str]] = {
    "interaxion": ours,
    "markdown-it-py, bare": bare_parser,
    "Python-Markdown, plain": python_markdown_plain,
    "Python-Markdown, tuned": python_markdown,
}


def measure(engine: Callable[[str, str], str], files: list[tuple[str, str]]) -> tuple[float, int]:
    """Return seconds of processor time for all files in the best round, and the number of list items."""
    items = sum(engine(name, source).count("<li") for name, source in files)
    best = float("inf")
    for _ in range(ROUNDS):
        start = time.process_time()
        for name, source in files:
            engine(name, source)
        best = min(best, time.process_time() - start)
    return best, items


def main() -> None:
    files = read_files()
    kilobytes = sum(len(source.encode()) for _name, source in files) / 1000
    sys.stdout.write(f"{len(files)} documents, {kilobytes:.0f} kB\n")
    sys.stdout.write(f"{'':26}{'documents/s':>12}{'ms/kB':>9}{'ratio':>8}{'items':>8}\n")
    measured = {name: measure(engine, files) for name, engine in ENGINES.items()}
    unit = measured["Python-Markdown, tuned"][0]
    for name, (seconds, items) in measured.items():
        speed, cost = len(files) / seconds, seconds / kilobytes * 1000
        sys.stdout.write(f"{name:26}{speed:>12.0f}{cost:>9.3f}{seconds / unit:>8.2f}{items:>8}\n")


if __name__ == "__main__":
    main()
