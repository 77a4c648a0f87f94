"""Refuses to start where data could be lost or read by strangers, and says what is wrong."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Connection, select, text
from sqlalchemy.exc import SQLAlchemyError

from census.collection.models import Submission
from census.core import db, known_keys, migrations, sealed
from census.core.clock import utcnow
from census.frame.models import RegisterPerson

LEAST_FREE_SHARE = 0.05

EARLIEST_START = datetime(2026, 1, 1, tzinfo=UTC)
"""Before this there was no such program: a clock that shows less is wrong."""


@dataclass(frozen=True, slots=True)
class Weakness:
    """Something that must be put right before the system starts."""

    th: str
    en: str

    def __str__(self) -> str:
        """Both sentences."""
        return f"{self.th} / {self.en}"


class UnsafeToStart(Exception):  # noqa: N818 - an answer to the operator, not an error of ours
    """The system does not start: says everything that is wrong at once."""

    def __init__(self, weaknesses: list[Weakness]) -> None:
        """Keep every weakness."""
        super().__init__("\n".join(map(str, weaknesses)))
        self.weaknesses = weaknesses


def refuse_unsafe_start(
    *,
    home: Path,
    keyring_path: Path,
    is_production: bool,
    is_debugging: bool,
    at: datetime | None = None,
) -> None:
    """Check clock, database, keys, disk and mode; raise with everything that is wrong."""
    weaknesses = [
        *_of_clock(at or utcnow()),
        *_of_database(keyring_path),
        *_of_disk(home),
        *_of_mode(is_production=is_production, is_debugging=is_debugging),
    ]
    if weaknesses:
        raise UnsafeToStart(weaknesses)


def settled_keyring(path: Path) -> sealed.Keyring:
    """The keyring of this census, made when there never was one; the database knows it from now on.

    Only after `refuse_unsafe_start`: two machines that start at once on an empty database may both
    have made keys, and the second to come is refused here.
    """
    keyring = sealed.load_keyring(path)
    try:
        with db.transaction() as session:
            known_keys.remember(session, keyring)
    except known_keys.OtherKeys:
        raise UnsafeToStart([_other_keys(path)]) from None
    return keyring


def _of_clock(at: datetime) -> list[Weakness]:
    if at >= EARLIEST_START:
        return []
    return [
        Weakness(
            f"นาฬิกาของเครื่องแสดง {at:%Y-%m-%d} ซึ่งไม่ถูกต้อง กรุณาตั้งเวลาให้ตรง",
            f"the clock of this machine shows {at:%Y-%m-%d}, which cannot be: set it right",
        )
    ]


def _of_database(keyring_path: Path) -> list[Weakness]:
    try:
        with db.engine().connect() as connection:
            of_schema, of_durability = _of_schema(connection), _of_durability(connection)
        # Tables of another schema cannot be asked about keys.
        return [*of_schema, *of_durability, *([] if of_schema else _of_keys(keyring_path))]
    except SQLAlchemyError as error:
        kind = type(error).__name__
        return [Weakness(f"เชื่อมต่อฐานข้อมูลไม่ได้ ({kind})", f"the database is away ({kind})")]


def _of_schema(connection: Connection) -> list[Weakness]:
    of_code, of_database = migrations.revision_of_code(), migrations.revision_of(connection)
    if of_code == of_database:
        return []
    return [
        Weakness(
            f"โครงสร้างฐานข้อมูล ({of_database}) ไม่ตรงกับโปรแกรม ({of_code})"
            " กรุณาใช้คำสั่ง census db upgrade",
            f"the schema of the database ({of_database}) is not the code's ({of_code}):"
            " run census db upgrade",
        )
    ]


def _of_keys(path: Path) -> list[Weakness]:
    with db.reading() as session:
        known = known_keys.known_fingerprints(session)
        is_sealed = any(
            session.scalar(select(table.id).limit(1)) is not None
            for table in (Submission, RegisterPerson)
        )
    if not path.exists():
        return [_missing_keys(path)] if known or is_sealed else []
    weaknesses = [_open_keys(path)] if sealed.is_open_to_others(path) else []
    try:
        keyring = sealed.read_keyring(path)
    except sealed.KeyringUnfit as unfit:
        return [*weaknesses, _unfit_keys(path, unfit)]
    return weaknesses if known_keys.is_known(keyring, known) else [*weaknesses, _other_keys(path)]


def _missing_keys(path: Path) -> Weakness:
    return Weakness(
        f"ไม่พบกุญแจ {path} แต่ฐานข้อมูลมีข้อมูลที่ปิดผนึกด้วยกุญแจเดิมแล้ว กรุณานำสำเนากุญแจเดิมมาวาง",
        f"the keys {path} are missing, but the database was sealed with keys: put back their copy",
    )


def _open_keys(path: Path) -> Weakness:
    return Weakness(
        f"ผู้อื่นอ่านกุญแจ {path} ได้ กรุณาใช้คำสั่ง chmod 600",
        f"the keys {path} are open to others than their owner: chmod 600",
    )


def _unfit_keys(path: Path, unfit: sealed.KeyringUnfit) -> Weakness:
    return Weakness(f"อ่านกุญแจ {path} ไม่ได้ ({unfit})", f"the keys {path} cannot be read ({unfit})")


def _other_keys(path: Path) -> Weakness:
    return Weakness(
        f"กุญแจ {path} ไม่ใช่กุญแจของฐานข้อมูลนี้ กรุณานำสำเนากุญแจเดิมมาวาง",
        f"the keys {path} are not the keys of this database: put back the copy of its own",
    )


def _of_durability(connection: Connection) -> list[Weakness]:
    if connection.dialect.name == "sqlite":
        return _of_sqlite(connection)
    return _of_postgresql(connection)


def _of_sqlite(connection: Connection) -> list[Weakness]:
    journal = connection.execute(text("PRAGMA journal_mode")).scalar()
    synchronous = connection.execute(text("PRAGMA synchronous")).scalar()
    foreign_keys = connection.execute(text("PRAGMA foreign_keys")).scalar()
    found = {
        "journal_mode = WAL": str(journal).lower() == "wal",
        "synchronous = FULL": int(synchronous or 0) >= 2,
        "foreign_keys = ON": foreign_keys == 1,
    }
    return [_weak(setting) for setting, is_so in found.items() if not is_so]


def _of_postgresql(connection: Connection) -> list[Weakness]:
    found = {}
    for setting in ("fsync", "full_page_writes", "synchronous_commit"):
        value = connection.execute(
            text("SELECT setting FROM pg_settings WHERE name = :name"), {"name": setting}
        ).scalar()
        found[f"{setting} = on"] = value not in ("off", "local")
    return [_weak(setting) for setting, is_so in found.items() if not is_so]


def _weak(setting: str) -> Weakness:
    return Weakness(
        f"ฐานข้อมูลต้องตั้งค่า {setting} มิฉะนั้นข้อมูลที่รับแล้วอาจหายเมื่อไฟดับ",
        f"the database needs {setting}, or acknowledged data may be lost with the power",
    )


def _of_disk(home: Path) -> list[Weakness]:
    home.mkdir(parents=True, exist_ok=True)
    usage = shutil.disk_usage(home)
    if usage.free >= usage.total * LEAST_FREE_SHARE:
        return []
    return [
        Weakness(
            f"ดิสก์ของ {home} เหลือที่ว่างน้อยกว่า 5%",
            f"the disk of {home} has less than 5 % free",
        )
    ]


def _of_mode(*, is_production: bool, is_debugging: bool) -> list[Weakness]:
    if not is_production:
        return []
    weaknesses = []
    if is_debugging:
        weaknesses.append(Weakness("ห้ามเปิดโหมดดีบักเมื่อใช้งานจริง", "debug mode is on in production"))
    if db.engine().dialect.name != "postgresql":
        weaknesses.append(
            Weakness(
                "การใช้งานจริงต้องใช้ PostgreSQL กรุณากำหนด DATABASE_URL",
                "production needs PostgreSQL: set DATABASE_URL",
            )
        )
    return weaknesses
