"""The form of the learning question."""

from collections.abc import Sequence

from wtforms import HiddenField, RadioField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import ValidationError

from zetwpo.cycle.rules import Draft
from zetwpo.errors import BadInput
from zetwpo.fields import LongTextField, PageForm
from zetwpo.i18n import lazy_gettext as _
from zetwpo.library.questionnaires import Axis


class LearningQuestionForm(PageForm):
    """An axis, and what somebody wants to learn there."""

    seen = HiddenField()
    axis = RadioField(_("Which area asks for your attention?"), validate_choice=False)
    text = LongTextField(
        _("Your learning question"),
        readers=_("Only you read this. Later you decide whether others get to see it."),
        required=_("Write your question first. It does not have to be finished."),
        most=1000,
        rows=4,
    )

    def offer(self, axes: Sequence[Axis]) -> None:
        """Let somebody choose from these axes."""
        self.axis.choices = [SelectChoice(axis.key, str(axis.title)) for axis in axes]
        self.offered = {axis.key for axis in axes}

    @property
    def draft(self) -> Draft:
        """What was filled in. Valid forms only."""
        return Draft(self.axis.data, self.text.data or "")

    @property
    def seen_number(self) -> int:
        """The number of the newest version on the page, 0 for none."""
        try:
            return int(self.seen.data or 0)
        except ValueError:
            raise BadInput(
                _("We could not read this"),
                _("Open the page again and write it there. Your text is below, to copy."),
            ) from None

    def validate_axis(self, field: RadioField) -> None:
        """One of the axes."""
        if field.data not in self.offered:
            raise ValidationError(_("Choose an area."))
