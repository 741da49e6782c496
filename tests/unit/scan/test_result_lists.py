"""What is strong and what could get attention: short lists, and no word more than is true."""

from collections.abc import Callable, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.forms import Form
from tests.unit.content import behaviours, items
from tests.unit.scan.views import EVERYBODY, level, view, views
from zetwpo.scan.result.pointing_out import (
    PointedOut,
    attention,
    differences,
    has_picture,
    strengths,
)
from zetwpo.scan.result.rules import View

Lists = Callable[[View, Sequence[View], Sequence[str]], PointedOut]

# A supervisor alone; with a trainer who sees everything nearly alike; with three others.
ALONE = views(Form.SELF).map(lambda own: [own])
ALIKE = views(Form.SELF).flatmap(lambda own: st.tuples(st.just(own), nearly(own))).map(list)
GROUPS = ALONE | ALIKE | EVERYBODY
BOTH = pytest.mark.parametrize("listed", [strengths, attention])


def nearly(own: View) -> st.SearchStrategy[View]:
    """A trainer who sees some of it one point higher."""

    def raised(keys: set[str]) -> View:
        more = {key: min(point + 1, 7) for key, point in own.answers.items() if point}
        return view(Form.TRAINER, {**own.answers, **{key: more[key] for key in keys & set(more)}})

    return st.sets(st.sampled_from(behaviours())).map(raised)


def values(everybody: Sequence[View], behaviour: str) -> list[float]:
    return [view.values[behaviour] for view in everybody if behaviour in view.values]


def group(own: Sequence[int], *others: Sequence[int]) -> list[View]:
    """What each person judged the first behaviours of the form; the others are fours."""

    def points(judgements: Sequence[int]) -> dict[str, int | None]:
        return dict(zip(behaviours(), judgements, strict=False))

    trainers = [
        view(Form.TRAINER, dict.fromkeys(behaviours(), 4) | points(each), f"trainer-{number}")
        for number, each in enumerate(others)
    ]
    return [level(Form.SELF, 4, **points(own)), *trainers]


def differing(everybody: Sequence[View]) -> set[str]:
    own, *others = everybody
    return {each.behaviour for each in differences(own, others, behaviours())}


def judged(everybody: Sequence[View]) -> list[str]:
    return [behaviour for behaviour in behaviours() if values(everybody, behaviour)]


def strong(everybody: Sequence[View], order: Sequence[str] = ()) -> PointedOut:
    return strengths(everybody[0], everybody[1:], order or behaviours())


def weak(everybody: Sequence[View], order: Sequence[str] = ()) -> PointedOut:
    return attention(everybody[0], everybody[1:], order or behaviours())


def named(found: PointedOut) -> list[str]:
    return list(found.behaviours)


def test_the_strongest_three_are_named_in_the_order_of_the_form() -> None:
    own = level(Form.SELF, 4, critical_stance=7, relationship=5, modelling=6)
    assert named(strong([own])) == ["relationship", "modelling", "critical_stance"]


def test_the_weakest_three_are_named_in_the_order_of_the_form() -> None:
    own = level(Form.SELF, 4, critical_stance=1, relationship=3, modelling=2)
    assert named(weak([own])) == ["relationship", "modelling", "critical_stance"]


def test_a_behaviour_is_as_strong_as_its_least_positive_view() -> None:
    own = level(Form.SELF, 4, modelling=7, judging_level=6)
    trainer = level(Form.TRAINER, 4, modelling=3, judging_level=5)
    assert named(strong([own, trainer])) == ["judging_level"]


def test_a_behaviour_asks_for_attention_as_little_as_its_most_positive_view() -> None:
    low = ["modelling", "flexible_routes", "critical_stance"]
    own = level(Form.SELF, 7, **dict.fromkeys(low, 4), relationship=4)
    trainer = level(Form.TRAINER, 7, **dict.fromkeys(low, 4), relationship=5)
    assert named(weak([own, trainer])) == low


@pytest.mark.parametrize("point", range(1, 8))
@pytest.mark.parametrize("alone", [True, False])
def test_in_an_even_picture_nothing_stands_out(point: int, alone: bool) -> None:
    everybody = [level(Form.SELF, point)] + [level(Form.TRAINER, point)] * (not alone)
    assert strong(everybody) == PointedOut((), len(everybody[0].behaviours))
    assert weak(everybody) == PointedOut()


