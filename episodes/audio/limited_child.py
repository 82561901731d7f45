"""Runs the program named by its arguments with limits: it may be given a hostile file. No Django.

A script of its own, because limits that are set between fork and exec of a process with threads may hang it.
"""

import os
import resource
import sys

#: Bytes of memory, and seconds of processor time, in case nobody kills it.
MOST_MEMORY = 2_000_000_000
MOST_SECONDS = 3600


def main() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    os.nice(10)  # pages come first
    os.execv(sys.argv[1], sys.argv[1:])  # noqa: S606 (the program that our own code has found)  # nosec B606


if __name__ == "__main__":
    main()
