"""The deployment: what the environment says, checked at start, every wrong value named at once."""

from __future__ import annotations

import os
import secrets
import stat
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from config import census_settings
from config.census_settings import CensusSettings

LOCAL_HOSTS = ("localhost", "127.0.0.1", "[::1]")
LEAST_SECRET_CHARACTERS = 32
KNOWN_ENVIRONMENTS = ("development", "production")


class SettingsRefused(Exception):  # noqa: N818 - an answer to the operator, not an error of ours
    """The environment does not describe a system that may start; says everything that is wrong."""

    def __init__(self, problems: list[str]) -> None:
        """Keep every problem, so that one start is enough to see all of them."""
        super().__init__("\n".join(problems))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Settings:
    """Where this system runs, and with what."""

    database_url: str
    home: Path
    secret_key: str = field(repr=False)
    redis_url: str | None = None
    port: int = 8000
    is_production: bool = False
    trusted_hosts: tuple[str, ...] = LOCAL_HOSTS
    trusted_proxies: int = 0
    """How many proxies stand before the server and set X-Forwarded-For themselves."""
    metrics_token: str | None = field(default=None, repr=False)
    is_testing: bool = False
    has_cheap_passwords: bool = False
    """Hash passwords quickly: for tests only."""
    census: CensusSettings = field(default_factory=census_settings.load)

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> Settings:
        """Read the environment, and refuse it with everything that is wrong."""
        return _Reader(os.environ if environment is None else environment).settings()

    @property
    def is_https(self) -> bool:
        """Whether browsers reach this system over https only."""
        return self.is_production

    @property
    def keyring_path(self) -> Path:
        """The file of the keys that seal personal identifiers."""
        return self.home / "keys.json"

    @property
    def uploads(self) -> Path:
        """The directory of the files that come with answers, each sealed."""
        return self.home / "uploads"


class _Reader:
    """Reads one environment and collects what is wrong with it."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self.environment = environment
        self.problems: list[str] = []
        self.is_production = self._is_production()
        self.home = Path(self._text("CENSUS_HOME") or "var").absolute()

    def settings(self) -> Settings:
        """The settings, if nothing is wrong with them."""
        database_url = self._database_url()
        redis_url = self._redis_url()
        port = self._number("PORT", default=8000, least=1, most=65535)
        proxies = self._number("TRUSTED_PROXIES", default=0, least=0, most=5)
        hosts = self._trusted_hosts()
        secret_key = self._secret_key()
        census = self._census()
        if self.problems or census is None:
            raise SettingsRefused(self.problems)
        return Settings(
            database_url=database_url,
            home=self.home,
            secret_key=secret_key,
            redis_url=redis_url,
            port=port,
            is_production=self.is_production,
            trusted_hosts=hosts,
            trusted_proxies=proxies,
            metrics_token=self._text("METRICS_TOKEN"),
            census=census,
        )

    def _text(self, name: str) -> str | None:
        return self.environment.get(name, "").strip() or None

    def _refuse(self, name: str, th: str, en: str) -> None:
        self.problems.append(f"{name}: {th} / {en}")

    def _is_production(self) -> bool:
        value = self._text("CENSUS_ENV") or "development"
        if value not in KNOWN_ENVIRONMENTS:
            self._refuse(
                "CENSUS_ENV",
                "ต้องเป็น development หรือ production",
                "must be development or production",
            )
        return value == "production"

    def _database_url(self) -> str:
        value = self._text("DATABASE_URL")
        if value is None:
            return f"sqlite:///{self.home / 'census.sqlite3'}"
        if value.startswith("postgresql://"):
            return value.replace("postgresql://", "postgresql+psycopg://", 1)
        if not value.startswith(("postgresql+psycopg://", "sqlite:///")):
            self._refuse(
                "DATABASE_URL",
                "ต้องขึ้นต้นด้วย postgresql+psycopg:// หรือ sqlite:///",
                "must begin with postgresql+psycopg:// or sqlite:///",
            )
        return value

    def _redis_url(self) -> str | None:
        value = self._text("REDIS_URL")
        if value and not value.startswith(("redis://", "rediss://", "unix://")):
            self._refuse(
                "REDIS_URL",
                "ต้องขึ้นต้นด้วย redis:// rediss:// หรือ unix://",
                "must begin with redis://, rediss:// or unix://",
            )
        if value is None and self.is_production:
            self._refuse("REDIS_URL", "ต้องกำหนดเมื่อใช้งานจริง", "must be set in production")
        return value

    def _number(self, name: str, *, default: int, least: int, most: int) -> int:
        value = self._text(name)
        if value is None:
            return default
        if value.isascii() and value.isdigit() and len(value) < 9 and least <= int(value) <= most:
            return int(value)
        self._refuse(
            name,
            f"ต้องเป็นจำนวนเต็มตั้งแต่ {least} ถึง {most}",
            f"must be a whole number from {least} to {most}",
        )
        return default

    def _trusted_hosts(self) -> tuple[str, ...]:
        hosts = tuple(part.strip() for part in (self._text("TRUSTED_HOSTS") or "").split(","))
        hosts = tuple(host for host in hosts if host)
        if hosts:
            return hosts
        if self.is_production:
            self._refuse(
                "TRUSTED_HOSTS",
                "ต้องระบุชื่อโฮสต์ที่ให้บริการเมื่อใช้งานจริง",
                "must name the hosts that are served in production",
            )
        return LOCAL_HOSTS

    def _secret_key(self) -> str:
        path = self.home / "secret-key"
        try:
            return _secret_key_in(path)
        except OSError as error:
            self._refuse(
                "CENSUS_HOME",
                f"อ่านหรือสร้างไฟล์ secret-key ไม่ได้ ({error.strerror})",
                f"the file secret-key cannot be read or made ({error.strerror})",
            )
        except _SecretUnsafe:
            self._refuse(
                "CENSUS_HOME",
                "ไฟล์ secret-key ต้องอ่านได้เฉพาะเจ้าของ (0600) และยาวอย่างน้อย 32 อักขระ",
                "the file secret-key must be readable by its owner only (0600) and hold at least"
                " 32 characters",
            )
        return ""

    def _census(self) -> CensusSettings | None:
        path = self._text("CENSUS_TOML")
        try:
            return census_settings.load(Path(path) if path else None)
        except (OSError, ValueError, LookupError, TypeError) as error:
            self._refuse("CENSUS_TOML", f"อ่านไม่ได้ ({error})", f"cannot be read ({error})")
            return None


class _SecretUnsafe(Exception):  # noqa: N818
    """The secret is too short, or others can read it."""


def _secret_key_in(path: Path) -> str:
    """The secret that signs cookies, made on first use and readable by its owner only."""
    if not path.exists():
        _make_secret_key(path)
    secret = path.read_text("ascii").strip()
    is_open_to_others = stat.S_IMODE(path.stat().st_mode) & 0o077
    if is_open_to_others or len(secret) < LEAST_SECRET_CHARACTERS:
        raise _SecretUnsafe
    return secret


def _make_secret_key(path: Path) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    # Two processes may start at once on a fresh machine: the one that links first wins.
    draft = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(secrets.token_urlsafe(48))
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
