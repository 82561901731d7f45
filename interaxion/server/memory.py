"""The memory of the server's processes: as much as possible stays shared with the process they were forked from."""

import ctypes
import gc
from contextlib import suppress

#: Parameters of `mallopt`: https://man7.org/linux/man-pages/man3/mallopt.3.html
_M_MMAP_THRESHOLD, _M_ARENA_MAX = -3, -8
#: Bytes from which a block is a mapping of its own, which goes back to the system when it is freed.
LARGE = 128 * 1024


def spare_memory() -> None:
    """Let the threads share one heap, and give what was large back. For the start, before any other thread.

    By itself, glibc gives each thread a heap and keeps what a long feed has taken, in each of them: 20 MB in all for
    two processes. Another C library has no such function, and does well without.
    """
    with suppress(OSError, AttributeError):
        mallopt = ctypes.CDLL(None).mallopt
        mallopt(_M_ARENA_MAX, 1)
        mallopt(_M_MMAP_THRESHOLD, LARGE)


def share_memory() -> None:
    """Leave what is loaded out of every garbage collection: each would write to all of it, and so copy it.

    For the moment before a fork. It spares 30 MB for two processes.
    """
    gc.freeze()


def collect_seldom() -> None:
    """Look for garbage in cycles after 50,000 new objects, not after 700, which takes a tenth of the time of a command.

    For commands, and for the processes of the desk and of the jobs, which make many rows and fields for one page or
    file. Readers' processes are more, and their memory counts.
    """
    gc.set_threshold(50_000, 20, 20)
