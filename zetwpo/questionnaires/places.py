"""What the pages of a questionnaire share: whose it is, and which draft a page showed."""

import uuid

from flask import request, url_for

from zetwpo.accounts.guard import authorised
from zetwpo.accounts.queries import PartnershipCard, find_partnership_card
from zetwpo.library.queries import DraftView


def place(partnership_id: uuid.UUID) -> PartnershipCard:
    """The partnership of this page, for whoever leads its programme."""
    return authorised(find_partnership_card(partnership_id))


def where(draft: DraftView) -> str:
    """The page with the whole draft."""
    return url_for("questionnaires.draft", partnership_id=draft.partnership_id)


def seen_revision() -> int:
    """Which draft the page showed; none that there is where it does not say so."""
    sent = request.form.get("seen", "")
    return int(sent) if sent.isdecimal() and len(sent) < 10 else 0
