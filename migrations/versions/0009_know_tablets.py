"""Know the tablets of the field, and find the problems it reports."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:

    op.create_table(
        "assignment_device",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("enumerator_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("enrolled_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_heard_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("unsent", sa.BigInteger(), nullable=True),
        sa.Column("app_version", sa.String(), nullable=True),
        sa.Column("battery", sa.Double(), nullable=True),
        sa.Column("storage_persisted", sa.Boolean(), nullable=True),
        sa.CheckConstraint(
            "battery >= 0 AND battery <= 1", name=op.f("ck_assignment_device_battery_is_a_share")
        ),
        sa.CheckConstraint("unsent >= 0", name=op.f("ck_assignment_device_unsent_is_counted")),
        sa.ForeignKeyConstraint(
            ["enumerator_id"], ["accounts_user.id"], name=op.f("fk_assignment_device_enumerator_id")
        ),
        sa.ForeignKeyConstraint(
            ["token_hash"],
            ["accounts_token.token_hash"],
            name=op.f("fk_assignment_device_token_hash"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assignment_device")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_assignment_device_token_hash")),
    )
    op.create_index(
        "ix_assignment_device_enumerator_id", "assignment_device", ["enumerator_id"], unique=False
    )
    op.create_index(
        "ix_collection_field_action_problems",
        "collection_field_action",
        ["province_code", "received_at"],
        unique=False,
        sqlite_where=sa.text("type = 'problem'"),
        postgresql_where=sa.text("type = 'problem'"),
    )


def downgrade() -> None:

    op.drop_index(
        "ix_collection_field_action_problems",
        table_name="collection_field_action",
        sqlite_where=sa.text("type = 'problem'"),
        postgresql_where=sa.text("type = 'problem'"),
    )
    op.drop_index("ix_assignment_device_enumerator_id", table_name="assignment_device")
    op.drop_table("assignment_device")
