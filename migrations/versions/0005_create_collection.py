"""Create cases and everything that arrives for them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "collection_field_action",
        sa.Column("action_id", sa.String(), nullable=False),
        sa.Column("sha256", sa.LargeBinary(), nullable=False),
        sa.Column("type", sa.String(), nullable=False),
        sa.Column("province_code", sa.String(), nullable=False),
        sa.Column("household_id", sa.String(), nullable=True),
        sa.Column("ea_code", sa.String(), nullable=True),
        sa.Column("happened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.Uuid(), nullable=False),
        sa.Column("result", sa.String(), nullable=True),
        sa.Column("latitude", sa.Double(), nullable=True),
        sa.Column("longitude", sa.Double(), nullable=True),
        sa.Column("accuracy_m", sa.Double(), nullable=True),
        sa.Column("content_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("reason_code", sa.String(), nullable=True),
        sa.Column("is_returned", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("action_id", name=op.f("pk_collection_field_action")),
    )
    op.create_index(
        "ix_collection_field_action_ea_code", "collection_field_action", ["ea_code"], unique=False
    )
    op.create_index(
        "ix_collection_field_action_household_id",
        "collection_field_action",
        ["household_id"],
        unique=False,
    )
    op.create_table(
        "collection_finding",
        sa.Column("province_code", sa.String(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("submission_id", sa.Uuid(), nullable=False),
        sa.Column("edit", sa.String(), nullable=False),
        sa.Column("severity", sa.String(), nullable=False),
        sa.Column("person", sa.BigInteger(), nullable=True),
        sa.Column("is_overridden", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("province_code", "id", name=op.f("pk_collection_finding")),
    )
    op.create_index(
        "ix_collection_finding_submission_id", "collection_finding", ["submission_id"], unique=False
    )
    op.create_table(
        "collection_person",
        sa.Column("province_code", sa.String(), nullable=False),
        sa.Column("submission_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("p01", sa.BigInteger(), nullable=True),
        sa.Column("p02_title", sa.String(), nullable=True),
        sa.Column("p02_first_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("p02_last_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("p03", sa.String(), nullable=True),
        sa.Column("p04", sa.String(), nullable=True),
        sa.Column("p05_month", sa.String(), nullable=True),
        sa.Column("p05_year", sa.BigInteger(), nullable=True),
        sa.Column("p06", sa.BigInteger(), nullable=True),
        sa.Column("p07_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("p07_hash", sa.LargeBinary(), nullable=True),
        sa.Column("p07_reason", sa.String(), nullable=True),
        sa.Column("p08", sa.String(), nullable=True),
        sa.Column("p09", sa.String(), nullable=True),
        sa.Column("p10", sa.String(), nullable=True),
        sa.Column("p11", sa.String(), nullable=True),
        sa.Column("p11_province", sa.String(), nullable=True),
        sa.Column("p12", sa.String(), nullable=True),
        sa.Column("p13", sa.String(), nullable=True),
        sa.Column("p13_province", sa.String(), nullable=True),
        sa.Column("p13_country", sa.String(), nullable=True),
        sa.Column("p14", sa.String(), nullable=True),
        sa.Column("p15", sa.String(), nullable=True),
        sa.Column("p15_studying", sa.String(), nullable=True),
        sa.Column("p16", sa.String(), nullable=True),
        sa.Column("p17", sa.String(), nullable=True),
        sa.Column("p18", sa.String(), nullable=True),
        sa.Column("p19", sa.String(), nullable=True),
        sa.Column("p20_seeing", sa.String(), nullable=True),
        sa.Column("p20_hearing", sa.String(), nullable=True),
        sa.Column("p20_walking", sa.String(), nullable=True),
        sa.Column("p20_cognition", sa.String(), nullable=True),
        sa.Column("p20_self_care", sa.String(), nullable=True),
        sa.Column("p20_communication", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint(
            "province_code", "submission_id", "position", name=op.f("pk_collection_person")
        ),
    )
    op.create_index(
        "ix_collection_person_p07_hash", "collection_person", ["p07_hash"], unique=False
    )
    op.create_table(
        "collection_questionnaire",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("version", sa.String(), nullable=False),
        sa.Column("xform", sa.LargeBinary(), nullable=False),
        sa.Column("sha256", sa.LargeBinary(), nullable=False),
        sa.Column("workbook", sa.LargeBinary(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_by", sa.Uuid(), nullable=True),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", "version", name=op.f("pk_collection_questionnaire")),
    )
    op.create_table(
        "collection_receipt",
        sa.Column("instance_id", sa.String(), nullable=False),
        sa.Column("sha256", sa.LargeBinary(), nullable=False),
        sa.Column("province_code", sa.String(), nullable=False),
        sa.Column("submission_id", sa.Uuid(), nullable=False),
        sa.Column("last_seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("instance_id", name=op.f("pk_collection_receipt")),
    )
    op.create_table(
        "collection_response",
        sa.Column("province_code", sa.String(), nullable=False),
        sa.Column("submission_id", sa.Uuid(), nullable=False),
        sa.Column("household_id", sa.String(), nullable=False),
        sa.Column("latitude", sa.Double(), nullable=True),
        sa.Column("longitude", sa.Double(), nullable=True),
        sa.Column("altitude_m", sa.Double(), nullable=True),
        sa.Column("accuracy_m", sa.Double(), nullable=True),
        sa.Column("h01", sa.String(), nullable=True),
        sa.Column("h02", sa.String(), nullable=True),
        sa.Column("h03", sa.String(), nullable=True),
        sa.Column("h04", sa.BigInteger(), nullable=True),
        sa.Column("h05", sa.String(), nullable=True),
        sa.Column("h06", sa.String(), nullable=True),
        sa.Column("h07", sa.String(), nullable=True),
        sa.Column("h08", sa.BigInteger(), nullable=True),
        sa.Column("h09", sa.BigInteger(), nullable=True),
        sa.Column("h10", sa.String(), nullable=True),
        sa.Column("h11", sa.String(), nullable=True),
        sa.Column("h12", sa.String(), nullable=True),
        sa.Column("h13", sa.String(), nullable=True),
        sa.Column("h14", sa.String(), nullable=True),
        sa.Column("h15", sa.String(), nullable=True),
        sa.Column("h16", sa.String(), nullable=True),
        sa.Column("h17", sa.String(), nullable=True),
        sa.Column("h18", sa.String(), nullable=True),
        sa.Column("h19", sa.String(), nullable=True),
        sa.Column("h20_motorcycles", sa.BigInteger(), nullable=True),
        sa.Column("h20_cars", sa.BigInteger(), nullable=True),
        sa.Column("h21", sa.String(), nullable=True),
        sa.Column("h21_language", sa.String(), nullable=True),
        sa.Column("h22", sa.BigInteger(), nullable=True),
        sa.Column("h23", sa.BigInteger(), nullable=True),
        sa.Column("h24", sa.BigInteger(), nullable=True),
        sa.Column("h25", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint(
            "province_code", "submission_id", name=op.f("pk_collection_response")
        ),
    )
    op.create_index(
        op.f("ix_collection_response_household_id"),
        "collection_response",
        ["household_id"],
        unique=False,
    )
    op.create_table(
        "collection_submission",
        sa.Column("province_code", sa.String(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("instance_id", sa.String(), nullable=False),
        sa.Column("sha256", sa.LargeBinary(), nullable=False),
        sa.Column("raw_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("household_id", sa.String(), nullable=True),
        sa.Column("ea_code", sa.String(), nullable=True),
        sa.Column("mode", sa.String(), nullable=True),
        sa.Column("questionnaire", sa.String(), nullable=False),
        sa.Column("version", sa.String(), nullable=False),
        sa.Column("device_id", sa.String(), nullable=True),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("accepted_on", sa.Date(), nullable=False),
        sa.Column("sender_id", sa.Uuid(), nullable=True),
        sa.Column("deprecated_id", sa.String(), nullable=True),
        sa.Column("standing", sa.String(), nullable=False),
        sa.Column("reason_code", sa.String(), nullable=True),
        sa.Column("disposition", sa.String(), nullable=True),
        sa.Column("answered_items", sa.BigInteger(), nullable=True),
        sa.Column("is_returned", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "standing NOT IN ('quarantined', 'conflict', 'void') OR reason_code IS NOT NULL",
            name=op.f("ck_collection_submission_standing_has_reason"),
        ),
        sa.PrimaryKeyConstraint("province_code", "id", name=op.f("pk_collection_submission")),
        sa.UniqueConstraint(
            "province_code",
            "instance_id",
            "sha256",
            name=op.f("uq_collection_submission_province_code_instance_id_sha256"),
        ),
    )
    op.create_index(
        "ix_collection_submission_household_id",
        "collection_submission",
        ["household_id"],
        unique=False,
    )
    op.create_index("ix_collection_submission_id", "collection_submission", ["id"], unique=False)
    op.create_index(
        op.f("ix_collection_submission_instance_id"),
        "collection_submission",
        ["instance_id"],
        unique=False,
    )
    op.create_index(
        "ix_collection_submission_standing",
        "collection_submission",
        ["ea_code", "standing"],
        unique=False,
    )
    op.create_table(
        "collection_area",
        sa.Column("ea_code", sa.String(), nullable=False),
        sa.Column("province_code", sa.String(), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["ea_code"], ["frame_enumeration_area.code"], name=op.f("fk_collection_area_ea_code")
        ),
        sa.PrimaryKeyConstraint("ea_code", name=op.f("pk_collection_area")),
    )
    op.create_table(
        "collection_case",
        sa.Column("province_code", sa.String(), nullable=False),
        sa.Column("household_id", sa.String(), nullable=False),
        sa.Column("ea_code", sa.String(), nullable=False),
        sa.Column("revision", sa.BigInteger(), nullable=False),
        sa.Column("disposition", sa.String(), nullable=True),
        sa.Column("mode", sa.String(), nullable=True),
        sa.Column("counting_submission_id", sa.Uuid(), nullable=True),
        sa.Column("review", sa.String(), nullable=False),
        sa.Column("hard_findings", sa.BigInteger(), nullable=False),
        sa.Column("other_findings", sa.BigInteger(), nullable=False),
        sa.Column("responded_on", sa.Date(), nullable=True),
        sa.Column("approved_on", sa.Date(), nullable=True),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "review = 'open' OR disposition IS NOT NULL",
            name=op.f("ck_collection_case_review_needs_disposition"),
        ),
        sa.CheckConstraint(
            "counting_submission_id IS NULL OR disposition IS NOT NULL",
            name=op.f("ck_collection_case_response_has_disposition"),
        ),
        sa.ForeignKeyConstraint(
            ["province_code", "household_id"],
            ["frame_household.province_code", "frame_household.id"],
            name=op.f("fk_collection_case_province_code_household_id"),
        ),
        sa.PrimaryKeyConstraint("province_code", "household_id", name=op.f("pk_collection_case")),
    )
    op.create_index(
        "ix_collection_case_ea_code", "collection_case", ["ea_code", "household_id"], unique=False
    )
    op.create_index(
        "ix_collection_case_state",
        "collection_case",
        ["ea_code", "review", "disposition"],
        unique=False,
    )


def downgrade() -> None:
    op.drop_index("ix_collection_case_state", table_name="collection_case")
    op.drop_index("ix_collection_case_ea_code", table_name="collection_case")
    op.drop_table("collection_case")
    op.drop_table("collection_area")
    op.drop_index("ix_collection_submission_standing", table_name="collection_submission")
    op.drop_index(op.f("ix_collection_submission_instance_id"), table_name="collection_submission")
    op.drop_index("ix_collection_submission_id", table_name="collection_submission")
    op.drop_index("ix_collection_submission_household_id", table_name="collection_submission")
    op.drop_table("collection_submission")
    op.drop_index(op.f("ix_collection_response_household_id"), table_name="collection_response")
    op.drop_table("collection_response")
    op.drop_table("collection_receipt")
    op.drop_table("collection_questionnaire")
    op.drop_index("ix_collection_person_p07_hash", table_name="collection_person")
    op.drop_table("collection_person")
    op.drop_index("ix_collection_finding_submission_id", table_name="collection_finding")
    op.drop_table("collection_finding")
    op.drop_index("ix_collection_field_action_household_id", table_name="collection_field_action")
    op.drop_index("ix_collection_field_action_ea_code", table_name="collection_field_action")
    op.drop_table("collection_field_action")
