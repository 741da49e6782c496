"""Telling people that they are in a trajectory. What the mail says is in meetings/letters.py."""

import uuid
from collections.abc import Mapping
from datetime import datetime, timedelta

from zetwpo.accounts.queries import get_people
from zetwpo.clock import now
from zetwpo.i18n import as_language
from zetwpo.mail import service as mails
from zetwpo.mail.rules import Terms
from zetwpo.mail.service import Addressee, Reasoned

PLANNED = "trajectory_planned"
# Whoever plans something mends it in the first minutes; what waits then tells how it is.
MENDING = timedelta(minutes=15)


def tell_planned(
    partnership_id: uuid.UUID,
    people: Mapping[uuid.UUID, uuid.UUID],
    closed_at: datetime | None = None,
) -> None:
    """Tell people that they are in a trajectory, by the keys of how they are in it.

    Once, and once more for each time that it was closed, at this moment, and goes on after all.
    """
    cards = get_people(list(people.values()))
    letters = [
        Reasoned(
            Addressee(card.email, as_language(card.language)),
            reason=uuid.uuid5(part_id, closed_at.isoformat()) if closed_at else part_id,
            about_id=part_id,
        )
        for part_id, person_id in people.items()
        if (card := cards.get(person_id))
    ]
    mails.queue_all(PLANNED, letters, partnership_id=partnership_id, terms=terms())


def terms() -> Terms:
    """On which a mail about dates leaves: nobody asked for it, and it may still be mended."""
    return Terms(at_decent_hours=True, not_before=now() + MENDING)
