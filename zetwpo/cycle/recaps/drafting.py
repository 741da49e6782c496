"""What a recap says before anybody wrote in it: what the group has of its meeting by then."""

from collections.abc import Iterable

from zetwpo.cycle.agreements.queries import agreements_of
from zetwpo.cycle.agreements.words import Agreed, in_words
from zetwpo.cycle.common_question.queries import Questions, questions_of
from zetwpo.cycle.common_question.rules import Common, asked_in, newest
from zetwpo.cycle.meetings.queries import MeetingCard
from zetwpo.cycle.recaps import bringers
from zetwpo.edits import Fields
from zetwpo.i18n import gettext as _


def drafted(meeting: MeetingCard) -> Fields:
    """The parts of its recap, in the language of the page. Nothing of who was there."""
    agreed = in_words(meeting, agreements_of(meeting.id))
    questions = questions_of(meeting.trajectory)
    keys = [each.id for each in questions.subgroups]
    # A first question may be written down only after its meeting.
    asked = newest(asked_in(questions.common, meeting.id, meeting.starts_at), keys)
    asked = asked or questions.current
    found = [each for each in questions.common if each.meeting_id == meeting.id]
    new = [each for each in newest(found, keys) if each not in asked]
    ahead = [agreed.next_step, _worded(questions, new)]
    return {
        "opening": "",
        "question": _worded(questions, asked),
        "noted": agreed.notes,
        "homework": _homework(agreed),
        "ahead": "\n\n".join(filter(None, ahead)),
    }


def _worded(questions: Questions, asked: Iterable[Common]) -> str:
    """These questions, each of a subgroup with its number."""
    numbers = {each.id: each.number for each in questions.subgroups}
    return "\n\n".join(
        _("Subgroup %(number)s: %(about)s", number=numbers[each.subgroup_id], about=each.text)
        if each.subgroup_id in numbers
        else each.text
        for each in asked
    )


def _homework(agreed: Agreed) -> str:
    who = bringers.told(agreed.bringers) if agreed.bringers else ""
    return "\n\n".join(filter(None, [agreed.homework, who]))
