"""A field action in quarantine takes effect exactly once after a repair, and not before."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from sqlalchemy import select

from census.accounts.models import UserArea
from census.collection import quarantine, services
from census.collection.codelists import Disposition, FieldActionType, Outcome
from census.collection.errors import (
    ActionNotFound,
    ActionNotInQuarantine,
    HouseholdNotFound,
    OwnRecord,
)
from census.collection.models import Case, FieldAction
from census.collection.quarantine import Wanted
from census.collection.services import receive_field_actions
from census.collection.services.field_actions import Action
from census.core import events, sealed
from census.core.events import Event
from census.progress.services import differences_from_recount
from census.reactions import REACTIONS
from tests.factories.census import AWAY, HOME, NOON, SmallCensus, small_census
from tests.factories.instances import new_instance_id
from tests.factories.quarantine import add_household, close_area

WHY = "ส่งซ้ำโดยพลาด"


@pytest.fixture
def census(session) -> SmallCensus:
    """The small census, in a session that is rolled back."""
    events.connect(REACTIONS)
    return small_census(session)


def refusal(household_id):
    """A visit that found a refusal."""
    return Action(
        new_instance_id(),
        FieldActionType.VISIT,
        NOON,
        {"note": "พบที่หน้าบ้าน"},
        household_id=household_id,
        result=Disposition.REFUSED_BY_HOUSEHOLD,
    )


def dwelling_found(ea_code):
    """A dwelling that is not on the list."""
    return Action(
        new_instance_id(),
        FieldActionType.DWELLING_FOUND,
        NOON,
        {"address": "99 หมู่ 9", "ea_code": ea_code},
        ea_code=ea_code,
    )


def report(session, actor, action):
    """Send the action and let everything follow that follows at once."""
    (received,) = receive_field_actions(session, actor, [action], at=NOON)
    events.react(session)
    session.expire_all()
    return received


def tried(session, actor, action):
    """Try the action again and let everything follow."""
    taken_up = services.replay_action(session, actor, action.action_id, at=NOON)
    events.react(session)
    session.expire_all()
    return taken_up


def disposition_of(session, household_id):
    """How the household's case stands."""
    return session.scalars(select(Case.disposition).where(Case.household_id == household_id)).one()


def lend_area(session, census):
    """Let the first enumerator answer for the other area as well."""
    session.add(UserArea(user_id=census.enumerator.id, area_code=AWAY))
    session.flush()


REPAIRS = {
    "household.unknown": (f"{HOME}-0777", lambda s, _c: add_household(s, f"{HOME}-0777")),
    "household.foreign": (f"{AWAY}-0001", lend_area),
    "area.closed": (f"{HOME}-0001", lambda s, _c: close_area(s, HOME, is_closed=False)),
}


@pytest.mark.parametrize("reason", REPAIRS)
def test_a_visit_takes_effect_once_what_spoke_against_it_is_put_right(session, census, reason):
    household_id, repair = REPAIRS[reason]
    close_area(session, HOME, is_closed=reason == "area.closed")
    action = refusal(household_id)
    received = report(session, census.enumerator, action)

    before = tried(session, census.headquarters, action)
    session.get_one(FieldAction, action.action_id).is_returned = True
    repair(session, census)
    after = tried(session, census.headquarters, action)

    again = report(session, census.enumerator, action)
    assert (received.code, before.reason, before.is_taken_up) == (reason, reason, False)
    assert (after.is_taken_up, after.reason) == (True, None)
    assert not session.get_one(FieldAction, action.action_id).is_returned
    assert disposition_of(session, household_id) is Disposition.REFUSED_BY_HOUSEHOLD
    assert (again.outcome, again.code) == (Outcome.DUPLICATE, None)
    assert list(differences_from_recount(session)) == []


def test_a_dwelling_found_comes_onto_the_list_when_its_area_is_open_again(session, census):
    close_area(session, HOME)
    action = dwelling_found(HOME)
    report(session, census.enumerator, action)
    close_area(session, HOME, is_closed=False)

    tried(session, census.supervisor, action)
    with pytest.raises(ActionNotInQuarantine):
        tried(session, census.supervisor, action)

    again = report(session, census.enumerator, action)
    assert again.household_id == f"{HOME}-9000"
    assert disposition_of(session, f"{HOME}-9000") is None
    assert list(differences_from_recount(session)) == []


