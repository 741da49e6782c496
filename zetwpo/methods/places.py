"""What the pages of the methods share: whose they are, and which draft a page showed."""

import uuid

from flask import request

from zetwpo.accounts.guard import authorised
from zetwpo.accounts.queries import PartnershipCard, find_partnership_card


def place(partnership_id: uuid.UUID) -> PartnershipCard:
    """The partnership of this page, for whom the permission of its route opens it."""
    return authorised(find_partnership_card(partnership_id))


def seen_revision() -> int:
    """Which draft the page showed; none that there is where it does not say so."""
    sent = request.form.get("seen", "")
    return int(sent) if sent.isdecimal() and len(sent) < 10 else 0
