"""What waits in quarantine counts exactly once after a repair, and not before."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from census.accounts.actors import Actor
from census.collection import arrivals, quarantine, services
from census.collection.answers import Person, Response
from census.collection.arrivals import Incoming, Received
from census.collection.codelists import Outcome, Ruling, Standing
from census.collection.errors import (
    HouseholdNotFound,
    NotInQuarantine,
    OwnRecord,
    SubmissionNotFound,
)
from census.collection.instances.parsing import UnreadableInstance
from census.collection.models import Case, Finding, Receipt, Submission
from census.collection.quarantine import Wanted
from census.collection.resolutions import Resolution
from census.collection.services import TakenUp, receive_submission
from census.collection.services.resolving import reason_of
from census.core import events
from census.core.events import Event
from census.progress.services import differences_from_recount
from census.reactions import REACTIONS
from tests.factories.census import AWAY, HOME, NOON, SmallCensus, small_census
from tests.factories.instances import new_instance_id
from tests.factories.quarantine import (
    REPAIRABLE,
    VOUCHABLE,
    close_area,
    for_a_closed_area,
    from_a_revoked_tablet,
    mismatched,
    of_another_area,
    of_nobody,
    too_new,
    variants,
)
from tests.factories.submissions import incoming

WHY = "ตรวจกับพนักงานแล้ว"


@pytest.fixture
def census(session: Session) -> SmallCensus:
    """The small census, in a session that is rolled back."""
    events.connect(REACTIONS)
    return small_census(session)


def send(session: Session, actor: Actor, one: Incoming) -> Received:
    """Send one submission and let everything follow that follows at once."""
    received = receive_submission(session, actor, one, at=NOON)
    events.react(session)
    return received


def stored(session: Session, one: Incoming) -> Submission:
    """The submission as it is in the database, with these bytes."""
    session.expire_all()
    return session.scalars(
        select(Submission).where(Submission.sha256 == arrivals.understand(one).sha256)
    ).one()


def replayed(session: Session, actor: Actor, one: Incoming) -> TakenUp:
    """Try one submission again, and let everything follow."""
    sha256 = stored(session, one).sha256
    taken_up = services.replay(session, actor, one.instance_id, sha256=sha256, at=NOON)
    events.react(session)
    return taken_up


def assigned(session: Session, actor: Actor, one: Incoming, household_id: str) -> TakenUp:
    """Assign one submission to a household, and let everything follow."""
    taken_up = services.assign_to_household(
        session,
        actor,
        one.instance_id,
        sha256=stored(session, one).sha256,
        household_id=household_id,
        reason=WHY,
        at=NOON,
    )
    events.react(session)
    return taken_up


def case_of(session: Session, household_id: str) -> Case:
    """How the household's case stands in the database."""
    session.expire_all()
    return session.scalars(select(Case).where(Case.household_id == household_id)).one()


def rows(session: Session, table: type) -> int:
    """How many rows the table holds."""
    return session.scalar(select(func.count()).select_from(table)) or 0


@pytest.mark.parametrize("make", REPAIRABLE, ids=lambda make: make.__name__)
def test_before_the_repair_it_goes_on_waiting_for_the_same_reason(session, census, make):
    stray = make(census)
    close_area(session, HOME, is_closed=stray.reason == "area.closed")
    send(session, stray.sender, stray.sent)

    taken_up = replayed(session, census.province, stray.sent)

    waiting = stored(session, stray.sent)
    assert (taken_up.is_taken_up, taken_up.reason) == (False, stray.reason)
    assert (waiting.standing, waiting.reason_code) == (Standing.QUARANTINED, stray.reason)
    assert rows(session, Response) == rows(session, Resolution) == 0
    assert list(differences_from_recount(session)) == []


