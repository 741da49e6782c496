"""The forms of signing in, and the fields for a mail address and for a name."""

from typing import Any

from wtforms import Field, Form
from wtforms.validators import StopValidation

from zetwpo.accounts.rules import LONGEST_NAME
from zetwpo.addresses import LONGEST_TYPED, NotAnAddress, Problem, clean_address
from zetwpo.fields import LineField, PageForm
from zetwpo.i18n import lazy_gettext as _

EXAMPLE_ADDRESS = "naam@school.nl"


# What is wrong, in words that help.
_PROBLEMS = {
    Problem.INCOMPLETE: _(
        "This is not a complete email address. An example: %(mail)s", mail=EXAMPLE_ADDRESS
    ),
    Problem.SEVERAL: _("Fill in one email address, not several."),
    Problem.SPACE: _(
        "There is a space or an invisible character in this email address. Type it again, "
        "without spaces. An example: %(mail)s",
        mail=EXAMPLE_ADDRESS,
    ),
}


def _mail_address(_form: Form, field: Field) -> None:
    """Take the address out of what was pasted around it, and keep it as its owner types it."""
    try:
        field.data = clean_address(field.data or "")
    except NotAnAddress as refusal:
        raise StopValidation(_PROBLEMS[refusal.problem]) from None


class AddressField(LineField):
    """One mail address. `autocomplete` is "email" where it is the address of who fills it in."""

    def __init__(self, label: str, *, autocomplete: str = "email", **rest: Any) -> None:
        keyboard = {"type": "email", "autocomplete": autocomplete, "inputmode": "email"}
        super().__init__(
            label, most=LONGEST_TYPED, checks=(_mail_address,), render_kw=keyboard, **rest
        )


def _as_written(_form: Form, field: Field) -> None:
    """Spaces as one writes them."""
    field.data = " ".join((field.data or "").split())


class NameField(LineField):
    """What somebody is called."""

    def __init__(self, label: str, **rest: Any) -> None:
        plain = {"autocomplete": "off"}
        super().__init__(label, most=LONGEST_NAME, checks=(_as_written,), render_kw=plain, **rest)


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
