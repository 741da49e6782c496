"""The forms of the learning question: while it is written, and to save it."""

from collections.abc import Sequence
from dataclasses import replace

from wtforms.fields.choices import SelectChoice
from wtforms.validators import ValidationError

from zetwpo.autosaving import AutosavedForm
from zetwpo.cycle.learning_question.rules import NAMES
from zetwpo.edits import Sent
from zetwpo.fields import ChoiceField, LongTextField
from zetwpo.i18n import gettext
from zetwpo.i18n import lazy_gettext as _
from zetwpo.library.questionnaires import Axis

READERS = _("Only you read this. Later you decide whether others get to see it.")


class DraftForm(AutosavedForm):
    """An axis, and what somebody wants to learn there, as far as it is written."""

    edited = NAMES
    axis = ChoiceField(_("Which part asks for your attention?"), validate_choice=False)
    text = LongTextField(_("Your learning question"), readers=READERS, most=1000, rows=4)

    def offer(self, axes: Sequence[Axis]) -> None:
        """Let somebody choose from these axes."""
        self.axis.choices = [SelectChoice(axis.key, str(axis.title)) for axis in axes]
        self.offered = {axis.key for axis in axes}

    def validate_axis(self, field: ChoiceField) -> None:
        """One of the axes, or none yet."""
        if field.data and field.data not in self.offered:
            raise ValidationError(_("Choose a part."))

    def kept_at(self, time: str) -> str:
        """It is a question only once its author says so."""
        return gettext("Kept as a draft at %(time)s", time=time)


class LearningQuestionForm(DraftForm):
    """The same, ready to be saved."""

    text = LongTextField(
        _("Your learning question"),
        readers=READERS,
        required=_("Write your question first. It does not have to be finished."),
        most=1000,
        rows=4,
    )

    @property
    def sent(self) -> Sent:
        """What came in, all of it: the button makes that the question, touched or not."""
        found = super().sent
        return replace(found, tried=[*found.tried, found.fields])

    def validate_axis(self, field: ChoiceField) -> None:
        """One of the axes."""
        if field.data not in self.offered:
            raise ValidationError(_("Choose a part."))
