"""What facilitators make of the reminder halfway, and how it gets into the outbox by itself."""

import uuid
from collections.abc import Collection

from zetwpo import audit
from zetwpo.accounts import service as accounts
from zetwpo.accounts.queries import get_people
from zetwpo.clock import now
from zetwpo.cycle.audience.queries import around_all
from zetwpo.cycle.halfway.models import HalfwayGap, HalfwayReminder
from zetwpo.cycle.halfway.queries import Gap, due_gaps, reminder_of
from zetwpo.cycle.plans.queries import last_plans_of_all
from zetwpo.cycle.trajectories.queries import TrajectoryCard
from zetwpo.database.statements import one_at_a_time, upsert
from zetwpo.edits import Sent, merged
from zetwpo.extensions import db
from zetwpo.i18n import as_language
from zetwpo.mail import service as mails
from zetwpo.mail.rules import Terms
from zetwpo.mail.service import Addressee, Reasoned

REMINDER = "halfway_reminder"


class NothingAhead(Exception):
    """It went already, or there is no next meeting."""


def change(trajectory: TrajectoryCard, sent: Sent, actor_id: uuid.UUID) -> None:
    """Change its words, or whether it goes at all; the trajectory was read to write.

    Raises Overtaken.
    """
    stored = reminder_of(trajectory.id).fields
    fields = merged(sent, stored)
    if fields == stored:
        return
    row = {
        "trajectory_id": trajectory.id,
        "is_on": fields["is_on"] == "yes",
        "text": fields["text"],
    }
    upsert(db.session(), HalfwayReminder, [row])
    audit.record("halfway reminder changed", actor_id=actor_id, object_id=trajectory.id)


def skip(gap: Gap | None, actor_id: uuid.UUID, *, is_skipped: bool) -> None:
    """Let it not go this once, or go after all; the meeting was read to write.

    Raises NothingAhead.
    """
    if gap is None or gap.went_at:
        raise NothingAhead
    if gap.is_skipped == is_skipped:
        return
    upsert(db.session(), HalfwayGap, [{"meeting_id": gap.id, "is_skipped": is_skipped}])
    if is_skipped:
        audit.record("halfway reminder skipped", actor_id=actor_id, object_id=gap.id)
    else:
        audit.record("halfway reminder wanted", actor_id=actor_id, object_id=gap.id)


def queue(gap_ids: Collection[uuid.UUID]) -> int:
    """Queue the reminders that are due among these gaps; returns how many mails that are.

    One process after the other, and each gap is written down as gone in the same commit: the
    second finds that it was done. What changes after this, the letter looks at when it leaves.
    """
    one_at_a_time(db.session.connection(), REMINDER)
    due = {each.trajectory_id: each.id for each in due_gaps(gap_ids)}
    if not due:
        return 0
    plans = last_plans_of_all(around_all(due.keys()))
    to_remind = [
        (plan, due[trajectory_id])
        for trajectory_id, found in plans.items()
        for plan in found
        if plan.is_open and plan.owner_id in plan.trajectory.facts.members
    ]
    people = get_people(accounts.keep({plan.owner_id for plan, _gap_id in to_remind}))
    letters = [
        Reasoned(
            Addressee(person.email, as_language(person.language)),
            reason=uuid.uuid5(gap_id, str(plan.owner_id)),
            about_id=plan.id,
            values={"after": str(gap_id)},
        )
        for plan, gap_id in to_remind
        if (person := people.get(plan.owner_id))
    ]
    # No administrator is told where one does not arrive: it would tell who has a plan.
    mails.queue_all(REMINDER, letters, terms=Terms(at_decent_hours=True))
    went_at = now()
    upsert(
        db.session(),
        HalfwayGap,
        [{"meeting_id": gap_id, "went_at": went_at} for gap_id in due.values()],
    )
    return len(letters)