@pytest.mark.parametrize("make", REPAIRABLE, ids=lambda make: make.__name__)
def test_after_the_repair_it_counts_once_and_a_repeat_says_so(session, census, make):
    stray = make(census)
    close_area(session, HOME, is_closed=stray.reason == "area.closed")
    first = send(session, stray.sender, stray.sent)
    stray.repair(session)

    taken_up = replayed(session, census.province, stray.sent)

    again = send(session, stray.sender, stray.sent)
    case = case_of(session, stray.household_id)
    assert (first.outcome, first.code) == (Outcome.QUARANTINED, stray.reason)
    assert (taken_up.is_taken_up, taken_up.reason) == (True, None)
    assert case.counting_submission_id == stored(session, stray.sent).id
    assert (again.outcome, again.standing, again.code) == (
        Outcome.DUPLICATE,
        Standing.COUNTING,
        None,
    )
    assert (rows(session, Submission), rows(session, Response), rows(session, Person)) == (1, 1, 3)
    assert list(differences_from_recount(session)) == []


@pytest.mark.parametrize("make", VOUCHABLE, ids=lambda make: make.__name__)
def test_what_an_officer_vouches_for_counts(session, census, make):
    stray = make(census)
    send(session, stray.sender, stray.sent)
    household_id = census.household(3)

    before = replayed(session, census.province, stray.sent)
    taken_up = assigned(session, census.province, stray.sent, household_id)

    again = send(session, stray.sender, stray.sent)
    resolution = session.scalars(select(Resolution)).one()
    assert (before.is_taken_up, before.reason) == (False, stray.reason)
    assert taken_up.is_taken_up
    assert case_of(session, household_id).counting_submission_id == stored(session, stray.sent).id
    assert (again.outcome, again.standing) == (Outcome.DUPLICATE, Standing.COUNTING)
    assert (resolution.ruling, resolution.household_id) == (Ruling.ASSIGNED, household_id)
    assert reason_of(resolution) == WHY
    assert list(differences_from_recount(session)) == []


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        (UnreadableInstance("instance.not_xml"), "submission.unreadable"),
        (RuntimeError(), "submission.not_understood"),
    ],
    ids=["unreadable", "not_understood"],
)
def test_what_could_not_be_read_counts_once_it_can_be(session, census, monkeypatch, fault, reason):
    sent = incoming(census.household())

    def fail(_document):
        raise fault

    with monkeypatch.context() as broken:
        broken.setattr(arrivals, "read_household", fail)
        send(session, census.enumerator, sent)
        before = replayed(session, census.supervisor, sent)
        vouched_for = assigned(session, census.supervisor, sent, census.household())
    after = replayed(session, census.supervisor, sent)

    assert (before.reason, vouched_for.reason) == (reason, reason)
    assert (after.is_taken_up, after.reason) == (True, None)
    assert case_of(session, census.household()).disposition is not None
    assert list(differences_from_recount(session)) == []


def test_a_variant_goes_on_waiting_until_it_is_assigned(session, census):
    first, second = variants(census)
    send(session, census.enumerator, first)
    send(session, census.enumerator, second)

    before = replayed(session, census.supervisor, second)
    standing_before = stored(session, second).standing
    taken_up = assigned(session, census.supervisor, second, census.household(2))

    again = send(session, census.enumerator, second)
    assert (before.reason, standing_before) == ("submission.conflict", Standing.CONFLICT)
    assert taken_up.is_taken_up
    assert (
        case_of(session, census.household(2)).counting_submission_id == stored(session, second).id
    )
    assert case_of(session, census.household()).counting_submission_id == stored(session, first).id
    assert (again.outcome, again.standing, again.code) == (
        Outcome.CONFLICT,
        Standing.COUNTING,
        "submission.conflict",
    )
    assert list(differences_from_recount(session)) == []


def test_an_assigned_variant_is_a_rival_of_the_first_by_the_usual_rule(session, census):
    first, second = variants(census)
    send(session, census.enumerator, second)
    send(
        session,
        census.enumerator,
        replace(first, data=first.data.replace(b"<h04>", b"<h04x>").replace(b"</h04>", b"</h04x>")),
    )
    fuller = stored(session, second).id

    waiting = quarantine.waiting_within(session, census.supervisor, after=None, limit=10)
    services.assign_to_household(
        session,
        census.supervisor,
        first.instance_id,
        sha256=waiting[0].sha256,
        household_id=census.household(),
        reason=WHY,
        at=NOON,
    )

    standings = {each.id: each.standing for each in session.scalars(select(Submission))}
    assert case_of(session, census.household()).counting_submission_id == fuller
    assert sorted(standings.values()) == [Standing.COUNTING, Standing.SUPERSEDED]
    assert rows(session, Response) == 2


