"""The form in which a partnership says who it is."""

import re

from wtforms import Field, Form
from wtforms.fields.choices import SelectChoice
from wtforms.validators import StopValidation, ValidationError

from zetwpo.accounts.forms import AddressField
from zetwpo.accounts.rules import LONGEST_NAME
from zetwpo.fields import ChoiceField, EditForm, LineField
from zetwpo.i18n import lazy_gettext as _
from zetwpo.partnerships.identity.rules import (
    LONGEST_LINE,
    LONGEST_PHONE,
    NAMES,
    Ground,
)

EVERYBODY = _("Everybody reads this: it stands below each page and each email.")
GROUNDS = {
    Ground.LEGITIMATE_INTEREST: _("A legitimate interest: supervising future teachers well"),
    Ground.PUBLIC_TASK: _("A task in the public interest: training teachers"),
}
PHONE = re.compile(r"[\d +()/.–-]{5,}")


def _phone(_form: Form, field: Field) -> None:
    if field.data and not PHONE.fullmatch(field.data):
        raise StopValidation(_("Fill in a phone number in digits, or leave this empty."))


class AboutForm(EditForm):
    """Who answers for the data, who helps, and where to complain."""

    edited = NAMES
    controller = LineField(
        _("The organisation that is responsible for the data"),
        readers=EVERYBODY,
        most=LONGEST_NAME,
        required=_("Fill in the name of the organisation."),
        hint=_("The legal name: often that of a foundation or school board."),
    )
    address = LineField(
        _("Its address"),
        readers=EVERYBODY,
        most=LONGEST_LINE,
        required=_("Fill in the address."),
        hint=_("Street, postcode and town, on one line."),
    )
    help_name = LineField(
        _("Who helps: a name"),
        readers=EVERYBODY,
        most=LONGEST_NAME,
        required=_("Fill in who helps: a person or a desk."),
    )
    help_email = AddressField(
        _("Who helps: an email address"),
        readers=EVERYBODY,
        required=_("Fill in an email address."),
        autocomplete="off",
    )
    help_phone = LineField(
        _("Who helps: a phone number, if you like"),
        readers=EVERYBODY,
        most=LONGEST_PHONE,
        checks=(_phone,),
        render_kw={"inputmode": "tel"},
    )
    privacy_name = LineField(
        _("Questions about data: a name"),
        readers=EVERYBODY,
        most=LONGEST_NAME,
        required=_("Fill in who answers questions about data."),
        hint=_("For example the data protection officer. It may be the same person."),
    )
    privacy_email = AddressField(
        _("Questions about data: an email address"),
        readers=EVERYBODY,
        required=_("Fill in an email address."),
        autocomplete="off",
    )
    complaint = LineField(
        _("Where somebody can complain, if you have a place of your own for that"),
        readers=EVERYBODY,
        most=LONGEST_LINE,
        hint=_(
            "For example the name and address of your complaints committee. The Autoriteit "
            "Persoonsgegevens is always named besides."
        ),
    )
    ground = ChoiceField(
        _("The legal ground, for the privacy page"),
        choices=[SelectChoice(each.value, words) for each, words in GROUNDS.items()],
        default=Ground.LEGITIMATE_INTEREST.value,
        validate_choice=False,
    )

    def validate_ground(self, field: ChoiceField) -> None:
        """One of the two."""
        if field.data not in set(Ground):
            raise ValidationError(_("Choose a legal ground."))
