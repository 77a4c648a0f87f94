"""A household's answers with the words of the questionnaire it filled in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from census.collection.models import Submission
from census.collection.questionnaires.nodes import Node, nodes
from census.collection.questionnaires.sources import UnknownQuestionnaireError
from census.collection.reading_answers import Answer, OpenedPerson

AGE_NOT_KNOWN = 999
SHOWN_IN_TABLE = ("p01", "p03", "p04", "p06")
"""Items of a person that stand in the table already."""

Words = dict[str, str]
Items = Mapping[str, Answer]


def nodes_of(submission: Submission) -> Mapping[str, Node]:
    """The nodes of the version that was filled in; none where it did not come with the system."""
    return _nodes(submission.questionnaire, submission.version)


def answer_list(items: Items, known: Mapping[str, Node]) -> list[Words]:
    """What was answered, item by item, in the order of the questionnaire; blanks are left out."""
    return [
        {
            "item": item,
            "label_th": label_of(known, item, "th"),
            "label_en": label_of(known, item, "en"),
            "value_th": in_words(known, item, value, "th"),
            "value_en": in_words(known, item, value, "en"),
        }
        for item, value in items.items()
        if value is not None
    ]


def person_context(person: OpenedPerson, known: Mapping[str, Node]) -> dict[str, Any]:
    """One person as the page shows them."""
    items = person.items
    rest = {item: value for item, value in items.items() if item not in SHOWN_IN_TABLE}
    return {
        "number": person.position,
        "name": _joined((person.first_name, person.last_name)) or "–",
        "relationship_th": in_words(known, "p03", items["p03"], "th"),
        "relationship_en": in_words(known, "p03", items["p03"], "en"),
        "sex_th": in_words(known, "p04", items["p04"], "th"),
        "sex_en": in_words(known, "p04", items["p04"], "en"),
        "age": None if items["p06"] == AGE_NOT_KNOWN else items["p06"],
        "identity": person.masked_identity_number,
        "answers": answer_list(rest, known),
    }


def in_words(known: Mapping[str, Node], item: str, value: Answer, language: str) -> str:
    """What a code stands for; the code itself where the questionnaire has no word for it."""
    if value is None:
        return ""
    node = known.get(item)
    if node is None or not node.codes:
        return str(value)
    labels = {code.value: code.label[language] for code in node.codes}
    return ", ".join(labels.get(code, code) for code in str(value).split())


@lru_cache(maxsize=16)
def _nodes(form_id: str, version: str) -> Mapping[str, Node]:
    try:
        return {node.name: node for node in nodes(form_id, version)}
    except UnknownQuestionnaireError:
        return {}


def label_of(known: Mapping[str, Node], item: str, language: str) -> str:
    """What a question is called; its name where the questionnaire does not have it."""
    return known[item].label[language] if item in known else item


def _joined(parts: Iterable[str | None]) -> str:
    return " ".join(part for part in parts if part)
