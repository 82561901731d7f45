"""A chapter of 226 kB, as the longest real one: what a save and its page cost.

    python -m tests.benchmarks.chapter

CPU seconds, the median of five; the page is made anew each time, with what was stored.
"""

import sys
from statistics import median
from time import process_time

from tests.benchmarks._database import throwaway_database

BYTES, DIAGRAMS, ROUNDS = 226_000, 29, 5
#: Targets: seconds of a save whose diagrams are kept, seconds and queries of the page.
SAVE, PAGE, QUERIES = 2.0, 0.05, 10

PARAGRAPH = """**結晶（氷）**の中で光は$n = c/v$で曲がり[1]、装置は$150です。

- 一段目
  - 二段目

| 媒質 | 速さ |
|---|---|
| 水 | 遅い |

"""
EXERCISE = """### 問題{n}（難易度：medium）

なぜですか。

<details>
<summary>解答例</summary>

{text}
</details>

"""


def long_chapter() -> str:
    pieces = [f"## {n} 節\n\n```mermaid\nflowchart TD\n a{n}[水]-->b[氷]\n```\n\n" for n in range(DIAGRAMS)]
    pieces += ["## 演習問題\n\n", *(EXERCISE.format(n=n, text=PARAGRAPH) for n in range(1, 9))]
    pieces += ['## 参考文献\n\n1. A. (2020). "T." DOI: [10.1000/a](https://doi.org/10.1000/a)\n']
    filling = (BYTES - len("".join(pieces).encode())) // len(PARAGRAPH.encode()) // DIAGRAMS + 1
    pieces[:DIAGRAMS] = [piece + PARAGRAPH * filling for piece in pieces[:DIAGRAMS]]
    return "".join(pieces)


def main() -> int:
    with throwaway_database():
        from django.core.management import call_command  # noqa: PLC0415
        from django.db import connection  # noqa: PLC0415
        from django.test import Client  # noqa: PLC0415
        from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

        from interaxion.content.publishing.site_state import SiteState  # noqa: PLC0415
        from interaxion.content.saving.storing import store  # noqa: PLC0415
        from tests.factories import make_chapter, make_course  # noqa: PLC0415

        call_command("collectstatic", interactive=False, verbosity=0)
        chapter = make_chapter(course=make_course(slug="ice", live=True), source=long_chapter(), live=True)
        other = make_chapter(course=chapter.course, position=2, live=True)
        client, saves, pages = Client(), [], []
        for n in range(ROUNDS):
            chapter.source += f"{n}\n\n"
            start = process_time()
            store(chapter, user=None)
            saves.append(process_time() - start)
            client.get(other.path)  # the frame around all pages
            with CaptureQueriesContext(connection) as queries:
                start = process_time()
                response = client.get(chapter.path)
                pages.append(process_time() - start)
            SiteState.rise()
        size = len(chapter.source.encode()) // 1000
        rows = (
            ("save", median(saves), SAVE, "s"),
            ("page", median(pages) * 1000, PAGE * 1000, "ms"),
            ("queries of the page", len(queries), QUERIES, ""),
        )
        for name, value, target, unit in rows:
            verdict = "met" if value <= target else "missed"
            sys.stdout.write(f"{name} of {size} kB: {value:.3g} {unit}, target {target:g} {unit}: {verdict}\n")
        return int(response.status_code != 200)


if __name__ == "__main__":
    sys.exit(main())
