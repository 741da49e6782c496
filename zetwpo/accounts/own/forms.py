"""The forms of one's own account."""

from urllib.parse import urlencode

from flask import request
from wtforms import HiddenField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import ValidationError

from zetwpo.accounts.forms import AddressField
from zetwpo.accounts.own.rules import Profile, Sent, marks_of
from zetwpo.accounts.rules import LONGEST_NAME
from zetwpo.fields import ChoiceField, LineField, PageForm
from zetwpo.i18n import LANGUAGE_NAMES
from zetwpo.i18n import lazy_gettext as _
from zetwpo.marks import read_marks

NAMES = ("name", "language")


class ProfileForm(PageForm):
    """What somebody is called, and in which language we write."""

    # What the page showed.
    seen = HiddenField()
    name = LineField(
        _("Your name"),
        readers=_("People whom you ask for feedback read this, and those who run the programme."),
        required=_("Fill in your name."),
        most=LONGEST_NAME,
        render_kw={"autocomplete": "off"},
    )
    language = ChoiceField(
        _("The language of your pages and emails"),
        choices=[SelectChoice(code, name) for code, name in LANGUAGE_NAMES.items()],
        validate_choice=False,
    )

    def show(self, profile: Profile) -> None:
        """Fill in what is stored."""
        self.name.data, self.language.data = profile.name, profile.language

    def showed(self, profile: Profile) -> None:
        """Say what is stored, for the page to send back."""
        self.seen.data = urlencode(marks_of(profile))

    def validate_name(self, field: LineField) -> None:
        """Spaces as one writes them."""
        field.data = " ".join(field.data.split())

    def validate_language(self, field: ChoiceField) -> None:
        """One of ours."""
        if field.data not in LANGUAGE_NAMES:
            raise ValidationError(_("Choose a language."))

    @property
    def sent(self) -> Sent:
        """What came in."""
        return Sent(
            {name: self[name].data or "" for name in NAMES if name in request.form},
            read_marks(self.seen.data or ""),
            [name for name in NAMES if self[name].errors],
        )


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
