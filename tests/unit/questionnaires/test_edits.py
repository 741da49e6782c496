"""Editing a questionnaire: no edit, and no row of edits, breaks its shape or loses a statement."""

from collections import Counter
from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.questionnaires.documents import (
    FORMS,
    behaviours,
    document,
    statements,
)
from zetwpo.questionnaires import rules
from zetwpo.questionnaires.rules import DOWN, UP, Document, Words

MOVES = {"move_statement", "move_behaviour", "move_behaviour_to", "set_behaviours"}
WORDS = st.builds(Words, st.sampled_from(["Een", "Twee", "Drie"]), st.sampled_from(["", "One"]))
Draw = Callable[[Any], Any]


def any_edit(draw: Draw, found: Document, number: int) -> tuple[str, Document]:
    """One thing that somebody does with the document as it stands."""
    form = draw(st.sampled_from(FORMS))
    axis = st.sampled_from(["heart", "head"])
    step = st.sampled_from([UP, DOWN])
    edits = {
        "add_behaviour": (st.just(f"new_{number}"), axis, WORDS, WORDS),
        "reword_axis": (axis, st.just({"title": Words("T")}), st.just({"label_long": Words("L")})),
        "ask_openly": (st.just(form), axis, WORDS),
    }
    if behaviours(found):
        known = st.sampled_from(behaviours(found))
        edits |= {
            "reword_behaviour": (known, WORDS, WORDS),
            "drop_behaviour": (known,),
            "move_behaviour": (known, step),
            "move_behaviour_to": (known, axis),
            "add_statement": (st.just(form), st.just(f"new_{number}"), known, WORDS),
        }
    if statements(found, form):
        asked = (st.just(form), st.sampled_from(statements(found, form)))
        edits |= {
            "reword_statement": (*asked, WORDS),
            "illustrate": (*asked, st.lists(WORDS | st.just(Words()), max_size=3)),
            "drop_statement": asked,
            "move_statement": (*asked, step),
            "set_behaviours": (*asked, st.lists(behaviours_of_one_axis(found), min_size=1)),
        }
    name = draw(st.sampled_from(sorted(edits)))
    given = [draw(each) for each in edits[name]]
    try:
        return name, getattr(rules, name)(found, *given)
    except (rules.SpeaksOfMore, ValueError):
        return name, found


def behaviours_of_one_axis(found: Document) -> Any:
    by_axis = [rules.behaviours_of(found, axis["key"]) for axis in rules.axes_of(found)]
    keys = [[each["key"] for each in some] for some in by_axis if some]
    return st.sampled_from(keys).flatmap(st.sampled_from)


@given(st.data())
@settings(max_examples=150, deadline=None)
def test_no_row_of_edits_breaks_the_shape(data: st.DataObject) -> None:
    found: Document = document()
    for number in range(data.draw(st.integers(1, 12))):
        before, known = deepcopy(found), {form: Counter(statements(found, form)) for form in FORMS}
        name, new = any_edit(data.draw, found, number)
        assert found == before, f"{name} changed what it was given"
        assert rules.is_well_formed(new), name
        if name in MOVES:
            assert {form: Counter(statements(new, form)) for form in FORMS} == known
            assert Counter(behaviours(new)) == Counter(behaviours(found))
        found = new


@pytest.mark.parametrize("key", ["heart_one", "head_two"])
@pytest.mark.parametrize("form", FORMS)
def test_up_and_down_again_changes_nothing(form: str, key: str) -> None:
    before = document()
    step = DOWN if key == "heart_one" else UP
    there = rules.move_statement(before, form, key, step)
    assert statements(there, form) != statements(before, form)
    assert rules.move_statement(there, form, key, -step) == before
    assert rules.move_statement(before, form, key, -step) == before


def test_a_behaviour_takes_its_statements_along_in_each_form() -> None:
    moved = rules.move_behaviour(document(), "heart_two", UP)
    assert behaviours(moved)[:2] == ["heart_two", "heart_one"]
    assert all(statements(moved, form)[:2] == ["heart_two", "heart_one"] for form in FORMS)
    elsewhere = rules.move_behaviour_to(moved, "heart_two", "head")
    for form in FORMS:
        assert statements(elsewhere, form) == ["heart_one", "head_one", "head_two", "heart_two"]
        assert rules.axis_of_statement(elsewhere, form, "heart_two") == "head"


