"""The form of deleting everything."""

from flask_wtf import FlaskForm
from wtforms import BooleanField
from wtforms.validators import InputRequired

from zetwpo.i18n import lazy_gettext as _


class DeleteForm(FlaskForm):
    """A tick against a slip of the thumb."""

    sure = BooleanField(
        _("Delete my account, my scans, the feedback on them and my learning questions, for good"),
        validators=[InputRequired(_("Tick the box if you are sure."))],
    )
