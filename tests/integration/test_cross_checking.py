"""Records are compared with each other; what a comparison finds comes and goes with the facts."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import pytest
from shapely.geometry import MultiPolygon, Point, box
from shapely.geometry.base import BaseGeometry
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from census.collection.answers import Response
from census.collection.arrivals import Incoming
from census.collection.codelists import Review, Severity
from census.collection.edits.elsewhere import RAISED_BY_JOBS
from census.collection.jobs import cross_check_area
from census.collection.models import Case, FieldAction, Finding, Submission
from census.collection.services import (
    cross_check,
    forget_distances,
    receive_submission,
)
from census.core import events
from census.core.geo import metres_between, metres_outside
from census.core.jobs.ledger import OwedJob
from census.frame.models import EnumerationArea, Household
from census.reactions import REACTIONS
from census.review.queries import batch
from tests.factories.census import AWAY, HOME, NOON, SmallCensus, small_census
from tests.factories.submissions import incoming

HEAD_NUMBER, CHILD_NUMBER = "3999900000010", "1999900000013"
HEAD_NAME = "สมมติ"
HERE = "13.3611 100.9847 3 8"

AROUND_HERE = MultiPolygon([box(100.98, 13.355, 100.99, 13.365)])
AT_RISK = sorted(RAISED_BY_JOBS)


@pytest.fixture
def census(session: Session) -> SmallCensus:
    """The small census, in a session that is rolled back."""
    events.connect(REACTIONS)
    return small_census(session)


def unlike(household_id: str, **answers: object) -> Incoming:
    """A response in which nobody has the name or the number of anybody in another one."""
    one = incoming(household_id, **answers)
    own = household_id[-4:] + household_id[3:5]
    text = one.data.decode()
    for number in (HEAD_NUMBER, CHILD_NUMBER):
        text = text.replace(number, number[:-6] + own)
    text = text.replace("<p02_last>ตัวอย่าง", f"<p02_last>ตัวอย่าง{own}")
    return changed(one, text)


def changed(one: Incoming, text: str) -> Incoming:
    """The same submission with other bytes."""
    return Incoming(
        one.instance_id, text.encode(), one.household_id, None, one.questionnaire, one.version
    )


def with_text(one: Incoming, old: str, new: str) -> Incoming:
    """The same submission in which something else is written."""
    text = one.data.decode()
    assert old in text
    return changed(one, text.replace(old, new, 1))


def corrected(first: Incoming, one: Incoming) -> Incoming:
    """The second submission as a correction of the first."""
    open_tag = "<orx:deprecatedID>"
    return with_text(one, open_tag, f"{open_tag}{first.instance_id}")


def numbered(household_id: str, number: str) -> Incoming:
    """A response whose head has this identity number."""
    one = unlike(household_id)
    own = HEAD_NUMBER[:-6] + household_id[-4:] + household_id[3:5]
    return with_text(one, own, number)


def send(session: Session, census: SmallCensus, *several: Incoming) -> None:
    """Send submissions, each by who holds its area, and let follow what follows at once."""
    for one in several:
        area = (one.household_id or "")[:11]
        sender = census.enumerator if area == HOME else census.neighbour
        assert receive_submission(session, sender, one, at=NOON).code is None
        events.react(session)


def check(session: Session, ea_code: str = HOME) -> Collection[str]:
    """Compare an area's records, as the job does; gives the areas that disagree."""
    others = cross_check(session, ea_code, at=NOON)
    events.react(session)
    session.expire_all()
    return others


def told(session: Session) -> list[tuple[str, int | None, str, str | None]]:
    """What the comparisons have found so far: edit, person, household, and the other one."""
    rows = session.execute(
        select(Finding.edit, Finding.person, Submission.household_id, Finding.other_household_id)
        .join(Submission, Submission.id == Finding.submission_id)
        .where(Finding.edit.in_(AT_RISK))
        .order_by(Submission.household_id, Finding.edit, Finding.person)
    )
    return [tuple(row) for row in rows]


def case_of(session: Session, household_id: str) -> Case:
    """How the household's case stands."""
    return session.scalars(select(Case).where(Case.household_id == household_id)).one()


def place_dwellings(session: Session, ea_code: str) -> None:
    """Five dwellings, the last 541 m east of the first; their centre is 271 m east of it."""
    for serial in range(1, 6):
        session.execute(
            update(Household)
            .where(Household.id == f"{ea_code}-{serial:04d}")
            .values(position=Point(100.9847 + (serial - 1) * 0.00125, 13.3611))
        )


def test_records_that_share_nothing_give_no_finding(session, census):
    send(session, census, unlike(census.household(1)), unlike(census.household(2)))

    assert check(session) == set()
    assert told(session) == []


