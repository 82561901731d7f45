"""gunicorn's worker with threads, which only make responses: its event loop sends them.

What the network does not take at once is sent at the pace of the client, and holds no thread.
"""

import selectors
import socket
import time
from concurrent.futures import Future
from functools import partial
from typing import Any

from gunicorn.http import wsgi
from gunicorn.workers.gthread import TConn, ThreadWorker

from interaxion.server.patient_socket import PatientSocket

#: Seconds until a client that takes nothing of a response is dropped. Players ask again for the rest.
IDLE_SECONDS = 120


class Response(wsgi.Response):
    """gunicorn's response without the name of the server: an attacker would read from it which holes to try."""

    def default_headers(self) -> list[str]:
        return [header for header in super().default_headers() if not header.startswith("Server:")]


wsgi.Response = Response  # gunicorn has no setting for it


class SendingWorker(ThreadWorker):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sending: dict[TConn, float] = {}  # with the time when the client last took something

    def be_patient(self, conn: TConn) -> None:
        if not isinstance(conn.sock, PatientSocket):
            conn.sock = PatientSocket(conn.sock)

    def finish_request(self, conn: TConn, done: Future[Any]) -> None:
        if conn.sock.rest and conn.sock.fileno() >= 0:
            conn.sock.setblocking(False)
            self.sending[conn] = time.monotonic()
            self.poller.register(conn.sock, selectors.EVENT_WRITE, partial(self.send_on, conn, done))
        elif not done.cancelled() and done.result():
            super().finish_request(conn, done)
        else:
            self.let_go(conn)

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
        """Close when the client does, or after a timeout (RFC 9112 §9.6). gunicorn would wait for it in its loop."""
        try:
            conn.sock.shutdown(socket.SHUT_WR)
            conn.sock.setblocking(False)
            conn.set_timeout()
            self.poller.register(conn.sock, selectors.EVENT_READ, partial(self.drain, conn))
            self.pending_conns.append(conn)  # gunicorn closes these after their timeout
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

    def drop_idle(self, now: float) -> None:
        for conn in [conn for conn, took_at in self.sending.items() if took_at < now - IDLE_SECONDS]:
            self.drop(conn)
