"""What people can do in collection: one function per verb."""

from census.collection.services.cases import note_assignment, open_cases, open_new_cases
from census.collection.services.field_actions import receive_field_actions
from census.collection.services.publishing import publish_questionnaire
from census.collection.services.receiving import receive_submission, receive_submissions
from census.collection.services.setting_aside import set_submission_aside

__all__ = [
    "note_assignment",
    "open_cases",
    "open_new_cases",
    "publish_questionnaire",
    "receive_field_actions",
    "receive_submission",
    "receive_submissions",
    "set_submission_aside",
]
