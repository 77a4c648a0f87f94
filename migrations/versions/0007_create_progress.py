"""Create tallies, thresholds and conditions."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "progress_condition",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("condition", sa.String(), nullable=False),
        sa.Column("holds", sa.Boolean(), nullable=False),
        sa.Column("evidence", sa.String(), nullable=False),
        sa.Column("stated_by", sa.Uuid(), nullable=False),
        sa.Column("stated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "evidence <> ''", name=op.f("ck_progress_condition_statement_has_evidence")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_progress_condition")),
    )
    op.create_index(
        "ix_progress_condition_condition",
        "progress_condition",
        ["condition", "stated_at"],
        unique=False,
    )
    op.create_table(
        "progress_threshold",
        sa.Column("frame_version", sa.BigInteger(), nullable=False),
        sa.Column("area_code", sa.String(), nullable=False),
        sa.Column("level", sa.BigInteger(), nullable=False),
        sa.Column("parent_code", sa.String(), nullable=True),
        sa.Column("households", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "level IN (50, 75, 100)", name=op.f("ck_progress_threshold_level_is_known")
        ),
        sa.ForeignKeyConstraint(
            ["frame_version"],
            ["frame_version.number"],
            name=op.f("fk_progress_threshold_frame_version"),
        ),
        sa.PrimaryKeyConstraint(
            "frame_version", "area_code", "level", name=op.f("pk_progress_threshold")
        ),
    )
    op.create_index(
        "ix_progress_threshold_parent",
        "progress_threshold",
        ["frame_version", "parent_code"],
        unique=False,
    )
    op.create_table(
        "progress_day_tally",
        sa.Column("ea_code", sa.String(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("subdistrict_code", sa.String(), nullable=False),
        sa.Column("district_code", sa.String(), nullable=False),
        sa.Column("province_code", sa.String(), nullable=False),
        sa.Column("responded", sa.BigInteger(), nullable=False),
        sa.Column("approved", sa.BigInteger(), nullable=False),
        sa.Column("face_to_face", sa.BigInteger(), nullable=False),
        sa.Column("drop_off", sa.BigInteger(), nullable=False),
        sa.Column("mail", sa.BigInteger(), nullable=False),
        sa.Column("internet", sa.BigInteger(), nullable=False),
        sa.Column("telephone", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["ea_code"], ["frame_enumeration_area.code"], name=op.f("fk_progress_day_tally_ea_code")
        ),
        sa.PrimaryKeyConstraint("ea_code", "on", name=op.f("pk_progress_day_tally")),
    )
    op.create_index(
        "ix_progress_day_tally_province_code", "progress_day_tally", ["province_code"], unique=False
    )
    op.create_table(
        "progress_tally",
        sa.Column("ea_code", sa.String(), nullable=False),
        sa.Column("subdistrict_code", sa.String(), nullable=False),
        sa.Column("district_code", sa.String(), nullable=False),
        sa.Column("province_code", sa.String(), nullable=False),
        sa.Column("frame", sa.BigInteger(), nullable=False),
        sa.Column("added", sa.BigInteger(), nullable=False),
        sa.Column("final", sa.BigInteger(), nullable=False),
        sa.Column("responded", sa.BigInteger(), nullable=False),
        sa.Column("approved", sa.BigInteger(), nullable=False),
        sa.Column("ineligible", sa.BigInteger(), nullable=False),
        sa.Column("reviewed", sa.BigInteger(), nullable=False),
        sa.Column("returned", sa.BigInteger(), nullable=False),
        sa.Column("submitted", sa.BigInteger(), nullable=False),
        sa.Column("face_to_face", sa.BigInteger(), nullable=False),
        sa.Column("drop_off", sa.BigInteger(), nullable=False),
        sa.Column("mail", sa.BigInteger(), nullable=False),
        sa.Column("internet", sa.BigInteger(), nullable=False),
        sa.Column("telephone", sa.BigInteger(), nullable=False),
        sa.Column("complete", sa.BigInteger(), nullable=False),
        sa.Column("partial", sa.BigInteger(), nullable=False),
        sa.Column("refusal", sa.BigInteger(), nullable=False),
        sa.Column("non_contact", sa.BigInteger(), nullable=False),
        sa.Column("other", sa.BigInteger(), nullable=False),
        sa.Column("unknown_household", sa.BigInteger(), nullable=False),
        sa.Column("unknown_other", sa.BigInteger(), nullable=False),
        sa.Column("not_eligible", sa.BigInteger(), nullable=False),
        sa.Column("recounted_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["ea_code"], ["frame_enumeration_area.code"], name=op.f("fk_progress_tally_ea_code")
        ),
        sa.PrimaryKeyConstraint("ea_code", name=op.f("pk_progress_tally")),
    )
    op.create_index(
        "ix_progress_tally_district_code", "progress_tally", ["district_code"], unique=False
    )
    op.create_index(
        "ix_progress_tally_province_code", "progress_tally", ["province_code"], unique=False
    )
    op.create_index(
        "ix_progress_tally_subdistrict_code", "progress_tally", ["subdistrict_code"], unique=False
    )


def downgrade() -> None:
    op.drop_index("ix_progress_tally_subdistrict_code", table_name="progress_tally")
    op.drop_index("ix_progress_tally_province_code", table_name="progress_tally")
    op.drop_index("ix_progress_tally_district_code", table_name="progress_tally")
    op.drop_table("progress_tally")
    op.drop_index("ix_progress_day_tally_province_code", table_name="progress_day_tally")
    op.drop_table("progress_day_tally")
    op.drop_index("ix_progress_threshold_parent", table_name="progress_threshold")
    op.drop_table("progress_threshold")
    op.drop_index("ix_progress_condition_condition", table_name="progress_condition")
    op.drop_table("progress_condition")
