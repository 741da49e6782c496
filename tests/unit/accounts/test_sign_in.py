"""Signing in: ten minutes, once, a few guesses, a few letters; and codes as people type them."""

import re
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zetwpo.accounts.rules import (
    CODE_DIGITS,
    HOUR,
    LETTERS_AT_ONCE,
    LETTERS_TO_KNOWN,
    LINK_LASTS,
    LONG_CODE_DIGITS,
    MOST_WRONG_CODES_A_DAY,
    SIGNED_IN_LASTS,
    LettersSent,
    SignInAttempt,
    as_code,
    code_digits,
    grouped,
    new_token,
    typed_code,
)

ASKED = datetime(2027, 3, 3, 12, tzinfo=UTC)
MOMENT = timedelta(microseconds=1)


def attempt(used: bool = False, wrong_codes: int = 0) -> SignInAttempt:
    return SignInAttempt(ASKED + LINK_LASTS, used, wrong_codes)


def test_link_and_code_work_for_ten_minutes() -> None:
    for works in (attempt().link_works, attempt().code_works):
        assert works(ASKED)
        assert works(ASKED + timedelta(minutes=10) - MOMENT)
        assert not works(ASKED + timedelta(minutes=10))


def test_link_and_code_work_once() -> None:
    assert not attempt(used=True).link_works(ASKED)
    assert not attempt(used=True).code_works(ASKED)


def test_the_fifth_wrong_code_closes_the_code_and_not_the_link() -> None:
    tried = [attempt(wrong_codes=count) for count in range(7)]
    assert [each.code_works(ASKED) for each in tried] == [True] * 5 + [False] * 2
    assert all(each.link_works(ASKED) for each in tried)


def test_guessing_at_one_account_all_year_has_less_than_one_chance_in_a_thousand() -> None:
    # As many codes as can be open at once, each day as many guesses as there are. That no more
    # letters than this leave in ten minutes, the tests of spacing say.
    open_codes = LETTERS_AT_ONCE + 1 + LETTERS_TO_KNOWN
    assert 365 * MOST_WRONG_CODES_A_DAY * open_codes / 10**CODE_DIGITS < 1e-3


def test_after_ten_wrong_codes_in_a_day_guessing_is_pointless() -> None:
    assert [code_digits(count) for count in (0, 9, 10, 1000)] == [8, 8, 16, 16]
    a_guess_each_millisecond_all_year = 365 * 86_400_000
    assert a_guess_each_millisecond_all_year / 10**LONG_CODE_DIGITS < 1e-4


def letters_in_a_day(ask_every: timedelta, *, is_known: bool) -> list[datetime]:
    """When letters leave to a mailbox for which somebody asks again and again."""
    to_known: list[datetime] = []
    to_others: list[datetime] = []
    moment = ASKED
    while moment < ASKED + timedelta(days=1):
        sent = LettersSent(
            [each for each in to_known if each > moment - HOUR],
            [each for each in to_others if each > moment - HOUR],
        )
        if is_known and sent.has_room_for_known():
            to_known.append(moment)
        elif sent.next_at(moment) <= moment:
            to_others.append(moment)
        moment += ask_every
    return sorted(to_known + to_others)


@pytest.mark.parametrize("seconds", [1, 7, 60, 290])
@pytest.mark.parametrize("is_known", [False, True])
def test_a_mailbox_gets_twelve_letters_an_hour_at_most(seconds: int, is_known: bool) -> None:
    left = letters_in_a_day(timedelta(seconds=seconds), is_known=is_known)
    most = max(sum(start <= each < start + HOUR for each in left) for start in left)
    assert most <= 12
    waits = [later - earlier for earlier, later in pairwise(left)]
    assert max(waits) < LINK_LASTS


def test_the_first_letters_leave_at_once_and_then_one_every_nine_minutes() -> None:
    sent = LettersSent((), (ASKED, ASKED))
    assert sent.next_at(ASKED) == ASKED
    sent = LettersSent((), (ASKED, ASKED, ASKED + 2 * MOMENT))
    assert sent.next_at(ASKED + timedelta(minutes=1)) == ASKED + 2 * MOMENT + timedelta(minutes=9)


def test_what_others_let_send_takes_no_room_of_a_known_browser() -> None:
    assert LettersSent((), (ASKED,) * 100).has_room_for_known()
    assert not LettersSent((ASKED,) * 3, ()).has_room_for_known()


def test_staff_is_signed_in_for_a_working_day() -> None:
    assert timedelta(hours=12) == SIGNED_IN_LASTS


@pytest.mark.parametrize(
    ("random", "digits", "code", "shown"),
    [
        (0, 8, "00000000", "0000 0000"),
        (7, 8, "00000007", "0000 0007"),
        (123_456_789, 8, "23456789", "2345 6789"),
        (10**15, 16, "1000000000000000", "1000 0000 0000 0000"),
    ],
)
def test_a_code_has_all_its_digits_in_groups_of_four(
    random: int, digits: int, code: str, shown: str
) -> None:
    assert as_code(random, digits) == code
    assert grouped(code) == shown
    assert typed_code(shown) == code


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
