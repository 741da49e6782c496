"""The forms of what a group tells the team."""

from wtforms.fields.choices import SelectChoice
from wtforms.validators import ValidationError

from zetwpo.autosaving import AutosavedForm
from zetwpo.cycle.common_question.rules import LONGEST_TOGETHER
from zetwpo.cycle.team_message.rules import LONGEST, LONGEST_OBJECTION, NAMES, Told
from zetwpo.cycle.team_message.words import TOLD
from zetwpo.fields import ChoiceField, LongTextField, PageForm
from zetwpo.i18n import lazy_gettext as _

GROUP = _(
    "Everybody in this group reads and writes this. Others read it once all of you agree and you "
    "release it."
)


class MessageForm(AutosavedForm):
    """What the group tells, and to whom."""

    edited = NAMES
    question = LongTextField(
        # It is filled in with those of all subgroups.
        _("The question that we worked on"),
        readers=GROUP,
        most=LONGEST_TOGETHER,
        rows=3,
    )
    different = LongTextField(
        _("What is different now?"),
        readers=GROUP,
        hint=_("Something that a colleague can see. What somebody said in the group stays there."),
        most=LONGEST,
        rows=5,
    )
    proposal = LongTextField(
        _("What do we propose?"),
        readers=GROUP,
        hint=_("What would help other supervisors here, and who is needed for it?"),
        most=LONGEST,
        rows=4,
    )
    celebration = LongTextField(_("What do we celebrate?"), readers=GROUP, most=LONGEST, rows=3)
    told = ChoiceField(
        _("Who may read it here?"),
        choices=[SelectChoice(told.value, words) for told, words in TOLD.items()],
        default=Told.ON_PAPER.value,
        validate_choice=False,
    )

    def validate_told(self, field: ChoiceField) -> None:
        """One of those on the page."""
        if field.data not in set(Told):
            raise ValidationError(_("Choose who may read it."))


class ObjectionForm(PageForm):
    """What should change before somebody agrees."""

    words = LongTextField(
        _("What should change first?"),
        readers=_("Everybody in this group reads this, with your name."),
        most=LONGEST_OBJECTION,
        required=_("Write down what should change, so that the others can do something about it."),
        rows=3,
    )
