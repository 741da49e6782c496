"""How a person sees a behaviour, with the real forms: they do not ask one statement for each."""

from statistics import fmean

import pytest
from hypothesis import given

from tests.forms import Form
from tests.unit.content import behaviours, items
from tests.unit.scan.views import EVERYBODY, level, view
from zetwpo.scan.result.pointing_out import differences
from zetwpo.scan.result.rules import PlacedStatement, View, axis_score

ONLY_STUDENT = {"asking_for_feedback"}
NOT_STUDENT = {"keeping_up_competence", "taking_part", "critical_stance"}


@pytest.mark.parametrize(
    ("goals", "activities", "value"), [(4, 7, 5.5), (4, None, 4), (None, 7, 7), (6, 6, 6)]
)
def test_two_statements_of_a_student_make_one_behaviour(
    goals: int | None, activities: int | None, value: float
) -> None:
    student = view(Form.STUDENT, {"setting_goals": goals, "choosing_activities": activities})
    assert student.values == {"goals_and_activities": value}


def test_a_behaviour_that_nobody_could_judge_has_no_value() -> None:
    assert view(Form.STUDENT, {"setting_goals": None}).values == {}


def test_one_statement_can_speak_of_two_behaviours_and_counts_once_in_its_axis() -> None:
    both = PlacedStatement("both", "developmental", ("own_development", "taking_part"))
    trainer = View("trainer", (both,), {"both": 6})
    assert trainer.values == {"own_development": 6, "taking_part": 6}
    assert axis_score(trainer, "developmental").judged == 1


def test_asking_for_feedback_stands_beside_nobody_else() -> None:
    student = view(Form.STUDENT, {"asks_for_feedback": 3})
    assert student.values == {"asking_for_feedback": 3}
    for form in (Form.SELF, Form.TRAINER):
        assert differences(level(form, 7), [student], behaviours()) == []


def test_a_student_is_asked_about_other_behaviours_than_supervisor_and_trainer() -> None:
    everything = set(behaviours())
    assert level(Form.SELF, 4).behaviours == everything - ONLY_STUDENT
    assert level(Form.TRAINER, 4).behaviours == everything - ONLY_STUDENT
    assert level(Form.STUDENT, 4).behaviours == everything - NOT_STUDENT


def test_a_student_stands_beside_the_supervisor_on_each_shared_behaviour() -> None:
    own, student = level(Form.SELF, 7), level(Form.STUDENT, 2)
    found = [each.behaviour for each in differences(own, [student], behaviours())]
    assert found == [each for each in behaviours() if each not in ONLY_STUDENT | NOT_STUDENT]


@given(EVERYBODY)
def test_a_difference_is_between_answers_to_the_same_question(everybody: list[View]) -> None:
    own, *others = everybody
    by_key = {each.key: each for each in others}
    for found in differences(own, others, behaviours()):
        assert found.own == fmean(answers_about(own, found.behaviour))
        for seen in found.others:
            assert seen.value == fmean(answers_about(by_key[seen.view], found.behaviour))


def answers_about(each: View, behaviour: str) -> list[int]:
    """What somebody answered where nothing else than this was asked."""
    asked = [item.key for item in each.statements if item.behaviours == (behaviour,)]
    return [point for key in asked if (point := each.answers.get(key)) is not None]


@pytest.mark.parametrize("form", [Form.SELF, Form.TRAINER])
def test_where_one_statement_asks_about_one_behaviour_its_answer_is_the_value(form: Form) -> None:
    points = {item.key: 1 + number % 7 for number, item in enumerate(items(form))}
    assert view(form, points).values == points


@given(EVERYBODY)
def test_the_value_lies_between_the_judgements_that_speak_of_it(everybody: list[View]) -> None:
    for each in everybody:
        spoken: dict[str, list[int]] = {}
        for item in each.statements:
            if (point := each.answers.get(item.key)) is not None:
                for behaviour in item.behaviours:
                    spoken.setdefault(behaviour, []).append(point)
        assert each.values.keys() == spoken.keys()
        assert all(min(spoken[key]) <= each.values[key] <= max(spoken[key]) for key in spoken)