def test_what_a_revoked_tablet_reported_waits_for_an_officer(session, census):
    action = refusal(census.household())
    report(session, replace(census.enumerator, is_revoked=True), action)

    before = tried(session, census.supervisor, action)
    services.set_action_aside(session, census.supervisor, action.action_id, reason=WHY, at=NOON)
    events.react(session)

    stored = session.get_one(FieldAction, action.action_id)
    kept = sealed.unseal_text(
        stored.set_aside_sealed, column="collection_field_action.set_aside", row=action.action_id
    )
    details = [str(each.details) for each in session.scalars(select(Event))]
    assert before.reason == "token.revoked"
    assert (stored.outcome, stored.reason_code) == (Outcome.REFUSED, "submission.set_aside")
    assert kept == WHY
    assert not any(WHY in each for each in details)
    assert disposition_of(session, census.household()) is None


def test_what_lies_elsewhere_or_is_the_officers_own_is_not_theirs_to_decide(session, census):
    far = refusal(census.household(ea_code=AWAY))
    report(session, census.enumerator, far)
    own = refusal(census.household())
    report(session, replace(census.supervisor, is_revoked=True), own)

    with pytest.raises(ActionNotFound):
        tried(session, census.supervisor, far)
    with pytest.raises(OwnRecord):
        tried(session, census.supervisor, own)
    with pytest.raises(OwnRecord):
        services.set_action_aside(session, census.supervisor, own.action_id, reason=WHY, at=NOON)


def revoked(census):
    """Who sends from a tablet whose code was revoked, and the household the visit was to."""
    return replace(census.enumerator, is_revoked=True), census.household()


def foreign(census):
    """The enumerator of the first area, and a household of the other."""
    return census.enumerator, census.household(ea_code=AWAY)


def unlisted(census):
    """The enumerator, and a household that is on no list."""
    return census.enumerator, f"{HOME}-0777"


def vouched(session, actor, action, household_id=None):
    """Vouch for the action and let everything follow."""
    taken_up = services.vouch_for_action(
        session, actor, action.action_id, household_id=household_id, reason=WHY, at=NOON
    )
    events.react(session)
    session.expire_all()
    return taken_up


@pytest.mark.parametrize("named", [False, True], ids=["as_sent", "assigned"])
@pytest.mark.parametrize("stray", [revoked, foreign, unlisted])
def test_what_an_officer_vouches_for_takes_effect_once(session, census, stray, named):
    sender, household_id = stray(census)
    action = refusal(household_id)
    report(session, sender, action)
    about = census.household(2) if named else household_id

    taken_up = vouched(session, census.headquarters, action, about if named else None)

    if stray is unlisted and not named:
        assert (taken_up.is_taken_up, taken_up.reason) == (False, "household.unknown")
        return
    stored = session.get_one(FieldAction, action.action_id)
    again = report(session, sender, action)
    assert (taken_up.is_taken_up, taken_up.reason) == (True, None)
    assert (stored.outcome, stored.household_id, stored.ea_code) == (
        Outcome.ACCEPTED,
        about,
        about[:11],
    )
    assert disposition_of(session, about) is Disposition.REFUSED_BY_HOUSEHOLD
    assert again.outcome is Outcome.DUPLICATE
    with pytest.raises(ActionNotInQuarantine):
        vouched(session, census.headquarters, action, about)
    assert list(differences_from_recount(session)) == []


