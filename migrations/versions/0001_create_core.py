"""Create what every stage stands on: events, owed jobs, stored settings."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


EVENT_CONTENT = "id, at, actor_id, name, subject, area, details"


def make_events_append_only() -> None:
    """Refuse every change of an event but its number and hash, given once, and every removal."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE FUNCTION core_event_is_permanent() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION 'an event is never changed'; END $$"
        )
        refuse = "FOR EACH ROW {when} EXECUTE FUNCTION core_event_is_permanent()"
    else:
        refuse = "{when} BEGIN SELECT RAISE(ABORT, 'an event is never changed'); END"
    triggers = {
        "core_event_content": (f"UPDATE OF {EVENT_CONTENT}", ""),
        "core_event_number": ("UPDATE OF number, hash", "WHEN (OLD.number IS NOT NULL)"),
        "core_event_removal": ("DELETE", ""),
    }
    for name, (change, when) in triggers.items():
        op.execute(
            f"CREATE TRIGGER {name} BEFORE {change} ON core_event {refuse.format(when=when)}"
        )


def upgrade() -> None:
    op.create_table(
        "core_event",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("area", sa.String(), nullable=True),
        sa.Column("details", sa.JSON().with_variant(JSONB(), "postgresql"), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=True),
        sa.Column("hash", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_core_event")),
        sa.UniqueConstraint("number", name=op.f("uq_core_event_number")),
    )
    op.create_index("ix_core_event_area", "core_event", ["area", "number"], unique=False)
    op.create_index(
        "ix_core_event_not_numbered",
        "core_event",
        ["id"],
        unique=False,
        sqlite_where=sa.text("number IS NULL"),
        postgresql_where=sa.text("number IS NULL"),
    )
    op.create_table(
        "core_owed_job",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("queue", sa.String(), nullable=False),
        sa.Column("owed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("attempts", sa.BigInteger(), nullable=False),
        sa.Column("claimed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("claim", sa.Uuid(), nullable=True),
        sa.Column("failed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_error", sa.String(), nullable=True),
        sa.CheckConstraint(
            "(claim IS NULL) = (claimed_at IS NULL)", name=op.f("ck_core_owed_job_claim_has_moment")
        ),
        sa.CheckConstraint("attempts >= 0", name=op.f("ck_core_owed_job_attempts_counted")),
        sa.CheckConstraint(
            "claim IS NULL OR failed_at IS NULL",
            name=op.f("ck_core_owed_job_failed_is_not_claimed"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_core_owed_job")),
    )
    op.create_index("ix_core_owed_job_due", "core_owed_job", ["queue", "due_at"], unique=False)
    op.create_index("ix_core_owed_job_key", "core_owed_job", ["name", "key"], unique=False)
    op.create_index(
        "uq_core_owed_job_failed",
        "core_owed_job",
        ["name", "key"],
        unique=True,
        sqlite_where=sa.text("failed_at IS NOT NULL"),
        postgresql_where=sa.text("failed_at IS NOT NULL"),
    )
    op.create_index(
        "uq_core_owed_job_running",
        "core_owed_job",
        ["name", "key"],
        unique=True,
        sqlite_where=sa.text("claim IS NOT NULL"),
        postgresql_where=sa.text("claim IS NOT NULL"),
    )
    op.create_table(
        "core_setting",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_core_setting")),
    )
    make_events_append_only()


def downgrade() -> None:
    op.drop_table("core_setting")
    op.drop_index(
        "uq_core_owed_job_running",
        table_name="core_owed_job",
        sqlite_where=sa.text("claim IS NOT NULL"),
        postgresql_where=sa.text("claim IS NOT NULL"),
    )
    op.drop_index(
        "uq_core_owed_job_failed",
        table_name="core_owed_job",
        sqlite_where=sa.text("failed_at IS NOT NULL"),
        postgresql_where=sa.text("failed_at IS NOT NULL"),
    )
    op.drop_index("ix_core_owed_job_key", table_name="core_owed_job")
    op.drop_index("ix_core_owed_job_due", table_name="core_owed_job")
    op.drop_table("core_owed_job")
    op.drop_index(
        "ix_core_event_not_numbered",
        table_name="core_event",
        sqlite_where=sa.text("number IS NULL"),
        postgresql_where=sa.text("number IS NULL"),
    )
    op.drop_index("ix_core_event_area", table_name="core_event")
    op.drop_table("core_event")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION core_event_is_permanent()")
