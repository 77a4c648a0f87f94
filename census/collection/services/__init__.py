"""What people can do in collection: one function per verb."""

from census.collection.services.area_checking import check_area, check_province
from census.collection.services.assigning import assign_to_household
from census.collection.services.assigning_actions import vouch_for_action
from census.collection.services.cases import (
    note_assignment,
    open_cases,
    open_cases_of_practice,
    open_new_cases,
)
from census.collection.services.cross_checking import cross_check
from census.collection.services.field_actions import receive_field_actions
from census.collection.services.hearing import note_heartbeats
from census.collection.services.measuring import forget_distances
from census.collection.services.planning_checks import (
    begin_day_of_check,
    is_day_of_check_due,
    pages_of_answered_areas,
    provinces_in_the_field,
)
from census.collection.services.publishing import publish_questionnaire, retire_questionnaire
from census.collection.services.reading_actions import ActionContent, read_action
from census.collection.services.reading_raw import RawSubmission, read_raw
from census.collection.services.receiving import (
    Sending,
    receive_submission,
    receive_submissions,
    receive_understood,
)
from census.collection.services.replaying import Replayed, replay, replay_page, retry_page
from census.collection.services.setting_aside import set_submission_aside
from census.collection.services.taking_up import TakenUp, take_up
from census.collection.services.taking_up_actions import (
    ActionTakenUp,
    replay_action,
    replay_actions_page,
    retry_actions_page,
    set_action_aside,
    take_up_actions,
)

__all__ = [
    "ActionContent",
    "ActionTakenUp",
    "RawSubmission",
    "Replayed",
    "Sending",
    "TakenUp",
    "assign_to_household",
    "begin_day_of_check",
    "check_area",
    "check_province",
    "cross_check",
    "forget_distances",
    "is_day_of_check_due",
    "note_assignment",
    "note_heartbeats",
    "open_cases",
    "open_cases_of_practice",
    "open_new_cases",
    "pages_of_answered_areas",
    "provinces_in_the_field",
    "publish_questionnaire",
    "read_action",
    "read_raw",
    "receive_field_actions",
    "receive_submission",
    "receive_submissions",
    "receive_understood",
    "replay",
    "replay_action",
    "replay_actions_page",
    "replay_page",
    "retire_questionnaire",
    "retry_actions_page",
    "retry_page",
    "set_action_aside",
    "set_submission_aside",
    "take_up",
    "take_up_actions",
    "vouch_for_action",
]