def test_what_is_vouched_for_in_a_closed_area_waits_there_until_it_is_opened(session, census):
    close_area(session, HOME)
    action = refusal(f"{HOME}-0777")
    report(session, replace(census.enumerator, is_revoked=True), action)

    while_closed = vouched(session, census.headquarters, action, census.household(2))
    close_area(session, HOME, is_closed=False)
    (opened,) = services.take_up_actions(
        session, [session.get_one(FieldAction, action.action_id)], at=NOON
    )
    events.react(session)

    assert (while_closed.is_taken_up, while_closed.reason) == (False, "area.closed")
    assert (while_closed.action.household_id, while_closed.action.ea_code) == (
        census.household(2),
        HOME,
    )
    assert opened.is_taken_up
    assert disposition_of(session, census.household(2)) is Disposition.REFUSED_BY_HOUSEHOLD
    assert list(differences_from_recount(session)) == []


@pytest.mark.parametrize("is_listed", [False, True], ids=["new", "listed"])
def test_a_dwelling_found_is_new_unless_an_officer_knows_it_from_the_list(
    session, census, is_listed
):
    action = dwelling_found(HOME)
    report(session, replace(census.enumerator, is_revoked=True), action)

    taken_up = vouched(
        session, census.supervisor, action, census.household(3) if is_listed else None
    )

    added = session.scalars(select(Case.household_id).where(Case.household_id > f"{HOME}-8999"))
    assert taken_up.is_taken_up
    assert taken_up.action.household_id == (census.household(3) if is_listed else f"{HOME}-9000")
    assert [each for each in added if each.startswith(HOME)] == (
        [] if is_listed else [f"{HOME}-9000"]
    )


def test_why_an_action_was_vouched_for_is_sealed_and_told_to_no_event(session, census):
    action = refusal(census.household())
    report(session, replace(census.enumerator, is_revoked=True), action)

    vouched(session, census.supervisor, action)

    stored = session.get_one(FieldAction, action.action_id)
    kept = sealed.unseal_text(
        stored.assigned_sealed, column="collection_field_action.assigned", row=action.action_id
    )
    written = [each for each in session.scalars(select(Event)) if each.subject == action.action_id]
    assert kept == WHY
    assert [each.name for each in written] == [
        "field_action.quarantined",
        "field_action.assigned",
        "field_action.received",
    ]
    assert not any(WHY in str(each.details) for each in written)


def test_nobody_vouches_for_their_own_report_nor_for_a_household_elsewhere(session, census):
    own, other = refusal(census.household()), refusal(census.household())
    report(session, replace(census.supervisor, is_revoked=True), own)
    report(session, replace(census.enumerator, is_revoked=True), other)
    far = census.household(ea_code=AWAY)

    with pytest.raises(OwnRecord):
        vouched(session, census.supervisor, own)
    with pytest.raises(HouseholdNotFound):
        vouched(session, census.supervisor, other, far)

    waiting = session.get_one(FieldAction, other.action_id)
    assert (waiting.outcome, waiting.assigned_sealed) == (Outcome.QUARANTINED, None)


def test_what_was_sent_can_be_read_and_reading_is_an_event(session, census):
    action = refusal(census.household())
    report(session, census.enumerator, action)

    content = services.read_action(session, census.supervisor, action.action_id, at=NOON)

    events.react(session)
    reads = session.scalars(select(Event).where(Event.name == "field_action.read")).all()
    assert json.loads(content.data) == dict(action.content)
    assert "พบที่หน้าบ้าน" in content.data.decode()
    assert content.file_name == f"{action.action_id.removeprefix('uuid:')}.json"
    assert [(each.subject, each.area) for each in reads] == [(action.action_id, HOME)]


def test_many_are_tried_again_page_by_page(session, census):
    close_area(session, HOME)
    actions = [refusal(census.household(serial)) for serial in (1, 2, 3)]
    for action in actions:
        report(session, census.enumerator, action)
    close_area(session, HOME, is_closed=False)
    wanted = Wanted(reason="area.closed")

    first = services.replay_actions_page(
        session, census.supervisor, wanted, after=None, at=NOON, limit=2
    )
    rest = services.replay_actions_page(
        session, census.supervisor, wanted, after=first.next, at=NOON, limit=2
    )
    events.react(session)

    assert [(each.tried, each.taken_up) for each in (first, rest)] == [(2, 2), (1, 1)]
    assert quarantine.count_waiting(session, census.province) == 0
    assert list(differences_from_recount(session)) == []
