"""A file becomes part of the frame whole, or is refused with every wrong row named."""

from __future__ import annotations

import csv
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from shapely.geometry import MultiPolygon, Point, box, mapping
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from census.core.events import react
from census.core.sealed import keyed_hash, unseal_text
from census.frame import services
from census.frame.codelists import ImportKind, Level
from census.frame.errors import ImportRefused
from census.frame.imports.running import FAULTS_SHOWN
from census.frame.models import Area, EnumerationArea, Household, Import, RegisterPerson
from census.frame.practice import PRACTICE_EA, PRACTICE_PROVINCE
from tests.factories.binding import bind
from tests.factories.frame import (
    AreaFactory,
    EnumerationAreaFactory,
    HouseholdFactory,
    RegisterPersonFactory,
)

NOON = datetime(2021, 2, 10, 5, 0, tzinfo=UTC)
EA = "22001011001"

AREAS = "code,level,parent_code,name_th,name_en"
EAS = "ea_code,subdistrict_code,zone,village,name,expected_households"
HOUSEHOLDS = "household_id,ea_code,house_code,address,latitude,longitude,register_persons"
REGISTER = "house_code,pid,title,first_name,surname,sex,birth_year_be,birth_month,nationality"

TREE = (
    "200101,subdistrict,2001,บางปลาสร้อย,Bang Pla Soi",
    "2001,district,20,เมืองชลบุรี,Mueang Chon Buri",
    "20,province,TH,ชลบุรี,Chon Buri",
    "TH,country,,ประเทศไทย,Thailand",
)
HOUSEHOLD = f"{EA}-0042,{EA},20010000011,1 ถนนสุขุมวิท,13.3611,100.9847,3"
PERSON = "20010000011,1999900000013,01,สมมติ,ตัวอย่าง,1,2520,05,764"


@pytest.fixture(autouse=True)
def _factories(session: Session) -> None:
    bind(session)


@pytest.fixture
def take(session: Session, tmp_path: Path):
    """Import these lines as a file of a kind."""

    def import_lines(kind, header, *rows, content=None):
        path = tmp_path / f"{kind.value}.csv"
        path.write_bytes(content if content is not None else "\n".join([header, *rows]).encode())
        return services.import_file(session, None, kind, path, at=NOON).taken

    return import_lines


@pytest.fixture
def refused(take, tmp_path: Path):
    """Import these lines, which must be refused; gives the faults as they are in the report."""

    def faults(kind, header, *rows, content=None):
        with pytest.raises(ImportRefused):
            take(kind, header, *rows, content=content)
        with (tmp_path / f"{kind.value}.faults.csv").open(encoding="utf-8-sig") as report:
            return [
                (int(row["line"]), row["column"], row["value"], row["code"])
                for row in csv.DictReader(report)
            ]

    return faults


def count(session: Session, model) -> int:
    return session.scalar(select(func.count()).select_from(model))


def test_the_areas_that_ship_are_three_provinces_thirty_districts_and_243_subdistricts(session):
    services.import_shipped_areas(session, None, at=NOON)

    levels = session.execute(
        select(Area.level, func.count())
        .where(Area.province_code.is_distinct_from(PRACTICE_PROVINCE))
        .group_by(Area.level)
    )
    assert dict(tuple(row) for row in levels) == {
        Level.COUNTRY: 1,
        Level.PROVINCE: 3,
        Level.DISTRICT: 30,
        Level.SUBDISTRICT: 243,
    }


def test_areas_come_in_any_order_and_know_what_they_lie_in(session, take):
    take(ImportKind.AREAS, AREAS, *TREE)

    subdistrict = session.get(Area, "200101")
    assert (subdistrict.province_code, subdistrict.district_code) == ("20", "2001")


def test_the_first_areas_bring_the_practice_area_with_its_households(session, take):
    take(ImportKind.AREAS, AREAS, *TREE)

    area = session.get(EnumerationArea, PRACTICE_EA)
    households = session.scalars(select(Household).where(Household.ea_code == PRACTICE_EA)).all()
    assert area.is_practice
    assert len(households) == 10


def test_an_area_imported_again_may_have_a_new_name(session, take):
    take(ImportKind.AREAS, AREAS, *TREE)

    taken = take(ImportKind.AREAS, AREAS, "20,province,TH,ชลบุรีใหม่,New Chon Buri", TREE[3])

    assert (taken.added, taken.changed, taken.unchanged) == (0, 1, 1)
    assert session.get(Area, "20").name_en == "New Chon Buri"


