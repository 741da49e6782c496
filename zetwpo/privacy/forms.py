"""The form of deleting everything."""

from wtforms import BooleanField
from wtforms.validators import InputRequired

from zetwpo.fields import PageForm
from zetwpo.i18n import lazy_gettext as _


class DeleteForm(PageForm):
    """A tick against a slip of the thumb."""

    sure = BooleanField(
        _(
            "Delete my account, my scans, the feedback on them, my learning questions and what I "
            "filled in about others without sharing it, for good"
        ),
        validators=[InputRequired(_("Tick the box if you are sure."))],
    )
