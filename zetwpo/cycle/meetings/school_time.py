"""Until when a mail about a trajectory waits, so that it comes while people are at work."""

import uuid
from datetime import datetime, timedelta

from zetwpo.clock import dutch
from zetwpo.cycle.meetings.closed_days import school_days
from zetwpo.cycle.meetings.schedule import next_school_time
from zetwpo.mail.composing import PutOff
from zetwpo.mail.service import decent_hours

# Whoever would come for nothing has to know before they leave, on whatever day that is.
BEFORE_LEAVING = timedelta(hours=3)


def wait_for_school(
    partnership_id: uuid.UUID, moment: datetime, needed_at: datetime | None = None
) -> PutOff | None:
    """Until when a mail waits that is needed before this, if ever; None where it leaves now.

    Where mails leave at all hours, as in the demo, they leave on all days.
    """
    if decent_hours().are_all:
        return None
    leaves = next_school_time(moment, school_days(partnership_id, dutch(moment).date()))
    comes_too_late = needed_at is not None and leaves > needed_at - BEFORE_LEAVING
    return PutOff(leaves) if leaves > moment and not comes_too_late else None
