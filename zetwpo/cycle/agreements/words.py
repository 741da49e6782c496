"""What pages say of what a meeting leaves behind."""

from dataclasses import dataclass

from zetwpo.cycle.agreements.rules import Agreements
from zetwpo.cycle.meetings.queries import MeetingCard
from zetwpo.cycle.meetings.rules import NextStep
from zetwpo.i18n import lazy_gettext as _
from zetwpo.i18n import listed

STEPS = {
    NextStep.UNDECIDED: _("Not decided yet"),
    NextStep.DEEPEN: _("Go deeper into the same question"),
    NextStep.FOLLOW_UP: _("A follow-up question"),
    NextStep.NEW_SAME_AREA: _("A new question, in the same competence area"),
    NextStep.NEW_OTHER_AREA: _("A new question, in another competence area"),
}


@dataclass(frozen=True)
class Agreed:
    """What a group noted and agreed, in words; each of them may be empty."""

    notes: str
    homework: str
    # By name, and only who still takes part.
    bringers: str
    next_step: str

    @property
    def is_empty(self) -> bool:
        """True where there is nothing to say."""
        return not (self.notes or self.homework or self.bringers or self.next_step)


def in_words(meeting: MeetingCard, agreements: Agreements) -> Agreed:
    """This in words, for a page of a meeting of the same group."""
    people = meeting.trajectory.participants
    names = [each.name for each in people if each.id in agreements.bringers]
    is_decided = agreements.next_step is not NextStep.UNDECIDED
    return Agreed(
        agreements.notes,
        agreements.homework,
        listed(names) if names else "",
        str(STEPS[agreements.next_step]) if is_decided else "",
    )
