"""What the mail says that tells of something opened: that, and nothing of what is in it."""

from zetwpo.accounts.colleagues import get_colleagues
from zetwpo.mail.composing import Composer, Content, Due
from zetwpo.sharing.queries import find_share, opens_to
from zetwpo.web import public_address

OPENED = "something_shared"


def _opened(mail: Due) -> Content | None:
    """Only where they can read it still: the address in it leads to a page of an account."""
    share = find_share(mail.about_id) if mail.about_id else None
    if share is None:
        return None
    people = get_colleagues([share.owner_id, share.to.id])
    owner, reader = people.get(share.owner_id), people.get(share.to.id)
    if owner is None or reader is None or not opens_to(share, reader.actor):
        return None
    url = public_address("sharing.show", share_id=str(share.id))
    values = {"owner": owner.name, "reader": reader.name, "url": url}
    return Content(values, partnership_id=share.partnership_id)


COMPOSERS: dict[str, Composer] = {OPENED: _opened}
