"""Taking in a tablet's file whole, for the page and for the command: opened first, then kept."""

from __future__ import annotations

from dataclasses import dataclass

from census.accounts.actors import Actor
from census.collection.tablet_files.contents import STORES, HeldDraft, contents_of
from census.collection.tablet_files.errors import TabletFileTooLarge
from census.collection.tablet_files.opening import open_tablet_file
from census.collection.tablet_files.taking_in import Taken, bringing, parts_of, unfit_in
from census.core.clock import utcnow
from census.core.db import reading, transaction

MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What became of a file: of each record, and which interviews the tablet still holds."""

    device_id: str
    username: str
    made_at: str
    is_revoked: bool
    taken: tuple[Taken, ...]
    drafts: tuple[HeldDraft, ...]
    left_out: tuple[str, ...] = ()
    """The keys of damaged records, where the rest was wanted all the same."""


def take_in_file(
    actor: Actor | None, data: bytes, *, most_bytes: int, leaves_out_damaged: bool = False
) -> TakenIn:
    """Take a file in; refuses what is not one of a tablet of the actor's areas, and keeps nothing.

    Whoever brings a file to the command line is not limited to areas.
    """
    if len(data) > most_bytes:
        raise TabletFileTooLarge(most=most_bytes // MEGABYTE)
    opened = open_tablet_file(data, STORES, leaves_out_damaged=leaves_out_damaged)
    contents = contents_of(opened)
    with reading() as session:
        brought = bringing(session, actor, opened, contents, at=utcnow())
    taken = unfit_in(contents)
    for part in parts_of(brought):
        with transaction() as session:
            taken += part(session, utcnow())
    return TakenIn(
        device_id=brought.device_id,
        username=brought.tablet.username,
        made_at=brought.made_at,
        is_revoked=brought.tablet.is_revoked,
        taken=tuple(taken),
        drafts=tuple(contents.drafts),
        left_out=opened.left_out,
    )
