"""When a recap is due, what it says, what is kept of it, and why one cannot be sent."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zetwpo.cycle.recaps.rules import (
    PARTS,
    Following,
    Letter,
    Trouble,
    due_on,
    shown,
    to_store,
    trouble_with,
)

BEGINS = datetime(2027, 3, 3, 14, 30, tzinfo=UTC)
EMPTY = dict.fromkeys(PARTS, "")
WRITTEN = Letter({**EMPTY, "homework": "Read the plan."})
NEXT = Following(BEGINS + timedelta(weeks=4), 180, "Room 12")
TEXTS = st.fixed_dictionaries({name: st.sampled_from(["", "a", "b", "A word."]) for name in PARTS})


@pytest.mark.parametrize(
    ("ends_at", "day"),
    [
        ("2027-03-03T17:30+01:00", date(2027, 3, 10)),
        # Shortly before midnight in the Netherlands, and after it.
        ("2027-03-03T22:59+00:00", date(2027, 3, 10)),
        ("2027-03-03T23:01+00:00", date(2027, 3, 11)),
        # Over both clock changes.
        ("2027-03-24T17:30+01:00", date(2027, 3, 31)),
        ("2027-10-27T17:30+02:00", date(2027, 11, 3)),
        ("2027-12-29T17:30+01:00", date(2028, 1, 5)),
    ],
)
def test_it_is_due_on_the_same_day_of_the_next_week(ends_at: str, day: date) -> None:
    assert due_on(datetime.fromisoformat(ends_at)) == day


@pytest.mark.parametrize(
    ("letter", "participants", "after", "trouble"),
    [
        (WRITTEN, 2, timedelta(0), None),
        (WRITTEN, 1, timedelta(weeks=9), None),
        (WRITTEN, 2, timedelta(seconds=-1), Trouble.NOT_YET),
        (WRITTEN, 0, timedelta(hours=3), Trouble.NOBODY),
        (Letter(EMPTY), 2, timedelta(hours=3), Trouble.EMPTY),
        # A date, and something to read, are not what a meeting came to.
        (Letter(EMPTY, NEXT, ("A text",)), 2, timedelta(hours=3), Trouble.EMPTY),
    ],
)
def test_why_it_cannot_be_sent(
    letter: Letter, participants: int, after: timedelta, trouble: Trouble | None
) -> None:
    assert trouble_with(letter, BEGINS, participants, BEGINS + after) is trouble


@given(TEXTS, TEXTS)
def test_what_is_kept_shows_what_was_written(
    fields: dict[str, str], drafted: dict[str, str]
) -> None:
    assert shown(to_store(fields, drafted), drafted) == fields


@given(TEXTS, TEXTS, TEXTS)
def test_a_part_that_nobody_wrote_follows_the_meeting_and_the_others_stay(
    fields: dict[str, str], drafted: dict[str, str], later: dict[str, str]
) -> None:
    found = shown(to_store(fields, drafted), later)
    for name in PARTS:
        is_own = fields[name] != drafted[name]
        assert found[name] == (fields[name] if is_own else later[name])


def test_without_a_word_of_anybody_it_says_what_the_meeting_says() -> None:
    assert shown({}, WRITTEN.texts) == WRITTEN.texts


def test_a_part_that_somebody_emptied_stays_empty() -> None:
    assert shown(to_store(EMPTY, WRITTEN.texts), WRITTEN.texts) == EMPTY


def test_another_word_date_place_or_title_has_another_mark() -> None:
    others = [
        WRITTEN,
        Letter({**EMPTY, "noted": "Read the plan."}),
        Letter({**EMPTY, "homework": "Read the plan"}),
        Letter(WRITTEN.texts, NEXT),
        Letter(WRITTEN.texts, Following(NEXT.starts_at, 180, "Room 13")),
        Letter(WRITTEN.texts, Following(NEXT.starts_at, 120, "Room 12")),
        Letter(WRITTEN.texts, Following(NEXT.starts_at + timedelta(days=1), 180, "Room 12")),
        Letter(WRITTEN.texts, NEXT, ("A text",)),
        Letter(WRITTEN.texts, NEXT, ("A text", "And one more")),
    ]
    assert len({each.mark for each in others}) == len(others)
    assert Letter(dict(WRITTEN.texts), NEXT).mark == Letter(WRITTEN.texts, NEXT).mark