def first(count: int, point: int) -> dict[str, int | None]:
    """This point for so many behaviours that the self-scan asks about."""
    return dict.fromkeys(behaviours()[:count], point)


@pytest.mark.parametrize(("equal", "stand_out"), [(1, 1), (3, 3), (4, 4), (5, 5), (6, 0), (16, 0)])
def test_what_nothing_sets_apart_is_named_together_or_not_at_all(
    equal: int, stand_out: int
) -> None:
    higher, lower = (level(Form.SELF, 4, **first(equal, point)) for point in (6, 2))
    assert named(strong([higher])) == named(weak([lower])) == behaviours()[:stand_out]
    assert weak([lower]).equals == (0 if stand_out else equal)


def test_what_is_not_named_as_others_are_its_equals_is_counted() -> None:
    own = level(Form.SELF, 4, **{**first(9, 6), "relationship": 7})
    assert strong([own]) == PointedOut(("relationship",), 8)


def test_the_rest_is_counted_where_nothing_in_it_stands_out() -> None:
    own = level(Form.SELF, 4, relationship=7)
    assert strong([own]) == PointedOut(("relationship",), len(own.behaviours) - 1)


def test_three_that_stand_out_leave_nothing_to_count() -> None:
    assert strong([level(Form.SELF, 4, **first(3, 7))]) == PointedOut(tuple(behaviours()[:3]))


def test_below_many_equals_at_the_top_something_can_ask_for_attention() -> None:
    own = level(Form.SELF, 6, modelling=2)
    assert strong([own]) == PointedOut((), len(own.behaviours) - 1)
    assert named(weak([own])) == ["modelling"]


def test_where_views_differ_by_two_points_the_difference_is_the_subject() -> None:
    own, trainer = level(Form.SELF, 6, modelling=1), level(Form.TRAINER, 6, modelling=3)
    assert named(weak([own, trainer])) == []
    nearer = level(Form.TRAINER, 6, modelling=2)
    assert named(weak([own, nearer])) == ["modelling"]


def test_what_others_see_two_points_apart_is_not_lost_between_the_lists() -> None:
    everybody = group([3, 6, 6, 6], [2, 6, 6, 6], [4, 6, 6, 6], [4, 6, 6, 6])
    assert behaviours()[0] not in differing(everybody)
    assert behaviours()[0] in weak(everybody).behaviours


def test_where_the_lowest_view_is_the_same_the_next_lowest_decides() -> None:
    # Fours are left for the first and the last, of which the first has one five less.
    everybody = group([5, 7, 7, 7, 7, 6], [6, 7, 7, 7, 7, 6], [5, 7, 7, 7, 7, 5])
    assert named(strong(everybody)) == behaviours()[1:5]
    everybody = group([5, 7, 7, 6], [6, 7, 7, 6], [5, 7, 7, 5], [5, 7, 7, 6])
    assert named(strong(everybody)) == behaviours()[1:4]


def test_where_the_highest_view_is_the_same_the_next_highest_decides() -> None:
    high = [6] * (len(behaviours()) - 4)
    everybody = group([3, 1, 1, 2, *high], [2, 1, 1, 2, *high], [3, 1, 1, 3, *high])
    assert named(weak(everybody)) == behaviours()[1:4]


@pytest.mark.parametrize(("fives", "last"), [(1, "relationship"), (2, "both"), (3, "modelling")])
def test_what_fewer_people_judged_stands_fairly_beside_the_rest(fives: int, last: str) -> None:
    """One of two sees a five in the modelling, so the relationship may have two of four."""
    top = {"flexible_routes": 7, "theory_and_practice": 7}
    seen = [5] * fives + [6] * (4 - fives)
    own = level(Form.SELF, 4, **top, relationship=seen[0], modelling=5)
    others = [
        level(Form.TRAINER, 4, **top, relationship=point, modelling=modelling)
        for point, modelling in zip(seen[1:], (6, None, None), strict=True)
    ]
    expected = {*top} | ({"relationship", "modelling"} if last == "both" else {last})
    assert set(strong([own, *others]).behaviours) == expected


def judging(count: int) -> View:
    """A supervisor who judged so many behaviours, the first ones higher and the last one lower."""
    keys = [item.key for item in items(Form.SELF)][:count]
    points = dict.fromkeys(keys, 5) | dict.fromkeys(keys[:3], 6) | dict.fromkeys(keys[-1:], 2)
    return view(Form.SELF, points)


