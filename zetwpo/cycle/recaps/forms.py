"""The forms of a recap and of what was not right in one."""

from zetwpo.accounts.rules import LONGEST_NAME
from zetwpo.autosaving import AutosavedForm
from zetwpo.cycle.agreements.rules import LONGEST_HOMEWORK
from zetwpo.cycle.common_question.rules import LONGEST_TOGETHER
from zetwpo.cycle.recaps.rules import CORRECTION, PARTS
from zetwpo.cycle.trajectories.rules import MOST_PARTICIPANTS
from zetwpo.fields import LongTextField
from zetwpo.i18n import lazy_gettext as _

# There is room for all that a part is filled in with: a draft that nobody touched is not too long.
LONGEST_QUESTIONS = LONGEST_TOGETHER + 200
LONGEST_WITH_NAMES = LONGEST_HOMEWORK + (1 + MOST_PARTICIPANTS) * 4 * LONGEST_NAME
LATER_GROUP = _(
    "Until you send it only the facilitators read this. After that everybody in the group does."
)


class RecapForm(AutosavedForm):
    """What the group hears of its meeting."""

    edited = PARTS
    opening = LongTextField(
        _("A word to begin with"),
        readers=LATER_GROUP,
        hint=_("For example what you are glad about. You can leave it empty."),
        most=1000,
        rows=3,
    )
    question = LongTextField(
        _("The question that we worked on"), readers=LATER_GROUP, most=LONGEST_QUESTIONS, rows=3
    )
    noted = LongTextField(
        _("What we want to remember"),
        readers=LATER_GROUP,
        hint=_("What somebody said about a student stays out."),
        rows=8,
    )
    homework = LongTextField(
        _("Homework for next time"), readers=LATER_GROUP, most=LONGEST_WITH_NAMES, rows=4
    )
    ahead = LongTextField(_("What comes next"), readers=LATER_GROUP, most=LONGEST_QUESTIONS, rows=2)


class CorrectionForm(AutosavedForm):
    """What was not right in a recap that was sent."""

    edited = (CORRECTION,)
    correction = LongTextField(
        _("What was not right?"),
        readers=LATER_GROUP,
        hint=_("For example: the homework is for the week after the break."),
        most=2000,
        rows=4,
    )
