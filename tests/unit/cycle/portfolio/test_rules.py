"""What goes into a portfolio, and in which order."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zetwpo.cycle.portfolio.rules import (
    INTRODUCTION,
    Choice,
    Section,
    Way,
    choice_of,
    moved,
    read_order,
)

ORDERS = st.permutations(list(Section)).map(tuple)
SECTIONS = st.sampled_from(Section)
SHOWN = st.sets(SECTIONS)
KEYS = st.dictionaries(SECTIONS, st.frozensets(st.text("abc", min_size=1), min_size=1))


@given(ORDERS)
def test_an_order_is_read_as_it_was_kept(order: tuple[Section, ...]) -> None:
    assert read_order(" ".join(order)) == order


@pytest.mark.parametrize(
    ("text", "begins"),
    [
        ("", (Section.SCAN, Section.QUESTION)),
        ("hours notes", (Section.HOURS, Section.NOTES, Section.SCAN)),
        ("hours dropped hours plans", (Section.HOURS, Section.PLANS, Section.SCAN)),
    ],
)
def test_what_was_not_there_yet_comes_last_and_what_is_unknown_is_skipped(
    text: str, begins: tuple[Section, ...]
) -> None:
    order = read_order(text)
    assert order[: len(begins)] == begins
    assert sorted(order) == sorted(Section)


@given(ORDERS, SECTIONS, st.sampled_from(Way), SHOWN)
def test_a_move_passes_one_neighbour_that_shows_and_back_again(
    order: tuple[Section, ...], section: Section, way: Way, shown: set[Section]
) -> None:
    after = moved(order, section, way, shown)
    assert sorted(after) == sorted(order)
    before, now = ([each for each in one if each in shown] for one in (order, after))
    # What does not show stays where it is.
    assert all(a == b for a, b in zip(order, after, strict=True) if a not in shown)
    if after == order:
        edge = 0 if way == Way.UP else -1
        assert section not in shown or before[edge] == section
    else:
        assert abs(before.index(section) - now.index(section)) == 1
        back = Way.DOWN if way == Way.UP else Way.UP
        assert moved(after, section, back, shown) == order


@given(KEYS, ORDERS, st.text())
def test_the_fields_say_the_whole_choice(
    chosen: dict[Section, frozenset[str]], order: tuple[Section, ...], words: str
) -> None:
    choice = Choice(words, order, chosen)
    again = choice_of(choice.fields, order)
    assert again.introduction == words
    assert all(again.keys(each) == choice.keys(each) for each in Section)


@given(KEYS, KEYS)
def test_what_is_gone_is_left_out(
    chosen: dict[Section, frozenset[str]], offered: dict[Section, frozenset[str]]
) -> None:
    left = Choice(chosen=chosen).among(offered)
    for each in Section:
        assert left.keys(each) == chosen.get(each, frozenset()) & offered.get(each, frozenset())


def test_all_that_is_ones_own_leaves_the_words_of_the_group_as_they_were() -> None:
    offered = {
        Section.SCAN: ["first", "second", "third"],
        Section.COMMON: ["theirs", "and theirs"],
        Section.NOTES: ["a", "b"],
    }
    choice = Choice("Hello").with_own(offered)
    assert choice.keys(Section.SCAN) == {"first", "third"}
    assert choice.keys(Section.NOTES) == {"a", "b"}
    assert choice.keys(Section.COMMON) == frozenset()
    assert choice.introduction == "Hello"
    ticked = Choice(chosen={Section.COMMON: frozenset({"theirs"})}).with_own(offered)
    assert ticked.keys(Section.COMMON) == {"theirs"}


def test_nothing_is_chosen_by_itself() -> None:
    assert Choice().is_empty
    assert not Choice("Words").is_empty
    assert set(Choice().fields) == {INTRODUCTION, *Section}
    assert not any(Choice().fields.values())