def test_a_house_code_of_two_households_is_told_on_both_where_each_lives_alone(session, census):
    one, two, three = map(census.household, (1, 2, 3))
    send(session, census, unlike(one), unlike(three, h04=2, house_reg_code="99-000000001"))
    send(session, census, unlike(two, house_reg_code="9900-000000-1"))

    check(session)

    assert told(session) == [("E-I06", None, one, two), ("E-I06", None, two, one)]


def test_a_malformed_house_code_gives_way_to_the_one_of_the_list(session, census):
    send(session, census, unlike(census.household(1), house_reg_code="12345"))
    send(session, census, unlike(census.household(2), house_reg_code="12345"))

    check(session)

    assert told(session) == []


def test_a_number_in_two_households_is_told_on_both_beside_each_other(session, census):
    one, two = census.household(1), census.household(2)
    send(session, census, numbered(one, HEAD_NUMBER), numbered(two, HEAD_NUMBER))

    check(session)

    assert told(session) == [("E-P25", 1, one, two), ("E-P25", 1, two, one)]
    severities = session.scalars(select(Finding.severity).where(Finding.edit == "E-P25")).all()
    assert set(severities) == {Severity.QUERY}


def test_a_number_in_two_areas_is_told_in_both_after_each_was_compared(session, census):
    one, far = census.household(1), census.household(1, AWAY)
    send(session, census, numbered(one, HEAD_NUMBER), numbered(far, HEAD_NUMBER))

    assert check(session, HOME) == {AWAY}
    assert told(session) == [("E-P25", 1, one, far)]
    assert check(session, AWAY) == set()
    assert told(session) == [("E-P25", 1, one, far), ("E-P25", 1, far, one)]
    assert check(session, HOME) == set()


def test_a_corrected_number_takes_the_findings_of_both_areas_away(session, census):
    one, far = census.household(1), census.household(1, AWAY)
    first = numbered(one, HEAD_NUMBER)
    send(session, census, first, numbered(far, HEAD_NUMBER))
    check(session, HOME)
    check(session, AWAY)

    send(session, census, corrected(first, unlike(one)))

    assert check(session, HOME) == {AWAY}
    assert check(session, AWAY) == set()
    assert told(session) == []


def test_whoever_sends_a_response_owes_the_comparison_of_its_area(session, census):
    send(session, census, numbered(census.household(1), HEAD_NUMBER))
    send(session, census, numbered(census.household(1, AWAY), HEAD_NUMBER))

    owed = select(OwedJob.key).where(OwedJob.name == cross_check_area.name)

    assert set(session.scalars(owed)) == {HOME, AWAY}


def test_the_same_full_name_and_birth_year_twice_in_an_area_is_told_on_both(session, census):
    one, two, far = census.household(1), census.household(2), census.household(1, AWAY)
    for household in (one, two, far):
        send(
            session, census, with_text(unlike(household), f"{household[-4:]}{household[3:5]}<", "<")
        )

    check(session)

    assert told(session) == [("E-P46", 1, one, two), ("E-P46", 1, two, one)]


def test_one_person_listed_twice_in_a_household_is_told_as_well(session, census):
    household = census.household()
    send(session, census, unlike(household, persons=4))

    check(session)

    assert told(session) == [("E-P46", 3, household, household), ("E-P46", 4, household, household)]


def test_names_are_compared_without_regard_to_spaces_and_composition(session, census):
    one, two = census.household(1), census.household(2)
    for household, name in ((one, "สมมติ"), (two, " สม  มติ")):
        same = with_text(unlike(household), f"{household[-4:]}{household[3:5]}<", "<")
        send(session, census, with_text(same, HEAD_NAME, name.replace("  ", "")))

    check(session)

    assert [each[:2] for each in told(session)] == [("E-P46", 1), ("E-P46", 1)]


@pytest.mark.parametrize(
    ("position", "is_told"),
    [(HERE, False), ("13.3611 100.9918 3 8", False), ("13.3611 100.9920 3 8", True)],
    ids=["within", "195 m outside", "217 m outside"],
)
def test_an_interview_far_outside_the_outline_is_told(session, census, position, is_told):
    session.execute(
        update(EnumerationArea).where(EnumerationArea.code == HOME).values(boundary=AROUND_HERE)
    )
    send(session, census, with_text(unlike(census.household()), HERE, position))

    check(session)

    assert [each[0] for each in told(session)] == (["E-I07"] if is_told else [])


def test_without_an_outline_the_dwellings_on_the_list_say_where_the_area_is(session, census):
    place_dwellings(session, HOME)
    send(session, census, with_text(unlike(census.household(1)), HERE, "13.3611 100.9965 3 8"))
    send(session, census, with_text(unlike(census.household(2)), HERE, "13.3611 100.9868 3 8"))

    check(session)

    assert told(session) == [("E-I07", None, census.household(1), None)]


def test_where_nothing_says_where_the_area_is_no_place_is_outside(session, census):
    send(session, census, unlike(census.household()))

    check(session)

    response = session.scalars(select(Response)).one()
    assert (response.metres_outside_area, response.metres_from_dwelling) == (None, None)


