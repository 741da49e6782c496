"""Whom somebody means who opens something of their own in a trajectory."""

import uuid
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from zetwpo.cycle.audience.rules import EACH_MOMENT, NOBODY, Audience, Circle, Since, meant

OWNER = uuid.UUID(int=1)
NOON = datetime(2027, 3, 3, 12, tzinfo=UTC)
# Few enough that groups and moments overlap.
SOMEBODY = st.sampled_from([uuid.UUID(int=number) for number in range(1, 8)])
MOMENTS = st.builds(lambda day: NOON + timedelta(days=day), st.integers(0, 9))
PEOPLE = st.dictionaries(SOMEBODY, MOMENTS)
CIRCLES = st.builds(Circle, st.just(OWNER), PEOPLE, PEOPLE, PEOPLE)
CHOSEN = st.dictionaries(st.sampled_from(Audience), MOMENTS)
Chosen = Mapping[Audience, datetime]


def there(people: Since, who: uuid.UUID, at: datetime) -> bool:
    """True for whoever was there at this moment, and is since."""
    return who in people and people[who] <= at


@given(CHOSEN, CIRCLES)
def test_it_is_exactly_those_whom_a_choice_named(chosen: Chosen, circle: Circle) -> None:
    found = meant(chosen, circle)
    for person in range(1, 8):
        who = uuid.UUID(int=person)
        is_named = any(
            there(circle.participants, OWNER, at) and is_meant_by(each, at, circle, who)
            for each, at in chosen.items()
        )
        assert (who in found) is (is_named and who != OWNER)


def is_meant_by(audience: Audience, at: datetime, circle: Circle, who: uuid.UUID) -> bool:
    return {
        Audience.ONLY_ME: False,
        Audience.PAIR: there(circle.pair, who, at) and who in circle.participants,
        Audience.FACILITATORS: there(circle.facilitators, who, at),
        Audience.GROUP: who in circle.participants or who in circle.facilitators,
    }[audience]


@given(CHOSEN, CIRCLES)
def test_of_an_owner_who_left_nobody_is_meant(chosen: Chosen, circle: Circle) -> None:
    assert meant(chosen, without(circle, OWNER)) == NOBODY


@given(CHOSEN, CIRCLES, st.integers(10, 20))
def test_an_owner_who_comes_back_means_nobody_until_they_choose_again(
    chosen: Chosen, circle: Circle, day: int
) -> None:
    again = NOON + timedelta(days=day)
    back = replace(circle, participants=dict(circle.participants) | {OWNER: again})
    assert meant(chosen, back) == NOBODY
    anew = meant({Audience.GROUP: again}, back)
    assert anew == NOBODY.union(back.participants, back.facilitators) - {OWNER}


@given(CHOSEN, CIRCLES, SOMEBODY)
def test_whoever_left_is_meant_no_more(chosen: Chosen, circle: Circle, leaver: uuid.UUID) -> None:
    assert leaver not in meant(chosen, without(circle, leaver))


@given(CHOSEN, CIRCLES, SOMEBODY, st.integers(10, 20))
def test_whoever_comes_later_or_comes_back_reads_what_is_open_to_the_group_and_nothing_else(
    chosen: Chosen, circle: Circle, who: uuid.UUID, day: int
) -> None:
    later, before = {who: NOON + timedelta(days=day)}, without(circle, who)
    to_group = {each: at for each, at in chosen.items() if each is Audience.GROUP}
    for after in (
        replace(before, participants=dict(before.participants) | later),
        replace(before, participants=dict(before.participants) | later, pair=later),
        replace(before, facilitators=dict(before.facilitators) | later),
    ):
        assert meant(chosen, after) & {who} == meant(to_group, after) & {who}


@given(CHOSEN, CIRCLES)
def test_closing_leaves_nobody_and_a_smaller_audience_no_more_people(
    chosen: Chosen, circle: Circle
) -> None:
    assert meant({Audience.ONLY_ME: NOON}, circle) == meant({}, circle) == NOBODY
    for each, at in chosen.items():
        rest = {other: when for other, when in chosen.items() if other is not each}
        assert meant(rest, circle) <= meant(chosen, circle)
        assert meant({each: at}, circle) <= meant({Audience.GROUP: at}, circle)


@given(CIRCLES)
def test_a_pair_that_agreed_after_it_reads_what_is_opened_by_agreeing(circle: Circle) -> None:
    found = meant({Audience.PAIR: EACH_MOMENT}, circle)
    pair = frozenset(circle.pair) & frozenset(circle.participants)
    assert found == (pair - {OWNER} if OWNER in circle.participants else NOBODY)


def without(circle: Circle, leaver: uuid.UUID) -> Circle:
    """The same without somebody who left it."""
    participants, facilitators, pair = (
        {who: since for who, since in people.items() if who != leaver}
        for people in (circle.participants, circle.facilitators, circle.pair)
    )
    return Circle(circle.owner_id, participants, facilitators, pair)
