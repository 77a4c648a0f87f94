"""What progress does in the background: the daily series of each touched area, or of all."""

from __future__ import annotations

from datetime import timedelta

from census.core.db import reading, transaction
from census.core.jobs import Queue, job
from census.progress import services


@job(Queue.PROGRESS, gathers_for=timedelta(seconds=5))
def refresh_day_tally(ea_code: str) -> None:
    """Count the days of one enumeration area again. Safe to run any number of times."""
    with transaction() as session:
        services.refresh_days(session, [ea_code])


@job(Queue.PROGRESS, timeout=timedelta(hours=1))
def refresh_every_day_tally(_version: str) -> None:
    """Count the days of all areas again, after a frame version took in households of the field."""
    with reading() as session:
        pages = list(services.area_pages(session))
    for ea_codes in pages:
        with transaction() as session:
            services.refresh_days(session, ea_codes)
