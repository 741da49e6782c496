"""What the pages of a meeting say of the question that the group works on there."""

from markupsafe import Markup

from zetwpo.accounts.actors import Actor
from zetwpo.accounts.policy import BRING_IN_QUESTION, LAY_QUESTIONS_TOGETHER
from zetwpo.clock import today
from zetwpo.cycle.common_question.queries import questions_of
from zetwpo.cycle.common_question.rules import asked_in, newest
from zetwpo.cycle.meetings.parts import MeetingPart, Spot, filled
from zetwpo.cycle.meetings.queries import MeetingCard
from zetwpo.i18n import lazy_gettext as _


def _question(meeting: MeetingCard, _actor: Actor) -> Markup | None:
    """What the group works on in this meeting, and nothing of whose words are in it."""
    questions = questions_of(meeting.trajectory)
    asked = asked_in(questions.common, meeting.id, meeting.starts_at)
    now_there = newest(asked, [each.id for each in questions.subgroups])
    numbers = {each.id: each.number for each in questions.subgroups}
    if not now_there:
        return None
    return filled("common_question/on_meeting", common=now_there, numbers=numbers)


def _next(meeting: MeetingCard, actor: Actor) -> Markup | None:
    """What there is to do with questions: for whoever leads, and for who brought in none yet."""
    facts, questions = meeting.facts, questions_of(meeting.trajectory)
    if meeting.trajectory.is_closed:
        return None
    leads = LAY_QUESTIONS_TOGETHER.opens_to(actor, facts)
    lacks = (
        BRING_IN_QUESTION.opens_to(actor, facts)
        and not questions.common
        and questions.brought_by(actor.person_id) is None
    )
    # How the question goes on is decided in a meeting, and not before it.
    if leads and questions.common and meeting.is_after(today()):
        return None
    if not leads and not lacks:
        return None
    return filled(
        "common_question/next_on_meeting",
        meeting=meeting,
        leads=leads,
        has_common=questions.common,
    )


PARTS = (
    MeetingPart("question", Spot.QUESTION, _("Our question"), _question),
    MeetingPart("question", Spot.WALL, _("Our question"), _question),
    MeetingPart("questions", Spot.PAGE, _("Our questions"), _next),
)
