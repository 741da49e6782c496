"""What a version changes against the one before, for whoever publishes it."""

from copy import deepcopy
from typing import Any

from tests.unit.questionnaires.documents import FORMS, document
from zetwpo.questionnaires import rules
from zetwpo.questionnaires.differences import Change, Differences, Kind, differences
from zetwpo.questionnaires.rules import UP, Document, Words

BEFORE = document()


def against(after: Document) -> Differences:
    return differences(BEFORE, after)


def kinds(found: Differences, form: str) -> list[tuple[str, str]]:
    return [(each.kind.value, each.key) for each in found.statements[form]]


def test_nothing_is_different_from_itself() -> None:
    assert against(deepcopy(BEFORE)).is_empty
    renumbered = deepcopy(BEFORE)
    renumbered["axes"] |= {"questionnaire": "ours", "version": 12}
    assert against(renumbered).is_empty


def test_each_form_says_what_became_of_its_statements() -> None:
    after = rules.reword_statement(BEFORE, "self", "heart_one", Words("Anders", "Other"))
    after = rules.add_behaviour(after, "new", "head", Words("Nieuw"), Words("Wat?"))
    after = rules.add_statement(after, "student", "new", "new", Words("Nieuw hier"))
    after = rules.drop_statement(after, "trainer", "head_two")
    found = against(after)
    assert kinds(found, "self") == [("reworded", "heart_one")]
    assert found.statements["self"][0].after == Words("Anders", "Other")
    assert found.statements["student"] == [
        Change(Kind.ADDED, "new", "head", after=Words("Nieuw hier"))
    ]
    assert kinds(found, "trainer") == [("dropped", "head_two")]
    assert [(each.kind, each.key) for each in found.behaviours] == [(Kind.ADDED, "new")]
    assert not found.reordered
    assert not found.is_empty


def test_examples_parts_and_behaviours() -> None:
    after = rules.illustrate(BEFORE, "student", "heart_one", [Words("Zo")])
    after = rules.set_behaviours(after, "self", "heart_one", ["heart_two"])
    after = rules.set_behaviours(after, "trainer", "heart_one", ["head_one"])
    after = rules.reword_behaviour(after, "head_two", Words("Naam"), Words("Hoe?"))
    after = rules.move_behaviour_to(after, "head_one", "heart")
    found = against(after)
    assert kinds(found, "student") == [("illustrated", "heart_one"), ("moved", "head_one")]
    assert ("remapped", "heart_one") in kinds(found, "self")
    assert {("reworded", "head_two"), ("moved", "head_one")} == {
        (each.kind.value, each.key) for each in found.behaviours
    }


def test_axes_open_questions_and_order() -> None:
    title = {"title": Words("Hart")}
    assert against(rules.reword_axis(BEFORE, "heart", title, {})).axes == ["heart"]
    label = {"label_short": Words("Hart")}
    assert against(rules.reword_axis(BEFORE, "heart", {}, label)).axes == ["heart"]
    assert against(rules.ask_openly(BEFORE, "student", "head", Words("Tip?"))).axes == ["head"]
    moved = against(rules.move_statement(BEFORE, "self", "head_two", UP))
    assert moved.reordered == ["self"]
    assert not moved.is_empty


def test_the_order_of_behaviours_alone() -> None:
    without = BEFORE
    for form in FORMS:
        without = rules.drop_statement(without, form, "head_two")
    moved = differences(without, rules.move_behaviour(without, "head_two", UP))
    assert moved.more
    assert not moved.reordered


def test_what_is_not_named_is_not_hidden() -> None:
    after: dict[str, Any] = deepcopy(BEFORE)
    after["forms"]["self"]["scale"]["lowest"]["nl"] = "nooit"
    found = against(after)
    assert found.more
    assert not found.is_empty
