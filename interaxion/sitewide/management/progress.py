"""A bar on a terminal, below what is printed: how many files are done, and which was the last."""

import shutil
from typing import TextIO

CELLS = 24
#: ECMA-48: to the beginning of the line, and delete it.
CLEAR = "\r\x1b[2K"


class Progress:
    """Clear it before anything else is printed; the next step draws it again."""

    def __init__(self, terminal: TextIO) -> None:
        self.terminal = terminal
        self.total = self.done = 0

    def expect(self, count: int) -> None:
        self.total += count

    def step(self, name: str) -> None:
        self.done += 1
        full = CELLS * self.done // max(self.total, self.done)
        line = f"{'█' * full}{'░' * (CELLS - full)} {self.done}/{self.total} "
        room = shutil.get_terminal_size().columns - len(line) - 1
        # A wide character takes two columns: half of the room is room for any name.
        self.terminal.write(CLEAR + line + name[: max(room // 2, 0)])
        self.terminal.flush()

    def clear(self) -> None:
        self.terminal.write(CLEAR)
        self.terminal.flush()
