"""The public description of the edit rules: a page with every rule, its words and its condition."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from census.collection.codelists import Mode, Severity
from census.collection.edits import areas, elsewhere
from census.collection.edits.catalogue import CATALOGUE
from census.collection.edits.edit import Edit
from census.collection.ground import FEWEST_POSITIONS
from census.frame.codelists import BuildingKind

CONDITIONS: Mapping[str, str] = {
    "E-I01": "the household named lies in no enumeration area of the list",
    "E-I02": "the enumeration area is not the sender's, now or on the day of the interview",
    "E-I03": "another response came after the household was approved",
    "E-I04": "house code not of 11 digits",
    "E-I05": "house code does not begin with the province",
    "E-I06": "H04 = 1, and another accepted record of the area has the same house code",
    "E-I07": "GPS > 200 m outside the outline, or outside the circle around the dwellings",
    "E-I08": "interview on no day of the field period in force",
    "E-I09": "start ≥ end",
    "E-I10": "face to face, and shorter than 60 s + 20 s per person",
    "E-H01": "reported complete and H02 ∉ {1,2}",
    "E-H02": "H02=1 and no persons listed",
    "E-H03": "H02 ∈ {3..9} and persons listed",
    "E-H04": "H22 ≠ persons listed",
    "E-H05": "H23+H24 ≠ H22",
    "E-H06": "H23 ≠ count(P04=1) or H24 ≠ count(P04=2)",
    "E-H07": "private and H22 > 20",
    "E-H08": "H03=1 and H04 < 1",
    "E-H09": "H09 > H08",
    "E-H10": "H22/H08 > 6",
    "E-H11": "H13=5 and H01=4",
    "E-H12": "H14 answered and H13=5",
    "E-H13": "H06=1 and H07=3 and H01=4",
    "E-H14": "H16=4 and (H18=1 or H19 has TV)",
    "E-H15": "H18 ∈ {1,2} and H19=0",
    "E-H16": "H01=6 and H03=1 and H22>10",
    "E-H17": "H03=3, and the area's list of buildings has no institution",
    "E-H18": "item that is skipped has an answer",
    "E-H19": "item that must be asked is blank",
    "E-H20": "answer not in the list of codes",
    "E-H21": "H10=5, and the house is on the list of 2010",
    "E-H22": "H25 > H22+10",
    "E-P01": "number of P03=00 ≠ 1 (private)",
    "E-P02": "line numbers not 1..n without gaps",
    "E-P03": "more than one P03=01",
    "E-P04": "head's spouse has same sex as head",
    "E-P05": "P04 ∉ {1,2}",
    "E-P06": "title 02/03/05 with sex 1, or 01/04 with sex 2",
    "E-P07": "title 04/05 and age ≥15, or 01/02/03 and age <15",
    "E-P08": "P06>120 and ≠999",
    "E-P09": "P06 ≥100",
    "E-P10": "|age from P05 − P06| > 1",
    "E-P11": "birth after reference date",
    "E-P12": "head age <15",
    "E-P13": "P03=06 (parent) and age < head+12",
    "E-P14": "P03 ∈ {02,03} and age > head−12",
    "E-P15": "P03 ∈ {02,03}, head female, gap >50",
    "E-P16": "P03=05 and age > head−28",
    "E-P17": "|head age − spouse age| >30",
    "E-P18": "P10 ∈ {2..7} and age <13",
    "E-P19": "P10 ∈ {2..7} and age <17",
    "E-P20": "P03=01 and P10=1",
    "E-P21": "P03=01 and head P10 ∉ {2,3}",
    "E-P22": "P03=03 and P10=1",
    "E-P23": "PID check digit wrong",
    "E-P24": "PID duplicated in household",
    "E-P25": "same number in another accepted household, anywhere",
    "E-P26": "P08=764 and PID first digit ∈ {0,6,7}",
    "E-P27": "P08≠764 and PID first digit ∈ {1,2}",
    "E-P28": "PID category 1/2 and birth before 1 Jan 1984",
    "E-P29": "P11=3 and province missing or = own province",
    "E-P30": "P11=5 and P08=764",
    "E-P31": "P12=6 (since birth) and P13 answered",
    "E-P32": "duration longer than age",
    "E-P33": "P12=0",
    "E-P34": "P13=2 and province = own",
    "E-P35": "P15 ≥09 and age <20",
    "E-P36": "P15 ≥03 and age <5",
    "E-P37": "P15=01 and P17 ∈ {1,2}",
    "E-P38": "age 6–14 and studying = no",
    "E-P39": "P16 ∈ {1,2} and any of P17–P19 blank",
    "E-P40": "P19=4 and P18≠O,P,Q",
    "E-P41": "P17=6 and P18≠A",
    "E-P42": "P17=0 and P18≠O",
    "E-P43": "P16=1 and age ≥80",
    "E-P44": 'P20 = "cannot" in ≥4 domains and P16=1',
    "E-P45": "P20 answered and age <5",
    "E-P46": "same full name and birth year twice in the area",
    "E-X01": "closed, and responded + not eligible ≠ listed",
    "E-X02": "mean size outside the province's mean ± 3 SD of area means",
    "E-X03": "vacant ÷ final > 3 × that of the province",
    "E-X04": "one-person share > 90th percentile of the province's areas + 15 points",
    "E-X05": "Whipple's index of the subdistrict's areas > 125",
    "E-X06": "100·M ÷ F outside 60–160, from 50 persons on",
    "E-X07": "|enumerated − registered| ÷ registered > 50 %, over the same households",
    "E-X08": "≥ 30 % of an enumerator's persons lack the year of birth",
}
"""When a rule fires, in the notation of the questionnaire."""

_GROUPS = (
    ("I", "การระบุและการสัมภาษณ์", "Identification and interview"),
    ("H", "ครัวเรือนและที่อยู่อาศัย", "Household and dwelling"),
    ("P", "บุคคล", "Persons"),
    ("X", "เขตแจงนับทั้งเขต", "Enumeration areas as a whole"),
)

_SEVERITIES = {
    Severity.HARD: "H · บังคับ / hard",
    Severity.SOFT: "S · เตือน / soft",
    Severity.QUERY: "Q · สอบถาม / query",
}

_INTRODUCTION = """\
# กฎการบรรณาธิกร / Edit rules

