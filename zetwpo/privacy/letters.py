"""What the mail about an unused account says."""

from zetwpo.mail.composing import Composer, Content, Due
from zetwpo.web import public_address

UNUSED = "unused_account"


def _unused(mail: Due) -> Content:
    # The address opens nothing: one signs in there.
    return Content({**mail.values, "url": public_address("accounts.sign_in")})


COMPOSERS: dict[str, Composer] = {UNUSED: _unused}
