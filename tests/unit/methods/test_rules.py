"""What is found in the library of methods, and what to loosen where nothing is."""

import string
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zetwpo.methods.rules import (
    CONDITIONS,
    MOST_WORDS,
    Findable,
    Wanted,
    fits,
    looser,
    words_in,
)

DIALOGUE = Findable(
    frozenset({"inquiry", "deepen"}), 45, 3, 8, words_in(["Onderzoekende dialoog", "Eén vraag"])
)
CHECK_IN = Findable(frozenset({"check_in"}), 10, 2, None, words_in(["Check-in", "Hoe is het?"]))

PHASES = st.sampled_from(["", "check_in", "inquiry", "deepen"])
NUMBERS = st.none() | st.integers(1, 200)
FINDABLE = st.builds(
    Findable,
    st.frozensets(st.sampled_from(["check_in", "inquiry", "deepen"]), min_size=1),
    st.integers(1, 180),
    st.integers(1, 10),
    st.none() | st.integers(10, 30),
    st.frozensets(st.sampled_from(["dialoog", "kaart", "brief"])),
)
WANTED = st.builds(Wanted, st.sampled_from(["", "dia", "brief kaart"]), PHASES, NUMBERS, NUMBERS)


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (Wanted(), True),
        (Wanted(phase="inquiry"), True),
        (Wanted(phase="check_in"), False),
        (Wanted(minutes=45), True),
        (Wanted(minutes=44), False),
        (Wanted(people=3), True),
        (Wanted(people=2), False),
        (Wanted(people=8), True),
        (Wanted(people=9), False),
        (Wanted(text="ONDERZOEK"), True),
        (Wanted(text="één"), True),
        (Wanted(text="een dialoog"), True),
        (Wanted(text="dialoog brief"), False),
        (Wanted(text="dialoog", phase="deepen", minutes=60, people=5), True),
        (Wanted(text="dialoog", phase="deepen", minutes=30, people=5), False),
    ],
)
def test_a_method_fits_where_all_that_is_wanted_holds(wanted: Wanted, found: bool) -> None:
    assert fits(DIALOGUE, wanted) is found


@pytest.mark.parametrize("text", ["check-in", "Check in", "CHECKIN", "hoe, is?", " \t", "—", ""])
def test_signs_and_capitals_make_no_difference(text: str) -> None:
    assert fits(CHECK_IN, Wanted(text=text))


def test_where_there_is_no_upper_bound_there_is_none() -> None:
    assert fits(CHECK_IN, Wanted(people=1000))


def test_a_book_that_somebody_pastes_is_looked_for_as_far_as_its_first_words() -> None:
    assert len(Wanted(text="a " * 10_000).words) == MOST_WORDS


@given(text=st.text(string.ascii_letters + "éëï -.", max_size=40))
def test_what_stands_in_a_method_is_found_by_its_own_words(text: str) -> None:
    found = replace(CHECK_IN, words=words_in([text]))
    for word in text.split():
        for written in (word, word.upper(), word.lower()):
            assert fits(found, Wanted(text=written))


@given(found=FINDABLE, wanted=WANTED)
def test_what_fits_keeps_fitting_with_any_condition_less(found: Findable, wanted: Wanted) -> None:
    for name in CONDITIONS:
        assert fits(found, wanted) <= fits(found, wanted.without(name))
        assert name not in wanted.without(name).conditions


@given(found=FINDABLE, wanted=WANTED)
def test_with_nothing_wanted_everything_fits(found: Findable, wanted: Wanted) -> None:
    for name in CONDITIONS:
        wanted = wanted.without(name)
    assert wanted == Wanted()
    assert fits(found, wanted)


@given(findable=st.lists(FINDABLE, max_size=6), wanted=WANTED)
def test_what_to_loosen_always_brings_something(findable: list[Findable], wanted: Wanted) -> None:
    ways = looser(findable, wanted)
    counts = [each.count for each in ways]
    assert counts == sorted(counts, reverse=True)
    for each in ways:
        assert each.condition in wanted.conditions
        assert each.count == sum(fits(one, each.wanted) for one in findable) > 0


def test_what_brings_most_stands_first() -> None:
    wanted = Wanted(phase="deepen", minutes=20, people=4)
    third = replace(DIALOGUE, phases=frozenset({"inquiry"}), minutes=15)
    fourth = replace(CHECK_IN, minutes=15)
    ways = looser([DIALOGUE, third, fourth], wanted)
    assert [(each.condition, each.count) for each in ways] == [("phase", 2), ("minutes", 1)]
    assert ways[0].wanted == Wanted(minutes=20, people=4)


def test_where_two_conditions_are_in_the_way_there_is_no_single_one() -> None:
    assert looser([DIALOGUE], Wanted(phase="check_in", minutes=5)) == []
