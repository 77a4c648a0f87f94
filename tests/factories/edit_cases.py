"""For every edit rule, one case in which it fires and one, as near as can be, in which it does not.

A case is what the rule looks at, and the context it is judged in: a whole response where the rule
looks at one record, otherwise the facts about a record, a person or an area among others.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from functools import partial
from typing import Any, NamedTuple

from census.collection.codelists import Disposition, Mode
from census.collection.edits import CATALOGUE, Context, judge
from census.collection.edits.areas import AreaFacts, ProvinceFacts
from census.collection.edits.elsewhere import PersonAmongOthers, RecordAmongOthers
from census.collection.instances.answers import HouseholdAnswers
from tests.factories.answers import (
    HEAD,
    NO_DIFFICULTY,
    SPOUSE,
    family,
    family_with,
    household,
    person,
)

CONTEXT = Context(
    province_code="20",
    mode=Mode.FACE_TO_FACE,
    field_period=(date(2020, 12, 1), date(2021, 3, 31)),
)
OTHER = frozenset({"22001011001-0002"})
PROVINCE = ProvinceFacts(
    mean_size=2.5, sd_of_mean_sizes=0.5, vacancy_share=0.1, one_person_90th_percentile=0.4
)

head, spouse, child = (partial(family_with, line) for line in (1, 2, 3))
area = partial(AreaFacts, province=PROVINCE)


class Case(NamedTuple):
    """What a rule looks at, and in which context."""

    subject: Any
    context: Context = CONTEXT

    def breaks(self, edit: str) -> bool:
        """Whether the rule fires."""
        if isinstance(self.subject, HouseholdAnswers):
            return edit in {finding.edit for finding in judge(self.subject, self.context)}
        return CATALOGUE[edit].test(self.subject, self.context)


def _other(**answers: Any) -> HouseholdAnswers:
    """The third member as somebody other than a child of the head, of whatever age."""
    return child(**{"p10": "1", "p05_month": "99", "p05_year": 9999} | answers)


def _mother_of(age: int) -> HouseholdAnswers:
    whole = _other(p10=None)
    mother = replace(whole.persons[0], p04="2", p05_month="99", p05_year=9999, p06=age)
    return replace(whole, persons=(mother, *whole.persons[1:]))


def _with_lines(*lines: int) -> HouseholdAnswers:
    persons = zip(family().persons, lines, strict=True)
    return family(persons=tuple(replace(each, p01=line) for each, line in persons))


def _heads(*relations: str) -> HouseholdAnswers:
    persons = tuple(person(n, **HEAD | {"p03": code}) for n, code in enumerate(relations, start=1))
    return family(persons=persons)


def _at(moment: str) -> datetime:
    return datetime.fromisoformat(moment)


_CANNOT = dict.fromkeys(list(NO_DIFFICULTY)[:4], "4")
_EMPTY = household(h01="1", h02="3")
_REPORTED = replace(CONTEXT, outcome=Disposition.COMPLETE_FACE_TO_FACE)
_SPOUSES = tuple(person(n, **answers) for n, answers in enumerate((HEAD, SPOUSE, SPOUSE), start=1))
_LISTED = replace(CONTEXT, building_kinds=frozenset({"house", "institution"}))
_UNLISTED = replace(CONTEXT, building_kinds=frozenset({"house"}))
_OLD = replace(CONTEXT, is_house_of_2010=True)
_INSTITUTION = family(h03="3")

PAIRS: dict[str, tuple[Case, Case]] = {
    "E-I01": (Case(family(), replace(CONTEXT, is_area_listed=False)), Case(family())),
    "E-I02": (Case(family(), replace(CONTEXT, is_area_assigned=False)), Case(family())),
    "E-I03": (Case(RecordAmongOthers(is_late=True)), Case(RecordAmongOthers())),
    "E-I04": (
        Case(family(house_reg_code="2001-00001-1")),
        Case(family(house_reg_code="2001-000001-1")),
    ),
    "E-I05": (
        Case(family(house_reg_code="21010000011")),
        Case(family(house_reg_code="20990000011")),
    ),
    "E-I06": (Case(RecordAmongOthers(1, OTHER)), Case(RecordAmongOthers(2, OTHER))),
    "E-I07": (
        Case(RecordAmongOthers(metres_outside_area=200.1)),
        Case(RecordAmongOthers(metres_outside_area=200.0)),
    ),
    "E-I08": (
        Case(family(started_at=_at("2020-11-30T23:59:00+07:00"))),
        Case(family(started_at=_at("2020-12-01T00:00:00+07:00"))),
    ),
    "E-I09": (
        Case(family(ended_at=_at("2020-12-05T10:00:00+07:00"))),
        Case(family(ended_at=_at("2020-12-05T10:00:01+07:00"))),
    ),
    "E-I10": (
        Case(family(ended_at=_at("2020-12-05T10:01:59+07:00"))),
        Case(family(ended_at=_at("2020-12-05T10:02:00+07:00"))),
    ),
    "E-H01": (Case(_EMPTY, _REPORTED), Case(family(), _REPORTED)),
    "E-H02": (Case(family(persons=())), Case(family(h02="2", persons=()))),
    "E-H03": (Case(family(h02="3")), Case(family(h02="2"))),
    "E-H04": (Case(family(h22=4)), Case(family(h22=3))),
    "E-H05": (Case(family(h23=2)), Case(family(h23=1))),
    "E-H06": (Case(family(h23=2, h24=1)), Case(family(h23=1, h24=2))),
    "E-H07": (Case(family(h22=21)), Case(family(h22=20))),
    "E-H08": (Case(family(h04=0)), Case(family(h04=1))),
    "E-H09": (Case(family(h08=1, h09=2)), Case(family(h08=2, h09=2))),
    "E-H10": (Case(family(h08=1, h22=7)), Case(family(h08=1, h22=6))),
    "E-H11": (Case(family(h01="4", h13="5")), Case(family(h01="1", h13="5"))),
    "E-H12": (Case(family(h13="5", h14="1")), Case(family(h13="5", h14=None))),
    "E-H13": (
        Case(family(h01="4", h06="1", h07="3")),
        Case(family(h01="4", h06="3", h07="3")),
    ),
    "E-H14": (Case(family(h16="4", h18="1")), Case(family(h16="4", h18="2", h19="1"))),
    "E-H15": (Case(family(h18="2", h19="0")), Case(family(h18="3", h19="0"))),
    "E-H16": (Case(family(h01="6", h22=11)), Case(family(h01="6", h22=10))),
    "E-H17": (Case(_INSTITUTION, _UNLISTED), Case(_INSTITUTION, _LISTED)),
    "E-H18": (Case(family(h13="5")), Case(family(h13="5", h14=None))),
    "E-H19": (Case(family(h05=None)), Case(family(h05="1"))),
    "E-H20": (Case(family(h01="77")), Case(family(h01="98", h07=None, h10=None))),
    "E-H21": (Case(family(h10="5"), _OLD), Case(family(h10="4"), _OLD)),
    "E-H22": (Case(family(h25=14)), Case(family(h25=13))),
    "E-P01": (Case(_heads("00", "00")), Case(_heads("00", "10"))),
    "E-P02": (Case(_with_lines(1, 3, 4)), Case(_with_lines(1, 2, 3))),
    "E-P03": (Case(family(persons=_SPOUSES)), Case(family())),
    "E-P04": (Case(spouse(p04="1")), Case(spouse(p04="2"))),
    "E-P05": (Case(spouse(p04=None)), Case(spouse(p04="2"))),
    "E-P06": (Case(spouse(p02_title="01")), Case(spouse(p02_title="03"))),
    "E-P07": (Case(child(p02_title="03")), Case(child(p02_title="05"))),
    "E-P08": (Case(head(p06=121)), Case(head(p06=120))),
    "E-P09": (Case(head(p06=100)), Case(head(p06=99))),
    "E-P10": (Case(head(p06=45)), Case(head(p06=44))),
    "E-P11": (
        Case(child(p05_month="01", p05_year=2564)),
        Case(child(p05_month="12", p05_year=2563)),
    ),
    "E-P12": (Case(head(p06=14)), Case(head(p06=15))),
    "E-P13": (Case(_other(p03="06", p06=54)), Case(_other(p03="06", p06=55))),
    "E-P14": (Case(_other(p03="02", p06=32)), Case(_other(p03="02", p06=31))),
    "E-P15": (Case(_mother_of(61)), Case(_mother_of(60))),
    "E-P16": (Case(_other(p03="05", p06=16)), Case(_other(p03="05", p06=15))),
    "E-P17": (Case(spouse(p06=74)), Case(spouse(p06=73))),
    "E-P18": (Case(child(p10="2")), Case(child(p10=None))),
    "E-P19": (Case(child(p06=16, p10="4")), Case(child(p06=17, p10="4"))),
    "E-P20": (Case(spouse(p10="1")), Case(spouse(p10="2"))),
    "E-P21": (Case(head(p10="4")), Case(head(p10="3"))),
    "E-P22": (Case(child(p03="03", p10="1")), Case(child(p03="03", p10="2"))),
    "E-P23": (Case(head(p07="3999900000011")), Case(head(p07="3999900000010"))),
    "E-P24": (Case(child(p07="3999900000010")), Case(child(p07="1999900000013"))),
    "E-P25": (Case(PersonAmongOthers(sharing_number=OTHER)), Case(PersonAmongOthers())),
    "E-P26": (Case(head(p07="6999900000019")), Case(head(p07="6999900000019", p08="104"))),
    "E-P27": (Case(child(p08="104")), Case(child(p08="764"))),
    "E-P28": (
        Case(head(p07="1999900000013")),
        Case(head(p07="1999900000013", p05_year=2527)),
    ),
    "E-P29": (
        Case(head(p11="3", p11_province="20")),
        Case(head(p11="3", p11_province="24")),
    ),
    "E-P30": (Case(head(p11="5")), Case(head(p11="5", p08="104"))),
    "E-P31": (Case(child(p13="1")), Case(child(p13=None))),
    "E-P32": (Case(child(p12="5", p06=9)), Case(child(p12="5", p06=10))),
    "E-P33": (Case(spouse(p12="0")), Case(spouse(p12="1"))),
    "E-P34": (Case(spouse(p13_province="20")), Case(spouse(p13_province="24"))),
    "E-P35": (Case(head(p15="09", p06=19)), Case(head(p15="09", p06=20))),
    "E-P36": (Case(child(p15="03", p06=4)), Case(child(p15="03", p06=5))),
    "E-P37": (Case(head(p15="01", p17="2")), Case(head(p15="01", p17="3"))),
    "E-P38": (Case(child(p15_studying="2")), Case(child(p15_studying="1"))),
    "E-P39": (Case(head(p17=None)), Case(head(p16="5", p17=None))),
    "E-P40": (Case(head(p19="4", p18="H")), Case(head(p19="4", p18="P"))),
    "E-P41": (Case(head(p17="6", p18="H")), Case(head(p17="6", p18="A"))),
    "E-P42": (Case(head(p17="0", p18="H")), Case(head(p17="0", p18="O"))),
    "E-P43": (Case(head(p06=80)), Case(head(p06=79))),
    "E-P44": (Case(head(**_CANNOT)), Case(head(**_CANNOT | {"p20_seeing": "3"}))),
    "E-P45": (Case(child(p06=4)), Case(child(p06=5))),
    "E-P46": (Case(PersonAmongOthers(sharing_name=OTHER)), Case(PersonAmongOthers())),
    "E-X01": (
        Case(area(is_closed=True, listed=3, responded=1, ineligible=1)),
        Case(area(is_closed=True, listed=3, responded=2, ineligible=1)),
    ),
    "E-X02": (
        Case(area(private_households=100, persons_in_private=401)),
        Case(area(private_households=100, persons_in_private=400)),
    ),
    "E-X03": (Case(area(final=100, vacant=31)), Case(area(final=100, vacant=30))),
    "E-X04": (
        Case(area(private_households=100, one_person_households=56)),
        Case(area(private_households=100, one_person_households=55)),
    ),
    "E-X05": (
        Case(area(aged_23_to_62=400, aged_on_fives=101)),
        Case(area(aged_23_to_62=400, aged_on_fives=100)),
    ),
    "E-X06": (Case(area(male=161, female=100)), Case(area(male=160, female=100))),
    "E-X07": (
        Case(area(registered=100, enumerated=151)),
        Case(area(registered=100, enumerated=150)),
    ),
    "E-X08": (
        Case(area(records=100, records_without_birth=30)),
        Case(area(records=100, records_without_birth=29)),
    ),
}
"""By rule: a case that breaks it, and one that does not."""
