"""What an invented household answers, item by item; without a fault until one is put in."""

from __future__ import annotations

from random import Random

from census.demo.dwellings import Answers, dwelling_answers
from census.demo.enumeration_areas import Kind
from census.demo.households import SyntheticHousehold
from census.demo.persons import CHILD, GRANDCHILD, MALE, PARENT, Person

_OTHER_PROVINCES = ("30", "31", "32", "33", "34", "40", "41", "44", "45", "10", "47", "80")

_WORK = (
    ("8", "C", "6"),
    ("8", "C", "6"),
    ("7", "C", "6"),
    ("9", "C", "6"),
    ("5", "G", "6"),
    ("5", "G", "2"),
    ("5", "I", "2"),
    ("6", "A", "2"),
    ("9", "F", "6"),
    ("8", "H", "6"),
    ("4", "M", "6"),
    ("3", "C", "6"),
)
_WORK_OF_GRADUATES = (
    ("2", "P", "4"),
    ("2", "Q", "4"),
    ("4", "O", "4"),
    ("1", "G", "1"),
    ("2", "C", "6"),
)
_DIFFICULTIES = ("seeing", "hearing", "walking", "cognition", "self_care", "communication")
_GRADUATE = "09"


def household_answers(dice: Random, household: SyntheticHousehold, kind: Kind) -> Answers:
    """The items about the household; who lives there are those who are listed."""
    members = household.residents
    men = sum(person.sex == MALE for person in members)
    is_thai = members[0].is_thai
    return dwelling_answers(dice, kind, len(members), household.in_house) | {
        "h21": "1" if is_thai else "2",
        "h22": len(members),
        "h23": men,
        "h24": len(members) - men,
        "h25": len(household.absentees),
    }


def person_answers(dice: Random, line: int, person: Person) -> Answers:
    """The items about one member, as age and nationality lead through the questionnaire."""
    answers: Answers = {
        "p01": line,
        "p02_title": person.title,
        "p02_first": person.first_name,
        "p02_last": person.surname,
        "p03": person.relationship,
        "p04": person.sex,
        "p05_month": f"{person.birth_month:02d}",
        "p05_year": person.birth_year_be,
        "p06": person.age,
        "p08": person.nationality,
        "p09": dice.choices("123", (94, 5, 1))[0] if person.is_thai else "1",
    }
    answers |= _identity(dice, person) | _residence(dice, person)
    if person.age >= 13:
        answers["p10"] = _marital_status(dice, person)
    if person.age >= 3:
        answers |= _education(dice, person)
    if person.age >= 15:
        answers |= _work(dice, person, answers)
    if person.age >= 5:
        answers |= _functioning(dice, person)
    return answers


def _identity(dice: Random, person: Person) -> Answers:
    if not person.is_thai:
        return {"p07_reason": "4"}
    if dice.random() < 0.12:
        return {"p07_reason": dice.choices("23", (35, 65))[0]}
    return {"p07": person.identity_number}


def _residence(dice: Random, person: Person) -> Answers:
    """Where somebody is registered, how long they have lived here, and where they came from."""
    if not person.is_thai:
        return _came(dice, person, "3") | {"p11": "5", "p13_country": person.nationality}
    if person.is_registered_here:
        if person.age < 12 or (person.relationship == CHILD and dice.random() < 0.7):
            return {"p11": "1", "p12": "6"}
        return {"p11": "1", "p12": "5" if dice.random() < 0.6 else "6"}
    if dice.random() < 0.3:
        return _came(dice, person, "1") | {"p11": "2"}
    home = dice.choice(_OTHER_PROVINCES)
    return _came(dice, person, "2") | {"p11": "3", "p11_province": home, "p13_province": home}


def _came(dice: Random, person: Person, from_where: str) -> Answers:
    if person.age < 1:
        return {"p12": "1", "p13": from_where, "p14": "5"}
    longest = "1" if person.age < 2 else "2" if person.age < 5 else "4"
    duration = str(dice.randint(1, int(longest)))
    reason = dice.choices("1245", (62, 12, 12, 14))[0] if person.age >= 15 else "5"
    return {"p12": duration, "p13": from_where, "p14": reason}


def _marital_status(dice: Random, person: Person) -> str:
    if person.is_married:
        return "2"
    if person.relationship == PARENT:
        return "4"
    if person.age < 30 or person.relationship in (CHILD, GRANDCHILD):
        return "1"
    return dice.choices("13456", (45, 20, 15, 12, 8))[0]


def _education(dice: Random, person: Person) -> Answers:
    age = person.age
    if age < 6:
        return {"p15": "01" if age < 5 else "02", "p15_studying": "1" if age >= 4 else "2"}
    if age < 15:
        return {"p15": "02" if age < 12 else "03", "p15_studying": "1"}
    if age < 18:
        return {"p15": "04", "p15_studying": "1"}
    if age < 22:
        return {"p15": dice.choice(("05", "06")), "p15_studying": dice.choice("12")}
    attained = ("03", "04", "05", "06", "08", _GRADUATE, "10")
    weights = (30, 18, 14, 10, 9, 17, 2) if age < 50 else (70, 8, 7, 3, 3, 8, 1)
    return {"p15": dice.choices(attained, weights)[0], "p15_studying": "2"}


def _work(dice: Random, person: Person, answers: Answers) -> Answers:
    if person.age < 18 or (person.age < 22 and answers["p15_studying"] == "1"):
        return {"p16": "6"}
    if person.age >= 75:
        return {"p16": "7"}
    if dice.random() >= (0.82 if person.age < 60 else 0.42):
        return {"p16": dice.choice("358") if person.age < 60 else dice.choice("57")}
    is_graduate = answers["p15"] in (_GRADUATE, "10")
    occupation, industry, status = dice.choice(_WORK_OF_GRADUATES if is_graduate else _WORK)
    return {"p16": "1", "p17": occupation, "p18": industry, "p19": status}


def _functioning(dice: Random, person: Person) -> Answers:
    some = 0.02 if person.age < 50 else 0.15
    return {f"p20_{domain}": "2" if dice.random() < some else "1" for domain in _DIFFICULTIES}
