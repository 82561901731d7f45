"""The workers of our server: gunicorn's, for answers alone. What is slow or dangerous waits in no thread of a reader.

Whoever takes an answer slowly is served by the event loop. Whoever writes (the desk, letters, uploads) is handed to a
process of their own, the desk: what they have rendered there stops no page. A request that is at work for longer
than `timeout` seconds ends its process, since gunicorn sees only that the loop is alive; a successor is there at once.
"""

import os
import re
import selectors
import socket
import sys
import time
import traceback
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from typing import Any

from gunicorn.util import unquote_to_wsgi_str, write_error
from gunicorn.workers.gthread import TConn, ThreadWorker

from interaxion.content import patience
from interaxion.server_socket import PatientSocket

DESK = re.compile(r"/(?:[a-z-]+/)?admin(?:/|$)")
#: For the other requests of a process that ends, in seconds.
LAST_SECONDS = 2
#: For somebody who takes nothing of an answer, in seconds. Players ask again for the rest.
IDLE_SECONDS = 120
#: What is returned in place of "keep the connection" where the desk has it.
HANDED_ON: Any = object()
#: The way to the desk, one message a connection: made before the processes are, so that all have it.
_KIND = socket.SOCK_SEQPACKET if sys.platform == "linux" else socket.SOCK_DGRAM
_desk_in, _desk_out = socket.socketpair(socket.AF_UNIX, _KIND)
_desk_in.setblocking(False)
_desk_out.setblocking(False)
_LONGEST = 200_000


def choose_part(server: Any, worker: "Worker") -> None:
    """One process is the desk; after a reload the one that has the new settings."""
    worker.is_desk = not any(each.is_desk and each.cfg is worker.cfg for each in server.WORKERS.values())


def writes(method: str, path: str) -> bool:
    return method not in {"GET", "HEAD"} or DESK.match(unquote_to_wsgi_str(path)) is not None


class Worker(ThreadWorker):
    is_desk = False
    _accepting: bool

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sending: dict[TConn, float] = {}  # and when somebody last took something
        self.looked_at = 0.0
        self.ends_at: float | None = None

    def init_process(self) -> None:
        if self.is_desk:
            os.nice(5)  # pages first
            self.max_keepalived = 0  # a proxy would send readers along the connection of who wrote
        super().init_process()

    def get_thread_pool(self) -> ThreadPoolExecutor:
        return ThreadPoolExecutor(self.cfg.threads * (2 if self.is_desk else 1))  # uploads take their time

    # --- who writes is handed to the desk ---

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
        if not isinstance(conn.sock, PatientSocket):
            conn.sock = PatientSocket(conn.sock)
        conn.sock.heard = bytearray(conn.parser.unreader.buf.getvalue() if conn.parser else b"")
        super().enqueue_req(conn)

    def handle_request(self, req: Any, conn: TConn) -> Any:
        heard, conn.sock.heard = conn.sock.heard, None
        if self.is_desk or not writes(req.method, req.path):
            return super().handle_request(req, conn)
        try:
            socket.send_fds(_desk_in, [bytes(heard)], [conn.sock.fileno()])
        except OSError:  # too many wait, or the head of the request is too long
            write_error(conn.sock, 503, "Service Unavailable", "The desk is busy. Please try again.")
            return False
        return HANDED_ON

    def _keepalive_after(self, conn: TConn, keepalive: Any) -> Any:
        return HANDED_ON if keepalive is HANDED_ON else super()._keepalive_after(conn, keepalive)

    def take_over(self, way: socket.socket) -> None:
        try:
            heard, files, _flags, _address = socket.recv_fds(way, _LONGEST, 1)
        except BlockingIOError:
            return
        visitor = PatientSocket(socket.socket(fileno=files[0]), heard)
        try:
            conn = TConn(self.cfg, visitor, visitor.getpeername(), visitor.getsockname())
        except OSError:  # they have gone
            visitor.close()
            return
        self.nr_conns += 1
        conn.data_ready = True
        self.enqueue_req(conn)

    def finish_request(self, conn: TConn, done: Future[Any]) -> None:
        result = done.result() if not done.cancelled() else False
        if result is HANDED_ON:
            self.nr_conns -= 1
            conn.close()
        elif conn.sock.rest and conn.sock.fileno() >= 0:
            conn.sock.setblocking(False)
            self.sending[conn] = time.monotonic()
            self.poller.register(conn.sock, selectors.EVENT_WRITE, partial(self.send_on, conn, done))
        elif result:
            super().finish_request(conn, done)
        else:
            self.let_go(conn)

    # --- answers go out at the pace of those who take them ---

    def send_on(self, conn: TConn, done: Future[Any], sock: PatientSocket) -> None:
        try:
            sock.send_on()
        except BlockingIOError:
            return
        except OSError:
            self.drop(conn)
            return
        self.sending[conn] = time.monotonic()
        if not sock.rest:
            self.stop_sending(conn)
            self.finish_request(conn, done)

    def stop_sending(self, conn: TConn) -> None:
        del self.sending[conn]
        self.poller.unregister(conn.sock)

    def drop(self, conn: TConn) -> None:
        self.stop_sending(conn)
        self.nr_conns -= 1
        conn.close()

    def let_go(self, conn: TConn) -> None:
        """Close when the visitor does, or soon (RFC 9112 §9.6). gunicorn would wait for it in its loop."""
        try:
            conn.sock.shutdown(socket.SHUT_WR)
            conn.sock.setblocking(False)
            conn.set_timeout()
            self.poller.register(conn.sock, selectors.EVENT_READ, partial(self.drain, conn))
            self.pending_conns.append(conn)  # those are closed when their time is over
        except (OSError, ValueError):
            self.nr_conns -= 1
            conn.close()

    def drain(self, conn: TConn, sock: PatientSocket) -> None:
        try:
            if sock.recv(65536):
                return
        except BlockingIOError:
            return
        except OSError:
            pass
        self.poller.unregister(sock)
        self.pending_conns.remove(conn)
        self.nr_conns -= 1
        conn.close()

    # --- the watchdog ---

    def notify(self) -> None:
        super().notify()
        now = time.monotonic()
        if now < self.looked_at + 1:
            return
        self.looked_at = now
        for conn in [conn for conn, took_at in self.sending.items() if took_at < now - IDLE_SECONDS]:
            self.drop(conn)
        overdue = patience.find_overdue(self.cfg.timeout)
        if overdue and self.ends_at is None:
            self.ends_at = now + LAST_SECONDS
            for thread in overdue:
                stack = traceback.format_stack(sys._current_frames().get(thread))
                self.log.critical("A request takes longer than %d s:\n%s", self.cfg.timeout, "".join(stack))
        if self.ends_at is not None and (now >= self.ends_at or patience.count_at_work() <= len(overdue)):
            os._exit(1)  # no thread can be ended; what it wrote is rolled back
