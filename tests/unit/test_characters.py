"""What can be seen of a text, and a text in which there is nothing to see."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zetwpo.characters import (
    APART,
    END_APART,
    as_read,
    in_one_direction,
    is_blank,
    set_apart,
    without_invisible,
)

NOTHING = [
    "",
    " ",
    "\u00a0\u2003",
    "\u200b",
    "\u2060",
    "\u3164",
    "\u00ad",
    "\ufeff",
    "\uffa0\u115f\u1160",
    "\u2800",
    "\u200d\u200c",
    "\u202e\u2066",
    "\ufe0f\ufe0e",
    "\U000e0041\U000e007f",
    "\U000e0100",
    "\u034f",
    "\u0301",
    "\x00\x7f",
]
SOMETHING = [*"aé李שم1-👍", "e\u0301", "\u200b.\u200b", "\U0001fae8", "🏳️\u200d🌈"]


@pytest.mark.parametrize("text", NOTHING, ids=ascii)
def test_there_is_nothing_to_see(text: str) -> None:
    assert is_blank(text)


@pytest.mark.parametrize("text", SOMETHING)
def test_there_is_something_to_see(text: str) -> None:
    assert not is_blank(text)


@given(st.text(st.characters(categories=["L", "N", "P", "S"]), min_size=1))
def test_what_is_taken_away_was_not_seen(text: str) -> None:
    assert is_blank(text) or without_invisible(text)
    assert is_blank(text) == is_blank(without_invisible(text))


def test_writing_that_needs_joiners_keeps_them() -> None:
    assert without_invisible("نامه\u200cای") == "نامه\u200cای"


def test_a_name_turns_around_nothing_but_itself() -> None:
    assert in_one_direction("Noor \u202elaat \u2066x") == "Noor laat x"
    assert in_one_direction("שלום Noor") == "שלום Noor"


@pytest.mark.parametrize("text", ["Noor", "Noör 2", "李", "", "12,5"])
def test_what_turns_nothing_around_gets_no_marks(text: str) -> None:
    assert set_apart(text) == text


@pytest.mark.parametrize("text", ["שירה", "نور 2", "Noor נועה", "Noor \u202bx\u202c", "\u202aNoor"])
def test_what_runs_from_the_right_is_set_apart_once(text: str) -> None:
    assert set_apart(text) == f"{APART}{text}{END_APART}"
    assert set_apart(set_apart(text)) == set_apart(text)


@pytest.mark.parametrize("text", ["שי\u2069רה", "\u202eשירה", "שירה\u2068"])
def test_a_mark_in_a_name_does_not_end_what_sets_it_apart(text: str) -> None:
    assert set_apart(text) == f"{APART}שירה{END_APART}"


def test_a_name_within_words_stays_set_apart_there() -> None:
    label = f"{set_apart('שירה')} (student 2)"
    assert set_apart(label) == f"{APART}{label}{END_APART}"


@given(st.text())
def test_what_sets_apart_is_closed_and_nothing_else_is_lost(text: str) -> None:
    found = set_apart(text)
    assert found.count(APART) == found.count(END_APART)
    assert in_one_direction(found) == in_one_direction(text)


@given(st.text())
def test_what_reads_alike_reads_alike_again(text: str) -> None:
    assert as_read(as_read(text)) == as_read(text)
    assert as_read(f" {text}\u200b") == as_read(text)


@given(st.text(st.characters(max_codepoint=127)))
def test_plain_letters_read_the_same_with_others_beside_them(text: str) -> None:
    assert as_read(text) + "ø" == as_read(text + "ø")
