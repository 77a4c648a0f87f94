"""Create leases and field periods."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "assignment_field_period",
        sa.Column("revision", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("reason_th", sa.String(), nullable=False),
        sa.Column("reason_en", sa.String(), nullable=False),
        sa.Column("decision_document", sa.String(), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "revision > 0", name=op.f("ck_assignment_field_period_revision_is_positive")
        ),
        sa.CheckConstraint(
            "starts_on <= ends_on", name=op.f("ck_assignment_field_period_ends_after_start")
        ),
        sa.PrimaryKeyConstraint("revision", name=op.f("pk_assignment_field_period")),
    )
    op.create_table(
        "assignment_lease",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("province_code", sa.String(), nullable=False),
        sa.Column("ea_code", sa.String(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("enumerator_id", sa.Uuid(), nullable=False),
        sa.Column("granted_by", sa.Uuid(), nullable=True),
        sa.Column("granted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("number > 0", name=op.f("ck_assignment_lease_number_is_positive")),
        sa.ForeignKeyConstraint(
            ["ea_code"], ["frame_enumeration_area.code"], name=op.f("fk_assignment_lease_ea_code")
        ),
        sa.ForeignKeyConstraint(
            ["enumerator_id"], ["accounts_user.id"], name=op.f("fk_assignment_lease_enumerator_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assignment_lease")),
        sa.UniqueConstraint("ea_code", "number", name=op.f("uq_assignment_lease_ea_code_number")),
    )
    op.create_index(
        "ix_assignment_lease_enumerator_id", "assignment_lease", ["enumerator_id"], unique=False
    )
    op.create_index(
        "uq_assignment_lease_one_open",
        "assignment_lease",
        ["ea_code"],
        unique=True,
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )


def downgrade() -> None:
    op.drop_index(
        "uq_assignment_lease_one_open",
        table_name="assignment_lease",
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.drop_index("ix_assignment_lease_enumerator_id", table_name="assignment_lease")
    op.drop_table("assignment_lease")
    op.drop_table("assignment_field_period")
