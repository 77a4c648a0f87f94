"""The household questionnaire as a form: what is asked, in which words, and of whom."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from lxml import etree

from census.collection.questionnaires.building import (
    FormError,
    build_workbook,
    build_xform,
    published_versions,
    sources,
    workbook_from,
    xform_from_workbook,
)
from census.collection.questionnaires.description import described
from census.collection.questionnaires.nodes import nodes
from census.collection.questionnaires.pages import arrange_pages
from census.collection.questionnaires.sources import (
    Sources,
    UnknownQuestionnaireError,
    sample_instance,
)
from census.core.identity_numbers import is_valid_pid

FORM = ("household", "2564.1")
PAGE = Path(__file__).parents[2] / "docs" / "questionnaire.md"
NS = {
    "h": "http://www.w3.org/1999/xhtml",
    "x": "http://www.w3.org/2002/xforms",
    "orx": "http://openrosa.org/xforms",
}
JAVAROSA = "{http://openrosa.org/javarosa}"
LANGUAGES = {"ไทย (th)", "English (en)"}

A_PERSON = """
    p01 register_person p02_title p02_first p02_last p03 p04 p05_month p05_year p06 p07 p07_reason
    p08 p09 p10 p11 p11_province p12 p13 p13_province p13_country p14 p15 p15_studying p16 p17 p18
    p19 p20_seeing p20_hearing p20_walking p20_cognition p20_self_care p20_communication