def test_what_could_be_placed_nowhere_moves_to_its_province_with_its_receipt(session, census):
    sender = replace(census.clerk, areas=frozenset())
    stray = of_nobody(census)
    nowhere = incoming("99999999999-0001")
    send(session, sender, nowhere)
    placed_before = stored(session, nowhere).province_code

    taken_up = assigned(session, census.headquarters, nowhere, stray.household_id[:11] + "-0001")

    receipt = session.scalars(select(Receipt)).one()
    submission = stored(session, nowhere)
    assert placed_before == "00"
    assert taken_up.is_taken_up
    assert (submission.province_code, submission.ea_code, receipt.province_code) == (
        "20",
        HOME,
        "20",
    )
    assert session.scalars(select(Resolution.province_code)).all() == ["20"]
    assert session.scalars(select(Response.province_code)).all() == ["20"]


def test_vouching_does_not_open_a_closed_area(session, census):
    stray = from_a_revoked_tablet(census)
    send(session, stray.sender, stray.sent)
    close_area(session, HOME)

    while_closed = assigned(session, census.supervisor, stray.sent, stray.household_id)
    close_area(session, HOME, is_closed=False)
    opened = replayed(session, census.supervisor, stray.sent)

    assert (while_closed.is_taken_up, while_closed.reason) == (False, "area.closed")
    assert opened.is_taken_up


def test_a_reason_that_gave_way_to_another_is_told_anew(session, census):
    stray = too_new(census)
    close_area(session, HOME)
    send(session, stray.sender, stray.sent)
    stray.repair(session)

    taken_up = replayed(session, census.supervisor, stray.sent)

    last = session.scalars(select(Event).order_by(Event.id.desc())).first()
    assert taken_up.reason == stored(session, stray.sent).reason_code == "area.closed"
    assert (last.name, last.details["reason"]) == ("submission.quarantined", "area.closed")


def test_a_late_one_for_an_approved_household_is_kept_beside_with_a_question(session, census):
    approved = incoming(census.household())
    send(session, census.enumerator, approved)
    stray = mismatched(census)
    send(session, census.enumerator, stray.sent)
    session.scalars(
        select(Case).where(Case.household_id == census.household())
    ).one().review = "approved"
    session.flush()

    taken_up = assigned(session, census.province, stray.sent, census.household())

    asked = session.scalars(select(Finding.submission_id).where(Finding.edit == "E-I03")).all()
    assert taken_up.is_taken_up
    assert stored(session, stray.sent).standing is Standing.SUPERSEDED
    assert asked == [stored(session, stray.sent).id]


def test_what_is_set_aside_never_counts_and_says_why_to_nobody_but_the_office(session, census):
    stray = too_new(census)
    send(session, stray.sender, stray.sent)
    sha256 = stored(session, stray.sent).sha256

    services.set_submission_aside(
        session,
        census.supervisor,
        stray.sent.instance_id,
        sha256=sha256,
        reason=WHY,
        at=NOON,
    )
    events.react(session)

    stray.repair(session)
    events.react(session)
    resolution = session.scalars(select(Resolution)).one()
    details = [each.details for each in session.scalars(select(Event))]
    aside, again = stored(session, stray.sent), send(session, stray.sender, stray.sent)
    assert (aside.standing, aside.reason_code) == (Standing.VOID, "submission.set_aside")
    assert (again.outcome, again.code) == (Outcome.DUPLICATE, "submission.set_aside")
    assert (resolution.ruling, reason_of(resolution)) == (Ruling.SET_ASIDE, WHY)
    assert not any(WHY in str(each) for each in details)
    with pytest.raises(NotInQuarantine):
        replayed(session, census.supervisor, stray.sent)


