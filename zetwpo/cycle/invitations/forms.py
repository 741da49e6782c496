"""The form with which a facilitator invites somebody by mail."""

from wtforms.fields.choices import SelectChoice
from wtforms.validators import ValidationError

from zetwpo.accounts.forms import AddressField, NameField
from zetwpo.fields import ChoiceField, PageForm
from zetwpo.i18n import LANGUAGE_NAMES, language
from zetwpo.i18n import lazy_gettext as _


class InviteForm(PageForm):
    """Who it is, and where the mail goes."""

    name = NameField(
        _("Name"),
        readers=_("The facilitators and the person whom you invite read this."),
        required=_("Fill in a name."),
    )
    email = AddressField(
        _("Email address"),
        readers=_("The facilitators read this, and we use it for the invitation."),
        required=_("Fill in an email address."),
        autocomplete="off",
    )
    mail_language = ChoiceField(
        _("Language of the email"),
        choices=[SelectChoice(code, name) for code, name in LANGUAGE_NAMES.items()],
        default=language,
        validate_choice=False,
    )

    def validate_mail_language(self, field: ChoiceField) -> None:
        """One of the two."""
        if field.data not in LANGUAGE_NAMES:
            raise ValidationError(_("Choose a language."))
