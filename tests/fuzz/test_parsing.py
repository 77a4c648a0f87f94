"""Hostile and damaged instances are read within bounds, or refused by name, and no more."""

from __future__ import annotations

import gc
import resource
import socket
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from census.collection.instances.parsing import UnreadableInstance, identified, identify, parse
from census.collection.instances.reading import HouseholdAnswers, read_household
from tests.fuzz.effort import examples, sent
from tests.fuzz.hostile import DOCTYPES, ENCODINGS, FLOODS, INSTANCE
from tests.fuzz.mutations import damaged, instances

CANARY = "CANARY-1999900000013"
MOST_CPU_S = 0.5
ATTEMPTS = 5
MOST_MORE_BYTES = 200_000_000
MOST_LEFT_BYTES = 50_000_000

HARMLESS = {"XInclude", "style sheet"}
"""No declaration, and only nodes of other names to whom does not follow them."""


def read(data: bytes) -> HouseholdAnswers | str:
    """What an instance says, or the code of why it cannot be read."""
    _identity, root = identified(data)
    try:
        return read_household(parse(data) if root is None else root)
    except UnreadableInstance as refusal:
        return refusal.code


@pytest.mark.parametrize("name", FLOODS)
def test_no_flood_takes_long_or_fills_the_memory(name: str) -> None:
    data = FLOODS[name]()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    # The collector would go through everything that the tests have loaded, many times.
    gc.collect()
    gc.freeze()
    # A busy machine slows down one attempt, a flaw of ours every one of them.
    assert any(_cpu_of(data) < MOST_CPU_S for _attempt in range(ATTEMPTS))
    gc.unfreeze()

    more = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) * 1024
    assert more < MOST_MORE_BYTES


@pytest.mark.parametrize("name", ["attributes", "namespaces", "one attribute", "text"])
def test_what_is_refused_again_and_again_leaves_nothing_behind(name: str) -> None:
    data = FLOODS[name]()
    read(data)
    read(data)
    before = _resident_bytes()

    for _again in range(10):
        assert isinstance(read(data), str)

    assert _resident_bytes() - before < MOST_LEFT_BYTES


def _resident_bytes() -> int:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize()


def _cpu_of(data: bytes) -> float:
    """The larger of what identifying and what reading takes, in seconds of this thread."""
    started = time.thread_time()
    identify(data)
    between = time.thread_time()
    with suppress(UnreadableInstance):
        read_household(parse(data))
    return max(between - started, time.thread_time() - between)


@pytest.mark.parametrize("name", DOCTYPES)
def test_nothing_is_fetched_and_nothing_grows(
    name: str, secret: Path, listener: socket.socket
) -> None:
    host, port = listener.getsockname()
    data = (
        DOCTYPES[name]
        .replace(b"SECRET", str(secret).encode())
        .replace(b"LISTENER", f"{host}:{port}".encode())
    )

    outcome = read(data)

    assert isinstance(outcome, HouseholdAnswers) == (name in HARMLESS)
    assert CANARY not in repr(outcome)
    with suppress(UnreadableInstance):
        assert CANARY.encode() not in etree.tostring(parse(data))
    with pytest.raises(BlockingIOError):
        listener.accept()


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    """A file that nobody may read by way of an instance."""
    path = tmp_path / "secret"
    path.write_text(f"<note>{CANARY}</note>")
    return path


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    """Somebody on the network whom no instance may make us call."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)
        yield server


@pytest.mark.parametrize("name", ENCODINGS)
def test_no_encoding_misleads(name: str) -> None:
    outcome = read(ENCODINGS[name])

    assert isinstance(outcome, HouseholdAnswers) == (name in {"mark", "mark inside", "XML 1.1"})


def test_an_instance_cut_off_anywhere_is_refused_and_known_once_its_id_is_there() -> None:
    whole = read(INSTANCE)
    assert isinstance(whole, HouseholdAnswers)

    for end in range(len(INSTANCE)):
        assert isinstance(read(INSTANCE[:end]), str)
    id_is_there = INSTANCE.index(b"</orx:instanceID>") + 1
    for end in range(id_is_there, len(INSTANCE)):
        identity = identify(INSTANCE[:end])
        assert identity is not None
        assert identity.instance_id == whole.instance_id


@examples(250)
@given(data=instances())
def test_a_changed_instance_is_read_or_refused_by_name(data: bytes) -> None:
    outcome = read(data)

    sent[f"instances {'refused' if isinstance(outcome, str) else 'read'}"] += 1
    if isinstance(outcome, HouseholdAnswers):
        identity = identify(data)
        assert identity is not None
        assert identity.instance_id == outcome.instance_id


@examples(250)
@given(data=st.binary(max_size=300) | damaged(INSTANCE))
def test_no_bytes_do_anything_else(data: bytes) -> None:
    outcome = read(data)

    sent[f"bytes {'refused' if isinstance(outcome, str) else 'read'}"] += 1
