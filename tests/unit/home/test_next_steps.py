"""What the cards of an administrator and a programme leader propose."""

from itertools import product

import pytest

from zetwpo.home.rules import (
    Keeping,
    Kept,
    Leading,
    Led,
    MeetingStatus,
    meeting_status,
)

# In the order in which a partnership that begins needs it.
KEEPING = [
    (Kept(), Keeping.DESCRIBE),
    (Kept(is_described=True), Keeping.SCHOOLS),
    (Kept(is_described=True, has_schools=True), Keeping.PEOPLE),
    (Kept(is_described=True, has_schools=True, has_people=True), Keeping.NOTHING),
    (
        Kept(is_described=True, has_schools=True, has_people=True, failed_mails=2),
        Keeping.MAILS,
    ),
    # What comes first stays first.
    (Kept(has_schools=True, has_people=True, failed_mails=2), Keeping.DESCRIBE),
    (Kept(is_described=True, has_people=True, failed_mails=2), Keeping.SCHOOLS),
]
LEADING = [
    (Led(), Leading.BREAKS),
    (Led(has_breaks=True), Leading.QUESTIONNAIRE),
    (Led(has_breaks=True, has_own=True), Leading.NOTHING),
    (Led(has_own=True), Leading.BREAKS),
]


@pytest.mark.parametrize(("kept", "step"), KEEPING)
def test_an_administrator_does_one_thing_after_the_other(kept: Kept, step: Keeping) -> None:
    assert kept.next_step is step


@pytest.mark.parametrize(("led", "step"), LEADING)
def test_a_programme_leader_does_one_thing_after_the_other(led: Led, step: Leading) -> None:
    assert led.next_step is step


@pytest.mark.parametrize(("has_own", "has_breaks"), [*product((True, False), repeat=2)])
def test_a_draft_that_was_begun_comes_first(has_own: bool, has_breaks: bool) -> None:
    led = Led(has_draft=True, has_own=has_own, has_breaks=has_breaks)
    assert led.next_step is Leading.DRAFT


@pytest.mark.parametrize(
    ("is_over", "is_next", "has_to_do", "status"),
    [
        (True, False, True, MeetingStatus.BEEN),
        (False, True, True, MeetingStatus.YOUR_TURN),
        (False, True, False, MeetingStatus.PLANNED),
        (False, False, True, MeetingStatus.PLANNED),
    ],
)
def test_only_the_next_meeting_asks_something(
    is_over: bool, is_next: bool, has_to_do: bool, status: MeetingStatus
) -> None:
    assert meeting_status(is_over, is_next, has_to_do) is status
