"""What is strong and what could get attention: short lists in the order of the form."""

from collections.abc import Callable, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.content import behaviours, items
from tests.unit.scan.views import EVERYBODY, level, view, views
from zetwpo.library.questionnaires import Form
from zetwpo.scan.result.rules import View, attention, differences, has_picture, strengths

Lists = Callable[[View, Sequence[View], Sequence[str]], list[str]]

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


def test_the_strongest_three_are_named_in_the_order_of_the_form() -> None:
    own = level(Form.SELF, 4, critical_stance=7, relationship=5, modelling=6)
    assert strengths(own, [], behaviours()) == ["relationship", "modelling", "critical_stance"]


def test_the_weakest_three_are_named_in_the_order_of_the_form() -> None:
    own = level(Form.SELF, 4, critical_stance=1, relationship=3, modelling=2)
    assert attention(own, [], behaviours()) == ["relationship", "modelling", "critical_stance"]


def test_a_behaviour_is_as_strong_as_its_least_positive_view() -> None:
    own = level(Form.SELF, 4, modelling=7, judging_level=6)
    trainer = level(Form.TRAINER, 4, modelling=3, judging_level=5)
    found = strengths(own, [trainer], behaviours())
    assert "judging_level" in found
    assert "modelling" not in found


def test_a_behaviour_asks_for_attention_as_little_as_its_most_positive_view() -> None:
    weak = ["modelling", "flexible_routes", "critical_stance"]
    own = level(Form.SELF, 7, **dict.fromkeys(weak, 4), relationship=4)
    trainer = level(Form.TRAINER, 7, **dict.fromkeys(weak, 4), relationship=5)
    assert attention(own, [trainer], behaviours()) == weak


@pytest.mark.parametrize("point", range(1, 8))
def test_an_even_picture_has_strengths_and_nothing_for_attention(point: int) -> None:
    own = level(Form.SELF, point)
    assert strengths(own, [], behaviours()) == behaviours()[:3]
    assert attention(own, [], behaviours()) == []


def test_where_views_differ_by_two_points_the_difference_is_the_subject() -> None:
    own, trainer = level(Form.SELF, 6, modelling=1), level(Form.TRAINER, 6, modelling=3)
    assert attention(own, [trainer], behaviours()) == []
    nearer = level(Form.TRAINER, 6, modelling=2)
    assert attention(own, [nearer], behaviours()) == ["modelling"]


def test_what_others_see_two_points_apart_is_not_lost_between_the_lists() -> None:
    everybody = group([3, 6, 6, 6], [2, 6, 6, 6], [4, 6, 6, 6], [4, 6, 6, 6])
    own, *others = everybody
    assert behaviours()[0] not in differing(everybody)
    assert behaviours()[0] in attention(own, others, behaviours())


def test_where_the_lowest_view_is_the_same_the_next_lowest_decides() -> None:
    # One place is left for the first and the last, of which the first has one five less.
    own, *others = group([5, 7, 7, 6], [6, 7, 7, 6], [5, 7, 7, 5], [5, 7, 7, 6])
    assert strengths(own, others, behaviours()) == behaviours()[1:4]


def test_where_the_highest_view_is_the_same_the_next_highest_decides() -> None:
    high = [6] * (len(behaviours()) - 4)
    own, *others = group([3, 1, 1, 2, *high], [2, 1, 1, 2, *high], [3, 1, 1, 3, *high])
    assert attention(own, others, behaviours()) == behaviours()[1:4]


@pytest.mark.parametrize(
    ("fives", "named"), [(1, "relationship"), (2, "relationship"), (3, "modelling")]
)
def test_what_fewer_people_judged_stands_fairly_beside_the_rest(fives: int, named: str) -> None:
    """One of two sees a five in the modelling, so the relationship may have two of four."""
    strong = {"flexible_routes": 7, "theory_and_practice": 7}
    seen = [5] * fives + [6] * (4 - fives)
    own = level(Form.SELF, 4, **strong, relationship=seen[0], modelling=5)
    others = [
        level(Form.TRAINER, 4, **strong, relationship=point, modelling=modelling)
        for point, modelling in zip(seen[1:], (6, None, None), strict=True)
    ]
    assert strengths(own, others, behaviours()) == [
        key for key in behaviours() if key in {*strong, named}
    ]


def judging(count: int) -> View:
    """A supervisor who judged so many behaviours, the first one higher and the last one lower."""
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
    assert bool(listed(own, [], behaviours())) is points_out


@given(GROUPS)
def test_everybody_with_a_picture_has_strengths(everybody: list[View]) -> None:
    own, *others = everybody
    found = strengths(own, others, behaviours())
    assert len(found) == (3 if has_picture(own) else 0)


@given(GROUPS)
def test_a_strength_is_never_behind_what_is_none(everybody: list[View]) -> None:
    found = strengths(everybody[0], everybody[1:], behaviours())
    lowest = {key: min(values(everybody, key)) for key in judged(everybody)}
    rest = [lowest[key] for key in lowest if key not in found]
    assert all(lowest[key] >= max(rest, default=1) for key in found)


@given(GROUPS)
def test_what_could_get_attention_is_behind_every_strength(everybody: list[View]) -> None:
    own, *others = everybody
    strong = strengths(own, others, behaviours())
    bar = min((min(values(everybody, key)) for key in strong), default=0)
    weak = attention(own, others, behaviours())
    assert all(max(values(everybody, key)) < bar for key in weak)


@given(GROUPS)
def test_attention_leaves_out_what_differs_and_only_that(everybody: list[View]) -> None:
    own, *others = everybody
    strong, weak = (listed(own, others, behaviours()) for listed in (strengths, attention))
    assert not differing(everybody) & set(weak)
    bar = min((min(values(everybody, key)) for key in strong), default=0)
    lower = {key for key in judged(everybody) if max(values(everybody, key)) < bar}
    assert len(weak) == min(3, len(lower - differing(everybody)))


@given(GROUPS)
def test_the_two_lists_are_short_and_share_nothing(everybody: list[View]) -> None:
    own, *others = everybody
    strong, weak = (listed(own, others, behaviours()) for listed in (strengths, attention))
    assert len(weak) <= 3
    assert not set(strong) & set(weak)


@given(GROUPS)
def test_among_equally_many_views_the_lowest_of_them_decide(everybody: list[View]) -> None:
    own, *others = everybody
    named = strengths(own, others, behaviours())
    seen = {key: sorted(values(everybody, key)) for key in judged(everybody)}
    for one in named:
        for other in seen.keys() - set(named):
            if len(seen[one]) == len(seen[other]):
                assert seen[one] >= seen[other]


@given(GROUPS)
def test_among_equally_many_views_the_highest_of_them_decide_what_could_get_attention(
    everybody: list[View],
) -> None:
    own, *others = everybody
    named = attention(own, others, behaviours())
    elsewhere = differing(everybody) | {*named, *strengths(own, others, behaviours())}
    seen = {key: sorted(values(everybody, key), reverse=True) for key in judged(everybody)}
    for one in named:
        for other in seen.keys() - elsewhere:
            if len(seen[one]) == len(seen[other]):
                assert seen[one] <= seen[other]


@BOTH
@given(everybody=GROUPS)
def test_a_list_is_in_the_order_of_the_form(listed: Lists, everybody: list[View]) -> None:
    found = listed(everybody[0], everybody[1:], behaviours())
    assert found == [key for key in behaviours() if key in found]


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
