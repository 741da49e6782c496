"""What we hold about a person here."""

import json
import uuid
from typing import Any

import sqlalchemy as sa

from zetwpo import audit
from zetwpo.accounts.queries import find_partnership_card
from zetwpo.characters import in_one_direction
from zetwpo.clock import iso
from zetwpo.extensions import db
from zetwpo.scan.feedback.queries import AskedCard, InvitationView, asked_for, invitations_to
from zetwpo.scan.feedback.service import decline_all, delete_requests
from zetwpo.scan.responses.models import Response
from zetwpo.scan.result.export import as_filled_in, as_json
from zetwpo.scan.result.naming import label_of
from zetwpo.scan.result.queries import Result, get_result
from zetwpo.scan.self_scan.models import Scan
from zetwpo.scan.self_scan.queries import ScanCard, find_scan, scans_of
from zetwpo.scan.subjects.queries import taken_with_moments
from zetwpo.scan.subjects.rules import Item, Kind


def export(person_id: uuid.UUID) -> list[dict[str, Any]]:
    """All scans of this person, whom they asked, and what was shared with them."""
    return [_export_scan(scan) for scan in scans_of(person_id)]


def hold(person_id: uuid.UUID) -> None:
    """Keep everybody else off the scans of this person until the commit."""
    scans = sa.select(Scan.id).where(Scan.owner_id == person_id).order_by(Scan.id)
    db.session.execute(scans.with_for_update())


def erase(person_id: uuid.UUID) -> None:
    """Delete the scans of this person, with all feedback on them and all mails about that."""
    # From here on nobody asks anything that would be left behind.
    hold(person_id)
    own = db.session.execute(
        sa.select(Scan.id, Scan.response_id).where(Scan.owner_id == person_id)
    ).all()
    delete_requests([scan_id for scan_id, _response_id in own])
    db.session.execute(sa.delete(Scan).where(Scan.owner_id == person_id))
    db.session.execute(sa.delete(Response).where(Response.id.in_([key for _id, key in own])))


def export_given(email: str) -> list[dict[str, Any]]:
    """What the person with this address was asked about others, and what they did with it."""
    return [_export_given(each) for each in invitations_to(email)]


def erase_given(email: str) -> None:
    """Delete what was filled in about others and not shared.

    The request itself stays with the one who asked, and looks as it did: whether somebody
    answered, declined or left is nothing that a supervisor finds out (trust, promise 10).
    """
    decline_all(email)


def _export_given(asked: InvitationView) -> dict[str, Any]:
    return {
        "supervisor": asked.supervisor,
        "name": asked.name,
        "email": asked.email,
        "role": asked.role.key,
        "language": asked.language,
        "word": asked.word,
        "status": asked.status.value,
        "invited_at": iso(asked.invited_at),
        "expires_at": iso(asked.state.expires_at),
        "withdrawn_at": iso(asked.state.withdrawn_at),
        "declined_at": iso(asked.state.declined_at),
        "share_from": iso(asked.state.share_from),
        "held_from": iso(asked.state.held_from),
        "retracted_at": iso(asked.state.retracted_at),
        "acts": audit.acts_by_link(asked.id),
        "filled_in": as_filled_in(asked.response),
    }


def _export_scan(scan: ScanCard) -> dict[str, Any]:
    result = get_result(scan) if scan.is_submitted else None
    place = find_partnership_card(scan.partnership_id) if scan.partnership_id else None
    return {
        "partnership": place.name if place else None,
        "started_at": iso(scan.started_at),
        "submitted_at": iso(scan.submitted_at),
        "asked": [_export_asked(each) for each in asked_for(scan.id)],
        "result": json.loads(as_json(result)) if result else None,
        "taken_along": _export_taken(result) if result else [],
        "draft": None if result else _draft(scan.id),
    }


def _export_taken(result: Result) -> list[dict[str, Any]]:
    """What its owner takes along: of a tip whose it is, and not its words, which stand above."""
    return [
        {
            "kind": item.kind,
            "key": item.key,
            "title": _title(result, item),
            "from": label_of(author) if author else None,
            "taken_at": iso(taken_at),
        }
        for item, taken_at in taken_with_moments(result.scan.id)
        for author in [result.author_of_tip(item.source, item.key)]
    ]


def _title(result: Result, item: Item) -> str:
    asked = result.questionnaire
    is_tip = item.kind == Kind.TIP
    return str(asked.axis(item.key).title if is_tip else asked.behaviour(item.key).name)


def _export_asked(asked: AskedCard) -> dict[str, Any]:
    """What the supervisor sees of a request: nothing between asking and what was shared."""
    return {
        "name": asked.name,
        "label": in_one_direction(asked.label),
        "email": asked.email,
        "role": asked.role.key,
        "language": asked.language,
        "word": asked.word,
        "invited_at": iso(asked.invited_at),
        "expires_at": iso(asked.expires_at),
        "withdrawn_at": iso(asked.withdrawn_at),
        "shared_at": iso(asked.shared_at),
    }


def _draft(scan_id: uuid.UUID) -> dict[str, Any] | None:
    scan = find_scan(scan_id)
    return as_filled_in(scan.response) if scan else None
