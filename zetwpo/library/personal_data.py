"""What we hold about a person here: that they made content. What it says is their partnership's."""

import uuid
from typing import Any

import sqlalchemy as sa

from zetwpo.clock import iso
from zetwpo.extensions import db
from zetwpo.library.models import ContentDraft, PublishedContent


def export(person_id: uuid.UUID) -> list[dict[str, Any]]:
    """What this person published, the earliest first."""
    found = PublishedContent
    rows = db.session.execute(
        sa.select(found.kind, found.version, found.published_at)
        .where(found.published_by_id == person_id)
        .order_by(found.published_at)
    )
    return [
        {"kind": kind, "version": version, "published_at": iso(published_at)}
        for kind, version, published_at in rows
    ]


def export_drafts(person_id: uuid.UUID) -> list[dict[str, Any]]:
    """What this person changed last and nobody has published yet."""
    rows = db.session.execute(
        sa.select(ContentDraft.kind, ContentDraft.changed_at)
        .where(ContentDraft.changed_by_id == person_id)
        .order_by(ContentDraft.changed_at)
    )
    return [{"kind": kind, "changed_at": iso(changed_at)} for kind, changed_at in rows]
