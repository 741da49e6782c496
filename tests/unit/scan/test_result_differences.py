"""Where views differ: two points or more, each way, the largest difference first."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.forms import Form
from tests.unit.content import behaviours
from tests.unit.scan.views import EVERYBODY, level
from zetwpo.scan.result.pointing_out import Difference, Seen, differences, gap, largest
from zetwpo.scan.result.rules import PlacedStatement, View


@pytest.mark.parametrize(("own", "other"), [(6, 4), (4, 6)])
def test_two_points_are_a_difference_either_way(own: int, other: int) -> None:
    trainer = level(Form.TRAINER, own, modelling=other)
    found = differences(level(Form.SELF, own), [trainer], behaviours())
    assert found == [Difference("modelling", own, (Seen("trainer", other),))]
    assert found[0].gaps == (2,)


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


def test_a_large_difference_late_in_the_form_stands_before_a_small_one_early() -> None:
    trainer = level(Form.TRAINER, 7, critical_stance=1, relationship=5)
    found = differences(level(Form.SELF, 7), [trainer], behaviours())
    assert [each.behaviour for each in found] == ["critical_stance", "relationship"]


def test_where_the_largest_gap_is_the_same_the_next_one_decides() -> None:
    others = [
        level(Form.TRAINER, 7, relationship=3, critical_stance=3),
        level(Form.STUDENT, 7, relationship=7),
        level(Form.TRAINER, 7, critical_stance=4),
    ]
    found = differences(level(Form.SELF, 7), others, behaviours())
    assert [(each.behaviour, each.gaps) for each in found] == [
        ("critical_stance", (4, 3)),
        ("relationship", (4,)),
    ]


def apart(*gaps: int) -> list[Difference]:
    """Differences of these sizes, the largest first."""
    return [
        Difference(f"behaviour-{at}", 7, (Seen("student-1", 7 - gap),))
        for at, gap in enumerate(gaps)
    ]


@pytest.mark.parametrize(
    ("gaps", "opened"),
    [
        ((), 0),
        ((5,), 1),
        ((5, 4, 3), 3),
        ((5, 4, 3, 2), 3),
        ((4, 4, 4), 3),
        ((5, 4, 3, 3), 2),
        ((5, 4, 4, 4), 1),
        ((4, 4, 4, 4), 0),
    ],
)
def test_at_most_three_are_open_and_of_equals_all_or_none(
    gaps: tuple[int, ...], opened: int
) -> None:
    assert largest(apart(*gaps)) == apart(*gaps)[:opened]


@given(EVERYBODY, st.permutations(behaviours()))
def test_another_order_of_the_questionnaire_opens_the_same_differences(
    everybody: list[View], order: list[str]
) -> None:
    own, *others = everybody
    one, another = (differences(own, others, each) for each in (behaviours(), order))
    assert [each.gaps for each in one] == [each.gaps for each in another]
    assert {each.behaviour for each in largest(one)} == {
        each.behaviour for each in largest(another)
    }


@given(EVERYBODY)
def test_all_differences_are_found_and_no_others(everybody: list[View]) -> None:
    own, *others = everybody
    found = {
        (each.behaviour, seen.view)
        for each in differences(own, others, behaviours())
        for seen in each.others
    }
    assert found == {
        (behaviour, other.key)
        for other in others
        for behaviour in own.values.keys() & other.values.keys()
        if abs(own.values[behaviour] - other.values[behaviour]) >= 2
    }


@given(EVERYBODY)
def test_no_difference_stands_behind_a_smaller_one(everybody: list[View]) -> None:
    own, *others = everybody
    gaps = [each.gaps for each in differences(own, others, behaviours())]
    assert gaps == sorted(gaps, reverse=True)
    assert all(min(each) >= 2 for each in gaps)


@given(EVERYBODY)
def test_one_more_view_adds_its_own_differences_and_changes_no_other(
    everybody: list[View],
) -> None:
    own, *others = everybody
    together = differences(own, others, behaviours())
    for other in others:
        alone = differences(own, [other], behaviours())
        of_one = {
            each.behaviour: seen
            for each in together
            for seen in each.others
            if seen.view == other.key
        }
        assert of_one == {each.behaviour: each.others[0] for each in alone}


def test_equal_gaps_between_means_of_thirds_are_equal() -> None:
    assert gap(5, 16 / 3) == gap(16 / 3, 17 / 3) == gap(17 / 3, 6)
