"""The form with which somebody chooses who reads something of their own."""

from zetwpo.cycle.audience.queries import Own
from zetwpo.cycle.audience.rules import Audience
from zetwpo.cycle.audience.words import choices
from zetwpo.fields import ChoiceField, OneOf, PageForm
from zetwpo.i18n import lazy_gettext as _


class ReadersForm(PageForm):
    """One of the audiences."""

    audience = ChoiceField(
        _("Who may read this?"), [OneOf(_("Choose who may read this."))], validate_choice=False
    )

    def offer(self, own: Own) -> None:
        """Let its owner choose from these."""
        self.audience.choices = choices(own)

    @property
    def chosen(self) -> Audience:
        """Which one. Valid forms only."""
        return Audience(self.audience.data)
