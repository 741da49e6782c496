"""The form with which facilitators word the reminder halfway, or switch it off."""

from wtforms.fields.choices import SelectChoice

from zetwpo.cycle.halfway.rules import LONGEST_TEXT, NAMES
from zetwpo.fields import ChoiceField, EditForm, LongTextField, OneOf
from zetwpo.i18n import lazy_gettext as _

ANSWERS = [
    SelectChoice("yes", _("Yes, halfway between each two meetings")),
    SelectChoice("no", _("No, in this trajectory it does not go")),
]


class HalfwayForm(EditForm):
    """Whether it goes, and what it says."""

    edited = NAMES
    is_on = ChoiceField(
        _("Does it go?"),
        [OneOf(_("Choose one of the two."))],
        choices=ANSWERS,
        default="yes",
        validate_choice=False,
    )
    text = LongTextField(
        _("Your own words"),
        readers=_("Whoever gets the reminder reads this. You are not told who that is."),
        hint=_("They come in the place of our sentence. Leave this empty to keep ours."),
        most=LONGEST_TEXT,
        rows=4,
    )
