"""A network that cannot be relied on: between client and server, one connection at a time.

Of the connections through it a part is cut while the request is on its way (the server may have
seen none, some or all of it), a part while the answer is (the work is done, and nobody hears of
it), a part trickles, and a few stall.
"""

from __future__ import annotations

import socket
import struct
import threading
import time
from collections import Counter
from random import Random

CUT_UP, CUT_DOWN, TRICKLE, STALL = 0.12, 0.16, 0.06, 0.01
STALL_S = 1.5
TRICKLE_BYTES, TRICKLE_S, TRICKLE_PIECES = 700, 0.01, 25
CHUNK = 65_536
PATIENCE_S = 30.0

_RESET = struct.pack("ii", 1, 0)


class Proxy:
    """Listens on a port of its own and passes on to another, badly."""

    def __init__(self, port: int, *, seed: int) -> None:
        """Begin to listen; `port` is where the server is."""
        self.faults: Counter[str] = Counter()
        self.is_faulty = True
        self._to = port
        self._chance = Random(seed)
        self._listening = socket.create_server(("127.0.0.1", 0), backlog=128)
        self.port: int = self._listening.getsockname()[1]
        self._threads: set[threading.Thread] = set()
        self._accepting = threading.Thread(target=self._accept, name="proxy", daemon=True)
        self._accepting.start()

    def close(self) -> None:
        """Stop listening, and wait for what is on its way."""
        self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()
        self._accepting.join(PATIENCE_S)
        for thread in list(self._threads):
            thread.join(PATIENCE_S)

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listening.accept()
            except OSError:
                return
            fault, at = self._next_fault(), self._chance.random()
            thread = threading.Thread(target=self._carry, args=(client, fault, at), daemon=True)
            self._threads.add(thread)
            thread.start()

    def _next_fault(self) -> str:
        if not self.is_faulty:
            return ""
        drawn = self._chance.random()
        for name, share in (
            ("cut_up", CUT_UP),
            ("cut_down", CUT_DOWN),
            ("trickle", TRICKLE),
            ("stall", STALL),
        ):
            if drawn < share:
                return name
            drawn -= share
        return ""

    def _carry(self, client: socket.socket, fault: str, at: float) -> None:
        client.settimeout(PATIENCE_S)
        try:
            with client, socket.create_connection(("127.0.0.1", self._to), 5.0) as server:
                server.settimeout(PATIENCE_S)
                if fault:
                    self.faults[fault] += 1
                _Passage(client, server, fault, at).carry()
        except OSError:
            pass
        finally:
            self._threads.discard(threading.current_thread())


class _Passage:
    """One request and its answer."""

    def __init__(self, client: socket.socket, server: socket.socket, fault: str, at: float) -> None:
        self.client, self.server = client, server
        self.fault, self.at = fault, at

    def carry(self) -> None:
        """Pass the request on, then the answer, unless something happens to them."""
        if self.fault == "stall":
            time.sleep(STALL_S)
            self._cut()
            return
        if not self._carry_up():
            self._cut()
            return
        if self.fault == "cut_down":
            self._hear_and_keep()
            self._cut()
            return
        self._carry_down()

    def _carry_up(self) -> bool:
        """Pass the request on; false where it was cut."""
        head = b""
        while b"\r\n\r\n" not in head:
            if not (data := self.client.recv(CHUNK)):
                return False
            head += data
        length = len(head.split(b"\r\n\r\n", 1)[0]) + 4 + _content_length(head)
        until = round(self.at * length) if self.fault == "cut_up" else length
        carried = 0
        data = head
        while True:
            data = data[: until - carried]
            self._send_up(data)
            carried += len(data)
            if carried >= until:
                return self.fault != "cut_up"
            if not (data := self.client.recv(CHUNK)):
                return False

    def _send_up(self, data: bytes) -> None:
        if self.fault != "trickle":
            self.server.sendall(data)
            return
        for piece in range(TRICKLE_PIECES):
            first = piece * TRICKLE_BYTES
            self.server.sendall(data[first : first + TRICKLE_BYTES])
            time.sleep(TRICKLE_S)
        self.server.sendall(data[TRICKLE_PIECES * TRICKLE_BYTES :])

    def _hear_and_keep(self) -> None:
        """Wait for the answer and pass on a part of it at most: it is lost on its way."""
        data = self.server.recv(CHUNK)
        self.client.sendall(data[: round(self.at * len(data) / 2)])

    def _carry_down(self) -> None:
        while data := self.server.recv(CHUNK):
            self.client.sendall(data)

    def _cut(self) -> None:
        for each in (self.client, self.server):
            each.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)


def _content_length(head: bytes) -> int:
    for line in head.split(b"\r\n\r\n", 1)[0].split(b"\r\n"):
        name, _, value = line.partition(b":")
        if name.strip().lower() == b"content-length":
            return int(value)
    return 0
