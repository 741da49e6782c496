"""The forms of signing in."""

import re

from wtforms import Field, Form
from wtforms.validators import StopValidation

from zetwpo.fields import LineField, PageForm
from zetwpo.i18n import lazy_gettext as _

# Enough to catch a slip of the thumb; whether an address exists, only a mail can tell.
WORD = r"[a-zA-Z0-9!#$%&'*+/=?^_`{|}~-]+"
LABEL = r"[^\W_]([\w-]{0,61}[^\W_])?"
LAST = r"([^\W\d_]{2,63}|xn--[a-zA-Z0-9-]{1,59})"
ADDRESS = re.compile(rf"{WORD}(\.{WORD})*@({LABEL}\.)+{LAST}")
LONGEST_ADDRESS = 254
EXAMPLE_ADDRESS = "naam@school.nl"


def mail_address(_form: Form, field: Field) -> None:
    """Refuse what cannot be a mail address."""
    if not ADDRESS.fullmatch((field.data or "").strip()):
        raise StopValidation(
            _("This is not a complete email address. An example: %(mail)s", mail=EXAMPLE_ADDRESS)
        )


class AskLinkForm(PageForm):
    """Where to send the link to."""

    email = LineField(
        _("Your email address"),
        readers=_("We use it for this mail only."),
        most=LONGEST_ADDRESS,
        required=_("Fill in your email address."),
        checks=(mail_address,),
        render_kw={"type": "email", "autocomplete": "email", "inputmode": "email"},
    )


class CodeForm(PageForm):
    """The code from the mail."""

    code = LineField(
        _("The code from the mail"),
        readers=_("It only serves to sign you in."),
        most=20,
        required=_("Fill in the six digits from the mail."),
        render_kw={"autocomplete": "one-time-code", "inputmode": "numeric", "size": 10},
    )
