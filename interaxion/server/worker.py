"""The workers of our server. Slow or dangerous work never runs in a process that serves readers.

Requests that write (the desk, letters, uploads) are handed to a process of their own, the desk: what is rendered there
stops no page. A watchdog ends a process in which a request works for longer than `timeout` seconds, since gunicorn
sees only that the event loop is alive; another process starts at once. One more process serves nobody: it runs the jobs
that are queued, and starts and ends with the others.
"""

import os
import selectors
import signal
import socket
import sys
import time
import traceback
from concurrent.futures import Future, ThreadPoolExecutor
from enum import Enum, auto
from importlib import import_module
from threading import Thread
from typing import Any

from gunicorn.util import unquote_to_wsgi_str, write_error
from gunicorn.workers.gthread import TConn

from interaxion import environment
from interaxion.server.memory import collect_seldom, share_memory
from interaxion.server.patient_socket import PatientSocket
from interaxion.server.sending import SendingWorker
from interaxion.serving import patience
from interaxion.serving.cookies import DESK

#: Seconds that the other requests of a process have before it ends.
LAST_SECONDS = 2
#: Returned instead of "keep the connection" if the desk has taken it.
HANDED_ON: Any = object()
#: The way to the desk, one message per connection: made before the processes fork, so that all have it.
_KIND = socket.SOCK_SEQPACKET if sys.platform == "linux" else socket.SOCK_DGRAM
_desk_in, _desk_out = socket.socketpair(socket.AF_UNIX, _KIND)
_desk_in.setblocking(False)
_desk_out.setblocking(False)
_LONGEST = 200_000


class Part(Enum):
    READERS = auto()
    DESK = auto()
    JOBS = auto()


#: The parts that one process each has. With RQ, its own workers run the jobs.
SINGLE_PARTS = [Part.DESK] if environment.text("TASKS_URL") else [Part.DESK, Part.JOBS]


def choose_part(server: Any, worker: "Worker") -> None:
    """Make one process the desk and one the jobs' own; after a reload, ones that have the new settings."""
    share_memory()
    taken = {other.part for other in server.WORKERS.values() if other.cfg is worker.cfg}
    worker.part = next((part for part in SINGLE_PARTS if part not in taken), Part.READERS)


def _do_nothing(sig: int, frame: Any) -> None:
    """Answer a signal. If SIG_IGN took the place of a handler whose signal has just come, Python would complain."""


def writes(method: str, path: str) -> bool:
    return method not in {"GET", "HEAD"} or DESK.match(unquote_to_wsgi_str(path)) is not None


class Worker(SendingWorker):
    part = Part.READERS
    _accepting: bool

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.checked_at = 0.0
        self.ends_at: float | None = None

    @property
    def is_desk(self) -> bool:
        return self.part is Part.DESK

    def init_process(self) -> None:
        if self.part is not Part.READERS:
            collect_seldom()
        if self.part is Part.JOBS:
            os.nice(10)
        elif self.is_desk:
            os.nice(5)  # pages first
            self.max_keepalived = 0  # a proxy would send readers along a writer's connection
        super().init_process()

    def get_thread_pool(self) -> ThreadPoolExecutor:
        return ThreadPoolExecutor(self.cfg.threads * (2 if self.is_desk else 1))  # uploads are slow

    def run(self) -> None:
        if self.part is Part.JOBS:
            self.run_jobs()
        else:
            super().run()

    def run_jobs(self) -> None:
        """Run jobs until the server ends. A thread tells gunicorn that this process lives, however long a job takes.

        It cannot while a regular expression hangs, which lets no other thread work: the server then ends the process.
        """
        Thread(target=self.keep_notifying, daemon=True).start()
        import_module("interaxion.content.jobs.worker").run_forever(self.goes_on)

    def goes_on(self) -> bool:
        return self.alive and self.ppid == os.getppid()

    def keep_notifying(self) -> None:
        while True:
            self.tmp.notify()
            time.sleep(self.cfg.timeout / 10)

    # --- handing requests that write to the desk ---

    def set_accept_enabled(self, enabled: bool) -> None:
        enabled = enabled and self.ends_at is None
        if not self.is_desk:
            super().set_accept_enabled(enabled)
        elif enabled != self._accepting:
            if enabled:
                self.poller.register(_desk_out, selectors.EVENT_READ, self.take_over)
            else:
                self.poller.unregister(_desk_out)
            self._accepting = enabled

    def enqueue_req(self, conn: TConn) -> None:
        self.be_patient(conn)
        conn.sock.recorded = bytearray(conn.parser.unreader.buf.getvalue() if conn.parser else b"")
        super().enqueue_req(conn)

    def handle_request(self, req: Any, conn: TConn) -> Any:
        recorded, conn.sock.recorded = conn.sock.recorded, None
        if self.is_desk or not writes(req.method, req.path):
            return super().handle_request(req, conn)
        try:
            socket.send_fds(_desk_in, [bytes(recorded)], [conn.sock.fileno()])
        except OSError:  # too many wait, or the head of the request is too long
            write_error(conn.sock, 503, "Service Unavailable", "The desk is busy. Please try again.")
            return False
        return HANDED_ON

    def _keepalive_after(self, conn: TConn, keepalive: Any) -> Any:
        return HANDED_ON if keepalive is HANDED_ON else super()._keepalive_after(conn, keepalive)

    def take_over(self, way: socket.socket) -> None:
        """Serve a connection that another process has handed on, with the bytes it has already read."""
        try:
            unread, files, _flags, _address = socket.recv_fds(way, _LONGEST, 1)
        except BlockingIOError:
            return
        visitor = PatientSocket(socket.socket(fileno=files[0]), unread)
        try:
            conn = TConn(self.cfg, visitor, visitor.getpeername(), visitor.getsockname())
        except OSError:  # the visitor has gone
            visitor.close()
            return
        self.nr_conns += 1
        conn.data_ready = True
        self.enqueue_req(conn)

    def finish_request(self, conn: TConn, done: Future[Any]) -> None:
        if not done.cancelled() and done.result() is HANDED_ON:
            self.nr_conns -= 1
            conn.close()
        else:
            super().finish_request(conn, done)

    # --- the end ---

    def handle_quit(self, sig: int, frame: Any) -> None:
        """End once. Ctrl-C sends SIGINT, and gunicorn SIGQUIT right after it: a second run of this would deadlock.

        It would interrupt the first one inside `ThreadPoolExecutor.shutdown` and wait for the lock held there.
        """
        for repeated in (signal.SIGINT, signal.SIGQUIT):
            signal.signal(repeated, _do_nothing)
        super().handle_quit(sig, frame)

    # --- the watchdog ---

    def notify(self) -> None:
        super().notify()
        now = time.monotonic()
        if now < self.checked_at + 1:
            return
        self.checked_at = now
        self.drop_idle(now)
        overdue = patience.find_overdue(self.cfg.timeout)
        if self.ends_at is None and overdue:
            self.ends_at = now + LAST_SECONDS  # it accepts no connection from now on
            for thread in overdue:
                stack = traceback.format_stack(sys._current_frames().get(thread))
                self.log.critical("A request takes longer than %d s:\n%s", self.cfg.timeout, "".join(stack))
        elif self.ends_at is not None and (now >= self.ends_at or patience.count_at_work() <= len(overdue)):
            os._exit(1)  # a thread cannot be ended alone; what it wrote is rolled back
