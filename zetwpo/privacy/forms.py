"""The form of deleting everything."""

from collections.abc import Sequence

from wtforms import BooleanField
from wtforms.validators import InputRequired, ValidationError

from zetwpo.fields import PageForm
from zetwpo.i18n import lazy_gettext as _
from zetwpo.i18n import listed


class DeleteForm(PageForm):
    """A tick against a slip of the thumb; one more where others would be left without help."""

    # The names of those partnerships.
    left_alone = ""
    sure = BooleanField(
        _(
            "Delete my account, my scans, the feedback on them, my learning questions and what I "
            "filled in about others without sharing it, for good"
        ),
        validators=[InputRequired(_("Tick the box if you are sure."))],
    )
    # Asked where there is no other administrator.
    last_administrator = BooleanField()

    def require_knowing(self, partnerships: Sequence[str]) -> None:
        """Ask once more of whoever leaves these without an administrator."""
        self.left_alone = listed(partnerships)
        self.last_administrator.label.text = _(
            "I know that nobody will look after %(partnerships)s any more",
            partnerships=self.left_alone,
        )

    def validate_last_administrator(self, field: BooleanField) -> None:
        """Ticked, where it is asked."""
        if self.left_alone and not field.data:
            raise ValidationError(
                _("You are the only administrator there. Tick this box too if you are sure.")
            )
