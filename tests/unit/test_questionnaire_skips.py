"""The skips SK1 to SK15 of the household questionnaire, as a client works them out of the form.

The conditions of the form are evaluated as XForms says: what does not apply is blank to every other
condition, and what stands inside something that does not apply does not apply either.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import pytest
from lxml import etree

from census.collection.questionnaires.building import build_xform
from census.collection.questionnaires.sources import sources

FORM = ("household", "2564.1")
NS = {"h": "http://www.w3.org/1999/xhtml", "x": "http://www.w3.org/2002/xforms"}
ITEMS_OF_PRIVATE_HOUSEHOLDS = {
    *("h05", "h06", "h07", "h08", "h09", "h10", "h11", "h12", "h13", "h14", "h15", "h16", "h17"),
    *("h18", "h19", "h20_motorcycles", "h20_cars"),
}
DIFFICULTIES = {
    f"p20_{domain}"
    for domain in ("seeing", "hearing", "walking", "cognition", "self_care", "communication")
}
HOUSE = {"mode": "face_to_face", "h01": "1", "h02": "1", "h03": "1", "h13": "1", "h22": "1"}
ADULT = {"p04": "1", "p06": "40", "p08": "764", "p12": "2", "p13": "1", "p16": "1", "p17": "5"}


class Asked:
    """What a form asks of a household that gave these answers, and of its one person."""

    def __init__(self, form: etree._Element, house: Mapping[str, str], person: Mapping[str, str]):
        """Work the conditions out until nothing changes any more."""
        self.binds = {bind.get("nodeset"): bind for bind in form.iterfind(".//x:bind", NS)}
        (data,) = form.xpath("//x:instance/x:data", namespaces=NS)
        self.root = etree.fromstring(_without_namespaces(data))
        self._answer(self.root, house)
        self._answer(self.root.find("person"), person)
        self.skipped: set[str] = set()
        while (skipped := self._irrelevant()) != self.skipped:
            self.skipped = skipped
            for path in skipped:
                self._blank(path)

    def of_household(self) -> set[str]:
        """The items of the household that are asked."""
        return {path for path in self._paths() if "/" not in path}

    def of_person(self) -> set[str]:
        """The items of the person that are asked."""
        return {
            path.removeprefix("person/") for path in self._paths() if path.startswith("person/")
        }

    def is_required(self, path: str) -> bool:
        """Whether an answer must be given."""
        rule = self.binds[f"/data/{path}"].get("required")
        return rule is not None and bool(self._value(rule, path))

    def fires(self, edit: str) -> bool:
        """Whether a soft edit asks for a reason."""
        (row,) = [each for each in sources(*FORM).soft_edits if each["edit"] == edit]
        rule = re.sub(r"\$\{(\w+)\}", r"/data/\1", row["fires"])
        at = "person" if row["about"] == "person" else ""
        return bool(self._value(rule, at))

    def _paths(self) -> set[str]:
        found = {path.removeprefix("/data/") for path in self.binds if "meta" not in path}
        hidden = {path for path in found for gone in self.skipped if path.startswith(f"{gone}/")}
        return found - self.skipped - hidden

    def _irrelevant(self) -> set[str]:
        conditions = {
            path.removeprefix("/data/"): bind.get("relevant")
            for path, bind in self.binds.items()
            if bind.get("relevant") and "override" not in path
        }
        return {path for path, rule in conditions.items() if not self._value(rule, path)}

    def _value(self, rule: str, path: str) -> Any:
        node = self.root.find(path) if path else self.root
        return node.xpath(rule, extensions=FUNCTIONS)

    def _blank(self, path: str) -> None:
        for node in self.root.find(path).iter():
            node.text = None

    @staticmethod
    def _answer(parent: etree._Element, answers: Mapping[str, str]) -> None:
        for name, value in answers.items():
            parent.find(name).text = value


def _without_namespaces(data: etree._Element) -> bytes:
    return re.sub(rb' xmlns(:\w+)?="[^"]*"|\b(orx|jr):', b"", etree.tostring(data))


def _text(value: Any) -> str:
    if isinstance(value, list):
        return (value[0].text or "") if value else ""
    return str(value)


def _selected(_context: Any, codes: Any, code: Any) -> bool:
    return _text(code) in _text(codes).split()


def _nothing(_context: Any, _name: Any) -> list[Any]:
    """A list that did not come with the form."""
    return []


FUNCTIONS = {
    (None, "selected"): _selected,
    (None, "instance"): _nothing,
    (None, "regex"): lambda _context, text, pattern: bool(re.search(pattern, _text(text))),
}


@pytest.fixture(scope="module")
def form() -> etree._Element:
    return etree.fromstring(build_xform(*FORM))


@pytest.fixture
def asked(form):
    """What is asked of a household and its person who differ from the usual in these answers."""

    def work_out(**differing: str) -> Asked:
        person = {name: value for name, value in differing.items() if name.startswith("p")}
        house = {name: value for name, value in differing.items() if name not in person}
        return Asked(form, HOUSE | house, ADULT | person)

    return work_out


def test_the_usual_household_and_person_are_asked_everything_that_applies(asked):
    found = asked()

    assert found.of_household() >= ITEMS_OF_PRIVATE_HOUSEHOLDS
    assert found.of_person() >= {"p10", "p14", "p15", "p16", "p17", "p18", "p19"} | DIFFICULTIES


@pytest.mark.parametrize("h02", list("3456789"))
def test_sk1_where_nobody_lives_the_questionnaire_ends(asked, h02):
    found = asked(h02=h02)

    assert not found.of_person()
    assert not {name for name in found.of_household() if re.match(r"h(0[3-9]|1|2)", name)}
    assert found.of_household() >= {"evidence_photo", "evidence_statement"}


def test_sk2_of_an_absent_household_persons_are_listed_only_by_a_proxy(asked):
    assert not asked(h02="2", h22="0").of_person()
    assert "p04" in asked(h02="2", h22="2").of_person()


@pytest.mark.parametrize("h03", list("23"))
def test_sk3_a_collective_household_is_asked_nothing_of_its_housing(asked, h03):
    assert not asked(h03=h03).of_household() & ITEMS_OF_PRIVATE_HOUSEHOLDS


def test_sk4_a_household_without_a_toilet_is_not_asked_who_shares_it(asked):
    assert "h14" not in asked(h13="5").of_household()
    assert "h14" in asked(h13="4").of_household()


@pytest.mark.parametrize("h01", ["1", "2", "3", "4", "5", "6", "7", "8", "9", "98"])
def test_sk5_the_land_is_asked_of_houses_only(asked, h01):
    assert ("h07" in asked(h01=h01).of_household()) is (h01 in ["1", "2", "3", "7"])


AGES = [
    ("SK6", {"p10"}, 13),
    ("SK9", {"p15", "p15_studying"}, 3),
    ("SK10", {"p16", "p17", "p18", "p19"}, 15),
    ("SK12", DIFFICULTIES, 5),
]


@pytest.mark.parametrize(("skip", "items", "from_age"), AGES, ids=[skip for skip, *_ in AGES])
def test_items_are_asked_from_an_age_on(asked, skip, items, from_age):
    assert not asked(p06=str(from_age - 1)).of_person() & items
    assert asked(p06=str(from_age)).of_person() >= items
    assert asked(p06="999").of_person() >= items


@pytest.mark.parametrize("p12", list("0123456"))
def test_sk7_who_moved_long_ago_or_never_is_not_asked_where_from(asked, p12):
    is_asked = asked(p12=p12).of_person() >= {"p13", "p14"}

    assert is_asked is (p12 in "01234")


@pytest.mark.parametrize("p13", ["", "1", "2", "3", "9"])
def test_sk8_without_a_previous_residence_no_reason_is_asked(asked, p13):
    assert ("p14" in asked(p13=p13).of_person()) is (p13 in ("1", "2", "3"))


@pytest.mark.parametrize("p16", list("123456789"))
def test_sk11_occupation_is_asked_of_who_works(asked, p16):
    found = asked(p16=p16).of_person() & {"p17", "p18", "p19"}

    assert found == ({"p17", "p18", "p19"} if p16 in "12" else set())


def test_sk13_who_came_lately_is_asked_about_and_can_stay(asked):
    assert asked(p12="0").fires("E-P33")
    assert not asked(p12="1").fires("E-P33")
    assert "p04" in asked(p12="0").of_person()


def test_sk14_only_thais_must_say_why_they_have_no_number(asked):
    thai, foreigner = asked(p07=""), asked(p07="", p08="104")

    assert "p07_reason" in thai.of_person()
    assert thai.is_required("person/p07_reason")
    assert "p07_reason" in foreigner.of_person()
    assert not foreigner.is_required("person/p07_reason")
    assert "p07_reason" not in asked(p07="1999900000013").of_person()


def test_sk15_a_large_collective_household_may_give_a_short_roster(asked):
    short, ordinary = asked(h03="2", h22="51"), asked(h03="2", h22="50")

    for item in ("p02_first", "p03", "p05_year", "p09", "p10", "p15", "p16"):
        assert not short.is_required(f"person/{item}"), item
        assert ordinary.is_required(f"person/{item}"), item
    for item in ("p04", "p06", "p08"):
        assert short.is_required(f"person/{item}"), item


def test_a_household_may_leave_everything_but_itself_blank_when_it_fills_the_form(asked):
    found = asked(mode="internet")

    assert not found.is_required("h01")
    assert not found.is_required("person/p04")
    assert found.is_required("household_id")


def test_every_bind_names_a_node_and_every_text_is_in_both_languages(form):
    (data,) = form.xpath("//x:instance/x:data", namespaces=NS)
    root = etree.fromstring(_without_namespaces(data))
    said = [
        {text.get("id") for text in translation}
        for translation in form.iterfind(".//x:translation", NS)
    ]
    named = set(re.findall(r"jr:itext\('([^']+)'\)", etree.tostring(form, encoding="unicode")))

    for bind in form.iterfind(".//x:bind", NS):
        path = bind.get("nodeset").replace("orx:", "").removeprefix("/data/")
        assert root.find(path) is not None, path
    assert len(said) == 2
    assert named <= said[0]
    assert said[0] == said[1]


def test_what_the_form_takes_from_lists_it_says_it_needs(form):
    listed = {
        instance.get("id"): instance.get("src")
        for instance in form.iterfind(".//x:instance", NS)
        if instance.get("src")
    }
    used = set(re.findall(r"instance\('(households|register)'\)", etree.tostring(form).decode()))

    assert listed == {name: f"jr://file-csv/{name}.csv" for name in ("households", "register")}
    assert used == set(listed)


def test_a_form_that_was_sent_can_be_edited_and_keeps_a_log(form):
    (submission,) = form.xpath("//x:model/x:submission", namespaces=NS)

    assert dict(submission.attrib) == {"{http://www.opendatakit.org/xforms}client-editable": "true"}
    assert form.xpath("//*[local-name()='meta']/*[local-name()='audit']")
    (photo,) = form.xpath("//x:bind[@nodeset='/data/evidence_photo']", namespaces=NS)
    assert photo.get("{http://openrosa.org/xforms}max-pixels") == "1600"
