"""The one address at which the application finds its database, wherever that is at the moment."""

from __future__ import annotations

import socket
import threading
from contextlib import suppress

CHUNK = 65_536
CONNECT_WITHIN_S = 5.0


class Relay:
    """Listens on a port of its own and passes everything on, both ways; the target can change."""

    def __init__(self, port: int) -> None:
        """Begin to listen; `port` is where the database is at first."""
        self._to = port
        self._open: set[socket.socket] = set()
        self._lock = threading.Lock()
        self._listening = socket.create_server(("127.0.0.1", 0), backlog=128)
        self.port: int = self._listening.getsockname()[1]
        self._accepting = threading.Thread(target=self._accept, name="relay", daemon=True)
        self._accepting.start()

    def switch(self, port: int) -> None:
        """Pass on to another database from now on; whoever spoke with the first is cut off."""
        self._to = port
        self._cut_all()

    def close(self) -> None:
        """Stop listening, and cut off whoever is there."""
        self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()
        self._accepting.join()
        self._cut_all()

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listening.accept()
            except OSError:
                return
            try:
                server = socket.create_connection(("127.0.0.1", self._to), CONNECT_WITHIN_S)
            except OSError:
                client.close()
                continue
            server.settimeout(None)
            with self._lock:
                self._open |= {client, server}
            for one, other in ((client, server), (server, client)):
                threading.Thread(target=self._carry, args=(one, other), daemon=True).start()

    def _carry(self, one: socket.socket, other: socket.socket) -> None:
        """Pass on what one says to the other; when one is gone, so is the other."""
        with suppress(OSError):
            while data := one.recv(CHUNK):
                other.sendall(data)
        self._cut(other)
        with self._lock:
            self._open.discard(one)
        one.close()

    def _cut_all(self) -> None:
        with self._lock:
            there = list(self._open)
        for each in there:
            self._cut(each)

    def _cut(self, each: socket.socket) -> None:
        with suppress(OSError):
            each.shutdown(socket.SHUT_RDWR)
