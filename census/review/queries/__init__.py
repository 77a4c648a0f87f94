"""What people can see of batches and of the households in them, within their areas."""

from census.review.queries.batch import Batch, Item, QuarantinedAction, QuarantinedSubmission, batch
from census.review.queries.corrections import return_reasons
from census.review.queries.listing import ListedBatch, batches_within, status_counts
from census.review.queries.locking import LockedBatch, lock_batch

__all__ = [
    "Batch",
    "Item",
    "ListedBatch",
    "LockedBatch",
    "QuarantinedAction",
    "QuarantinedSubmission",
    "batch",
    "batches_within",
    "lock_batch",
    "return_reasons",
    "status_counts",
]