def test_what_does_not_move_keeps_its_place() -> None:
    """A form may ask in another order than the behaviours; only what moved changes places."""
    three = rules.add_behaviour(document(), "third", "heart", Words("Derde"), Words("Wat?"))
    three = rules.add_statement(three, "student", "third", "third", Words("Derde"))
    three = rules.move_statement(three, "student", "third", UP)
    three = rules.move_statement(three, "student", "third", UP)
    assert statements(three, "student")[:3] == ["third", "heart_one", "heart_two"]
    moved = rules.move_behaviour(three, "heart_two", UP)
    assert statements(moved, "student")[:3] == ["third", "heart_two", "heart_one"]


def test_a_statement_about_two_behaviours_holds_both_in_their_part() -> None:
    both = rules.set_behaviours(document(), "student", "heart_one", ["heart_one", "heart_two"])
    with pytest.raises(rules.SpeaksOfMore) as caught:
        rules.move_behaviour_to(both, "heart_two", "head")
    assert (caught.value.form, caught.value.statement["key"]) == ("student", "heart_one")
    left = rules.drop_behaviour(both, "heart_two")
    assert statements(left, "student") == ["heart_one", "head_one", "head_two"]


def test_a_statement_goes_to_the_part_of_its_behaviour() -> None:
    moved = rules.set_behaviours(document(), "self", "heart_one", ["head_one"])
    assert statements(moved, "self") == ["heart_two", "head_one", "heart_one", "head_two"]
    with pytest.raises(ValueError, match="one axis"):
        rules.set_behaviours(moved, "self", "heart_two", ["heart_two", "head_one"])
    with pytest.raises(ValueError, match="one axis"):
        rules.set_behaviours(moved, "self", "heart_two", [])


def test_what_was_dropped_and_what_is_new_are_not_the_same() -> None:
    dropped = rules.drop_behaviour(document(), "heart_two")
    assert behaviours(dropped) == ["heart_one", "head_one", "head_two"]
    assert rules.is_new_key(dropped, "heart_two")
    assert not rules.is_new_key(document(), "heart_two")
    with pytest.raises(rules.NotThere):
        rules.get_statement(dropped, "self", "heart_two")


def test_english_is_left_out_where_there_is_none() -> None:
    text = Words("Ik luister.")
    found = rules.reword_statement(document(), "self", "heart_one", text)
    assert rules.get_statement(found, "self", "heart_one")["text"] == {"nl": "Ik luister."}
    assert rules.words_of({"nl": "Ik luister."}) == text


def test_an_example_that_is_said_otherwise_is_our_own() -> None:
    first, second = Words("Een", "One"), Words("Twee")
    found = rules.illustrate(document(), "student", "heart_one", [first, Words(), second])
    statement = rules.get_statement(found, "student", "heart_one")
    assert [each["nl"] for each in statement["illustrations"]] == ["Een", "Twee"]
    del statement["illustrations"][0]["own"]
    again = rules.illustrate(found, "student", "heart_one", [first, Words("Drie")])
    examples = rules.get_statement(again, "student", "heart_one")["illustrations"]
    assert examples == [{"nl": "Een", "en": "One"}, {"nl": "Drie", "own": True}]
    none = rules.illustrate(again, "student", "heart_one", [])
    assert "illustrations" not in rules.get_statement(none, "student", "heart_one")


def test_labels_keep_their_lines() -> None:
    found = rules.reword_axis(document(), "heart", {}, {"label_short": Words("Hart en\nziel")})
    axis = rules.get_axis(found, "heart")
    assert axis["label_short"] == {"nl": ["Hart en", "ziel"]}
    assert rules.label_of(axis["label_short"]) == Words("Hart en\nziel")


def _break(found: Any, how: str) -> None:
    statement = found["forms"]["student"]["parts"][0]["statements"][0]
    match how:
        case "a key twice":
            statement["key"] = "heart_two"
        case "a behaviour twice":
            found["axes"]["behaviours"].append(found["axes"]["behaviours"][0])
        case "no behaviour":
            statement["behaviours"] = []
        case "one that is not there":
            statement["behaviours"] = ["nowhere"]
        case "one of another part":
            statement["behaviours"] = ["head_one"]
        case "the same one twice":
            statement["behaviours"] = ["heart_one", "heart_one"]
        case "a part less":
            found["forms"]["trainer"]["parts"].pop()
        case "no such part":
            found["axes"]["behaviours"][0]["axis"] = "nowhere"


@pytest.mark.parametrize(
    "how",
    [
        *("a key twice", "a behaviour twice", "no behaviour", "one that is not there"),
        *("one of another part", "the same one twice", "a part less", "no such part"),
    ],
)
def test_what_does_not_hold_together(how: str) -> None:
    found = deepcopy(document())
    assert rules.is_well_formed(found)
    _break(found, how)
    assert not rules.is_well_formed(found)
