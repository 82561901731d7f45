"""A progress bar on a terminal, below the printed lines: the number of finished files, and the last of them."""

import shutil
from typing import TextIO

CELLS = 24  # characters
#: ECMA-48: go to the beginning of the line and erase it.
CLEAR = "\r\x1b[2K"


class Progress:
    """Call `clear` before anything else is printed; the next `step` draws the bar again."""

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
        # A wide character takes two columns: cut to half the columns, any name fits.
        self.terminal.write(CLEAR + line + name[: max(room // 2, 0)])
        self.terminal.flush()

    def clear(self) -> None:
        self.terminal.write(CLEAR)
        self.terminal.flush()
