"""The form of the learning question."""

from collections.abc import Sequence
from urllib.parse import urlencode

from flask import request
from wtforms import HiddenField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import ValidationError

from zetwpo.characters import without_controls
from zetwpo.cycle.learning_question.rules import Draft, Sent
from zetwpo.edits import Marks
from zetwpo.fields import ChoiceField, LongTextField, PageForm
from zetwpo.i18n import lazy_gettext as _
from zetwpo.library.questionnaires import Axis
from zetwpo.marks import read_marks, read_tried

NAMES = ("axis", "text")
# Fields of the page itself, beside those.
OWN_FIELDS = frozenset({"csrf_token", "seen", "tried"})
READERS = _("Only you read this. Later you decide whether others get to see it.")


class DraftForm(PageForm):
    """An axis, and what somebody wants to learn there, as far as it is written."""

    # What the page showed, and what it sent without hearing whether it was stored.
    seen = HiddenField()
    tried = HiddenField()
    axis = ChoiceField(_("Which part asks for your attention?"), validate_choice=False)
    text = LongTextField(_("Your learning question"), readers=READERS, most=1000, rows=4)

    def offer(self, axes: Sequence[Axis]) -> None:
        """Let somebody choose from these axes."""
        self.axis.choices = [SelectChoice(axis.key, str(axis.title)) for axis in axes]
        self.offered = {axis.key for axis in axes}

    def show(self, draft: Draft) -> None:
        """Fill in what is kept."""
        self.axis.data, self.text.data = draft.axis, draft.text

    def refuse_strangers(self) -> None:
        """Say so where something came in that the page does not ask."""
        if set(request.form) - OWN_FIELDS - set(NAMES):
            self.form_errors = [_("Something came in that does not belong to this page.")]

    @property
    def sent(self) -> Sent:
        """What came in."""
        tried = read_tried(self.tried.data or "")
        return Sent(
            {name: self[name].data or "" for name in NAMES if name in request.form},
            self.marks,
            [{name: without_controls(value).strip()} for name, value in tried if name in NAMES],
            [name for name in NAMES if self[name].errors],
        )

    @property
    def marks(self) -> Marks:
        """What the page says that it showed; nothing where we cannot read all of it."""
        marks = read_marks(self.seen.data or "")
        return marks if marks.keys() <= set(NAMES) else {}

    @marks.setter
    def marks(self, marks: Marks) -> None:
        self.seen.data = urlencode(marks)

    def validate_axis(self, field: ChoiceField) -> None:
        """One of the axes, or none yet."""
        if field.data and field.data not in self.offered:
            raise ValidationError(_("Choose a part."))


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
    def draft(self) -> Draft:
        """What was filled in. Valid forms only."""
        return Draft(self.axis.data, self.text.data or "")

    def validate_axis(self, field: ChoiceField) -> None:
        """One of the axes."""
        if field.data not in self.offered:
            raise ValidationError(_("Choose a part."))
