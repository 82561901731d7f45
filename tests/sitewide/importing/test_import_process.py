"""`manage.py import_content` as a process of its own: stopped in the middle, and on a terminal."""

import os
import pty
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.imports import write_file

MANAGE = Path(__file__).parents[3] / "manage.py"
SECTIONS = "".join(f"### {n}:00 話{n}\n\n- [文献{n}](https://example.org/{n})\n\n" for n in range(30))


@pytest.fixture
def environment(tmp_path) -> Iterator[dict[str, str]]:
    """A site of its own, on a database in a file."""
    environment = os.environ | {
        "DATABASE_URL": f"sqlite:///{tmp_path / 'site.sqlite3'}",
        "MEDIA_ROOT": str(tmp_path / "media"),
        "SECRET_KEY": "a-key-for-this-test-alone",
        "PYTHONUNBUFFERED": "1",
    }
    subprocess.run([sys.executable, MANAGE, "migrate", "--verbosity=0"], env=environment, check=True)
    yield environment


def write_posts(folder: Path, count: int) -> Path:
    write_file(folder, "site/_config.yml", "title: 題\n")
    for number in range(1, count + 1):
        meta = f'layout: podcast\ntitle: "{number}: 回{number}"\nstarring: [甲, 乙]\ntags: [一, 二]'
        write_file(folder, f"site/_posts/2026-01-01-ep{number}.md", f"---\n{meta}\n---\n\n{SECTIONS}")
    return folder / "site"


def rows(database: Path, query: str) -> list[tuple[int, ...]]:
    connection = sqlite3.connect(database)
    try:
        return connection.execute(query).fetchall()
    finally:
        connection.close()


def test_ctrl_c_leaves_whole_files_only(tmp_path, environment):
    site = write_posts(tmp_path, 200)
    process = subprocess.Popen(
        [sys.executable, MANAGE, "import_content", str(site)],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        # In the background a shell has Ctrl-C ignored, and children inherit it.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    told = []
    for line in process.stdout or []:
        told.append(line)
        if len(told) == 5:
            process.send_signal(signal.SIGINT)
            break
    rest, errors = process.communicate(timeout=60)

    assert process.returncode == 130
    assert "Stopped." in errors
    assert "Traceback" not in errors
    created = [line for line in [*told, *rest.splitlines(keepends=True)] if line.startswith("created _posts/")]
    episodes = rows(
        tmp_path / "site.sqlite3",
        """
        SELECT episode.id, episode.html != '', episode.status = 'published',
            (SELECT count(*) FROM episodes_linksection WHERE episode_id = episode.id),
            (SELECT count(*) FROM episodes_appearance WHERE episode_id = episode.id),
            (SELECT count(*) FROM content_importedfile WHERE object_id = episode.id AND version = episode.version)
        FROM episodes_episode AS episode
        """,
    )
    assert 0 < len(episodes) < 200
    assert len(episodes) in (len(created), len(created) + 1)  # a file may be in before its line is out
    assert {row[1:] for row in episodes} == {(1, 1, 30, 2, 1)}

    again = subprocess.run(
        [sys.executable, MANAGE, "import_content", str(site)],
        env=environment, capture_output=True, text=True, check=True,
    )  # fmt: skip

    assert f"{200 - len(episodes)} created" in again.stdout
    assert "failed" not in again.stdout


def test_terminal_has_a_bar_and_a_file_has_none(tmp_path, environment):
    site = write_posts(tmp_path, 2)
    command = [sys.executable, MANAGE, "import_content", str(site), "--dry-run"]

    ours, theirs = pty.openpty()
    subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, stderr=theirs, check=True)
    os.close(theirs)
    shown = b""
    while True:
        try:
            shown += os.read(ours, 10_000)
        except OSError:  # Linux says the end of a terminal so
            break
    os.close(ours)
    plain = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)

    assert b"3/3 _posts" in shown
    assert "█".encode() in shown
    assert plain.stderr == ""
    assert plain.stdout.splitlines()[2] == "created _posts/2026-01-01-ep1.md → /1"
