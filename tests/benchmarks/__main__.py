"""Every benchmark, one after the other, each in a process of its own: `make bench`, larger with SIZE=5000."""

import os
import pkgutil
import subprocess
import sys
from pathlib import Path

#: Benchmarks that mean something on real files only.
OF_CORPUS = {"short_notes"}


def main() -> int:
    worst = 0
    for module in pkgutil.iter_modules([str(Path(__file__).parent)]):
        if module.name.startswith("_"):
            continue
        sys.stdout.write(f"\n{module.name}\n")
        if module.name in OF_CORPUS and not os.environ.get("CORPUS"):
            sys.stdout.write("left out: CORPUS names no folder of real files\n")
            continue
        sys.stdout.flush()
        done = subprocess.run([sys.executable, "-m", f"tests.benchmarks.{module.name}"], check=False)
        worst = max(worst, done.returncode)
    return worst


if __name__ == "__main__":
    sys.exit(main())
