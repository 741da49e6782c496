"""The forms of one's own account."""

from wtforms.fields.choices import SelectChoice
from wtforms.validators import ValidationError

from zetwpo.accounts.forms import AddressField, NameField
from zetwpo.accounts.own.rules import NAMES
from zetwpo.fields import ChoiceField, EditForm, PageForm
from zetwpo.i18n import LANGUAGE_NAMES
from zetwpo.i18n import lazy_gettext as _


class ProfileForm(EditForm):
    """What somebody is called, and in which language we write."""

    edited = NAMES
    name = NameField(
        _("Your name"),
        readers=_(
            "Colleagues in your partnership read this, and the people whom you ask for feedback."
        ),
        required=_("Fill in your name."),
    )
    language = ChoiceField(
        _("The language of your pages and emails"),
        choices=[SelectChoice(code, name) for code, name in LANGUAGE_NAMES.items()],
        validate_choice=False,
    )

    def validate_language(self, field: ChoiceField) -> None:
        """One of ours."""
        if field.data not in LANGUAGE_NAMES:
            raise ValidationError(_("Choose a language."))


class NewAddressForm(PageForm):
    """Where somebody wants to get their mail from now on."""

    email = AddressField(
        _("New email address"),
        readers=_(
            "Administrators of your partnership see it. We use it to sign you in and mail you."
        ),
        required=_("Fill in your new email address."),
        autocomplete="off",
    )