def test_wrong_areas_are_named_with_line_column_and_reason(refused):
    rows = (
        *TREE,
        "2002,district,21,บ้านบึง,Ban Bueng",
        "9901,district,99,ฝึก,Practice",
        "2102,district,21,บ้านฉาง,Ban Chang",
        "200102,tambon,2001,มะขามหย่ง,Makham Yong",
        "20,province,TH,,Chon Buri",
    )

    faults = refused(ImportKind.AREAS, AREAS, *rows)

    assert faults == [
        (6, "parent_code", "21", "contradicts"),
        (7, "code", "9901", "malformed_code"),
        (7, "parent_code", "99", "unknown_parent"),
        (8, "parent_code", "21", "unknown_parent"),
        (9, "level", "tambon", "unknown_code"),
        (10, "code", "20", "duplicate"),
        (10, "name_th", "", "blank"),
    ]


def test_an_enumeration_area_takes_its_ancestry_from_its_subdistrict(session, take):
    AreaFactory(code="200101")

    take(ImportKind.ENUMERATION_AREAS, EAS, f"{EA},200101,1,00,ชุมชนริมน้ำ,210")

    area = session.get(EnumerationArea, EA)
    assert (area.province_code, area.district_code, area.is_practice) == ("20", "2001", False)


def test_an_enumeration_area_whose_code_contradicts_what_is_stated_is_refused(refused):
    AreaFactory(code="200101")

    faults = refused(
        ImportKind.ENUMERATION_AREAS,
        EAS,
        f"{EA},200102,2,7,,many",
        "42001011002,200101,1,,ก,1",
        "22001021003,200102,1,,ข,1",
    )

    assert faults == [
        (2, "expected_households", "many", "not_a_number"),
        (2, "name", "", "blank"),
        (2, "subdistrict_code", "200102", "contradicts"),
        (2, "subdistrict_code", "200102", "unknown_parent"),
        (2, "village", "7", "malformed_code"),
        (2, "zone", "2", "contradicts"),
        (3, "ea_code", "42001011002", "malformed_code"),
        (4, "subdistrict_code", "200102", "unknown_parent"),
    ]


def test_a_household_lies_in_the_province_of_its_area_and_where_its_coordinates_say(session, take):
    EnumerationAreaFactory(code=EA)

    take(ImportKind.HOUSEHOLDS, HOUSEHOLDS, HOUSEHOLD)

    household = session.get(Household, ("20", f"{EA}-0042"))
    assert household.position == Point(100.9847, 13.3611)
    assert household.house_code == "20010000011"


def test_a_file_with_a_byte_order_mark_reads_like_one_without(take):
    EnumerationAreaFactory(code=EA)
    content = "\ufeff" + "\r\n".join((HOUSEHOLDS, HOUSEHOLD, ""))

    taken = take(ImportKind.HOUSEHOLDS, HOUSEHOLDS, content=content.encode())

    assert taken.added == 1


def test_the_same_households_again_change_nothing(session, take):
    EnumerationAreaFactory(code=EA)
    take(ImportKind.HOUSEHOLDS, HOUSEHOLDS, HOUSEHOLD)

    again = take(ImportKind.HOUSEHOLDS, HOUSEHOLDS, HOUSEHOLD)

    assert (again.added, again.changed, again.unchanged) == (0, 0, 1)
    assert count(session, Household) == 1


def test_a_household_that_differs_from_the_list_is_refused_with_the_field_named(refused, take):
    EnumerationAreaFactory(code=EA)
    take(ImportKind.HOUSEHOLDS, HOUSEHOLDS, HOUSEHOLD)

    faults = refused(
        ImportKind.HOUSEHOLDS, HOUSEHOLDS, f"{EA}-0042,{EA},20010000011,2 ถนนใหม่,13.3,100.9,"
    )

    assert faults == [
        (2, "address", "2 ถนนใหม่", "differs"),
        (2, "position", "", "differs"),
        (2, "register_persons", "", "differs"),
    ]