@BOTH
@pytest.mark.parametrize(("count", "points_out"), [(0, False), (4, False), (9, False), (10, True)])
def test_fewer_than_half_of_the_behaviours_is_no_picture(
    listed: Lists, count: int, points_out: bool
) -> None:
    own = judging(count)
    assert len(own.behaviours) == 19
    assert has_picture(own) is points_out
    assert bool(listed(own, [], behaviours()).behaviours) is points_out


@BOTH
@given(everybody=GROUPS, order=st.permutations(behaviours()))
def test_another_order_of_the_questionnaire_names_the_same_behaviours(
    listed: Lists, everybody: list[View], order: list[str]
) -> None:
    own, *others = everybody
    one, another = listed(own, others, behaviours()), listed(own, others, order)
    assert set(one.behaviours) == set(another.behaviours)
    assert one.equals == another.equals
    assert list(another.behaviours) == [key for key in order if key in another.behaviours]


@given(GROUPS)
def test_what_is_strong_is_named_or_counted_in_every_picture(everybody: list[View]) -> None:
    found = strong(everybody)
    assert bool(found.behaviours or found.equals) is has_picture(everybody[0])
    assert len(found.behaviours) <= 5


@given(GROUPS)
def test_a_strength_stands_before_all_that_is_none(everybody: list[View]) -> None:
    found = strong(everybody).behaviours
    lowest = {key: min(values(everybody, key)) for key in judged(everybody)}
    rest = [lowest[key] for key in lowest if key not in found]
    assert all(lowest[key] >= max(rest, default=1) for key in found)
    assert rest or not found, "without anything below it nothing stands out"


@BOTH
@given(everybody=GROUPS)
def test_two_behaviours_with_the_same_views_share_their_place(
    listed: Lists, everybody: list[View]
) -> None:
    own, *others = everybody
    found = listed(own, others, behaviours()).behaviours
    elsewhere = differing(everybody) if listed is attention else set()
    seen = {key: sorted(values(everybody, key)) for key in judged(everybody)}
    for one in found:
        alike = {key for key in seen if seen[key] == seen[one]} - elsewhere
        assert alike <= set(found)


@given(GROUPS)
def test_what_could_get_attention_is_behind_every_strength(everybody: list[View]) -> None:
    bar = min((min(values(everybody, key)) for key in strong(everybody).behaviours), default=8)
    assert all(max(values(everybody, key)) < bar for key in weak(everybody).behaviours)


@given(GROUPS)
def test_attention_leaves_out_what_differs(everybody: list[View]) -> None:
    assert not differing(everybody) & set(weak(everybody).behaviours)


@given(GROUPS)
def test_the_two_lists_are_short_and_share_nothing(everybody: list[View]) -> None:
    assert len(weak(everybody).behaviours) <= 5
    assert not set(strong(everybody).behaviours) & set(weak(everybody).behaviours)


@given(GROUPS)
def test_among_equally_many_views_the_lowest_of_them_decide(everybody: list[View]) -> None:
    found = strong(everybody).behaviours
    seen = {key: sorted(values(everybody, key)) for key in judged(everybody)}
    for one in found:
        for other in seen.keys() - set(found):
            if len(seen[one]) == len(seen[other]):
                assert seen[one] > seen[other]


@given(GROUPS)
def test_among_equally_many_views_the_highest_of_them_decide_what_could_get_attention(
    everybody: list[View],
) -> None:
    found = weak(everybody).behaviours
    elsewhere = differing(everybody) | {*found}
    seen = {key: sorted(values(everybody, key), reverse=True) for key in judged(everybody)}
    for one in found:
        for other in seen.keys() - elsewhere:
            if len(seen[one]) == len(seen[other]):
                assert seen[one] < seen[other]


@BOTH
@given(everybody=GROUPS)
def test_as_many_again_who_see_the_same_change_no_list(
    listed: Lists, everybody: list[View]
) -> None:
    own, *others = everybody
    assert listed(own, [*others, *everybody], behaviours()) == listed(own, others, behaviours())


@BOTH
@given(everybody=GROUPS, data=st.data())
def test_nobody_comes_first_in_a_list(
    listed: Lists, everybody: list[View], data: st.DataObject
) -> None:
    own, *others = everybody
    shuffled = data.draw(st.permutations(others))
    assert listed(own, shuffled, behaviours()) == listed(own, others, behaviours())
