"""Background jobs: owed in the transaction that causes them, done later, once, come what may.

The database is the ledger of what is owed; a queue only rings for it. A job is a function of one
identifier that reads and recomputes, so that it may run any number of times.
"""

from census.core.jobs.connecting import connect_embedded, connect_nothing, connect_redis
from census.core.jobs.doorbell import queue_state, sweep
from census.core.jobs.ledger import OwedJob, failed_jobs, owe, owe_again, owe_all, owe_many
from census.core.jobs.registry import Job, Queue, UnknownJobError, every, job
from census.core.jobs.running import ClaimLostError, run_all_owed, run_owed
from census.core.jobs.workers import work

__all__ = [
    "ClaimLostError",
    "Job",
    "OwedJob",
    "Queue",
    "UnknownJobError",
    "connect_embedded",
    "connect_nothing",
    "connect_redis",
    "every",
    "failed_jobs",
    "job",
    "owe",
    "owe_again",
    "owe_all",
    "owe_many",
    "queue_state",
    "run_all_owed",
    "run_owed",
    "sweep",
    "work",
]
