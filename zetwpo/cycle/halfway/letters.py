"""What the reminder halfway says: put together when it leaves, if it is still needed."""

import uuid
from dataclasses import dataclass

from zetwpo.accounts.queries import get_people
from zetwpo.clock import now
from zetwpo.cycle.common_question.queries import last_brought
from zetwpo.cycle.halfway.queries import gaps_of, reminder_of
from zetwpo.cycle.halfway.service import REMINDER
from zetwpo.cycle.learning_question.queries import saved_questions
from zetwpo.cycle.meetings.queries import MeetingRow
from zetwpo.cycle.plans.queries import PlanCard, find_plan, last_of, own_plans
from zetwpo.cycle.plans.rules import Plan
from zetwpo.cycle.trajectories.queries import TrajectoryCard
from zetwpo.i18n import as_language, listed, weekday_moment, writing_in
from zetwpo.mail.composing import Composer, Content, Due, PutOff
from zetwpo.mail.service import Addressee
from zetwpo.web import public_address


@dataclass(frozen=True)
class Reminded:
    """Whom one reminder is for, with their own words."""

    name: str
    # Empty where they wrote none.
    question: str
    plan: Plan
    # Where the plan is.
    url: str


def values_for(
    person: Reminded, trajectory: TrajectoryCard, until: MeetingRow, text: str
) -> dict[str, str]:
    """What the mail is filled in with, in the language that is being written."""
    return {
        "person": person.name,
        "facilitator": listed([each.name for each in trajectory.leading]),
        "trajectory": trajectory.title,
        "number": str(until.number),
        "when": weekday_moment(until.starts_at),
        # Of the facilitator; empty where our own words will do.
        "said": text,
        "question": person.question,
        **person.plan.fields,
        "url": person.url,
    }


def _reminder(mail: Due) -> Content | PutOff | None:
    """Only to who still takes part and is at a plan, from who still leads the group."""
    plan = _find_open_plan(mail)
    if plan is None:
        return None
    trajectory, wanted = plan.trajectory, uuid.UUID(mail.values["after"])
    gap = next((each for each in gaps_of(trajectory) if each.id == wanted), None)
    reminder = reminder_of(trajectory.id)
    if gap is None or gap.leaves_at is None or gap.is_skipped or not reminder.is_on:
        return None
    if gap.leaves_at > now():
        return PutOff(gap.leaves_at)
    person = get_people([plan.owner_id])[plan.owner_id]
    address = public_address("plans.show", plan_id=str(plan.id))
    reminded = Reminded(person.name, _question(plan), plan.plan, address)
    language = as_language(person.language)
    with writing_in(language):
        values = values_for(reminded, trajectory, gap.until, reminder.text)
    # Their own words go to nobody else, whatever the address was when this was queued.
    to = Addressee(person.email, language)
    return Content(values, to=to, partnership_id=trajectory.partnership_id)


def _find_open_plan(mail: Due) -> PlanCard | None:
    """The plan that somebody is at, in a trajectory that goes on; maybe another one by now."""
    queued = find_plan(mail.about_id) if mail.about_id else None
    if queued is None or queued.trajectory.is_closed or not queued.trajectory.leading:
        return None
    trajectory, plan = queued.trajectory, last_of(own_plans(queued.around, queued.owner_id))
    takes_part = queued.owner_id in trajectory.keys_taking_part
    return plan if takes_part and plan and plan.is_open else None


def _question(plan: PlanCard) -> str:
    """Their own question as they saved it last; else as they brought it in, or none."""
    saved = [
        each.version.text
        for each in saved_questions(plan.owner_id)
        if each.scan.partnership_id == plan.trajectory.partnership_id
    ]
    return saved[0] if saved else last_brought(plan.trajectory.id, plan.owner_id)


COMPOSERS: dict[str, Composer] = {REMINDER: _reminder}
