"""On which days the schools of a partnership are closed, as far as anybody wrote it down."""

import uuid
from datetime import date
from functools import partial

from zetwpo.cycle.meetings import schedule
from zetwpo.cycle.meetings.holidays import holiday_on
from zetwpo.cycle.meetings.schedule import IsFree
from zetwpo.partnerships.breaks.queries import BreakCard, breaks_of


def breaks_from(partnership_id: uuid.UUID, day: date) -> list[BreakCard]:
    """The breaks of this partnership that are not over on this day; the first one first."""
    return breaks_of(partnership_id, day, date.max)


def free_days(partnership_id: uuid.UUID, first: date) -> IsFree:
    """Tells of days from this one on whether schools are open on that day of the week."""
    breaks = breaks_from(partnership_id, first)
    return partial(schedule.is_free, breaks=breaks, holiday_on=holiday_on)


def school_days(partnership_id: uuid.UUID, first: date) -> IsFree:
    """Tells of days from this one on whether people are at school."""
    breaks = breaks_from(partnership_id, first)
    return partial(schedule.is_school_day, breaks=breaks, holiday_on=holiday_on)
