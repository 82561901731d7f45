"""Rounds, rows and the crawl of the benchmarks, with numbers instead of servers."""

import json
import subprocess
import sys
import time

import pytest

from tests.benchmarks.speed.processes import cpu_seconds, pss_megabytes, tree_of
from tests.benchmarks.speed.rounds import measure, median_of
from tests.benchmarks.speed.sections.crawl import FURTHER, crawl
from tests.benchmarks.speed.servers import Answer, Sample, Server
from tests.benchmarks.speed.table import MET, MISSED, UNKNOWN, Row, print_rows, to_markdown, without_details, write_json


def test_ratio_is_the_median_of_the_ratios_within_rounds():
    ours = iter([Sample(99, 1), Sample(10, 1), Sample(40, 3), Sample(9, 2)])  # the first does not count
    theirs = iter([Sample(99, 1), Sample(20, 1), Sample(20, 1), Sample(18, 1)])

    results = measure({"ours": lambda: next(ours), "theirs": lambda: next(theirs)}, 3)

    assert results.ratio("ours", "theirs") == 0.5
    assert (results.cpu("ours"), results.wall("ours")) == (10, 2)


def test_cases_take_turns():
    turns = []

    def case(name):
        turns.append(name)
        return Sample(1, 1)

    measure({"a": lambda: case("a"), "b": lambda: case("b")}, 2, warms_up=False)

    assert turns == ["a", "b", "a", "b"]


def test_median_of_several_pages_is_one_sample():
    pages = [lambda cpu=cpu: Sample(cpu, cpu * 2) for cpu in (5, 1, 3)]

    assert median_of(pages)() == Sample(3, 6)


@pytest.mark.parametrize(
    ("row", "verdict"),
    [
        (Row("a", 9, ratio=0.3, of="b", target=0.4), MET),
        (Row("a", 9, ratio=0.5, of="b", target=0.4), MISSED),
        (Row("a", 4, target=5), MET),
        (Row("a", 4), UNKNOWN),
        (Row("a", missing="no jekyll on PATH"), UNKNOWN),
    ],
)
def test_row_is_judged_by_its_ratio_else_by_its_value(row, verdict):
    assert row.verdict == verdict


def test_results_are_printed_summed_up_and_written(capsys, tmp_path):
    rows = [
        Row("page", 4.2, "ms", 0.5, "Wagtail", 0.4),
        Row("form", 30, "ms"),
        Row("detail", 1, target=2, is_detail=True),
        Row("Jekyll", missing="no jekyll on PATH"),
    ]

    assert print_rows("pages", rows) == rows
    assert "0.50 × Wagtail" in capsys.readouterr().out
    assert to_markdown(rows).splitlines()[2:] == [
        "| page | ≤ 0.4 × Wagtail | 0.50 × Wagtail | 4.20 ms | missed |",
        "| Jekyll |  | could not measure: no jekyll on PATH |  |  |",
    ]
    write_json(tmp_path / "results.json", {"rounds": 3}, rows)
    written = json.loads((tmp_path / "results.json").read_text())
    assert written["rounds"] == 3
    assert written["rows"][0]["verdict"] == MISSED


def test_summary_keeps_the_worst_and_what_is_missed():
    rows = [Row(name, 1, ratio=ratio, of="b", target=2) for name, ratio in (("a", 1), ("b", 3), ("c", 2.5), ("d", 2))]

    assert [row.name for row in without_details(rows) if not row.is_detail] == ["b", "c"]
    assert [row.name for row in without_details(rows[::3]) if not row.is_detail] == ["d"]


def test_processor_time_and_memory_are_those_of_the_whole_tree():
    work = "import subprocess, sys; subprocess.run([sys.executable, '-c', 'while True: pass'])"
    process = subprocess.Popen([sys.executable, "-c", work])
    child = []
    try:
        deadline = time.monotonic() + 20
        while not child and time.monotonic() < deadline:
            child = tree_of(process.pid)[1:]
        before = cpu_seconds(child)
        while cpu_seconds(tree_of(process.pid)) < before + 0.05:
            assert time.monotonic() < deadline
        assert len(child) == 1
        assert pss_megabytes([process.pid, *child]) > pss_megabytes(child) > 0
    finally:
        for pid in reversed(tree_of(process.pid)):
            subprocess.run(["kill", str(pid)], check=False)
        process.wait()


class Site(Server):
    """Answers without a network: lists link to a further page, and one page is gone."""

    def __init__(self):
        super().__init__(port=0, pid=0)
        self.asked = []

    def request(self, path, **_request):
        self.asked.append(path)
        return Answer(404 if path == "/gone" else 200, {}, b'<a href="/list/page/1/">' if path == "/list/" else b"")

    def processes(self):
        return []


def test_crawl_visits_first_middle_last_and_further_pages_and_tells_what_fails():
    site = Site()

    visits, unit = crawl(site, None, {"page": [f"/{n}" for n in range(9)], "list": ["/list/"], "old": ["/gone"]})

    assert unit is None
    paths = {visit.path: visit for visit in visits}
    assert {"/0", "/4", "/8", "/list/", "/list/page/1/", "/gone"} <= set(paths)
    assert paths["/list/page/1/"].kind == "further pages of list"
    assert [visit.path for visit in visits if visit.status != 200] == ["/gone"] * 2


def test_further_pages_are_found_in_lists_and_feeds():
    text = '<a href="/tags/sf/page/2/"> <atom:link rel="next" href="http://127.0.0.1/feed/page/3.xml"/> <a href="/57">'

    assert FURTHER.findall(text) == ["/tags/sf/page/2/", "/feed/page/3.xml"]
