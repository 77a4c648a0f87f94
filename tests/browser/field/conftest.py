"""The field: the real application with the small census, and tablets that speak to it."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, BrowserType

from census.assignment.models import FieldPeriod
from census.collection.models import Questionnaire
from census.collection.questionnaires.building import build_xform
from census.core import db
from census.core.clock import utcnow
from tests.browser.field.lifetimes import Lifetimes
from tests.browser.field.tablets import Tablet, new_tablet
from tests.browser.offices import people_who_may_sign_in, served, whole_application
from tests.factories.census import SmallCensus
from tests.factories.instances import VERSION

BUILD = Path(__file__).parent / "harness" / "build.js"


@pytest.fixture(scope="session")
def harness(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tablet's own modules in one file, for tests to call."""
    node = shutil.which("node")
    if node is None:
        pytest.skip("there is no Node to build the harness with")
    folder = tmp_path_factory.mktemp("harness")
    subprocess.run([node, str(BUILD), str(folder)], check=True, capture_output=True)
    return folder / "harness.js"


@pytest.fixture
def office_address(database_url: str, tmp_path: Path) -> Iterator[str]:
    """The address of the whole application."""
    with served(whole_application(database_url, tmp_path)) as address:
        yield address


@pytest.fixture(scope="session")
def xform() -> bytes:
    """The real questionnaire."""
    return build_xform("household", VERSION)


@pytest.fixture
def census(office_address: str, xform: bytes) -> SmallCensus:
    """The small census in the middle of its field period today, with the real questionnaire."""
    census = people_who_may_sign_in()
    with db.transaction() as session:
        session.add(period_around(utcnow().date()))
        questionnaire = session.get_one(Questionnaire, ("household", VERSION))
        questionnaire.xform = xform
        questionnaire.sha256 = hashlib.sha256(xform).digest()
    return census


def period_around(day: date) -> FieldPeriod:
    """A field period that goes on: tokens are given out only near one."""
    return FieldPeriod(
        revision=2,
        starts_on=day - timedelta(days=30),
        ends_on=day + timedelta(days=30),
        decided_on=day - timedelta(days=60),
        reason_th="ตามแผน",
        reason_en="As planned",
        decision_document="plan",
        recorded_at=utcnow(),
    )


@pytest.fixture
def new_field_tablet(
    office_address: str,
    census: SmallCensus,
    harness: Path,
    new_context: Callable[..., BrowserContext],
) -> Iterator[Callable[..., Tablet]]:
    """Makes tablets; none of their pages may break a rule of the browser."""
    tablets: list[Tablet] = []

    def make(language: str = "en") -> Tablet:
        tablets.append(new_tablet(new_context, office_address, harness, language))
        return tablets[-1]

    yield make
    assert [each.complaints for each in tablets if each.complaints] == []


@pytest.fixture
def tablet(new_field_tablet: Callable[..., Tablet]) -> Tablet:
    """A tablet of enumerator1 that is set up and has its areas."""
    tablet = new_field_tablet()
    tablet.set_up()
    return tablet


@pytest.fixture
def lifetimes(
    browser_type: BrowserType,
    browser_type_launch_args: dict[str, Any],
    office_address: str,
    census: SmallCensus,
    harness: Path,
    tmp_path: Path,
) -> Lifetimes:
    """A tablet whose browser can be killed and started again."""
    folder = tmp_path / "profile"
    arguments = {**browser_type_launch_args, "base_url": office_address, "locale": "en-TH"}
    return Lifetimes(browser_type, arguments, folder, harness.read_text(encoding="utf-8"))
