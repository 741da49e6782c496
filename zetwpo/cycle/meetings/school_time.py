"""Until when a mail about a trajectory waits, so that it comes while people are at work."""

import uuid
from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import partial

from zetwpo.clock import dutch
from zetwpo.cycle.meetings.closed_days import school_days
from zetwpo.cycle.meetings.schedule import next_school_time
from zetwpo.mail.composing import PutOff
from zetwpo.mail.service import decent_hours

# Whoever would come for nothing has to know before they leave, on whatever day that is.
BEFORE_LEAVING = timedelta(hours=3)


def school_times(partnership_id: uuid.UUID, first: date) -> Callable[[datetime], datetime]:
    """Tells of moments from this day on when a mail may come that is wanted then."""
    return partial(next_school_time, is_school=school_days(partnership_id, first))


def wait_for_school(
    partnership_id: uuid.UUID, moment: datetime, needed_at: datetime | None = None
) -> PutOff | None:
    """Until when a mail waits that is needed before this, if ever; None where it leaves now.

    Where mails leave at all hours, as in the demo, they leave on all days.
    """
    if decent_hours().are_all:
        return None
    leaves = school_times(partnership_id, dutch(moment).date())(moment)
    comes_too_late = needed_at is not None and leaves > needed_at - BEFORE_LEAVING
    return PutOff(leaves) if leaves > moment and not comes_too_late else None
