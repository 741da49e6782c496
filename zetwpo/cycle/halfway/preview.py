"""How the reminder halfway reads, with the words of somebody invented."""

from dataclasses import dataclass

from flask import render_template

from zetwpo.cycle.halfway.letters import Reminded, values_for
from zetwpo.cycle.halfway.service import REMINDER
from zetwpo.cycle.meetings.queries import MeetingRow
from zetwpo.cycle.plans.rules import Plan
from zetwpo.cycle.trajectories.queries import TrajectoryCard
from zetwpo.i18n import gettext as _
from zetwpo.mail.composing import WORDS_FOR


@dataclass(frozen=True)
class Preview:
    """A mail as it would be."""

    subject: str
    text: str


def preview(trajectory: TrajectoryCard, until: MeetingRow, text: str) -> Preview:
    """What somebody would get before this meeting: never the words of a participant."""
    values = values_for(_invented(), trajectory, until, text)
    subject, written = (
        render_template(f"mail/{REMINDER}/{part}", **values) for part in ("subject.txt", "text.txt")
    )
    return Preview(" ".join(subject.split()), written.strip())


def _invented() -> Reminded:
    plan = Plan(
        _("After the lesson I ask what my student saw, and I wait before I say what I saw."),
        _("Tuesday, right after the third lesson."),
        _("My student talks more than I do."),
        20,
    )
    question = _("How do I let my student think further, without giving the answer myself?")
    return Reminded(_("Robin Invented"), question, plan, str(WORDS_FOR["url"]))
