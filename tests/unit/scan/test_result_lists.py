"""What is strong and what could get attention: short lists in the order of the form."""

from collections.abc import Callable, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.content import behaviours
from tests.unit.scan.views import EVERYBODY, level, view, views
from zetwpo.library.questionnaires import Form
from zetwpo.scan.result.rules import View, attention, strengths

Lists = Callable[[Sequence[View], Sequence[str]], list[str]]

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


def judged(everybody: Sequence[View]) -> list[str]:
    return [behaviour for behaviour in behaviours() if values(everybody, behaviour)]


def test_the_strongest_three_are_named_in_the_order_of_the_form() -> None:
    own = level(Form.SELF, 4, critical_stance=7, relationship=5, modelling=6)
    assert strengths([own], behaviours()) == ["relationship", "modelling", "critical_stance"]


def test_the_weakest_three_are_named_in_the_order_of_the_form() -> None:
    own = level(Form.SELF, 4, critical_stance=1, relationship=3, modelling=2)
    assert attention([own], behaviours()) == ["relationship", "modelling", "critical_stance"]


def test_a_behaviour_is_as_strong_as_its_least_positive_view() -> None:
    own = level(Form.SELF, 4, modelling=7, judging_level=6)
    trainer = level(Form.TRAINER, 4, modelling=3, judging_level=5)
    found = strengths([own, trainer], behaviours())
    assert "judging_level" in found
    assert "modelling" not in found


def test_a_behaviour_asks_for_attention_as_little_as_its_most_positive_view() -> None:
    weak = ["modelling", "flexible_routes", "critical_stance"]
    own = level(Form.SELF, 7, **dict.fromkeys(weak, 4), relationship=4)
    trainer = level(Form.TRAINER, 7, **dict.fromkeys(weak, 4), relationship=5)
    assert attention([own, trainer], behaviours()) == weak


@pytest.mark.parametrize("point", range(1, 8))
def test_an_even_picture_has_strengths_and_nothing_for_attention(point: int) -> None:
    own = level(Form.SELF, point)
    assert strengths([own], behaviours()) == behaviours()[:3]
    assert attention([own], behaviours()) == []


def test_where_views_differ_by_two_points_the_difference_is_the_subject() -> None:
    own, trainer = level(Form.SELF, 6, modelling=1), level(Form.TRAINER, 6, modelling=3)
    assert attention([own, trainer], behaviours()) == []
    nearer = level(Form.TRAINER, 6, modelling=2)
    assert attention([own, nearer], behaviours()) == ["modelling"]


def test_one_judgement_is_a_strength() -> None:
    own = view(Form.SELF, {"modelling": 1, "relationship": None})
    assert strengths([own], behaviours()) == ["modelling"]
    assert attention([own], behaviours()) == []


@BOTH
def test_without_a_judgement_there_is_nothing_to_name(listed: Lists) -> None:
    nothing = [view(Form.SELF, {}), view(Form.STUDENT, {"relationship": None})]
    assert listed(nothing, behaviours()) == []


@given(GROUPS)
def test_everybody_with_a_judgement_has_a_strength(everybody: list[View]) -> None:
    found = strengths(everybody, behaviours())
    assert len(found) == min(3, len(judged(everybody)))


@given(GROUPS)
def test_a_strength_is_never_behind_what_is_none(everybody: list[View]) -> None:
    found = strengths(everybody, behaviours())
    lowest = {key: min(values(everybody, key)) for key in judged(everybody)}
    rest = [lowest[key] for key in lowest if key not in found]
    assert all(lowest[key] >= max(rest, default=1) for key in found)


@given(GROUPS)
def test_what_could_get_attention_is_behind_every_strength(everybody: list[View]) -> None:
    bar = min(
        (min(values(everybody, key)) for key in strengths(everybody, behaviours())), default=0
    )
    assert all(max(values(everybody, key)) < bar for key in attention(everybody, behaviours()))


@given(GROUPS)
def test_what_could_get_attention_is_seen_alike(everybody: list[View]) -> None:
    for key in attention(everybody, behaviours()):
        seen = values(everybody, key)
        assert max(seen) - min(seen) < 2


@given(GROUPS)
def test_the_two_lists_are_short_and_share_nothing(everybody: list[View]) -> None:
    strong, weak = (listed(everybody, behaviours()) for listed in (strengths, attention))
    assert len(weak) <= 3
    assert not set(strong) & set(weak)


@BOTH
@given(everybody=GROUPS)
def test_a_list_is_in_the_order_of_the_form(listed: Lists, everybody: list[View]) -> None:
    found = listed(everybody, behaviours())
    assert found == [key for key in behaviours() if key in found]


@BOTH
@given(everybody=GROUPS, data=st.data())
def test_a_second_person_who_sees_the_same_changes_no_list(
    listed: Lists, everybody: list[View], data: st.DataObject
) -> None:
    same = data.draw(st.sampled_from(everybody))
    assert listed([*everybody, same], behaviours()) == listed(everybody, behaviours())


@BOTH
@given(everybody=GROUPS, data=st.data())
def test_nobody_comes_first_in_a_list(
    listed: Lists, everybody: list[View], data: st.DataObject
) -> None:
    shuffled = data.draw(st.permutations(everybody))
    assert listed(shuffled, behaviours()) == listed(everybody, behaviours())
