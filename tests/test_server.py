"""The server of `make run`, without Django: slow visitors delay nobody, and the watchdog ends requests that hang."""

import os
import resource
import runpy
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from http.client import HTTPConnection, HTTPException
from types import SimpleNamespace

import pytest

from interaxion import settings
from interaxion.server.worker import Part
from tests.drills.site import ROOT, SERVER, serve
from tests.services import LOOPBACK, free_port

MANY = 12  # more than the workers have threads for one kind of request
FILE_BYTES = 20_000_000


@pytest.fixture(scope="module")
def port(tmp_path_factory) -> Iterator[int]:
    folder = tmp_path_factory.mktemp("server")
    file = folder / "file"
    file.write_bytes(os.urandom(1000) * (FILE_BYTES // 1000))
    port = free_port()
    # With RQ the server runs no jobs, for which it would need Django.
    environment = os.environ | {"PORT": str(port), "HANGING_FILE": str(file), "TASKS_URL": "redis://127.0.0.1:1"}
    command = [*SERVER, "--timeout", "2", "tests.hanging_app:application"]
    with serve(command, port, environment, folder / "log"):
        yield port


def ask(port: int, path: str, method: str = "GET", body: bytes | None = None, **headers: str) -> bytes:
    connection = HTTPConnection(LOOPBACK, port, timeout=10)
    try:
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        assert answer.status == 200
        return answer.read()
    finally:
        connection.close()


def begin(port: int, request: str) -> socket.socket:
    """Open a connection that has sent a request and has received nothing yet."""
    visitor = socket.socket()
    visitor.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 8192)
    visitor.connect((LOOPBACK, port))
    visitor.settimeout(10)
    visitor.sendall(request.replace("\n", "\r\n").encode())
    return visitor


@pytest.fixture
def configuration(monkeypatch):
    """Return the configuration for a limit of file descriptors, without changing that of the tests."""

    def read(descriptors: int = 20_000, readers: int = 2) -> SimpleNamespace:
        monkeypatch.setattr(settings, "WEB_CONCURRENCY", readers)
        monkeypatch.setattr(resource, "getrlimit", lambda _kind: (256, descriptors))
        monkeypatch.setattr(resource, "setrlimit", lambda _kind, _limits: None)
        return SimpleNamespace(**runpy.run_module("interaxion.server.gunicorn_config"))

    return read


@pytest.mark.parametrize("readers", [2, 5])
def test_configuration_starts_readers_one_desk_and_one_process_for_jobs(configuration, readers):
    config = configuration(readers=readers)
    server = SimpleNamespace(WORKERS={})

    for number in range(config.workers):
        worker = SimpleNamespace(part=None, cfg=config)
        config.pre_fork(server, worker)
        server.WORKERS[number] = worker

    parts = [worker.part for worker in server.WORKERS.values()]
    assert (parts.count(Part.READERS), parts.count(Part.DESK), parts.count(Part.JOBS)) == (readers, 1, 1)
    assert config.timeout == 30


@pytest.mark.parametrize(
    ("descriptors", "connections"), [(20_000, 8000), (1_000_000, 10_000), (resource.RLIM_INFINITY, 10_000), (1000, 400)]
)
def test_as_many_connections_as_file_descriptors_allow(configuration, descriptors, connections):
    assert configuration(descriptors).worker_connections == connections


#: A worker that is told to quit, and told again while its thread pool holds the lock of its own shutdown.
QUITTING = """
import os, signal
from concurrent.futures import ThreadPoolExecutor
from gunicorn.config import Config
from interaxion.server.worker import Worker

class Pool(ThreadPoolExecutor):
    def shutdown(self, **options):
        with self._shutdown_lock:
            os.kill(os.getpid(), signal.SIGQUIT)
        super().shutdown(**options)

worker = Worker(1, os.getppid(), [], None, 30, Config(), None)
worker.tpool = Pool()
for name in (signal.SIGINT, signal.SIGQUIT):
    signal.signal(name, worker.handle_quit)
os.kill(os.getpid(), signal.SIGINT)
signal.pause()
"""


def test_processes_share_what_was_loaded_before_they_fork():
    """A garbage collection in one of them would write to all of it, and so copy it."""
    loaded = subprocess.run(
        [sys.executable, "-c", "import gc, interaxion.server.memory as memory; memory.spare_memory();"
         "memory.share_memory(); print(gc.get_freeze_count() > 1000)"],
        capture_output=True, text=True, check=True, cwd=ROOT,
    )  # fmt: skip

    assert loaded.stdout == "True\n"


def test_worker_that_is_told_twice_to_quit_does_not_deadlock():
    ended = subprocess.run([sys.executable, "-c", QUITTING], timeout=20, capture_output=True, cwd=ROOT, check=False)

    assert (ended.returncode, ended.stderr) == (0, b"")


@pytest.mark.parametrize("path", ["/", "/x/admin/"])
def test_header_of_a_visitor_moves_no_address(port, path):
    connection = HTTPConnection(LOOPBACK, port, timeout=10)
    connection.request("GET", path, headers={"SCRIPT_NAME": "/x"})
    answer = connection.getresponse()

    assert (answer.status, answer.headers["X-Script"]) == (200, "")
    connection.close()


def test_server_does_not_name_itself(port):
    connection = HTTPConnection(LOOPBACK, port, timeout=10)
    connection.request("GET", "/")

    assert "Server" not in connection.getresponse().headers
    connection.close()


@pytest.mark.parametrize("path", ["/file", "/large"])
def test_pages_answer_beside_many_who_take_nothing(port, path):
    with ExitStack() as visitors:
        waiting = [visitors.enter_context(begin(port, f"GET {path} HTTP/1.1\nHost: a\n\n")) for _ in range(MANY)]
        for visitor in waiting:
            assert visitor.recv(12) == b"HTTP/1.1 200"

        assert ask(port, "/")


def test_slow_listener_outlives_the_watchdog_and_gets_every_byte(port):
    whole = ask(port, "/file")

    with begin(port, "GET /file HTTP/1.0\n\n") as listener:
        end = time.monotonic() + 4  # twice as long as a request may work
        received = b""
        while time.monotonic() < end:
            received += listener.recv(10_000)
            ask(port, "/")
        received += read_all(listener)

    assert body_of(received) == whole


def read_all(visitor: socket.socket) -> bytes:
    parts = []
    while part := visitor.recv(1_000_000):
        parts.append(part)
    return b"".join(parts)


def body_of(answer: bytes) -> bytes:
    return answer.partition(b"\r\n\r\n")[2]


def test_connection_is_kept_after_a_file(port):
    connection = HTTPConnection(LOOPBACK, port, timeout=10)
    sizes = []
    for path in ("/file", "/large", "/file"):
        connection.request("GET", path)
        sizes.append(len(connection.getresponse().read()))
        used = connection.sock
    connection.close()

    assert used is not None
    assert sizes == [FILE_BYTES, 3_000_000, FILE_BYTES]


def test_slow_upload_holds_up_no_reader_and_is_not_ended(port):
    request = "POST /echo HTTP/1.1\nHost: a\nConnection: close\nContent-Length: 40\n\n"
    with ExitStack() as visitors:
        slow = [visitors.enter_context(begin(port, request)) for _ in range(6)]
        before = ask(port, "/")
        for _ in range(4):  # four seconds; a request may work for two
            for visitor in slow[:2]:
                visitor.sendall(b"0123456789")
            end = time.monotonic() + 1
            while time.monotonic() < end:
                ask(port, "/")

        assert body_of(read_all(slow[0])) == b"0123456789" * 4
        assert before


def test_writer_who_hangs_holds_up_no_reader(port):
    with ExitStack() as visitors:
        for number in range(MANY):
            path = ("/admin/hang", "/en/admin/hang", "/%61dmin/hang")[number % 3]
            visitors.enter_context(begin(port, f"GET {path} HTTP/1.1\nHost: a\n\n"))

        assert ask(port, "/")


def test_what_hangs_is_ended_and_pages_go_on(port):
    old = {ask(port, "/") for _ in range(40)}
    end = time.monotonic() + 20
    with ExitStack() as visitors:
        for path in ("/hang", "/admin/hang"):
            for _ in range(3):
                visitors.enter_context(begin(port, f"GET {path} HTTP/1.1\nHost: a\n\n"))
        while (answer := _page_of(port)) in old and time.monotonic() < end:
            pass

    assert answer not in old


def _page_of(port: int) -> bytes:
    """Return a page; try again, since a request to a process that is just ending may be lost."""
    while True:
        with suppress(OSError, HTTPException):
            return ask(port, "/")


def test_busy_port_is_told_in_one_line_with_the_cure(port, tmp_path):
    environment = os.environ | {"PORT": str(port), "VAR_DIR": str(tmp_path)}
    command = [*SERVER, "tests.hanging_app:application"]

    ended = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=30, check=False)

    cure = f"Port {port} of 127.0.0.1 is in use. Stop the other program, or choose another: make run PORT={port + 1}\n"
    assert (ended.returncode, ended.stdout, ended.stderr) == (1, "", cure)
