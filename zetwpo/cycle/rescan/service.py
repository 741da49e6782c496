"""Asking those who take part to fill in the scan again, before the last meeting."""

import uuid

from zetwpo.accounts import service as accounts
from zetwpo.accounts.queries import get_people
from zetwpo.clock import now
from zetwpo.cycle.meetings.queries import meetings_of
from zetwpo.cycle.rescan.models import RescanCall
from zetwpo.cycle.rescan.queries import span_in, to_ask
from zetwpo.cycle.trajectories.queries import find_trajectory, parts_of
from zetwpo.database.statements import insert_once
from zetwpo.extensions import db
from zetwpo.i18n import as_language
from zetwpo.mail import service as mails
from zetwpo.mail.rules import Terms
from zetwpo.mail.service import Addressee, Reasoned

INVITATION = "rescan_invitation"


def call(trajectory_id: uuid.UUID) -> int:
    """Queue the mails of one trajectory, once; returns how many.

    What changes after this, the letter looks at when it leaves.
    """
    if not insert_once(
        db.session(), RescanCall, {"trajectory_id": trajectory_id, "called_at": now()}
    ):
        return 0
    trajectory = find_trajectory(trajectory_id)
    span = span_in(meetings_of(trajectory_id))
    if trajectory is None or span is None:
        return 0
    stays = {each.person_id: each.id for each in parts_of(trajectory_id) if not each.leads}
    people = get_people(accounts.keep([each.id for each in to_ask(trajectory, span)]))
    letters = [
        Reasoned(Addressee(card.email, as_language(card.language)), stays[key], stays[key])
        for key, card in people.items()
        if key in stays
    ]
    # No administrator is told where one does not arrive: it would tell who did not do it yet.
    mails.queue_all(INVITATION, letters, terms=Terms(at_decent_hours=True))
    return len(letters)
