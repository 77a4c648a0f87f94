"""What people can see of batches and of the households in them, within their areas."""

from census.review.queries.batch import Batch, Item, QuarantinedAction, QuarantinedSubmission, batch
from census.review.queries.corrections import AskedCorrection, asked_corrections, return_reasons
from census.review.queries.listing import ListedBatch, batches_within, status_counts
from census.review.queries.locking import LockedBatch, lock_batch

__all__ = [
    "AskedCorrection",
    "Batch",
    "Item",
    "ListedBatch",
    "LockedBatch",
    "QuarantinedAction",
    "QuarantinedSubmission",
    "asked_corrections",
    "batch",
    "batches_within",
    "lock_batch",
    "return_reasons",
    "status_counts",
]
