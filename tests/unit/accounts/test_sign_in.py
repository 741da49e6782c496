"""Signing in: ten minutes, once, a few guesses; and codes as people type them."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zetwpo.accounts.rules import (
    LINK_LASTS,
    MOST_WRONG_CODES,
    SIGNED_IN_LASTS,
    SignInAttempt,
    new_code,
    new_token,
    typed_code,
)

ASKED = datetime(2027, 3, 3, 12, tzinfo=UTC)
MOMENT = timedelta(microseconds=1)


def is_open(after: timedelta = timedelta(0), used: bool = False, wrong_codes: int = 0) -> bool:
    return SignInAttempt(ASKED + LINK_LASTS, used, wrong_codes).is_open(ASKED + after)


def test_it_is_open_for_ten_minutes() -> None:
    assert is_open()
    assert is_open(after=timedelta(minutes=10) - MOMENT)
    assert not is_open(after=timedelta(minutes=10))


def test_it_is_open_once() -> None:
    assert not is_open(used=True)


def test_the_fifth_wrong_code_closes_it() -> None:
    assert [is_open(wrong_codes=count) for count in range(7)] == [True] * 5 + [False] * 2


def test_guessing_codes_has_less_than_one_chance_in_a_hundred_thousand() -> None:
    assert MOST_WRONG_CODES / 10 ** len(new_code()) < 1e-5


def test_staff_is_signed_in_for_a_working_day() -> None:
    assert timedelta(hours=12) == SIGNED_IN_LASTS


def test_a_code_is_six_digits_also_where_it_begins_with_a_nought() -> None:
    codes = {new_code() for _time in range(500)}
    assert all(re.fullmatch(r"[0-9]{6}", code) for code in codes)
    assert any(code.startswith("0") for code in codes)
    assert len(codes) > 450


def test_a_token_is_long_and_new_and_safe_in_an_address() -> None:
    tokens = {new_token() for _time in range(100)}
    assert len(tokens) == 100
    assert all(re.fullmatch(r"[A-Za-z0-9_-]{43}", token) for token in tokens)


@pytest.mark.parametrize(
    "typed", ["012345", "012 345", "01-23-45", " 012345\n", "0 1 2 3 4 5", "code: 012.345"]
)
def test_a_code_may_be_grouped_in_any_way(typed: str) -> None:
    assert typed_code(typed) == "012345"


@pytest.mark.parametrize(
    "typed", ["\uff10\uff11\uff12\uff13\uff14\uff15", "\u0660\u0661\u0662\u0663\u0664\u0665"]
)
def test_a_code_may_be_typed_on_any_keyboard(typed: str) -> None:
    assert typed_code(typed) == "012345"


@given(st.text())
def test_nothing_but_digits_is_left_of_what_was_typed(typed: str) -> None:
    assert set(typed_code(typed)) <= set("0123456789")
    assert typed_code(typed_code(typed)) == typed_code(typed)
