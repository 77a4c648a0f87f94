"""Areas, enumeration areas and households; what lies above them is made along with them."""

from __future__ import annotations

import factory

from census.core.db import new_id
from census.core.sealed import keyed_hash, seal
from census.frame.codelists import Level, Origin
from census.frame.models import Area, EnumerationArea, Household, RegisterPerson
from tests.factories.binding import CensusFactory, current_session

LEVEL_OF_LENGTH = {2: Level.PROVINCE, 4: Level.DISTRICT, 6: Level.SUBDISTRICT}


def area_above(code: str) -> str | None:
    """The parent of an area, made if it is not there."""
    if code == "TH":
        return None
    parent = code[:-2] if len(code) > 2 else "TH"
    if current_session().get(Area, parent) is None:
        AreaFactory(code=parent)
    return parent


def enumeration_area(code: str) -> EnumerationArea:
    """The enumeration area with this code, made if it is not there."""
    return current_session().get(EnumerationArea, code) or EnumerationAreaFactory(code=code)


def subdistrict_of(ea_code: str) -> str:
    """The subdistrict of an enumeration area, made if it is not there."""
    code = ea_code[1:7]
    if current_session().get(Area, code) is None:
        AreaFactory(code=code)
    return code


class AreaFactory(CensusFactory):
    """An area above the enumeration area, by default a subdistrict of Mueang Chon Buri."""

    class Meta:
        model = Area

    code = "200101"
    level = factory.LazyAttribute(
        lambda area: LEVEL_OF_LENGTH[len(area.code)] if area.code != "TH" else Level.COUNTRY
    )
    parent_code = factory.LazyAttribute(lambda area: area_above(area.code))
    province_code = factory.LazyAttribute(lambda area: None if area.code == "TH" else area.code[:2])
    district_code = factory.LazyAttribute(
        lambda area: area.code[:4] if len(area.code) >= 4 else None
    )
    name_th = factory.LazyAttribute(lambda area: f"พื้นที่ {area.code}")
    name_en = factory.LazyAttribute(lambda area: f"Area {area.code}")


class EnumerationAreaFactory(CensusFactory):
    """An enumeration area of Mueang Chon Buri, unless its code says another place."""

    class Meta:
        model = EnumerationArea

    code = factory.Sequence(lambda n: f"22001011{n % 999 + 1:03d}")
    subdistrict_code = factory.LazyAttribute(lambda area: subdistrict_of(area.code))
    district_code = factory.LazyAttribute(lambda area: area.code[1:5])
    province_code = factory.LazyAttribute(lambda area: area.code[1:3])
    zone = factory.LazyAttribute(lambda area: int(area.code[7]))
    village = None
    name = factory.LazyAttribute(lambda area: f"เขตแจงนับ {area.code}")
    expected_households = 200
    boundary = None
    is_practice = False


class HouseholdFactory(CensusFactory):
    """A household on the list, in an enumeration area of its own unless one is named."""

    class Meta:
        model = Household
        exclude = ("serial",)

    serial = factory.Sequence(lambda n: n % 8999 + 1)
    ea_code = factory.LazyFunction(lambda: EnumerationAreaFactory().code)
    province_code = factory.LazyAttribute(
        lambda household: enumeration_area(household.ea_code).province_code
    )
    id = factory.LazyAttribute(lambda household: f"{household.ea_code}-{household.serial:04d}")
    house_code = factory.Sequence(lambda n: f"2001{n % 1_000_000:06d}1")
    address = factory.LazyAttribute(lambda household: f"บ้านเลขที่ {household.serial}")
    position = None
    register_persons = 3
    origin = Origin.FRAME
    since_version = None


class RegisterPersonFactory(CensusFactory):
    """A registered person with an identity number of an office that does not exist."""

    class Meta:
        model = RegisterPerson
        exclude = ("pid", "first_name", "surname")

    pid = "1999900000013"
    first_name = "สมมติ"
    surname = "ตัวอย่าง"
    id = factory.LazyFunction(new_id)
    province_code = "20"
    house_code = "20010000011"
    pid_sealed = factory.LazyAttribute(lambda person: _sealed(person, "pid"))
    pid_hash = factory.LazyAttribute(lambda person: keyed_hash("pid", person.pid))
    title = "01"
    first_name_sealed = factory.LazyAttribute(lambda person: _sealed(person, "first_name"))
    surname_sealed = factory.LazyAttribute(lambda person: _sealed(person, "surname"))
    sex = "1"
    birth_year_be = 2520
    birth_month = 5
    nationality = "764"


def _sealed(person: factory.builder.Resolver, item: str) -> bytes:
    column = f"frame_register_person.{item}"
    return seal(getattr(person, item), column=column, row=person.id)
