"""Run every drill in turn, or the named ones: `python -m tests.drills listeners`; DRILL_SECONDS= for how long each."""

import os
import sys
import traceback

from tests.drills import full_disk, killed_worker, kills, listeners, machines, oracle, restore, staff, two_processes

DRILLS = {
    "full_disk": full_disk.run,
    "killed_worker": killed_worker.run,
    "kills": kills.run,
    "listeners": listeners.run,
    "machines": machines.run,
    "oracle": oracle.run,
    "restore": restore.run,
    "staff": staff.run,
    "two_processes": two_processes.run,
}


def main(names: list[str]) -> int:
    seconds, failed = float(os.environ.get("DRILL_SECONDS") or 120), 0
    for name in names or DRILLS:
        sys.stdout.write(f"{name}, {seconds:.0f} s\n")
        try:
            for line in DRILLS[name](seconds):
                sys.stdout.write(f"  {line}\n")
                sys.stdout.flush()
        except Exception:
            failed += 1
            traceback.print_exc()
    return failed


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