def test_every_wrong_household_is_named_and_the_right_ones_wait_with_them(session, refused):
    EnumerationAreaFactory(code=EA)

    faults = refused(
        ImportKind.HOUSEHOLDS,
        HOUSEHOLDS,
        HOUSEHOLD,
        f"{EA}-9000,{EA},,1 ถนนสุขุมวิท,,,",
        f"{EA}-42,{EA},,1 ถนนสุขุมวิท,,,",
        f"{EA}-0001,22001011002,,1 ถนนสุขุมวิท,,,",
        f"{EA}-0002,{EA},2001000001,1 ถนนสุขุมวิท,51.5,-0.12,x",
        f"{EA}-0003,{EA},,,13.3,,",
        f"{EA}-0004,{EA},,1 ถนนสุขุมวิท",
        f"{EA}-0042,{EA},,3 ถนนสุขุมวิท,,,",
        f'{EA}-0005,{EA},,"กข"ค,,,',
        f"{EA}-0006,{EA},,ก\x00ข,,,",
        f"{EA}-0007,{EA},,1 ถนนสุขุมวิท,nan,1e2,",
    )

    assert faults == [
        (3, "household_id", f"{EA}-9000", "wrong_serial"),
        (4, "household_id", f"{EA}-42", "malformed_code"),
        (5, "ea_code", "22001011002", "unknown_area"),
        (5, "household_id", f"{EA}-0001", "contradicts"),
        (6, "house_code", "2001000001", "malformed_code"),
        (6, "latitude", "51.5", "outside_country"),
        (6, "longitude", "'-0.12", "outside_country"),
        (6, "register_persons", "x", "not_a_number"),
        (7, "address", "", "blank"),
        (7, "longitude", "", "half_a_position"),
        (8, "", "", "ragged"),
        (9, "household_id", f"{EA}-0042", "duplicate"),
        (10, "", "", "unreadable"),
        (11, "address", "ก\ufffdข", "control_character"),
        (12, "latitude", "nan", "outside_country"),
        (12, "longitude", "1e2", "outside_country"),
    ]
    assert count(session, Household) == 0
    assert count(session, Import) == 0


def test_a_line_that_is_not_utf_8_is_named_with_the_place_of_its_byte(refused, tmp_path):
    EnumerationAreaFactory(code=EA)
    thai = "1 ถนนสุขุมวิท".encode("cp874")
    content = f"{HOUSEHOLDS}\n{EA}-0001,{EA},,".encode() + thai + b",,,\n" + HOUSEHOLD.encode()

    faults = refused(ImportKind.HOUSEHOLDS, HOUSEHOLDS, content=content)

    report = (tmp_path / "households.faults.csv").read_text("utf-8-sig")
    assert faults == [(2, "address", "", "wrong_encoding")]
    assert f"at byte {content.index(thai) + 2} of the file" in report


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty_file"),
        (HOUSEHOLDS.encode(), "empty_file"),
        (HOUSEHOLDS.replace(",", ";").encode() + b"\na", "wrong_header"),
        (HOUSEHOLDS.encode("utf-16"), "wrong_encoding"),
        (HOUSEHOLD.encode(), "wrong_header"),
        (HOUSEHOLDS.encode() + b'\n"' + b"a,\n" * 100_000, "unreadable"),
        (b"x" * 3_000_000, "unreadable"),
    ],
)
def test_a_file_that_is_no_list_of_households_is_refused(refused, content, code):
    faults = refused(ImportKind.HOUSEHOLDS, HOUSEHOLDS, content=content)

    assert code in {fault[3] for fault in faults}


def test_the_screen_gets_the_first_thousand_faults_and_the_report_all_of_them(take, tmp_path):
    rows = [f"{EA}-0000,{EA},,x,,," for _ in range(FAULTS_SHOWN + 500)]

    with pytest.raises(ImportRefused) as refusal:
        take(ImportKind.HOUSEHOLDS, HOUSEHOLDS, *rows)

    report = (tmp_path / "households.faults.csv").read_text("utf-8-sig").splitlines()
    assert len(refusal.value.faults) == FAULTS_SHOWN
    assert len(report) == 1 + 2 * len(rows)


def test_a_registered_person_is_sealed_on_the_way_in(session, take):
    HouseholdFactory(ea_code=EA, house_code="20010000011")

    take(ImportKind.REGISTER, REGISTER, PERSON)

    person = session.scalars(select(RegisterPerson)).one()
    names = [
        unseal_text(sealed, column=f"frame_register_person.{item}", row=person.id)
        for item, sealed in (
            ("pid", person.pid_sealed),
            ("first_name", person.first_name_sealed),
            ("surname", person.surname_sealed),
        )
    ]
    assert names == ["1999900000013", "สมมติ", "ตัวอย่าง"]
    assert person.pid_hash == keyed_hash("pid", "1999900000013")
    assert person.province_code == "20"


def test_an_identity_number_written_in_thai_digits_is_the_same_number(session, take):
    HouseholdFactory(ea_code=EA, house_code="20010000011")

    take(ImportKind.REGISTER, REGISTER, PERSON.replace("1999900000013", "๑-๙๙๙๙-๐๐๐๐๐-๐๑-๓"))

    person = session.scalars(select(RegisterPerson)).one()
    assert person.pid_hash == keyed_hash("pid", "1999900000013")


def test_a_wrong_check_digit_is_a_warning_and_a_twelve_digit_number_an_error(take, refused):
    HouseholdFactory(ea_code=EA, house_code="20010000011")

    warned = take(ImportKind.REGISTER, REGISTER, PERSON.replace("000013", "000014"))
    faults = refused(ImportKind.REGISTER, REGISTER, PERSON.replace("1999900000013", "199990000001"))

    assert (warned.added, warned.warnings) == (1, 1)
    assert faults == [(2, "pid", "*-****-*****-**-*", "malformed_pid")]


