"""Create people, sessions, tokens."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "accounts_sign_in_failure",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_hash", sa.LargeBinary(), nullable=False),
        sa.Column("address_hash", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_accounts_sign_in_failure")),
    )
    op.create_index(
        "ix_accounts_sign_in_failure_account",
        "accounts_sign_in_failure",
        ["account_hash", "at"],
        unique=False,
    )
    op.create_index(
        "ix_accounts_sign_in_failure_address",
        "accounts_sign_in_failure",
        ["address_hash", "at"],
        unique=False,
    )
    op.create_index(
        "ix_accounts_sign_in_failure_at", "accounts_sign_in_failure", ["at"], unique=False
    )
    op.create_table(
        "accounts_user",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("username", sa.String(), nullable=False),
        sa.Column("display_name", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("password_hash", sa.String(), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "username = lower(username)", name=op.f("ck_accounts_user_username_is_lower")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_accounts_user")),
        sa.UniqueConstraint("username", name=op.f("uq_accounts_user_username")),
    )
    op.create_table(
        "accounts_session",
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["user_id"], ["accounts_user.id"], name=op.f("fk_accounts_session_user_id")
        ),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_accounts_session")),
    )
    op.create_index(
        op.f("ix_accounts_session_user_id"), "accounts_session", ["user_id"], unique=False
    )
    op.create_table(
        "accounts_token",
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["user_id"], ["accounts_user.id"], name=op.f("fk_accounts_token_user_id")
        ),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_accounts_token")),
    )
    op.create_index(op.f("ix_accounts_token_user_id"), "accounts_token", ["user_id"], unique=False)
    op.create_table(
        "accounts_user_area",
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("area_code", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"], ["accounts_user.id"], name=op.f("fk_accounts_user_area_user_id")
        ),
        sa.PrimaryKeyConstraint("user_id", "area_code", name=op.f("pk_accounts_user_area")),
    )


def downgrade() -> None:
    op.drop_table("accounts_user_area")
    op.drop_index(op.f("ix_accounts_token_user_id"), table_name="accounts_token")
    op.drop_table("accounts_token")
    op.drop_index(op.f("ix_accounts_session_user_id"), table_name="accounts_session")
    op.drop_table("accounts_session")
    op.drop_table("accounts_user")
    op.drop_index("ix_accounts_sign_in_failure_at", table_name="accounts_sign_in_failure")
    op.drop_index("ix_accounts_sign_in_failure_address", table_name="accounts_sign_in_failure")
    op.drop_index("ix_accounts_sign_in_failure_account", table_name="accounts_sign_in_failure")
    op.drop_table("accounts_sign_in_failure")
