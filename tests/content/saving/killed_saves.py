"""Saves that are killed in the middle, over a SQLite file: `python -m tests.content.saving.killed_saves ROUNDS`.

The database must be empty. A child saves and saves until SIGKILL; then its parent looks at what is there.
"""

import os
import random
import signal
import sys

import django

django.setup()

from django.contrib.auth.models import User  # noqa: E402 - after the setup
from django.core.management import call_command  # noqa: E402
from django.db import connection, connections  # noqa: E402
from django.test import Client  # noqa: E402

from episodes.models import Episode  # noqa: E402
from interaxion.content.publishing.revisions import snapshot  # noqa: E402
from interaxion.content.publishing.working_copies import WorkingCopy  # noqa: E402
from tests.admin_forms import form_of  # noqa: E402
from tests.factories import make_episode, make_host  # noqa: E402

NOTES = "### 0:00 一\n\nもとの文\n\n### 1:00 二\n\nもとの文\n"
KEY = "a-key-of-one-form"
dice = random.SystemRandom()


def save_and_save(first_turn: int, told: int) -> None:
    """Tells a turn when its text is kept and its save begins."""
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(User.objects.get())
    url = f"/en/admin/episodes/episode/{Episode.objects.get().pk}/change/"
    for turn in range(first_turn, first_turn + 100_000):
        form = form_of(client.get(url), "episode_form")
        typed = form | {name: f"w{turn}" for name in form if name.endswith("-body") or name == "title"}
        client.post(f"{url}autosave/", {"key": KEY, "base": form["loaded_version"], "data": f"title=w{turn}"})
        os.write(told, f"{turn}\n".encode())
        saved = client.post(url, typed | {"working_copy": f"a-key-of-turn-{turn}"})
        assert saved.status_code == 302, saved.content.decode()


def kill_one(first_turn: int) -> int:
    """Returns the last turn whose text was kept."""
    connections.close_all()
    hear, told = os.pipe()
    child = os.fork()
    if not child:
        save_and_save(first_turn, told)
        os._exit(1)
    os.close(told)
    with os.fdopen(hear) as lines:
        turns = [int(next(lines)) for _ in range(dice.randint(1, 3))]
        signal.setitimer(signal.ITIMER_REAL, dice.uniform(0.001, 0.1))
        signal.sigwait({signal.SIGALRM})
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        return max([*turns, *(int(line) for line in lines if line.endswith("\n"))])


def look(last_turn: int) -> None:
    """One whole version is there, its revision and its page with it, and the text that was kept last."""
    episode = Episode.objects.get()
    words = {episode.title, *(section.body for section in episode.sections.all())}
    newest = episode.revisions.first()
    assert len(words) == 1 or episode.version == 1, f"a mix: {words}"
    assert (newest.number, newest.data) == (episode.version, snapshot(episode))
    assert all(section.body in episode.html for section in episode.sections.all())
    kept = int(WorkingCopy.objects.get(key=KEY).typed("title").removeprefix("w"))
    assert kept >= last_turn, f"kept {kept}, typed {last_turn}"
    with connection.cursor() as cursor:
        assert cursor.execute("PRAGMA integrity_check").fetchone()[0] == "ok"


def main(rounds: int) -> None:
    call_command("migrate", verbosity=0)
    make_host()
    make_episode(notes=NOTES)
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGALRM})
    turn = 0
    for _round in range(rounds):
        turn = kill_one(turn) + 1
        look(turn - 1)


if __name__ == "__main__":
    main(int(sys.argv[1]))