def test_the_distances_from_dwelling_and_outline_are_written_beside_the_response(session, census):
    place_dwellings(session, HOME)
    session.execute(
        update(EnumerationArea).where(EnumerationArea.code == HOME).values(boundary=AROUND_HERE)
    )
    send(session, census, with_text(unlike(census.household(1)), HERE, "13.3661 100.9847 3 0"))

    check(session)

    response = session.scalars(select(Response)).one()
    assert response.metres_from_dwelling == pytest.approx(553.2, abs=0.1)
    assert response.metres_outside_area == pytest.approx(121.7, abs=0.1)
    assert response.accuracy_m == 0


def test_the_distances_of_a_visit_are_written_as_well(session, census):
    place_dwellings(session, HOME)
    session.add(
        FieldAction(
            action_id="uuid:visit",
            sha256=b"",
            type="visit",
            province_code="20",
            household_id=census.household(1),
            ea_code=HOME,
            happened_at=NOON,
            received_at=NOON,
            by=census.enumerator.id,
            latitude=13.3611,
            longitude=100.9857,
            content_sealed=b"",
            outcome="accepted",
        )
    )
    session.flush()

    check(session)

    visit = session.scalars(select(FieldAction)).one()
    assert visit.metres_from_dwelling == pytest.approx(108.3, abs=0.1)
    assert visit.metres_outside_area == 0


def test_a_new_outline_is_measured_from_anew(session, census):
    session.execute(
        update(EnumerationArea).where(EnumerationArea.code == HOME).values(boundary=AROUND_HERE)
    )
    send(session, census, unlike(census.household()))
    check(session)
    moved = MultiPolygon([box(101.0, 13.355, 101.01, 13.365)])
    session.execute(
        update(EnumerationArea).where(EnumerationArea.code == HOME).values(boundary=moved)
    )

    forget_distances(session, [HOME])
    check(session)

    assert [each[0] for each in told(session)] == ["E-I07"]


def test_a_second_run_changes_nothing(session, census):
    one, two = census.household(1), census.household(2)
    send(session, census, numbered(one, HEAD_NUMBER), numbered(two, HEAD_NUMBER))
    check(session)
    revision, findings = case_of(session, one).revision, session.scalars(select(Finding.id)).all()

    check(session)

    assert case_of(session, one).revision == revision
    assert session.scalars(select(Finding.id)).all() == findings


def test_a_finding_moves_the_household_and_the_batch_and_is_counted_but_blocks_nothing(
    session, census
):
    one, two = census.household(1), census.household(2)
    send(session, census, numbered(one, HEAD_NUMBER), numbered(two, HEAD_NUMBER))
    before = batch(session, census.supervisor, HOME).etag
    revision, others = case_of(session, one).revision, case_of(session, one).other_findings

    check(session)

    case = case_of(session, one)
    assert (case.hard_findings, case.other_findings) == (0, others + 1)
    assert case.revision == revision + 1
    assert case.review is Review.SUBMITTED
    assert batch(session, census.supervisor, HOME).etag != before


def test_when_the_finding_goes_the_count_goes_with_it(session, census):
    one, two = census.household(1), census.household(2)
    first = numbered(two, HEAD_NUMBER)
    send(session, census, numbered(one, HEAD_NUMBER), first)
    check(session)
    with_finding = case_of(session, one).other_findings

    send(session, census, corrected(first, unlike(two)))
    check(session)

    assert case_of(session, one).other_findings == with_finding - 1
    assert told(session) == []


def test_what_is_practised_is_compared_with_practice_alone(session, census):
    practice = session.get(EnumerationArea, AWAY)
    practice.is_practice = True
    send(session, census, numbered(census.household(1), HEAD_NUMBER))
    send(session, census, numbered(census.household(1, AWAY), HEAD_NUMBER))

    check(session, AWAY)

    assert told(session) == []


@pytest.mark.parametrize("engine_name", ["postgresql"], indirect=True)
def test_our_distances_are_those_of_postgis(session):
    pairs = [(100.5018, 13.7563, 100.8825, 12.9236), (98.3, 7.9, 98.302, 7.9), (99, 18.7, 99.9, 19)]
    for west, south, east, north in pairs:
        first, second = Point(west, south), Point(east, north)
        outline = box(east, north, east + 0.01, north + 0.01)
        apart, outside = session.execute(
            select(
                func.ST_Distance(_geography(first), _geography(second)),
                func.ST_Distance(_geography(first), _geography(outline)),
            )
        ).one()

        assert metres_between(first, second) == pytest.approx(apart, rel=1e-5)
        assert metres_outside(outline, first) == pytest.approx(outside, rel=2e-3)


def _geography(shape: BaseGeometry) -> Any:
    return func.ST_GeogFromText(shape.wkt)
