"""The mean of an axis: what was judged counts, and too little is no value."""

import uuid
from datetime import UTC, datetime
from fractions import Fraction
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.forms import SCHOOL_TRAINER, STUDENT, Form, asked_as
from tests.unit.content import current, form_file
from tests.unit.scan.views import EVERYBODY, JUDGEMENT, POINT, level, views
from zetwpo.scan.responses.queries import ResponseView
from zetwpo.scan.responses.rules import Filled
from zetwpo.scan.result.queries import Respondent, Result
from zetwpo.scan.result.rules import (
    PlacedStatement,
    Score,
    View,
    axis_score,
    behaviour_score,
    score,
)
from zetwpo.scan.self_scan.queries import ScanCard

STATEMENTS = [PlacedStatement(f"statement_{number}", "axis", ("behaviour",)) for number in range(5)]


def score_of(asked: int, *judgements: int | None) -> Score:
    """The score of so many statements, of which the first were answered like this."""
    answers = {item.key: mark for item, mark in zip(STATEMENTS, judgements, strict=False)}
    return score(STATEMENTS[:asked], answers)


def test_the_score_is_the_mean_of_what_was_judged() -> None:
    assert score_of(5, 3, 4, 7, 7, 7) == Score(mean=5.6, judged=5, asked=5)


@pytest.mark.parametrize(
    ("asked", "judgements", "mean"),
    [
        (5, [7, 7], None),
        (5, [7, 6, 5], 6),
        (4, [7], None),
        (4, [7, 6], 6.5),
        (3, [7], None),
        (3, [7, 6], 6.5),
        (2, [], None),
        (2, [1], 1),
        (1, [], None),
        (1, [1], 1),
    ],
)
def test_fewer_than_half_is_no_value_and_half_is_one(
    asked: int, judgements: list[int], mean: float | None
) -> None:
    assert score_of(asked, *judgements) == Score(mean, len(judgements), asked)


@given(st.integers(1, 5), st.lists(JUDGEMENT, max_size=5))
def test_a_score_has_a_value_from_half_of_the_statements_on(
    asked: int, judgements: list[int | None]
) -> None:
    values = [value for value in judgements[:asked] if value is not None]
    found = score_of(asked, *judgements)
    assert (found.judged, found.asked) == (len(values), asked)
    assert (found.mean is not None) == (bool(values) and len(values) >= asked / 2)
    if found.mean is not None:
        assert found.mean == pytest.approx(float(Fraction(sum(values), len(values))))


@pytest.mark.parametrize("nothing", [[None, None], []])
def test_cannot_judge_and_unanswered_are_never_a_number(nothing: list[int | None]) -> None:
    assert score_of(5, 7, 7, 7, *nothing) == Score(mean=7, judged=3, asked=5)


@given(views(Form.STUDENT), st.sampled_from([axis.key for axis in current().axes]))
def test_cannot_judge_counts_exactly_as_much_as_unanswered(view: View, axis: str) -> None:
    judged = {key: value for key, value in view.answers.items() if value is not None}
    assert axis_score(view, axis) == axis_score(View(view.key, view.statements, judged), axis)


@given(views(Form.TRAINER), POINT)
def test_an_axis_rests_on_its_own_statements_only(view: View, point: int) -> None:
    elsewhere = {item.key: point for item in view.statements if item.axis != "gatekeeper"}
    changed = View(
        view.key, view.statements, {**view.answers, **elsewhere, "no_such_statement": point}
    )
    assert axis_score(changed, "gatekeeper") == axis_score(view, "gatekeeper")


@pytest.mark.parametrize(
    ("form", "counts"),
    [
        (Form.SELF, [5, 3, 2, 5, 4]),
        (Form.STUDENT, [5, 4, 2, 5, 2]),
        (Form.TRAINER, [5, 3, 2, 5, 4]),
    ],
)
def test_each_axis_counts_the_statements_of_its_form(form: Form, counts: list[int]) -> None:
    found = [axis_score(level(form, 6), axis.key) for axis in current().axes]
    assert found == [Score(6, count, count) for count in counts]


# ---------------------------------------------------------------- nobody is averaged away

SOME_DAY = datetime(2027, 3, 3, 12, tzinfo=UTC)
ROLES = {Form.STUDENT: asked_as(STUDENT), Form.TRAINER: asked_as(SCHOOL_TRAINER)}
SCAN = ScanCard(uuid.uuid4(), uuid.uuid4(), None, uuid.uuid4(), SOME_DAY, SOME_DAY)


def respondent(view: View) -> Respondent:
    form = form_file(Form(view.key.partition("-")[0]))
    response = ResponseView(uuid.uuid4(), current(), form, Filled(view.answers))
    return Respondent(response, view, f"Name of {view.key}", ROLES.get(form.form))


@given(EVERYBODY)
def test_nobodys_figures_depend_on_who_else_answered(everybody: list[View]) -> None:
    own, *others = map(respondent, everybody)
    alone = {
        (each.key, axis.key): axis_score(each.view, axis.key)
        for each in (own, *others)
        for axis in current().axes
    }
    for count in range(len(others) + 1):
        for present in combinations(others, count):
            result = Result(SCAN, current(), own, present, None)
            assert result.charted == (own, *present)
            assert {
                (each.key, axis.key): result.score(each, axis.key)
                for each in result.charted
                for axis in result.axes
            } == {key: value for key, value in alone.items() if key[0] in _keys(own, *present)}


def _keys(*respondents: Respondent) -> set[str]:
    return {each.key for each in respondents}


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ({"one": 4, "two": 7}, Score(5.5, 2, 2)),
        ({"one": 4, "two": None}, Score(4, 1, 2)),
        ({"one": None}, Score(None, 0, 2)),
        ({"other": 3}, Score(None, 0, 2)),
    ],
)
def test_the_score_of_a_behaviour_says_on_how_many_statements_about_it_it_rests(
    answers: dict[str, int | None], expected: Score
) -> None:
    statements = tuple(PlacedStatement(key, "axis", ("behaviour",)) for key in ("one", "two"))
    other = PlacedStatement("other", "axis", ("another",))
    view = View("self", (*statements, other), answers)
    assert behaviour_score(view, "behaviour") == expected
    assert behaviour_score(view, "asked of nobody") == Score(None, 0, 0)