def test_setting_a_held_correction_aside_lets_what_corrects_it_go_on(session, census):
    lost, held = new_instance_id(), new_instance_id()
    first = incoming(census.household(), instance_id=held, deprecated_id=lost)
    second = incoming(census.household(2), deprecated_id=held)
    send(session, census.enumerator, first)
    send(session, census.enumerator, second)
    before = [stored(session, each).reason_code for each in (first, second)]

    services.set_submission_aside(
        session,
        census.supervisor,
        held,
        sha256=stored(session, first).sha256,
        reason=WHY,
        at=NOON,
    )
    events.react(session)

    assert before == ["submission.original_missing"] * 2
    assert stored(session, first).standing is Standing.VOID
    assert stored(session, second).standing is Standing.COUNTING
    assert list(differences_from_recount(session)) == []


def test_what_counts_already_is_not_decided_on_again(session, census):
    sent = incoming(census.household())
    send(session, census.enumerator, sent)

    with pytest.raises(NotInQuarantine):
        replayed(session, census.supervisor, sent)
    with pytest.raises(NotInQuarantine):
        assigned(session, census.supervisor, sent, census.household(2))


def test_an_officer_decides_within_their_areas_only(session, census):
    stray = of_another_area(census)
    send(session, stray.sender, stray.sent)
    near = mismatched(census)
    send(session, near.sender, near.sent)

    with pytest.raises(SubmissionNotFound):
        replayed(session, census.supervisor, stray.sent)
    with pytest.raises(SubmissionNotFound):
        assigned(session, census.supervisor, stray.sent, census.household())
    with pytest.raises(HouseholdNotFound):
        assigned(session, census.supervisor, near.sent, census.household(ea_code=AWAY))
    assert stored(session, near.sent).standing is Standing.QUARANTINED


def test_nobody_decides_on_what_they_sent_themselves(session, census):
    stray = from_a_revoked_tablet(census)
    send(session, replace(census.supervisor, is_revoked=True), stray.sent)

    with pytest.raises(OwnRecord):
        replayed(session, census.supervisor, stray.sent)
    with pytest.raises(OwnRecord):
        assigned(session, census.supervisor, stray.sent, census.household())
    page = services.replay_page(session, census.supervisor, Wanted(), after=None, at=NOON)

    assert (page.tried, page.taken_up) == (0, 0)


def test_many_are_tried_again_page_by_page_by_reason_and_area(session, census):
    close_area(session, HOME)
    strays = [for_a_closed_area(census) for _ in range(3)]
    for stray in strays:
        send(session, stray.sender, stray.sent)
    other = mismatched(census)
    send(session, other.sender, other.sent)
    close_area(session, HOME, is_closed=False)
    wanted = Wanted(area="2001", reason="area.closed")

    first = services.replay_page(session, census.province, wanted, after=None, at=NOON, limit=2)
    rest = services.replay_page(
        session, census.province, wanted, after=first.next, at=NOON, limit=2
    )
    events.react(session)

    assert (first.tried, first.taken_up, first.next is None) == (2, 2, False)
    assert (rest.tried, rest.taken_up, rest.next) == (1, 1, None)
    assert stored(session, other.sent).standing is Standing.QUARANTINED
    assert rows(session, Resolution) == 3
    assert list(differences_from_recount(session)) == []


def test_what_waits_is_counted_by_place_and_reason(session, census):
    for stray in (mismatched(census), mismatched(census), of_another_area(census)):
        send(session, stray.sender, stray.sent)

    piles = quarantine.piles_within(session, census.province)
    near = quarantine.piles_within(session, census.supervisor)

    assert quarantine.by_area(piles) == {HOME: 2, AWAY: 1}
    assert quarantine.by_reason(near) == {("submission", "submission.mismatch"): 2}
    assert quarantine.count_waiting(session, census.province) == 3
    assert quarantine.by_area(quarantine.piles_within(session, census.province, "2002")) == {
        AWAY: 1
    }
