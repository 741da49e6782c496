"""What we hold about a person here."""

import uuid
from typing import Any

import sqlalchemy as sa

from zetwpo.clock import iso
from zetwpo.cycle.team_message.models import TeamMessageVoice
from zetwpo.cycle.team_message.queries import written_in_all
from zetwpo.cycle.team_message.rules import Message
from zetwpo.cycle.trajectories.queries import titles_of
from zetwpo.extensions import db, read


def export(person_id: uuid.UUID) -> list[dict[str, Any]]:
    """What this person said of what their groups tell, the earliest first.

    What a group tells is the group's: it stands on its page.
    """
    voice = TeamMessageVoice
    rows = read(
        sa.select(voice.trajectory_id, voice.version, voice.agrees, voice.words, voice.said_at)
        .where(voice.person_id == person_id)
        .order_by(voice.said_at, voice.trajectory_id)
    ).all()
    keys = [row.trajectory_id for row in rows]
    titles, written = titles_of(keys), written_in_all(keys)
    return [
        {
            "trajectory": titles[row.trajectory_id],
            "agrees": row.agrees,
            "words": row.words,
            "of_text_as_it_is": row.version
            == (written[row.trajectory_id].message or Message()).version,
            "said_at": iso(row.said_at),
        }
        for row in rows
    ]


def erase(person_id: uuid.UUID) -> None:
    """Forget what this person said of it; what a group wrote together stays with the group."""
    db.session.execute(sa.delete(TeamMessageVoice).where(TeamMessageVoice.person_id == person_id))
