"""Messages of the server at its start: that the port is taken, with the cure, or where the site is."""

import errno
import os
import socket
import sys
from typing import Any

from interaxion import settings


def refuse_busy_port(server: Any) -> None:
    """End with one line if another program has the port. gunicorn would try for five seconds and say less."""
    if "GUNICORN_FD" in os.environ or "LISTEN_FDS" in os.environ:  # the sockets are handed over
        return
    for address in server.cfg.address:
        if not isinstance(address, tuple):
            continue
        family = socket.AF_INET6 if ":" in address[0] else socket.AF_INET
        with socket.socket(family) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(address)
            except OSError as problem:
                sys.exit(_cure(problem, address[0], address[1]))


def _cure(problem: OSError, host: str, port: int) -> str:
    if problem.errno == errno.EADDRINUSE:
        return f"Port {port} of {host} is in use. Stop the other program, or choose another: make run PORT={port + 1}"
    return f"Port {port} of {host} cannot be used ({problem.strerror})."


def say_ready(server: Any) -> None:
    sys.stdout.write(f"Interaxion is at {settings.SITE_URL}/ (Ctrl-C stops it)\n")
    sys.stdout.flush()
