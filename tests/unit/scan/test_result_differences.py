"""Where views differ: two points or more, each way, told in the order of the questionnaire."""

import pytest
from hypothesis import given

from tests.unit.content import behaviours
from tests.unit.scan.views import EVERYBODY, level
from zetwpo.library.questionnaires import Form
from zetwpo.scan.result.rules import Difference, PlacedStatement, View, differences


@pytest.mark.parametrize(("own", "other", "more"), [(6, 4, True), (4, 6, False)])
def test_two_points_are_a_difference_either_way(own: int, other: int, more: bool) -> None:
    trainer = level(Form.TRAINER, own, modelling=other)
    found = differences(level(Form.SELF, own), [trainer], behaviours())
    assert found == [Difference("modelling", "trainer", own, other)]
    assert found[0].self_sees_more is more


@pytest.mark.parametrize(
    ("goals", "activities", "differs"), [(4, 6, True), (4, 7, False), (5, 5, True), (6, 5, False)]
)
def test_two_statements_are_weighed_together(goals: int, activities: int, differs: bool) -> None:
    student = level(Form.STUDENT, 7, setting_goals=goals, choosing_activities=activities)
    found = differences(level(Form.SELF, 7), [student], behaviours())
    assert [each.behaviour for each in found] == ["goals_and_activities"] * differs


def three(*points: int) -> View:
    """A form that asks three times about one behaviour."""
    items = tuple(
        PlacedStatement(f"statement_{point}", "axis", ("behaviour",)) for point in range(3)
    )
    return View("three", items, {f"statement_{at}": point for at, point in enumerate(points)})


@pytest.mark.parametrize(("other", "differs"), [((3, 2, 2), True), ((3, 3, 2), False)])
def test_thirds_are_weighed_exactly(other: tuple[int, ...], differs: bool) -> None:
    own, another = three(5, 4, 4), three(*other)
    assert bool(differences(own, [another], ["behaviour"])) is differs
    assert bool(differences(another, [own], ["behaviour"])) is differs


def test_one_point_is_a_shade() -> None:
    others = [level(Form.STUDENT, 3), level(Form.TRAINER, 5)]
    assert differences(level(Form.SELF, 4), others, behaviours()) == []


@pytest.mark.parametrize(("own", "other"), [(None, 1), (7, None), (None, None)])
def test_what_one_of_the_two_could_not_judge_is_no_difference(
    own: int | None, other: int | None
) -> None:
    views = level(Form.SELF, 4, modelling=own), level(Form.TRAINER, 4, modelling=other)
    assert differences(views[0], [views[1]], behaviours()) == []


def test_two_others_who_differ_are_no_difference_with_the_own_view() -> None:
    others = [level(Form.STUDENT, 3), level(Form.TRAINER, 5)]
    assert differences(level(Form.SELF, 4), others, ["modelling"]) == []


def test_a_small_difference_early_in_the_form_stands_before_a_large_one_late() -> None:
    trainer = level(Form.TRAINER, 7, critical_stance=1, relationship=5)
    found = differences(level(Form.SELF, 7), [trainer], behaviours())
    assert [each.behaviour for each in found] == ["relationship", "critical_stance"]


@given(EVERYBODY)
def test_all_differences_are_found_and_no_others(everybody: list[View]) -> None:
    own, *others = everybody
    found = {(each.behaviour, each.view) for each in differences(own, others, behaviours())}
    assert found == {
        (behaviour, other.key)
        for other in others
        for behaviour in own.values.keys() & other.values.keys()
        if abs(own.values[behaviour] - other.values[behaviour]) >= 2
    }


@given(EVERYBODY)
def test_differences_stand_in_the_order_of_the_questionnaire(everybody: list[View]) -> None:
    own, *others = everybody
    keys = [each.key for each in others]
    places = [
        (behaviours().index(each.behaviour), keys.index(each.view))
        for each in differences(own, others, behaviours())
    ]
    assert places == sorted(places)


@given(EVERYBODY)
def test_one_more_view_adds_its_own_differences_and_changes_no_other(
    everybody: list[View],
) -> None:
    own, *others = everybody
    together = differences(own, others, behaviours())
    for other in others:
        alone = differences(own, [other], behaviours())
        assert [each for each in together if each.view == other.key] == alone
