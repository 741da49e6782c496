"""The form for what a meeting leaves behind."""

from collections.abc import Sequence

from wtforms.fields.choices import SelectChoice
from wtforms.validators import ValidationError

from zetwpo.accounts.colleagues import Colleague
from zetwpo.autosaving import AutosavedForm
from zetwpo.cycle.agreements.rules import LONGEST_HOMEWORK, NAMES, as_field, read_field
from zetwpo.cycle.agreements.words import STEPS
from zetwpo.cycle.meetings.rules import NextStep
from zetwpo.fields import ChoiceField, LongTextField, TicksField
from zetwpo.i18n import lazy_gettext as _

GROUP = _("The group and the facilitators read this.")


class AgreementsForm(AutosavedForm):
    """Notes, homework, who brings it in next time, and what comes next."""

    edited = NAMES
    notes = LongTextField(
        _("Notes of the group"),
        readers=GROUP,
        hint=_("What do you want to find again? What somebody said about a student stays out."),
        rows=8,
    )
    homework = LongTextField(
        _("Homework for next time"),
        readers=GROUP,
        hint=_("Small enough for a week with lessons."),
        most=LONGEST_HOMEWORK,
        rows=4,
    )
    bringers = TicksField(_("Who brings the homework in next time?"))
    next_step = ChoiceField(
        _("What comes next?"),
        choices=[SelectChoice(step.value, words) for step, words in STEPS.items()],
        default=NextStep.UNDECIDED.value,
        validate_choice=False,
    )

    def offer(self, people: Sequence[Colleague]) -> None:
        """Let somebody tick these people."""
        self.bringers.choices = [SelectChoice(str(each.id), each.name) for each in people]
        self._known = {each.id for each in people}

    def validate_bringers(self, field: TicksField) -> None:
        """Whoever left in the meantime brings nothing in."""
        field.data = as_field(read_field(field.data or "", self._known))

    def validate_next_step(self, field: ChoiceField) -> None:
        """One of those on the page."""
        if field.data not in set(NextStep):
            raise ValidationError(_("Choose what comes next."))