The {total} rules by which a response is judged when it arrives, and records and areas afterwards.
This page is written from the catalogue in `census/collection/edits/` by `census edits describe`.

กฎทั้งหมด {total} ข้อที่ใช้ตรวจคำตอบเมื่อได้รับ และตรวจระหว่างระเบียนกับทั้งเขตในภายหลัง
หน้านี้สร้างจากบัญชีกฎในระบบ

- A **hard** (H, บังคับ) finding blocks the approval until it is corrected, or until a supervisor
  accepts it with a reason. No rule refuses a record: what a household said is always kept.
- A **soft** (S, เตือน) finding is accepted with a reason, which the form asks for (`override`).
- A **query** (Q, สอบถาม) is a question for the supervisor. It blocks nothing.
- On paper (drop-off, mail) a form cannot be sent back by a rule, so hard rules are soft there.
- Every failure is told at once: structure first, then ranges, skips, consistency, other records.
- A blank or a don't-know code is no error unless the rule names it.

| raised | เมื่อใด | when |
|---|---|---|
| arrival | เมื่อได้รับคำตอบ | when a response is received, and again when an officer takes it up |
| approval | เมื่อมีคำตอบหลังอนุมัติ | when a response comes for a household that is approved |
| area | หลังได้รับคำตอบของเขต | by a job for the area, after each change; findings also disappear |
| daily | วันละครั้ง และเมื่อปิดเขต | by a job for each province once a day, and when an area is closed |

`census edits run [--area CODE]` judges at once what the jobs judge. No form can ask for a reason on
what a job finds; such findings never block.

## Lists that answers are compared with / บัญชีที่ใช้เทียบ

`census import buildings FILE` takes `ea_code,building_no,kind,name,households`: the buildings of
the enumeration areas (E-H17). Kinds: {kinds}.

`census import houses-2010 FILE` takes `house_code`: the houses listed in 2010 (E-H21). The house
code read in the field counts, else the one of the frame.

Where no such list was imported, or it has no building in an area, there is nothing to compare with
and the rule is silent.

ถ้ายังไม่ได้นำเข้าบัญชีอาคารหรือบัญชีบ้านปี 2553 กฎ E-H17 และ E-H21 จะไม่แจ้งสิ่งใด

## Distances / ระยะทาง

Metres in the plane that touches the ellipsoid of WGS 84, worked out alike on both engines: less
than 0.001 % from the geodesic between points and 0.2 % to an outline, up to 100 km. An area without
an outline lies within the circle around the centre of its listed dwellings (from {positions} on)
that reaches the farthest of them; with fewer, nothing is outside.

## Areas as a whole / ทั้งเขต

Few say nothing: means and shares are compared from {households} households on (E-X02 and E-X04:
private ones that answered; E-X03: with a final disposition), Whipple's index from {aged} persons
aged 23–62 (E-X05), and an enumerator's records from {records} persons on (E-X08). The 90th
percentile lies between two areas in proportion; the standard deviation is that of a sample. Vacant
is 40 or 49. E-X07 compares the households whose residents are known: those that answered, and
dwellings not eligible, which have none. E-X05 is told of each area of the subdistrict. The practice
area is not judged.

`Whipple = 100 · 5 · Σ P(25, 30, …, 60) ÷ Σ P(23 … 62)`, by stated age.
"""

_HEADER = (
    "| id | version | severity | paper / กระดาษ | raised | condition (true = error) "
    "| ข้อความ | message |"
)


def described() -> str:
    """The page as Markdown."""
    lines = [
        _INTRODUCTION.format(
            total=len(CATALOGUE),
            kinds=", ".join(f"`{kind.value}`" for kind in BuildingKind),
            positions=FEWEST_POSITIONS,
            households=areas.FEWEST_HOUSEHOLDS,
            aged=areas.FEWEST_AGED_23_TO_62,
            records=areas.FEWEST_RECORDS_OF_AN_ENUMERATOR,
        )
    ]
    for letter, th, en in _GROUPS:
        rules = [edit for edit in CATALOGUE.values() if edit.id[2] == letter]
        lines += [f"## {th} / {en} ({len(rules)})", "", _HEADER, "|---" * 8 + "|"]
        lines += [*map(_line, rules), ""]
    return "\n".join(lines)


def write_description(path: Path) -> None:
    """Write the page into a file."""
    path.write_text(described(), encoding="utf-8")


def _line(edit: Edit[Any]) -> str:
    return (
        f"| `{edit.id}` | {edit.version} | {_SEVERITIES[edit.severity]} "
        f"| {_SEVERITIES[edit.severity_in(Mode.MAIL)][0]} | {_raised(edit.id)} "
        f"| {CONDITIONS[edit.id].replace('|', chr(92) + '|')} | {edit.th} | {edit.en} |"
    )


def _raised(edit_id: str) -> str:
    if edit_id == elsewhere.LATE_RESPONSE.id:
        return "approval"
    if edit_id in elsewhere.RAISED_BY_JOBS:
        return "area"
    return "daily" if edit_id in areas.MEASURES else "arrival"
