"""Whoever saves is killed in the middle, again and again: never a mix, no answered save is lost, readers go on."""

import os
import random
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import suppress

from tests.drills.processes import Server, serve_processes
from tests.drills.visitors import Readers
from tests.drills.writers import Writer, bodies

dice = random.SystemRandom()


def run(seconds: float, *, most: float = 5) -> Iterator[str]:
    with serve_processes(1) as [server]:
        writer, readers = Writer(server, "editor"), Readers(server.port)
        readers.warm_up()
        reading = threading.Thread(target=readers.read, args=(seconds / 3,))
        reading.start()
        end, saves, kills = time.monotonic() + seconds / 3, 0, 0
        while time.monotonic() < end or not kills:
            answered, was_killed = save_and_kill(server, writer, turn := f"回{saves}")
            saves, kills = saves + 1, kills + was_killed
            look(writer, turn, answered=answered)
        reading.join()
        yield f"{readers}; {saves} saves, {kills} killed"
        readers.check(most)


def save_and_kill(server: Server, writer: Writer, turn: str) -> tuple[bool, bool]:
    """Save a text, and kill the desk meanwhile. Return whether the save was answered, and whether a desk was there."""
    fields = writer.open()
    fields |= dict.fromkeys(["title", *bodies(fields)], turn)
    answers: list[int] = []
    saving = threading.Thread(target=lambda: answers.append(writer.save(fields)[0]))
    saving.start()
    time.sleep(dice.uniform(0.001, 0.4))
    desk = server.desk()
    if desk:
        with suppress(ProcessLookupError):
            os.kill(desk, signal.SIGKILL)
    saving.join()
    assert answers[0] in {0, 302}, f"the save answers {answers[0]}"
    return answers[0] == 302, desk is not None


def look(writer: Writer, turn: str, *, answered: bool) -> None:
    """The form shows one version as a whole, and the one that was answered."""
    deadline = time.monotonic() + 30
    while True:
        with suppress(OSError, AssertionError):  # the next desk is starting
            fields = writer.open()
            break
        assert time.monotonic() < deadline, "no desk is back"
    texts = {fields[name] for name in ["title", *bodies(fields)]}
    assert len(texts) == 1 or turn not in texts, f"a mix: {texts}"
    assert not answered or texts == {turn}, f"{turn} was answered, and the form says {texts}"
