"""Whom somebody means who opens something of their own in a trajectory."""

import uuid

from hypothesis import given
from hypothesis import strategies as st

from zetwpo.cycle.audience.rules import NOBODY, Audience, Circle, meant

OWNER = uuid.UUID(int=1)
# Few enough that groups overlap.
SOMEBODY = st.sampled_from([uuid.UUID(int=number) for number in range(1, 8)])
PEOPLE = st.frozensets(SOMEBODY)
CIRCLES = st.builds(Circle, st.just(OWNER), PEOPLE, PEOPLE, PEOPLE)
AUDIENCES = st.frozensets(st.sampled_from(Audience))


@given(AUDIENCES, CIRCLES)
def test_it_is_exactly_those_whom_an_audience_names(
    audiences: frozenset[Audience], circle: Circle
) -> None:
    found = meant(audiences, circle)
    for person in range(1, 8):
        who = uuid.UUID(int=person)
        is_pair = who in circle.pair and who in circle.participants
        is_group = who in circle.participants or who in circle.facilitators
        is_named = (
            (Audience.PAIR in audiences and is_pair)
            or (Audience.FACILITATORS in audiences and who in circle.facilitators)
            or (Audience.GROUP in audiences and is_group)
        )
        has_owner = OWNER in circle.participants
        assert (who in found) is (is_named and has_owner and who != OWNER)


@given(AUDIENCES, CIRCLES)
def test_of_an_owner_who_left_nobody_is_meant(
    audiences: frozenset[Audience], circle: Circle
) -> None:
    left = Circle(OWNER, circle.participants - {OWNER}, circle.facilitators, circle.pair)
    assert meant(audiences, left) == NOBODY


@given(AUDIENCES, CIRCLES, SOMEBODY)
def test_whoever_left_is_meant_no_more(
    audiences: frozenset[Audience], circle: Circle, leaver: uuid.UUID
) -> None:
    after = Circle(
        OWNER, circle.participants - {leaver}, circle.facilitators - {leaver}, circle.pair
    )
    assert leaver not in meant(audiences, after)


@given(AUDIENCES, CIRCLES)
def test_closing_leaves_nobody_and_a_smaller_audience_no_more_people(
    audiences: frozenset[Audience], circle: Circle
) -> None:
    assert meant({Audience.ONLY_ME}, circle) == meant((), circle) == NOBODY
    for each in audiences:
        assert meant(audiences - {each}, circle) <= meant(audiences, circle)
        assert meant({each}, circle) <= meant({Audience.GROUP}, circle)
