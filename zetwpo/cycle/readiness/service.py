"""What a facilitator does before meeting one: remind those who are not ready."""

import uuid

from zetwpo import audit
from zetwpo.accounts import service as accounts
from zetwpo.accounts.queries import get_people
from zetwpo.clock import now
from zetwpo.cycle.meetings.queries import meetings_of
from zetwpo.cycle.meetings.rules import next_of
from zetwpo.cycle.readiness.queries import REMINDER, lines_of, to_remind
from zetwpo.cycle.trajectories.queries import TrajectoryCard
from zetwpo.database.statements import one_at_a_time
from zetwpo.extensions import db
from zetwpo.i18n import as_language
from zetwpo.mail import service as mails
from zetwpo.mail.rules import Terms
from zetwpo.mail.service import Addressee, Reasoned


class NothingAhead(Exception):
    """All meetings are over: there is nothing left to prepare for."""


def remind(trajectory: TrajectoryCard, actor_id: uuid.UUID) -> int:
    """Remind everybody who is not ready and was not reminded in the last week; returns how many.

    One after the other, whoever clicks: the second finds that it was done, also where somebody is
    in two groups. Raises NothingAhead.
    """
    one_at_a_time(db.session.connection(), REMINDER)
    meeting = next_of(meetings_of(trajectory.id), now())
    if meeting is None or trajectory.is_closed:
        raise NothingAhead
    due = to_remind(trajectory, lines_of(trajectory))
    people = get_people(accounts.keep(due))
    # No administrator is told where one does not arrive: it would tell who is not ready.
    mails.queue_all(
        REMINDER,
        [
            Reasoned(
                Addressee(each.email, as_language(each.language)),
                reason=uuid.uuid4(),
                about_id=due[each.id],
                values={"by": str(actor_id)},
            )
            for each in people.values()
        ],
        terms=Terms(at_decent_hours=True, useful_until=meeting.starts_at),
    )
    if people:
        audit.record("participants reminded", actor_id=actor_id, object_id=trajectory.id)
    return len(people)
