"""What the mail says that tells of something opened: that, and nothing of what is in it."""

from zetwpo.accounts.colleagues import get_colleagues
from zetwpo.accounts.queries import get_people
from zetwpo.i18n import as_language
from zetwpo.mail.composing import Composer, Content, Due
from zetwpo.mail.service import Addressee
from zetwpo.sharing.queries import find_share, opens_to
from zetwpo.web import public_address

OPENED = "something_shared"


def _opened(mail: Due) -> Content | None:
    """Only where it is open still, and to them: the address in it leads to a page of an account."""
    share = find_share(mail.about_id) if mail.about_id else None
    reader = get_colleagues([share.to.id]).get(share.to.id) if share else None
    if share is None or reader is None or not opens_to(share, reader.actor):
        return None
    people = get_people([share.owner_id, reader.id])
    if len(people) < 2:
        # Deleted at this very moment.
        return None
    owner, person = people[share.owner_id], people[reader.id]
    url = public_address("sharing.show", share_id=str(share.id))
    return Content(
        {"owner": owner.name, "reader": person.name, "url": url},
        to=Addressee(person.email, as_language(person.language)),
    )


COMPOSERS: dict[str, Composer] = {OPENED: _opened}
