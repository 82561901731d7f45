"""A connection on which no thread waits until the visitor has received what is sent."""

import os
import socket
from collections import deque
from contextlib import suppress
from typing import Any

from interaxion.serving.patience import waiting

#: Bytes of generated bodies kept in memory. Beyond this limit, the thread that generates one waits for the visitor.
MOST_IN_MEMORY = 4 * 1024 * 1024
#: Bytes of a file that are sent at once, so that every connection gets its turn.
PIECE = 256 * 1024


class FilePart:
    """The bytes of a file that have not been sent, with a file descriptor of its own."""

    def __init__(self, file: int, offset: int, left: int) -> None:
        self.file, self.offset, self.left = os.dup(file), offset, left

    def __len__(self) -> int:
        return self.left

    def send(self, to: int) -> None:
        sent = os.sendfile(to, self.file, self.offset, min(self.left, PIECE))
        self.offset += sent
        self.left = self.left - sent if sent else 0  # the file has become shorter

    def close(self) -> None:
        os.close(self.file)


class PatientSocket(socket.socket):
    """A socket that sends what the network takes at once, and keeps the rest until `send_on` is called."""

    def __init__(self, connection: socket.socket, unread: bytes = b"") -> None:
        super().__init__(fileno=connection.detach())
        self.rest: deque[memoryview | FilePart] = deque()
        #: What another process has read, to be read again here.
        self.unread = unread
        #: All that was read of this request, as long as it may be handed on to another process.
        self.recorded: bytearray | None = None

    def sendall(self, data: Any, flags: int = 0) -> None:
        left = memoryview(bytes(data))
        if not self.rest:
            with suppress(BlockingIOError):
                left = left[super().send(left, flags | socket.MSG_DONTWAIT) :]
        if left:
            self.rest.append(left)
        while sum(map(len, self.rest)) > MOST_IN_MEMORY and isinstance(first := self.rest[0], memoryview):
            self.rest.popleft()
            with waiting():
                super().sendall(first, flags)

    def sendfile(self, file: Any, offset: int = 0, count: int | None = None) -> int:
        count = os.fstat(file.fileno()).st_size - offset if count is None else count
        self.rest.append(FilePart(file.fileno(), offset, count))
        return count

    def send_on(self) -> None:
        """Send what the network takes. The socket must be non-blocking; raises BlockingIOError if it takes nothing."""
        first = self.rest[0]
        if isinstance(first, FilePart):
            first.send(self.fileno())
        else:
            self.rest[0] = first = first[self.send(first) :]
        if not len(first):
            self.rest.popleft()
            if isinstance(first, FilePart):
                first.close()

    def recv(self, size: int, flags: int = 0) -> bytes:
        if self.unread:
            part, self.unread = self.unread[:size], self.unread[size:]
        else:
            with waiting():
                part = super().recv(size, flags)
        if self.recorded is not None:
            self.recorded += part
        return part

    def close(self) -> None:
        while self.rest:
            part = self.rest.popleft()
            if isinstance(part, FilePart):
                part.close()
        super().close()
