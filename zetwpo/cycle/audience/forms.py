"""The form with which somebody chooses who reads something of their own."""

from wtforms.validators import ValidationError

from zetwpo.cycle.audience.queries import Own
from zetwpo.cycle.audience.rules import Audience
from zetwpo.cycle.audience.words import choices
from zetwpo.fields import ChoiceField, PageForm
from zetwpo.i18n import lazy_gettext as _


class ReadersForm(PageForm):
    """One of the audiences."""

    audience = ChoiceField(_("Who may read this?"), validate_choice=False)

    def offer(self, own: Own) -> None:
        """Let its owner choose from these."""
        self.audience.choices = choices(own)

    @property
    def chosen(self) -> Audience:
        """Which one. Valid forms only."""
        return Audience(self.audience.data)

    def validate_audience(self, field: ChoiceField) -> None:
        """One of those on the page."""
        if field.data not in {each.value for each in field.choices}:
            raise ValidationError(_("Choose who may read this."))
