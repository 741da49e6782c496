"""The forms of asking for feedback and of sharing it."""

import uuid
from datetime import date

from wtforms import HiddenField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import ValidationError

from zetwpo.accounts.forms import AddressField
from zetwpo.clock import today
from zetwpo.fields import (
    ChoiceField,
    DayField,
    KeyedForm,
    LineField,
    LongTextField,
    PageForm,
    as_key,
)
from zetwpo.i18n import LANGUAGE_NAMES, language
from zetwpo.i18n import lazy_gettext as _
from zetwpo.library.respondents import respondents
from zetwpo.scan.feedback.rules import is_possible_share_day


def _roles() -> list[SelectChoice]:
    return [SelectChoice(role.key, str(role.choice)) for role in respondents()]


class AskForm(KeyedForm):
    """Whom to ask for feedback, and with which words."""

    # The key of a request that this one takes the place of.
    instead_of = HiddenField()
    role = ChoiceField(
        _("Who do you want to ask?"),
        choices=_roles,
        validate_choice=False,
    )
    name = LineField(
        _("Name"),
        readers=_("You and the person you ask read this."),
        required=_("Fill in a name."),
        render_kw={"autocomplete": "off"},
    )
    email = AddressField(
        _("Email address"),
        readers=_("Only you see this, and we use it to send the request."),
        required=_("Fill in an email address."),
        autocomplete="off",
    )
    mail_language = ChoiceField(
        _("Language of the email"),
        choices=[SelectChoice(code, name) for code, name in LANGUAGE_NAMES.items()],
        default=language,
        validate_choice=False,
    )
    word = LongTextField(
        _("A personal message, if you like"),
        readers=_("The person you ask reads this, in the email and above the form."),
        hint=_("For example why you ask this person, and what you are curious about."),
        most=1000,
    )

    @property
    def replaces(self) -> uuid.UUID | None:
        """The request that this one takes the place of; None where it is one more."""
        return as_key(self.instead_of.data)

    def validate_role(self, field: ChoiceField) -> None:
        """One that can be asked."""
        if field.data not in respondents():
            raise ValidationError(_("Choose who you ask."))

    def validate_mail_language(self, field: ChoiceField) -> None:
        """One of ours."""
        if field.data not in LANGUAGE_NAMES:
            raise ValidationError(_("Choose a language."))


class PlanForm(PageForm):
    """From which day on the supervisor may read it."""

    day = DayField(_("From this day"))

    @property
    def share_day(self) -> date:
        """The day that was chosen. Valid forms only."""
        if not isinstance(self.day.data, date):
            # Never read a missing day as "now": sharing cannot be undone.
            raise LookupError("no day was chosen")
        return self.day.data

    def validate_day(self, field: DayField) -> None:
        """A day to come."""
        # What the library found wrong with the words of it: ours says it better.
        field.errors = []
        if field.data is None:
            raise ValidationError(_("Choose a day."))
        if not is_possible_share_day(field.data, today()):
            raise ValidationError(_("Choose a day after today, at most a year ahead."))


class LostLinkForm(PageForm):
    """Where to send the link to again."""

    email = AddressField(
        _("The email address at which you were asked"),
        readers=_("We use it for this email only."),
        required=_("Fill in your email address."),
    )
