"""What follows which events, on one page: in the same transaction, and as jobs after it."""

from __future__ import annotations

import census.accounts.jobs
import census.collection.jobs
import census.core.sequencer
from census.collection.jobs import check_area, cross_check_area, measure_afresh, owe_retries
from census.collection.services import (
    note_assignment,
    open_cases_of_practice,
    open_new_cases,
)
from census.core.events import Reaction
from census.progress.jobs import refresh_day_tally, refresh_every_day_tally
from census.progress.services import (
    apportion_frozen_frame,
    recount_every_area,
    recount_touched_areas,
)

RECOUNTED = Reaction(at_once=(recount_touched_areas,), afterwards=(refresh_day_tally,))
"""The area's tally is right at every commit; its daily series follows within seconds."""

COMPARED = Reaction(
    at_once=(recount_touched_areas,), afterwards=(refresh_day_tally, cross_check_area)
)
"""What counts may have changed: the area's records are compared with all others as well."""

PERIODIC = (
    census.core.sequencer.number_waiting_events,
    census.accounts.jobs.forget_old_ways_in,
    census.collection.jobs.sweep_attachments,
    census.collection.jobs.check_provinces_once_a_day,
)
"""What is done again and again, whatever happens."""

REACTIONS: dict[str, Reaction] = {
    "frame.enumeration_areas_imported": Reaction(at_once=(open_new_cases, recount_every_area)),
    "frame.households_imported": Reaction(
        at_once=(open_new_cases, recount_every_area, owe_retries)
    ),
    "frame.boundaries_imported": Reaction(afterwards=(measure_afresh,)),
    "frame.frozen": Reaction(
        at_once=(recount_every_area, apportion_frozen_frame),
        afterwards=(refresh_every_day_tally,),
    ),
    "frame.practice_area_created": Reaction(at_once=(open_cases_of_practice,)),
    "area.leased": Reaction(at_once=(note_assignment, owe_retries)),
    "area.lease_ended": Reaction(at_once=(note_assignment,)),
    "household.added": RECOUNTED,
    "submission.received": COMPARED,
    "field_action.received": COMPARED,
    "household.approved": RECOUNTED,
    "household.returned": RECOUNTED,
    "batch.closed": Reaction(afterwards=(check_area,)),
    "batch.reopened": Reaction(at_once=(owe_retries,), afterwards=(check_area,)),
    "questionnaire.published": Reaction(at_once=(owe_retries,)),
    "response.chosen": COMPARED,
    "response.choice_withdrawn": COMPARED,
    "submission.voided": COMPARED,
    "evidence.given": RECOUNTED,
}
