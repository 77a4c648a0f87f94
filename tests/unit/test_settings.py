"""The deployment is read from the environment, and refused with everything that is wrong."""

from __future__ import annotations

import stat
from datetime import datetime
from fractions import Fraction
from pathlib import Path

import pytest

from config.settings import Settings, SettingsRefused


def test_without_a_word_the_system_runs_embedded_in_its_home(tmp_path: Path) -> None:
    settings = Settings.from_environment({"CENSUS_HOME": str(tmp_path)})

    assert settings.database_url == f"sqlite:///{tmp_path}/census.sqlite3"
    assert settings.redis_url is None
    assert settings.port == 8000
    assert not settings.is_production


def test_the_secret_is_made_once_and_readable_by_its_owner_only(tmp_path: Path) -> None:
    first = Settings.from_environment({"CENSUS_HOME": str(tmp_path)})
    second = Settings.from_environment({"CENSUS_HOME": str(tmp_path)})

    assert len(first.secret_key) >= 32
    assert first.secret_key == second.secret_key
    assert stat.S_IMODE((tmp_path / "secret-key").stat().st_mode) == 0o600


def test_a_secret_that_others_can_read_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "secret-key"
    path.write_text("x" * 64)
    path.chmod(0o644)

    with pytest.raises(SettingsRefused, match="0600"):
        Settings.from_environment({"CENSUS_HOME": str(tmp_path)})


def test_every_wrong_value_is_named_at_once(tmp_path: Path) -> None:
    environment = {
        "CENSUS_HOME": str(tmp_path),
        "CENSUS_ENV": "prod",
        "DATABASE_URL": "mysql://localhost/census",
        "REDIS_URL": "localhost:6379",
        "PORT": "eighty",
    }

    with pytest.raises(SettingsRefused) as refused:
        Settings.from_environment(environment)

    told = str(refused.value)
    assert all(name in told for name in ("CENSUS_ENV", "DATABASE_URL", "REDIS_URL", "PORT"))


def test_production_needs_a_queue_and_the_hosts_it_serves(tmp_path: Path) -> None:
    environment = {"CENSUS_HOME": str(tmp_path), "CENSUS_ENV": "production"}

    with pytest.raises(SettingsRefused) as refused:
        Settings.from_environment(environment)

    assert "REDIS_URL" in str(refused.value)
    assert "TRUSTED_HOSTS" in str(refused.value)


def test_production_is_reached_over_https(tmp_path: Path) -> None:
    settings = Settings.from_environment(
        {
            "CENSUS_HOME": str(tmp_path),
            "CENSUS_ENV": "production",
            "DATABASE_URL": "postgresql://census@localhost/census",
            "REDIS_URL": "redis://localhost",
            "TRUSTED_HOSTS": "census.example.go.th, www.census.example.go.th",
        }
    )

    assert settings.is_https
    assert settings.database_url.startswith("postgresql+psycopg://")
    assert settings.trusted_hosts == ("census.example.go.th", "www.census.example.go.th")


def test_secrets_are_not_shown_with_the_settings(tmp_path: Path) -> None:
    settings = Settings.from_environment({"CENSUS_HOME": str(tmp_path), "METRICS_TOKEN": "hush"})

    assert settings.secret_key not in repr(settings)
    assert "hush" not in repr(settings)


def test_the_census_itself_is_what_its_file_says(tmp_path: Path) -> None:
    census = Settings.from_environment({"CENSUS_HOME": str(tmp_path)}).census

    assert census.reference_moment == datetime.fromisoformat("2020-12-01T00:00:00+07:00")
    assert census.planning_base == 835_040
    assert [level.share for level in census.levels] == [
        Fraction(65, 100),
        Fraction(75, 100),
        Fraction(85, 100),
    ]
    assert [period.revision for period in census.field_periods] == [1, 2, 3]


def test_a_census_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    (tmp_path / "census.toml").write_text("[census]\n")
    environment = {
        "CENSUS_HOME": str(tmp_path),
        "CENSUS_TOML": str(tmp_path / "census.toml"),
    }

    with pytest.raises(SettingsRefused, match="CENSUS_TOML"):
        Settings.from_environment(environment)
