"""Servers of one site that a drill may kill: each with its processes, all over one database and one folder."""

import os
import signal
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from tests.drills.site import SERVER, environment_of, prepare, serve
from tests.services import free_port

#: The desk gives way to readers by this nice value.
DESK_NICE = 5


@dataclass(frozen=True)
class Server:
    """gunicorn's master process is `pid`; it listens on `port`."""

    port: int
    pid: int

    def workers(self) -> list[int]:
        return [int(pid) for pid in Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text().split()]

    def desk(self) -> int | None:
        """Return the process that serves writers; None while there is none."""
        for pid in self.workers():
            with suppress(ProcessLookupError):
                if os.getpriority(os.PRIO_PROCESS, pid) == DESK_NICE:
                    return pid
        return None

    def kill(self) -> None:
        """Kill all its processes at once, as when the machine loses power."""
        for pid in [self.pid, *self.workers()]:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)


@contextmanager
def serve_processes(count: int, folder: Path | None = None, **settings: str) -> Iterator[list[Server]]:
    """Serve the demo show by `count` servers, in a throw-away folder if none is named."""
    with ExitStack() as stack:
        folder = folder or Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="interaxion-drill-")))
        environment = environment_of(folder) | settings
        prepare(folder, settings)
        servers = []
        for number in range(count):
            port = free_port()
            log = folder / f"log{number}"
            pid = stack.enter_context(serve(SERVER, port, environment | {"PORT": str(port)}, log))
            servers.append(Server(port, pid))
        yield servers
