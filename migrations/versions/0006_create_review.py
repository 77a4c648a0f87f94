"""Create decisions and closings."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "review_decision",
        sa.Column("province_code", sa.String(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("ea_code", sa.String(), nullable=False),
        sa.Column("household_id", sa.String(), nullable=False),
        sa.Column("revision_seen", sa.BigInteger(), nullable=False),
        sa.Column("submission_id", sa.Uuid(), nullable=True),
        sa.Column("verdict", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("questions", sa.JSON().with_variant(JSONB(), "postgresql"), nullable=False),
        sa.Column("overrides_findings", sa.Boolean(), nullable=False),
        sa.Column("decided_by", sa.Uuid(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "verdict <> 'returned' OR reason <> ''",
            name=op.f("ck_review_decision_return_has_reason"),
        ),
        sa.PrimaryKeyConstraint("province_code", "id", name=op.f("pk_review_decision")),
        sa.UniqueConstraint(
            "province_code", "household_id", "revision_seen", name="one_decision_per_revision"
        ),
    )
    op.create_index("ix_review_decision_ea_code", "review_decision", ["ea_code"], unique=False)
    op.create_table(
        "review_closing",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("ea_code", sa.String(), nullable=False),
        sa.Column("province_code", sa.String(), nullable=False),
        sa.Column("step", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("etag", sa.String(), nullable=False),
        sa.Column("by", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "step <> 'reopened' OR reason <> ''",
            name=op.f("ck_review_closing_reopening_has_reason"),
        ),
        sa.ForeignKeyConstraint(
            ["ea_code"], ["frame_enumeration_area.code"], name=op.f("fk_review_closing_ea_code")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_closing")),
    )
    op.create_index("ix_review_closing_ea_code", "review_closing", ["ea_code", "at"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_review_closing_ea_code", table_name="review_closing")
    op.drop_table("review_closing")
    op.drop_index("ix_review_decision_ea_code", table_name="review_decision")
    op.drop_table("review_decision")
