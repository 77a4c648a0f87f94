"""How much processor time processes have used, as the kernel tells it (Linux only)."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

_PROC = Path("/proc")


def of_tree(pid: int) -> float:
    """Seconds used by a process and its living descendants."""
    parents = {child: parent for child, parent, _name in _processes()}
    family = {pid}
    for child in sorted(parents):
        if parents[child] in family:
            family.add(child)
    return sum(map(_seconds, family))


def of_database(name: str) -> float:
    """Seconds used by the PostgreSQL backends that are connected to a database of this machine."""
    backends = (pid for pid, _parent, line in _processes() if line.startswith("postgres:"))
    return sum(_seconds(pid) for pid in backends if f" {name} " in _line(pid))


def _processes() -> Iterator[tuple[int, int, str]]:
    for entry in _PROC.iterdir():
        if entry.name.isdigit():
            pid = int(entry.name)
            yield pid, _parent(pid), _line(pid)


def _line(pid: int) -> str:
    try:
        return (_PROC / str(pid) / "cmdline").read_bytes().replace(b"\0", b" ").decode()
    except (OSError, UnicodeDecodeError):
        return ""


def _parent(pid: int) -> int:
    return int(_stat(pid)[1]) if _stat(pid) else 0


def _seconds(pid: int) -> float:
    fields = _stat(pid)
    used = int(fields[11]) + int(fields[12]) if fields else 0
    return used / os.sysconf("SC_CLK_TCK")


def _stat(pid: int) -> list[str]:
    """The fields after the name: state, parent, …"""
    try:
        return (_PROC / str(pid) / "stat").read_text().rpartition(")")[2].split()
    except OSError:
        return []
