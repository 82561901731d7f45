"""Every benchmark, one after the other, each in a process of its own: `make bench`, larger with SIZE=10000."""

import os
import subprocess
import sys

BENCHMARKS = ("speed", "markdown", "chapter", "search", "transcripts", "short_notes")
#: Benchmarks that mean something on real files only.
OF_CORPUS = {"short_notes"}


def main() -> int:
    worst = 0
    for name in BENCHMARKS:
        sys.stdout.write(f"\n{name}\n")
        if name in OF_CORPUS and not os.environ.get("CORPUS"):
            sys.stdout.write("left out: CORPUS names no folder of real files\n")
            continue
        sys.stdout.flush()
        environment = os.environ | {"DJANGO_SETTINGS_MODULE": "interaxion.settings"}
        done = subprocess.run([sys.executable, "-m", f"tests.benchmarks.{name}"], env=environment, check=False)
        worst = max(worst, done.returncode)
    return worst


if __name__ == "__main__":
    sys.exit(main())
