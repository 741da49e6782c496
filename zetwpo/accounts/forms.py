"""The forms of signing in, and the field for a mail address."""

from typing import Any

from wtforms import Field, Form
from wtforms.validators import StopValidation

from zetwpo.accounts.rules import LONGEST_ADDRESS, is_address
from zetwpo.fields import LineField, PageForm
from zetwpo.i18n import lazy_gettext as _

EXAMPLE_ADDRESS = "naam@school.nl"


def _mail_address(_form: Form, field: Field) -> None:
    if not is_address((field.data or "").strip()):
        raise StopValidation(
            _("This is not a complete email address. An example: %(mail)s", mail=EXAMPLE_ADDRESS)
        )


class AddressField(LineField):
    """One mail address. `autocomplete` is "email" where it is the address of who fills it in."""

    def __init__(self, label: str, *, autocomplete: str = "email", **rest: Any) -> None:
        keyboard = {"type": "email", "autocomplete": autocomplete, "inputmode": "email"}
        super().__init__(
            label, most=LONGEST_ADDRESS, checks=(_mail_address,), render_kw=keyboard, **rest
        )


class AskLinkForm(PageForm):
    """Where to send the link to."""

    email = AddressField(
        _("Your email address"),
        readers=_("We use it for this email only."),
        required=_("Fill in your email address."),
    )


class CodeForm(PageForm):
    """The code from the mail."""

    code = LineField(
        _("The code from the email"),
        readers=_("It only serves to sign you in."),
        most=60,
        required=_("Fill in the digits from the email."),
        render_kw={"autocomplete": "one-time-code", "inputmode": "numeric", "size": 12},
    )
