"""Refuses to start where data could be lost or read by strangers, and says what is wrong."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, text
from sqlalchemy.exc import SQLAlchemyError

from census.core import db, migrations

LEAST_FREE_SHARE = 0.05


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


def refuse_unsafe_start(*, home: Path, is_production: bool, is_debugging: bool) -> None:
    """Check the database, the disk and the mode; raise with everything that is wrong."""
    weaknesses = [
        *_of_database(),
        *_of_disk(home),
        *_of_mode(is_production=is_production, is_debugging=is_debugging),
    ]
    if weaknesses:
        raise UnsafeToStart(weaknesses)


def _of_database() -> list[Weakness]:
    try:
        with db.engine().connect() as connection:
            return [*_of_schema(connection), *_of_durability(connection)]
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
    if not (is_production and is_debugging):
        return []
    return [Weakness("ห้ามเปิดโหมดดีบักเมื่อใช้งานจริง", "debug mode is on in production")]