def test_no_report_about_the_register_shows_a_name_or_an_identity_number(refused, tmp_path):
    HouseholdFactory(ea_code=EA, house_code="20010000011")
    shifted = "1999900000013,สมมติ,ตัวอย่าง,1999900000021,ก,สมศรี,สมชาย,13,ไทย"

    faults = refused(
        ImportKind.REGISTER,
        REGISTER,
        PERSON,
        PERSON,
        shifted,
        PERSON.replace("20010000011", "20010000022").replace("000013", "000021"),
    )

    report = (tmp_path / "register.faults.csv").read_text("utf-8-sig")
    assert (3, "pid", "1-9999-*****-**-3", "duplicate") in faults
    assert (5, "house_code", "20010000022", "unknown_house") in faults
    assert (4, "birth_month", "13", "unknown_code") in faults
    secrets = ("1999900000013", "1999900000021", "สมมติ", "ตัวอย่าง", "สมศรี", "สมชาย")
    assert not [secret for secret in secrets if secret in report]


def test_the_same_persons_again_change_nothing_and_other_names_are_refused(take, refused):
    HouseholdFactory(ea_code=EA, house_code="20010000011")
    RegisterPersonFactory()

    again = take(ImportKind.REGISTER, REGISTER, PERSON)
    faults = refused(
        ImportKind.REGISTER, REGISTER, PERSON.replace("ตัวอย่าง", "อื่น").replace("2520", "2521")
    )

    assert (again.added, again.unchanged) == (0, 1)
    assert faults == [
        (2, "birth_year_be", "2521", "differs"),
        (2, "surname", "***", "differs"),
    ]


def geojson(*features: tuple[object, object]) -> bytes:
    collection = [
        {"type": "Feature", "properties": {"ea_code": code}, "geometry": geometry}
        for code, geometry in features
    ]
    return json.dumps({"type": "FeatureCollection", "features": collection}).encode()


def test_an_outline_is_stored_as_a_multipolygon_and_may_be_drawn_again(session, take):
    EnumerationAreaFactory(code=EA)
    first, second = box(100, 13, 100.1, 13.1), box(100, 13, 100.2, 13.2)
    take(ImportKind.BOUNDARIES, "", content=geojson((EA, mapping(first))))

    redrawn = take(ImportKind.BOUNDARIES, "", content=geojson((EA, mapping(second))))
    again = take(ImportKind.BOUNDARIES, "", content=geojson((EA, mapping(second))))

    assert session.get(EnumerationArea, EA).boundary == MultiPolygon([second])
    assert (redrawn.added, redrawn.changed) == (0, 1)
    assert again.unchanged == 1


def test_wrong_outlines_are_named_by_the_number_of_their_feature(refused):
    EnumerationAreaFactory(code=EA)
    bow_tie = {
        "type": "Polygon",
        "coordinates": [[[100, 13], [101, 14], [101, 13], [100, 14], [100, 13]]],
    }

    faults = refused(
        ImportKind.BOUNDARIES,
        "",
        content=geojson(
            (EA, mapping(box(100, 13, 101, 14))),
            (EA, mapping(Point(100, 13))),
            ("22001011002", mapping(box(13, 100, 14, 101))),
            (None, bow_tie),
            (EA, {"type": "Polygon", "coordinates": "x"}),
        ),
    )

    assert [(line, column, code) for line, column, _, code in faults] == [
        (2, "ea_code", "duplicate"),
        (2, "geometry", "not_a_polygon"),
        (3, "ea_code", "unknown_area"),
        (3, "geometry", "outside_country"),
        (4, "ea_code", "blank"),
        (4, "geometry", "invalid_shape"),
        (5, "ea_code", "duplicate"),
        (5, "geometry", "not_a_polygon"),
    ]


@pytest.mark.parametrize(
    "content", [b"", b"[]", b"{", b'{"features": 3}', b"[" * 100_000, b"\xff{}"]
)
def test_what_is_not_geojson_is_refused(refused, content):
    faults = refused(ImportKind.BOUNDARIES, "", content=content)

    assert faults[0][3] in {"not_geojson", "wrong_encoding"}


def test_a_successful_import_is_remembered_with_its_digest(session, take):
    EnumerationAreaFactory(code=EA)

    take(ImportKind.HOUSEHOLDS, HOUSEHOLDS, HOUSEHOLD)
    react(session)

    kept = session.scalars(select(Import)).one()
    assert (kept.kind, kept.rows, kept.file_name) == (ImportKind.HOUSEHOLDS, 1, "households.csv")
    assert len(kept.sha256) == 32
