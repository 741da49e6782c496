"""Where somebody goes on with a form, and when checking is the next step."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zetwpo.scan.responses.rules import (
    Filled,
    Place,
    TextKey,
    TextKind,
    is_gone_through,
    place_to_go_on,
)

PARTS = [["a", "b"], ["c"], ["d", "e"]]
EXAMPLE: TextKey = (TextKind.EXAMPLE, "pedagogical")
ANSWERS = st.dictionaries(st.sampled_from("abcde"), st.sampled_from([1, 7, None]))
FILLED = st.builds(Filled, ANSWERS, st.sampled_from([{}, {EXAMPLE: ""}, {EXAMPLE: "word"}]))


def answered(keys: str) -> Filled:
    return Filled(dict.fromkeys(keys, 4))


@pytest.mark.parametrize(
    ("filled", "place"),
    [
        ("a", Place(1, "b")),
        # Parts that are half done are not passed by.
        ("acde", Place(1, "b")),
        ("abcd", Place(3, "e")),
        ("ab", Place(2, "c")),
        ("abcde", None),
    ],
)
def test_it_goes_on_at_the_first_statement_that_is_open(filled: str, place: Place | None) -> None:
    assert place_to_go_on(PARTS, answered(filled)) == place


def test_who_has_filled_in_nothing_begins_on_top() -> None:
    assert place_to_go_on(PARTS, Filled({}, {EXAMPLE: ""})) == Place(1)
    assert Place(1).anchor is None


def test_who_wrote_a_text_only_goes_on_at_the_first_statement() -> None:
    place = place_to_go_on(PARTS, Filled({}, {EXAMPLE: "A lesson on fish"}))
    assert place == Place(1, "a")
    assert place.anchor == "at-a"


def test_cannot_judge_is_an_answer() -> None:
    assert place_to_go_on(PARTS, Filled({"a": None})) == Place(1, "b")


@pytest.mark.parametrize(("filled", "through"), [("", 0), ("abcd", 0), ("e", 1), ("abcde", 1)])
def test_who_answered_the_last_statement_has_come_to_the_end(filled: str, through: int) -> None:
    assert is_gone_through(PARTS, answered(filled).answers) == bool(through)


def test_the_last_statement_may_be_one_that_somebody_cannot_judge() -> None:
    assert is_gone_through(PARTS, {"e": None})


def in_order(parts: Sequence[Sequence[str]]) -> list[str]:
    return [statement for part in parts for statement in part]


@given(FILLED)
def test_before_that_place_everything_has_an_answer_and_there_nothing(filled: Filled) -> None:
    place = place_to_go_on(PARTS, filled)
    statements = in_order(PARTS)
    if place is None:
        assert filled.answers.keys() == set(statements)
        return
    statement = place.statement or statements[0]
    assert statement in PARTS[place.part - 1]
    assert statement not in filled.answers
    assert set(statements[: statements.index(statement)]) <= filled.answers.keys()


@given(FILLED)
def test_filling_in_that_place_over_and_over_comes_to_the_end(filled: Filled) -> None:
    """Nobody is led around in circles, and there is always a next step."""
    for _step in in_order(PARTS):
        place = place_to_go_on(PARTS, filled)
        if place is None:
            break
        filled = Filled({**filled.answers, place.statement or "a": 4}, filled.texts)
    assert place_to_go_on(PARTS, filled) is None
    assert is_gone_through(PARTS, filled.answers)
