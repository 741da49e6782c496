"""How a trajectory comes after another, without a database or a clock."""

import enum
from datetime import date, timedelta

# People have to be asked, and to keep the afternoon free.
LEAST_NOTICE = timedelta(weeks=2)


class GoesOn(enum.StrEnum):
    """With which question a next trajectory begins."""

    NEW = "new"
    DEEPEN = "deepen"
    FOLLOW_UP = "follow_up"


def words_along(way: GoesOn, typed: str, before: str, *, is_only: bool) -> str:
    """In which words a question goes along; empty where it stays with the trajectory before.

    The only one keeps its words where nobody typed others. Of several, one that is emptied stays.
    """
    if way is GoesOn.NEW:
        return ""
    return typed or (before if is_only else "")


def is_no_follow_up(way: GoesOn, along: str, before: str) -> bool:
    """True where a follow-up question would have the words of the one before it."""
    return way is GoesOn.FOLLOW_UP and along == before


def day_to_propose(last_day: date | None, rhythm_weeks: int, today: date) -> date:
    """The day on which a next trajectory could begin, as far as its day of the week decides.

    A rhythm after the last meeting, on the same day of the week, and at least two weeks from now.
    """
    earliest = today + LEAST_NOTICE
    if last_day is None:
        return earliest
    day = last_day + timedelta(weeks=rhythm_weeks)
    weeks = max(0, -((day - earliest).days // 7))
    return day + timedelta(weeks=weeks)