"""
PERSON = A_PERSON.split()
EXPECTED = [
    *["start", "end", "deviceid", "household_id", "about_household", "correction"],
    *["mode", "location", "h01", "h02", "evidence_photo", "evidence_statement"],
    *[f"h{n:02d}" for n in range(3, 20)],
    *["h20_motorcycles", "h20_cars", "h21", "h21_language", "h22", "h23", "h24", "h25"],
    "person",
    *[f"person/{name}" for name in PERSON],
    *["override", "override/edit", "override/person", "override/reason"],
    "meta",
    "meta/audit",
    "meta/instanceID",
]

# The codes of the questionnaire of the three provinces' census, item by item.
CODES = {
    "mode": "face_to_face drop_off mail internet telephone",
    "h01": "1 2 3 4 5 6 7 8 9 98",
    "h02": "1 2 3 4 5 6 7 8 9",
    "h03": "1 2 3",
    "h05": "1 2 3 4 5 6",
    "h06": "1 2 3 4 5 6 7",
    "h07": "1 2 3 4 5",
    "h10": "1 2 3 4 5 9",
    "h11": "1 2 3 4 5 6 8",
    "h12": "1 2 3 4 5 6 8",
    "h13": "1 2 3 4 5",
    "h14": "1 2",
    "h15": "1 2 3 4 5 6",
    "h16": "1 2 3 4",
    "h17": "1 2 3 4",
    "h18": "1 2 3",
    "h19": "0 1 2 3 4",
    "h21": "1 2 3 9",
    "person/p02_title": "01 02 03 04 05 09",
    "person/p03": " ".join(f"{n:02d}" for n in range(17)),
    "person/p04": "1 2",
    "person/p05_month": " ".join([*(f"{n:02d}" for n in range(1, 13)), "99"]),
    "person/p07_reason": "1 2 3 4",
    "person/p09": "1 2 3 4 5 6 8 9",
    "person/p10": "1 2 3 4 5 6 7 9",
    "person/p11": "1 2 3 4 5 9",
    "person/p12": "0 1 2 3 4 5 6 9",
    "person/p13": "1 2 3 9",
    "person/p14": "1 2 3 4 5 6 7 8 9",
    "person/p15": "01 02 03 04 05 06 07 08 09 10 11 12 98 99",
    "person/p15_studying": "1 2",
    "person/p16": "1 2 3 4 5 6 7 8 9",
    "person/p17": "0 1 2 3 4 5 6 7 8 9 X",
    "person/p18": "A B C D E F G H I J K L M N O P Q R S T U X",
    "person/p19": "1 2 3 4 5 6 7 9",
    "person/p20_seeing": "1 2 3 4 9",
    "person/p20_communication": "1 2 3 4 9",
}
PROVINCES = [
    *(10, *range(11, 20), *range(20, 28), *range(30, 50), *range(50, 59), *range(60, 68)),
    *(*range(70, 78), *range(80, 87), *range(90, 97)),
]


@pytest.fixture(scope="module")
def xform() -> etree._Element:
    return etree.fromstring(build_xform(*FORM))


@pytest.fixture(scope="module")
def binds(xform) -> dict[str, etree._Element]:
    found = xform.iterfind(".//x:bind", NS)
    return {bind.get("nodeset").replace("orx:", ""): bind for bind in found}


def paths_below(element: etree._Element, prefix: str = "") -> list[str]:
    """The nodes of an instance by local name, a repeated one once, in order."""
    found: dict[str, None] = {}
    for child in element:
        path = prefix + etree.QName(child).localname
        found.update(dict.fromkeys([path, *paths_below(child, f"{path}/")]))
    return list(found)


def test_the_first_household_questionnaire_comes_with_the_system():
    assert FORM in published_versions()


@pytest.mark.parametrize("form", [("household", "1999.1"), ("household/..", "2564.1")])
def test_a_version_that_was_never_published_is_refused(form):
    with pytest.raises(UnknownQuestionnaireError):
        sources(*form)


def test_the_same_source_gives_the_same_bytes():
    assert build_workbook(*FORM) == build_workbook(*FORM)
    assert build_xform(*FORM) == build_xform(*FORM)


def test_a_form_the_converter_doubts_is_a_problem():
    half_translated = Sources(
        survey=[
            {
                "type": "text",
                "name": "h01",
                "label::ไทย (th)": "ข้อหนึ่ง",
                "hint::English (en)": "Item one",
            }
        ],
        choices=[{"list_name": "yes", "name": "1", "label::ไทย (th)": "ใช่"}],
        settings={"form_id": "household", "version": "1"},
        soft_edits=[],
    )

    with pytest.raises(FormError):
        xform_from_workbook(workbook_from(half_translated))


def test_the_instance_is_flat_and_has_the_published_nodes_in_order(xform):
    instance = xform.find(".//x:model/x:instance[1]/x:data", NS)

    assert dict(instance.attrib) == {"id": "household", "version": "2564.1"}
    assert paths_below(instance) == EXPECTED


def test_the_identity_of_the_form_stands_in_the_namespace_of_openrosa(xform, binds):
    assert xform.find(".//x:data/orx:meta/orx:instanceID", NS) is not None
    assert binds["/data/meta/instanceID"].get(f"{JAVAROSA}preload") == "uid"


def test_persons_are_added_without_a_count_and_numbered_by_the_form(xform, binds):
    repeat = xform.find(".//x:repeat[@nodeset='/data/person']", NS)

    assert repeat.get(f"{JAVAROSA}count") is None
    assert binds["/data/person/p01"].get("calculate") == "position(..)"


def test_every_item_is_asked_on_a_page_that_adds_no_node(xform):
    pages = xform.findall(".//x:group[@appearance='field-list']", NS)
    controls = xform.xpath(
        "//h:body//*[self::x:input or self::x:select or self::x:select1 or self::x:upload]/@ref",
        namespaces=NS,
    )
    on_pages = [control.get("ref") for page in pages for control in page]

    assert not [page for page in pages if page.get("ref")]
    assert on_pages == controls
    assert not xform.xpath("//h:body//@page", namespaces=NS)


def test_neighbours_of_one_page_are_grouped_and_others_left_alone():
    form = etree.fromstring(
        '<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml">'
        '<h:body><input ref="a" page="1"/><input ref="b" page="1"/><input ref="c"/>'
        '<group><repeat><input ref="d" page="1"/></repeat></group></h:body></h:html>'
    )

    arrange_pages(form)

    body = form.find("h:body", NS)
    assert [etree.QName(child).localname for child in body] == ["group", "input", "group"]
    assert [control.get("ref") for control in body[0]] == ["a", "b"]
    assert body.find("x:group/x:repeat/x:group/x:input", NS).get("ref") == "d"


def test_every_item_asks_hints_and_complains_in_both_languages(xform, binds):
    asked = xform.xpath(
        "//h:body//*[self::x:input or self::x:select or self::x:select1 or self::x:upload]",
        namespaces=NS,
    )
    wanted = {f"{control.get('ref')}:{kind}" for control in asked for kind in ("label", "hint")}
    for path, bind in binds.items():
        for rule, message in (("required", "requiredMsg"), ("constraint", "constraintMsg")):
            if bind.get(rule):
                wanted.add(f"{path}:jr:{message}")

    for translation in xform.iterfind(".//x:translation", NS):
        said = {text.get("id"): "".join(text.itertext()) for text in translation}
        assert not {key for key in wanted if not said.get(key, "").strip(" -")}
    assert {t.get("lang") for t in xform.iterfind(".//x:translation", NS)} == LANGUAGES


def test_every_coded_answer_has_words_in_both_languages(xform):
    coded = xform.xpath("//x:instance[@id]/x:root/x:item/x:itextId/text()", namespaces=NS)

    for translation in xform.iterfind(".//x:translation", NS):
        said = {text.get("id"): "".join(text.itertext()) for text in translation}
        assert not [key for key in coded if not said.get(key, "").strip(" -")]
    assert len(coded) > 300


@pytest.mark.parametrize("path", CODES)
def test_an_item_offers_exactly_its_codes(path):
    node = {node.path: node for node in nodes(*FORM)}[path]

    assert {code.value for code in node.codes} == set(CODES[path].split())


def test_provinces_are_the_77_and_countries_include_the_neighbours_and_the_sentinels():
    found = {node.path: [code.value for code in node.codes] for node in nodes(*FORM)}

    assert found["person/p11_province"] == [str(code) for code in PROVINCES]
    assert found["person/p13_province"] == found["person/p11_province"]
    assert len(PROVINCES) == 77
    assert {"764", "104", "116", "418", "997", "998", "999"} <= set(found["person/p08"])
    assert all(re.fullmatch(r"[0-9]{3}", code) for code in found["person/p08"])


def test_no_code_list_gives_a_code_twice():
    for node in nodes(*FORM):
        values = [code.value for code in node.codes]
        assert len(values) == len(set(values)), node.path


def test_every_condition_refers_to_nodes_that_exist(xform, binds):
    rules = [value for bind in binds.values() for value in bind.attrib.values()]
    filters = [itemset.get("nodeset") for itemset in xform.iterfind(".//x:itemset", NS)]
    text = " ".join([*rules, *filters]).replace("orx:", "")

    absolute = set(re.findall(r"/data/([A-Za-z0-9_/]*[A-Za-z0-9_])", text))
    relative = set(re.findall(r"\.\./([a-z][a-z0-9_]*)", text))
    items = set(re.findall(r"\b([hp][0-9]{2}(?:_[a-z_]+)?)\b", text))

    names = {path.rpartition("/")[2] for path in EXPECTED}
    assert not absolute - set(EXPECTED)
    assert not (relative | items) - names


@pytest.mark.parametrize(
    ("path", "relevant"),
    [
        ("h03", "selected('1 2', /data/h02 )"),
        ("h05", "/data/h03 = '1'"),
        ("h07", "/data/h03 = '1' and selected('1 2 3 7', /data/h01 )"),
        ("h14", "selected('1 2 3 4', /data/h13 )"),
        ("person", "/data/h02 = '1' or ( /data/h02 = '2' and /data/h22 > 0)"),
        ("person/p10", "../p06 >= 13"),
        ("person/p13", "selected('0 1 2 3 4', ../p12 )"),
        ("person/p14", "selected('1 2 3', ../p13 )"),
        ("person/p15", "../p06 >= 3"),
        ("person/p16", "../p06 >= 15"),
        ("person/p18", "selected('1 2', ../p16 )"),
        ("person/p20_walking", "../p06 >= 5"),
    ],
)
def test_an_item_is_asked_of_its_universe_and_nobody_else(binds, path, relevant):
    assert " ".join(binds[f"/data/{path}"].get("relevant").split()) == relevant


def test_forms_that_households_fill_may_leave_items_blank(binds):
    always_needed = {"/data/household_id", "/data/mode"}
    required = {path: bind.get("required") for path, bind in binds.items() if bind.get("required")}

    assert {path for path, rule in required.items() if rule == "true()"} == always_needed
    for path in required.keys() - always_needed:
        assert "selected('face_to_face telephone'," in required[path], path


def test_a_soft_edit_asks_for_a_reason_and_blocks_nothing(xform, binds):
    form = sources(*FORM)
    soft = {edit["edit"] for edit in form.soft_edits}
    edit = xform.find(".//x:select1[@ref='/data/override/edit']", NS)
    offered = re.findall(
        r"\(name = '(E-[HP][0-9]{2})' and", edit.find("x:itemset", NS).get("nodeset")
    )

    assert set(offered) == soft
    assert {code.value for code in nodes_by_path()["override/edit"].codes} == soft
    assert binds["/data/override"].get("relevant").count(" or (") >= len(soft) - 1
    assert not binds["/data/h09"].get("constraint").count("h08")


def test_the_check_digit_is_a_soft_edit_and_the_number_of_digits_is_not(binds):
    constraint = binds["/data/person/p07"].get("constraint")

    assert "{13}" in constraint
    assert " mod " not in constraint
    assert "E-P23" in {edit["edit"] for edit in sources(*FORM).soft_edits}


def test_the_sample_has_every_node_and_no_other(xform):
    sample = etree.fromstring(sample_instance(*FORM))
    each_person = [paths_below(person) for person in sample.iterfind("person")]

    assert paths_below(sample) == [*EXPECTED, "meta/deprecatedID"]
    assert each_person == [PERSON] * 3
    assert dict(sample.attrib) == {"id": "household", "version": "2564.1"}


def test_the_sample_answers_with_codes_of_the_questionnaire():
    sample = etree.fromstring(sample_instance(*FORM))

    for node in nodes(*FORM):
        known = {code.value for code in node.codes}
        answers = [e.text for e in sample.iterfind(node.path) if known and e.text]
        assert {value for answer in answers for value in answer.split()} <= known, node.path


def test_the_sample_answers_who_is_asked_and_skips_the_others():
    sample = etree.fromstring(sample_instance(*FORM))

    answered = [
        {name: bool(person.findtext(name)) for name in PERSON} for person in sample.iter("person")
    ][:3]

    assert [person["p10"] for person in answered] == [True, True, False]
    assert [person["p16"] for person in answered] == [True, True, False]
    assert [person["p17"] for person in answered] == [True, False, False]
    assert [person["p13_province"] for person in answered] == [True, False, False]
    assert [person["p13_country"] for person in answered] == [False, True, False]
    assert [person["p07_reason"] for person in answered] == [False, True, False]
    assert [person["p20_seeing"] for person in answered] == [True, True, False]


def test_the_identity_numbers_of_the_sample_are_right_and_belong_to_nobody():
    sample = etree.fromstring(sample_instance(*FORM))

    numbers = [e.text for e in sample.iterfind("person/p07") if e.text]

    assert len(numbers) == 2
    assert all(is_valid_pid(number) and number[1:5] == "9999" for number in numbers)


def test_every_node_says_in_both_languages_who_is_asked():
    for node in nodes(*FORM):
        assert node.universe["th"], node.path
        assert node.universe["en"], node.path


def test_the_page_in_the_documentation_is_the_one_the_source_gives():
    written = PAGE.read_text(encoding="utf-8")

    assert written == described(*FORM)


def test_the_page_has_a_line_for_every_node():
    page = described(*FORM)

    assert [path for path in EXPECTED if path != "meta" and f"| `{path}` |" not in page] == []


def nodes_by_path():
    return {node.path: node for node in nodes(*FORM)}
