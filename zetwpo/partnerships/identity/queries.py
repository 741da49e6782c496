"""Reading who answers for the data of somebody."""

import uuid
from collections.abc import Collection

import sqlalchemy as sa

from zetwpo.accounts.models import Partnership
from zetwpo.accounts.queries import find_only_partnership, find_person_id
from zetwpo.database.keys import among
from zetwpo.extensions import read
from zetwpo.partnerships.identity.models import PartnershipIdentity
from zetwpo.partnerships.identity.rules import NAMES, Identity
from zetwpo.web import settings

# Of nobody: what the demo shows where no partnership is known.
DEMO_CONTROLLER = "Stichting Opleiden in de Polder, Verzonnenlaan 1, 1234 AB Voorbeeldstad"
DEMO_CONTACT = "hulp@polder.example"

_OWN = (
    sa.select(*(getattr(PartnershipIdentity, name) for name in NAMES), Partnership.name)
    .join(Partnership, Partnership.id == PartnershipIdentity.partnership_id)
    .where(among(Partnership.id))
    .order_by(Partnership.name)
)


def find_own(partnership_id: uuid.UUID) -> Identity | None:
    """What this partnership says of itself; None where it said nothing yet."""
    return next(iter(identities_of([partnership_id])), None)


def identities_of(partnership_ids: Collection[uuid.UUID]) -> list[Identity]:
    """What those of these partnerships say of themselves that did, by their names."""
    return [
        Identity(**dict(zip((*NAMES, "partnership"), row, strict=True)))
        for row in read(_OWN, ids=partnership_ids)
    ]


def described(partnership_ids: Collection[uuid.UUID]) -> set[uuid.UUID]:
    """Which of these partnerships said who answers for the data."""
    query = sa.select(PartnershipIdentity.partnership_id).where(
        PartnershipIdentity.partnership_id.in_(partnership_ids)
    )
    return set(read(query).scalars())


def get_identity(partnership_id: uuid.UUID | None) -> Identity:
    """Who answers to the people of this partnership; without one, of the whole installation."""
    own = find_own(partnership_id) if partnership_id else None
    return own or installation()


def identity_for(partnership_id: uuid.UUID | None, address: str) -> Identity:
    """Who answers in a mail about something in this partnership, or else to whose address it is."""
    person_id = None if partnership_id else find_person_id(address)
    own = find_only_partnership(person_id) if person_id else None
    return get_identity(partnership_id or own)


def installation() -> Identity:
    """Who answers where nobody knows which partnership somebody belongs to: the settings."""
    chosen = settings()
    controller, contact = chosen.controller, chosen.contact
    if chosen.is_demo:
        controller, contact = controller or DEMO_CONTROLLER, contact or DEMO_CONTACT
    return Identity(
        controller=controller,
        address="",
        help_name="",
        help_email=contact,
        help_phone="",
        privacy_name="",
        privacy_email=chosen.privacy_contact or contact,
        complaint="",
    )
