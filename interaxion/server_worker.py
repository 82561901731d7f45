"""The worker of our server: gunicorn's threads, for answers alone. What is slow waits in no thread of a reader.

Whoever takes an answer slowly is served by the event loop. Whoever writes (the desk, letters, uploads) has threads
of their own. A request that is at work for too long ends the process; the others and its successor go on.
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

from gunicorn.util import unquote_to_wsgi_str
from gunicorn.workers.gthread import TConn, ThreadWorker

from interaxion.content import patience
from interaxion.server_socket import PatientSocket

DESK = re.compile(r"/(?:[a-z-]+/)?admin(?:/|$)")
#: For the other requests of a process that ends, in seconds.
LAST_SECONDS = 2
#: For somebody who takes nothing of an answer, in seconds. Players ask again for the rest.
IDLE_SECONDS = 120
#: What is returned in place of "keep the connection" by who has handed on the request.
WRITES: Any = object()


def writes(method: str, path: str) -> bool:
    return method not in {"GET", "HEAD"} or DESK.match(unquote_to_wsgi_str(path)) is not None


class Worker(ThreadWorker):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sending: dict[TConn, float] = {}  # and when somebody last took something
        self.looked_at = 0.0
        self.ends_at: float | None = None

    def get_thread_pool(self) -> ThreadPoolExecutor:
        self.desk = ThreadPoolExecutor(self.cfg.threads, thread_name_prefix="desk")
        return ThreadPoolExecutor(self.cfg.threads, thread_name_prefix="page")

    # --- a request goes to threads of its kind ---

    def enqueue_req(self, conn: TConn) -> None:
        if not isinstance(conn.sock, PatientSocket):
            conn.sock = PatientSocket(conn.sock)
        super().enqueue_req(conn)

    def handle_request(self, req: Any, conn: TConn) -> Any:
        if writes(req.method, req.path):
            conn.request = req
            return WRITES
        return super().handle_request(req, conn)

    def _keepalive_after(self, conn: TConn, keepalive: Any) -> Any:
        return WRITES if keepalive is WRITES else super()._keepalive_after(conn, keepalive)

    def handle_at_desk(self, conn: TConn) -> bool:
        try:
            return self._keepalive_after(conn, super().handle_request(conn.request, conn))
        except (OSError, StopIteration):  # they have gone, or got a part of the answer
            return False
        except Exception as problem:
            self.handle_error(conn.request, conn.sock, conn.client, problem)
            return False

    def finish_request(self, conn: TConn, done: Future[Any]) -> None:
        result = done.result() if not done.cancelled() else False
        if result is WRITES:
            future = self.desk.submit(self.handle_at_desk, conn)
            future.add_done_callback(lambda done: self.method_queue.defer(self.finish_request, conn, done))
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

    def set_accept_enabled(self, enabled: bool) -> None:
        super().set_accept_enabled(enabled and self.ends_at is None)
