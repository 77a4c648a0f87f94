"""Forms with files, whole and damaged in the ways that networks and bad clients damage them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from hypothesis import strategies as st

from tests.factories.photos import HOSTILE, jpeg
from tests.fuzz.mutations import damaged, instances

BOUNDARY = "the-boundary-of-a-test"
USUAL = f'multipart/form-data; boundary="{BOUNDARY}"'

NAMES = [
    *("house.jpg", "audit.csv", "ภาพ.jpg", "../../etc/passwd", "a" * 300, "", ".", "\u202egpj.exe"),
    *("*isIncomplete*", "xml_submission_file", "a\\b.jpg", "nul", "x.php", "%00.jpg"),
]

CONTENT_TYPES = [
    *([USUAL] * 6),
    *("multipart/form-data", "multipart/form-data; boundary=", "multipart/mixed; boundary=x"),
    *(f"multipart/form-data; boundary={BOUNDARY}x", f"multipart/form-data; boundary={'b' * 300}"),
    *("text/xml", "", "application/x-www-form-urlencoded", "multipart/form-data; boundary=ไทย"),
    f"{USUAL}; charset=utf-16",
]

PARTS = [
    b"Content-Disposition: form-data\r\n\r\nx\r\n",
    b'Content-Disposition: form-data; name="xml_submission_file"\r\n\r\n<data/>\r\n',
    b'Content-Disposition: form-data; name="a"; filename="\xff\xfe"\r\n\r\nx\r\n',
    b"Content-Disposition: form-data; name*=utf-16''%ff%fe; filename*=x''%00\r\n\r\nx\r\n",
    b'Content-Disposition: form-data; name="a"\r\nContent-Transfer-Encoding: base64\r\n\r\n?\r\n',
    b'Content-Disposition: form-data; name="a"; filename="b"\r\nContent-Type: ;;;\r\n\r\nx\r\n',
    b"X: " + b"y" * 9_000 + b"\r\n\r\nx\r\n",
    b"no header at all",
    b"\r\n\r\n",
]


@dataclass(frozen=True)
class Body:
    """What is sent, and what it is said to be."""

    content: bytes
    content_type: str = USUAL

    @classmethod
    def of(cls, parts: Sequence[tuple[str, str, bytes]]) -> Body:
        """The whole form of these parts: the field, the name of the file, its bytes."""
        whole = b"".join(_part(*each) for each in parts)
        return cls(whole + f"--{BOUNDARY}--\r\n".encode())


def _part(field: str, name: str, data: bytes) -> bytes:
    head = (
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{field}"; filename="{name}"\r\n'
        "Content-Type: application/octet-stream\r\n\r\n"
    )
    return head.encode() + data + b"\r\n"


def files(*, at_least: int = 0) -> st.SearchStrategy[list[tuple[str, str, bytes]]]:
    """Files that come with a record, some of them made to do harm."""
    content = st.sampled_from([jpeg(), *HOSTILE.values()]) | st.binary(max_size=200)
    name = st.sampled_from(NAMES)
    one = st.tuples(st.sampled_from(["file", "house.jpg", "audit.csv"]), name, content)
    return st.lists(one, min_size=at_least, max_size=3)


@st.composite
def bodies(draw: st.DrawFn) -> Body:
    """A form with a record and files, damaged somewhere, or sent as something else."""
    record = ("xml_submission_file", "form.xml", draw(instances()))
    content = Body.of([record, *draw(files())]).content
    separator = f"--{BOUNDARY}\r\n".encode()
    for piece in draw(st.lists(st.sampled_from(PARTS), max_size=2)):
        content = separator + piece + content
    if draw(st.booleans()):
        content = draw(damaged(content))
    return Body(content, draw(st.sampled_from(CONTENT_TYPES)))
