"""The forms of a plan, of a question about it, and of what its author says to one."""

from wtforms import Field, Form
from wtforms.validators import StopValidation

from zetwpo.autosaving import AutosavedForm
from zetwpo.cycle.audience.words import ONLY_YOU
from zetwpo.cycle.plans.rules import MOST_MINUTES, NAMES, read_minutes
from zetwpo.fields import EditForm, KeyedForm, LineField, LongTextField
from zetwpo.i18n import lazy_gettext as _

READ_ALONG = _("The author of the plan reads this, and everybody who may read the plan.")


def _minutes(_form: Form, field: Field) -> None:
    try:
        read_minutes(field.data or "")
    except ValueError:
        raise StopValidation(
            _(
                "Fill in a whole number of minutes, at most %(most)s, for example 30; or leave it "
                "empty.",
                most=MOST_MINUTES,
            )
        ) from None


class PlanForm(AutosavedForm):
    """What somebody will try, when, how they will notice, and what it asks."""

    edited = NAMES
    what = LongTextField(
        _("What will I try with my student?"),
        readers=ONLY_YOU,
        hint=_("One thing, as small as you can make it."),
        most=2000,
        rows=4,
    )
    at = LongTextField(
        _("When?"),
        readers=ONLY_YOU,
        hint=_("The first moment at which it fits: a lesson, a talk, a day."),
        most=500,
        rows=2,
    )
    sign = LongTextField(
        _("How will I notice that it works?"),
        readers=ONLY_YOU,
        hint=_("Something that you can see or hear, of your student or of yourself."),
        most=1000,
        rows=3,
    )
    minutes = LineField(
        _("How many minutes a week does it ask?"),
        readers=ONLY_YOU,
        hint=_("An estimate is enough. An hour at most fits in most weeks."),
        most=6,
        checks=(_minutes,),
        render_kw={"inputmode": "numeric"},
    )


class AskForm(KeyedForm):
    """A question to the author of a plan."""

    text = LongTextField(
        _("Your question"),
        readers=READ_ALONG,
        required=_("Write your question first."),
        most=600,
        rows=3,
    )


class AnswerForm(EditForm):
    """What the author of a plan says to a question."""

    edited = ("answer",)
    answer = LongTextField(
        _("What you say to it"),
        readers=_("You read this, and everybody who may read your plan."),
        hint=_("You need not answer: reading it and thinking about it is enough."),
        most=1000,
        rows=3,
    )
