"""The child process that draws Mermaid: a JSON list of sources on stdin, one line of JSON for each on stdout.

It is a script of its own, without Django: the library is native code, and a hostile source may end or stop it.
"""

import json
import resource
import sys

#: Bytes of memory, and seconds of processor time, in case nobody kills it.
MOST_MEMORY = 2_000_000_000
MOST_SECONDS = 10


def main() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    from mmdr import render  # noqa: PLC0415 (after the limits: it is their subject)

    for source in json.load(sys.stdin):
        try:
            answer = {"svg": render(source).svg()}
        except Exception as problem:
            answer = {"problem": str(problem)[:300]}
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
