"""What the mail about an unused account says."""

from zetwpo.accounts.queries import find_only_partnership, find_person_id
from zetwpo.mail.composing import Composer, Content, Due
from zetwpo.web import public_address

UNUSED = "unused_account"


def _unused(mail: Due) -> Content:
    # The address opens nothing: one signs in there.
    person_id = find_person_id(mail.recipient)
    return Content(
        {**mail.values, "url": public_address("accounts.sign_in")},
        partnership_id=find_only_partnership(person_id) if person_id else None,
    )


COMPOSERS: dict[str, Composer] = {UNUSED: _unused}
