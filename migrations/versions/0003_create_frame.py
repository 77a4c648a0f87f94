"""Create the frame: areas, households, register persons, versions."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from census.core.geo import Geom

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    on_postgresql = op.get_bind().dialect.name == "postgresql"
    if on_postgresql:
        op.execute("CREATE EXTENSION IF NOT EXISTS postgis")
    op.create_table(
        "frame_area",
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("level", sa.String(), nullable=False),
        sa.Column("parent_code", sa.String(), nullable=True),
        sa.Column("province_code", sa.String(), nullable=True),
        sa.Column("district_code", sa.String(), nullable=True),
        sa.Column("name_th", sa.String(), nullable=False),
        sa.Column("name_en", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["parent_code"], ["frame_area.code"], name=op.f("fk_frame_area_parent_code")
        ),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_frame_area")),
    )
    op.create_index(op.f("ix_frame_area_parent_code"), "frame_area", ["parent_code"], unique=False)
    op.create_table(
        "frame_import",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("file_name", sa.String(), nullable=False),
        sa.Column("sha256", sa.LargeBinary(), nullable=False),
        sa.Column("rows", sa.BigInteger(), nullable=False),
        sa.Column("imported_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("imported_by", sa.Uuid(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_frame_import")),
    )
    op.create_table(
        "frame_register_person",
        sa.Column("province_code", sa.String(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("house_code", sa.String(), nullable=False),
        sa.Column("pid_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("pid_hash", sa.LargeBinary(), nullable=False),
        sa.Column("title", sa.String(), nullable=True),
        sa.Column("first_name_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("surname_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("sex", sa.String(), nullable=False),
        sa.Column("birth_year_be", sa.BigInteger(), nullable=False),
        sa.Column("birth_month", sa.BigInteger(), nullable=False),
        sa.Column("nationality", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("province_code", "id", name=op.f("pk_frame_register_person")),
    )
    op.create_index(
        "ix_frame_register_person_house_code",
        "frame_register_person",
        ["province_code", "house_code"],
        unique=False,
    )
    op.create_index(
        "ix_frame_register_person_pid_hash", "frame_register_person", ["pid_hash"], unique=False
    )
    op.create_table(
        "frame_version",
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("frozen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("frozen_by", sa.Uuid(), nullable=True),
        sa.Column("households", sa.BigInteger(), nullable=False),
        sa.Column("enumeration_areas", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_frame_version")),
    )
    op.create_table(
        "frame_enumeration_area",
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("subdistrict_code", sa.String(), nullable=False),
        sa.Column("district_code", sa.String(), nullable=False),
        sa.Column("province_code", sa.String(), nullable=False),
        sa.Column("zone", sa.BigInteger(), nullable=False),
        sa.Column("village", sa.String(), nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("expected_households", sa.BigInteger(), nullable=True),
        sa.Column("boundary", Geom("MULTIPOLYGON"), nullable=True),
        sa.Column("is_practice", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "length(code) = 11", name=op.f("ck_frame_enumeration_area_code_has_11_digits")
        ),
        sa.CheckConstraint("zone IN (1, 2)", name=op.f("ck_frame_enumeration_area_zone_is_known")),
        sa.ForeignKeyConstraint(
            ["district_code"],
            ["frame_area.code"],
            name=op.f("fk_frame_enumeration_area_district_code"),
        ),
        sa.ForeignKeyConstraint(
            ["province_code"],
            ["frame_area.code"],
            name=op.f("fk_frame_enumeration_area_province_code"),
        ),
        sa.ForeignKeyConstraint(
            ["subdistrict_code"],
            ["frame_area.code"],
            name=op.f("fk_frame_enumeration_area_subdistrict_code"),
        ),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_frame_enumeration_area")),
        sa.UniqueConstraint(
            "province_code", "code", name=op.f("uq_frame_enumeration_area_province_code_code")
        ),
    )
    if on_postgresql:
        op.create_index(
            "ix_frame_enumeration_area_boundary",
            "frame_enumeration_area",
            ["boundary"],
            unique=False,
            postgresql_using="gist",
        )
    op.create_index(
        "ix_frame_enumeration_area_district_code",
        "frame_enumeration_area",
        ["district_code"],
        unique=False,
    )
    op.create_index(
        "ix_frame_enumeration_area_subdistrict_code",
        "frame_enumeration_area",
        ["subdistrict_code"],
        unique=False,
    )
    op.create_table(
        "frame_frozen_count",
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("ea_code", sa.String(), nullable=False),
        sa.Column("households", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["ea_code"], ["frame_enumeration_area.code"], name=op.f("fk_frame_frozen_count_ea_code")
        ),
        sa.ForeignKeyConstraint(
            ["version"], ["frame_version.number"], name=op.f("fk_frame_frozen_count_version")
        ),
        sa.PrimaryKeyConstraint("version", "ea_code", name=op.f("pk_frame_frozen_count")),
    )
    op.create_table(
        "frame_household",
        sa.Column("province_code", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("ea_code", sa.String(), nullable=False),
        sa.Column("house_code", sa.String(), nullable=True),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("position", Geom("POINT"), nullable=True),
        sa.Column("register_persons", sa.BigInteger(), nullable=True),
        sa.Column("origin", sa.String(), nullable=False),
        sa.Column("since_version", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("length(id) = 16", name=op.f("ck_frame_household_id_has_16_characters")),
        sa.CheckConstraint(
            "substr(id, 1, 11) = ea_code", name=op.f("ck_frame_household_id_begins_with_area")
        ),
        sa.ForeignKeyConstraint(
            ["province_code", "ea_code"],
            ["frame_enumeration_area.province_code", "frame_enumeration_area.code"],
            name=op.f("fk_frame_household_province_code_ea_code"),
        ),
        sa.ForeignKeyConstraint(
            ["since_version"],
            ["frame_version.number"],
            name=op.f("fk_frame_household_since_version"),
        ),
        sa.PrimaryKeyConstraint("province_code", "id", name=op.f("pk_frame_household")),
    )
    op.create_index(
        "ix_frame_household_ea_code", "frame_household", ["ea_code", "id"], unique=False
    )
    op.create_index(
        "ix_frame_household_house_code", "frame_household", ["house_code"], unique=False
    )


def downgrade() -> None:
    op.drop_index("ix_frame_household_house_code", table_name="frame_household")
    op.drop_index("ix_frame_household_ea_code", table_name="frame_household")
    op.drop_table("frame_household")
    op.drop_table("frame_frozen_count")
    op.drop_index("ix_frame_enumeration_area_subdistrict_code", table_name="frame_enumeration_area")
    op.drop_index("ix_frame_enumeration_area_district_code", table_name="frame_enumeration_area")
    if op.get_bind().dialect.name == "postgresql":
        op.drop_index(
            "ix_frame_enumeration_area_boundary",
            table_name="frame_enumeration_area",
            postgresql_using="gist",
        )
    op.drop_table("frame_enumeration_area")
    op.drop_table("frame_version")
    op.drop_index("ix_frame_register_person_pid_hash", table_name="frame_register_person")
    op.drop_index("ix_frame_register_person_house_code", table_name="frame_register_person")
    op.drop_table("frame_register_person")
    op.drop_table("frame_import")
    op.drop_index(op.f("ix_frame_area_parent_code"), table_name="frame_area")
    op.drop_table("frame_area")
