"""Imports by the command, each into an empty database, against Jekyll's build of the same files.

The files are an export of the show, with its layout; with CORPUS also the real show, where empty files stand in for the
parts of its theme: there Jekyll writes bare bodies. Both include the start of a program.
"""

import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from tests.benchmarks.speed.inside import go_inside, site_environment
from tests.benchmarks.speed.rounds import Case, measure
from tests.benchmarks.speed.servers import Sample
from tests.benchmarks.speed.stage import Stage
from tests.benchmarks.speed.table import Row
from tests.drills.site import ROOT, manage

#: What of the real show is text.
LEAN = ("_posts", "_data", "_config.yml")
#: Rounds of a measurement that takes seconds.
MOST_ROUNDS = 2


def rows(stage: Stage, rounds: int) -> Iterator[Row]:
    work = stage.folder / "imports"
    shutil.rmtree(work, ignore_errors=True)
    (work / "empty").mkdir(parents=True)
    manage(work / "empty", "prepare", settings={"DEMO": "0"})
    with go_inside(stage.site) as inside:
        inside("export", folder=str(work / "show"))
    corpus = os.environ.get("CORPUS")
    if not corpus:
        yield Row("import of the real show", missing="CORPUS names no folder of real files")
    for name, source, target in _sources(work, corpus):
        yield from _rows_of(name, source, target, work, min(rounds, MOST_ROUNDS))


def _sources(work: Path, corpus: str | None) -> Iterator[tuple[str, Path, float]]:
    yield "the show", work / "show", 2
    if corpus:
        real = Path(corpus) / "interaxion"
        yield "the real show", _copied(real, LEAN, work / "lean"), 2
        yield "the real show with pictures", _copied(real, [each.name for each in real.iterdir()], work / "whole"), 10


def _rows_of(name: str, source: Path, target: float, work: Path, rounds: int) -> Iterator[Row]:
    fresh, nothing = work / "fresh", work / "nothing"
    nothing.mkdir(exist_ok=True)

    def first() -> Sample:
        shutil.rmtree(fresh, ignore_errors=True)
        shutil.copytree(work / "empty", fresh)
        return run_command(fresh, "import_content", str(source))

    cases: dict[str, Case] = {
        "import": first,
        "again": lambda: run_command(fresh, "import_content", str(source)),
        "start": partial(run_command, fresh, "import_content", str(nothing), expect=1),
        "rebuild": partial(run_command, fresh, "rebuild"),
    }
    if shutil.which("jekyll"):
        cases["Jekyll"] = partial(_build, source, work / "built")
    results = measure(cases, rounds, warms_up=False)  # each is a program of its own
    files = sum(file.suffix in {".md", ".yml", ".csv", ".tsv"} for file in source.rglob("*") if file.is_file())
    if "Jekyll" in cases:
        ratio: dict[str, Any] = {"ratio": results.ratio("import", "Jekyll"), "of": "Jekyll", "target": target}
        yield Row(f"import of {name}, {files} files", results.cpu("import"), wall=results.wall("import"), **ratio)
        yield Row(f"Jekyll's build of {name}", results.cpu("Jekyll"), wall=results.wall("Jekyll"))
    else:
        yield Row(f"import of {name}, {files} files", results.cpu("import"), wall=results.wall("import"))
        yield Row(f"Jekyll's build of {name}", missing="no jekyll on PATH")
    unchanged = (results.cpu("again") - results.cpu("start")) / files
    yield Row(f"{name} again, unchanged, for each file", unchanged, target=5, wall=results.wall("again"))
    ratio = {"ratio": results.ratio("rebuild", "import"), "of": "the import", "target": 1}
    yield Row(f"rebuild of {name}", results.cpu("rebuild"), wall=results.wall("rebuild"), **ratio)


def run_command(folder: Path, *command: str, expect: int = 0) -> Sample:
    """Run a command of `manage.py` on the site in `folder`. Raises AssertionError if it exits otherwise."""
    return run([sys.executable, "manage.py", *command], ROOT, site_environment(folder), expect)


def run(command: Sequence[str], folder: Path, environment: dict[str, str], expect: int = 0) -> Sample:
    start = time.perf_counter()
    process = subprocess.Popen(
        command, cwd=folder, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    _pid, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == expect, f"{' '.join(command)} exits with {process.returncode}"
    return Sample((used.ru_utime + used.ru_stime) * 1000, (time.perf_counter() - start) * 1000)


def _build(source: Path, built: Path) -> Sample:
    shutil.rmtree(built, ignore_errors=True)
    settings = built.with_suffix(".yml")
    settings.write_text("plugins: []\ntheme: false\n")
    configuration = f"{source / '_config.yml'},{settings}"
    command = ["jekyll", "build", "--quiet", "--disable-disk-cache", "--source", str(source)]
    command += ["--destination", str(built), "--config", configuration]
    return run(command, built.parent, dict(os.environ))


def _copied(real: Path, names: Sequence[str], to: Path) -> Path:
    """Copy what is named, and make an empty file for each part of the theme that a text includes."""
    for name in names:
        copy = shutil.copytree if (real / name).is_dir() else shutil.copy
        to.mkdir(exist_ok=True)
        copy(real / name, to / name)
    (to / "_includes").mkdir(exist_ok=True)
    for file in to.rglob("*.md"):
        for part in re.findall(r"{%-?\s*include\s+([\w./-]+)", file.read_text(encoding="utf-8")):
            (to / "_includes" / part).touch()
    return to
