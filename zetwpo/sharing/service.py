"""What an owner does: open one thing to somebody, and take it back."""

import uuid
from collections.abc import Collection
from datetime import datetime

import sqlalchemy as sa

from zetwpo import audit
from zetwpo.accounts import service as accounts
from zetwpo.accounts.colleagues import get_colleagues
from zetwpo.accounts.queries import get_person
from zetwpo.clock import now
from zetwpo.database.statements import insert_once
from zetwpo.errors import Refusal
from zetwpo.extensions import db
from zetwpo.i18n import as_language
from zetwpo.i18n import lazy_gettext as _
from zetwpo.limiting import require
from zetwpo.mail import service as mails
from zetwpo.mail.rules import Terms
from zetwpo.mail.service import Addressee
from zetwpo.sharing.items import Item
from zetwpo.sharing.letters import OPENED
from zetwpo.sharing.models import Share
from zetwpo.sharing.queries import (
    PERSON,
    Receiver,
    ShareCard,
    find_share,
    groups_offered,
    may_receive,
)
from zetwpo.sharing.rules import KEPT, Term

# By one owner, to one person, of whom each new thing is a mail.
MOST_OPENED = "20 per day"


class BelongsNowhere(Refusal):
    """Who may read it is decided by a partnership, and it has none."""


class CannotReceive(Exception):
    """Not to be chosen, or not any more: gone, without a role for it, or an employer."""


def require_partnership(item: Item) -> uuid.UUID:
    """The partnership of this thing. Raises BelongsNowhere where there is none."""
    if item.partnership_id is None:
        raise BelongsNowhere(
            _("This stays with you"),
            _(
                "This belongs to no partnership, so there is nobody here whom you can share it "
                "with. You can print it, and show it to whom you like."
            ),
        )
    return item.partnership_id


def share(item: Item, part: str, to: Receiver, until: datetime | None) -> bool:
    """Open this thing, or this part of it, until the last moment of a day if there is one.

    Returns False where it was open to them until then already. Raises CannotReceive, and TooMuch.
    """
    partnership_id = require_partnership(item)
    # So that nothing is left of what is opened while one of the two accounts goes.
    people = [item.owner_id, *([to.id] if to.kind == PERSON else [])]
    if item.owner_id not in accounts.keep(people):
        # Raises what there is to say about that.
        get_person(item.owner_id)
    _require_receiver(item, to)
    what = {"item_kind": item.kind, "item_id": item.id, "part": part, **_columns(to)}
    where = {"owner_id": item.owner_id, "partnership_id": partnership_id}
    is_new = insert_once(
        db.session(),
        Share,
        {"id": uuid.uuid4(), **what, **where, "opened_at": now(), "until": until},
    )
    found = db.session.scalars(sa.select(Share).filter_by(**what).with_for_update()).one()
    if is_new:
        require(MOST_OPENED, "opened", str(item.owner_id), str(to.id))
    else:
        term = Term(found.opened_at, found.until, found.taken_back_at)
        before = find_share(found.id)
        is_open = term.is_open(now()) and before is not None and before.is_held
        if is_open and found.until == until:
            return False
        found.opened_at = found.opened_at if is_open else now()
        found.until, found.taken_back_at = until, None
        db.session.flush()
    audit.record("own item opened", actor_id=item.owner_id, object_id=found.id)
    _tell(found)
    return True


def _require_receiver(item: Item, to: Receiver) -> None:
    if to.kind == PERSON:
        person = get_colleagues([to.id]).get(to.id)
        if person is None or not may_receive(item, person.actor):
            raise CannotReceive
    elif to not in {group for group, _name in groups_offered(item)}:
        raise CannotReceive


def _columns(to: Receiver) -> dict[str, object]:
    if to.kind == PERSON:
        return {"to_person_id": to.id, "to_group_kind": None, "to_group_id": None}
    return {"to_person_id": None, "to_group_kind": to.kind, "to_group_id": to.id}


def _tell(opened: Share) -> None:
    """One mail for one thing and one person, however often it is opened and taken back.

    None to a group: it meets, and finds it on its own pages.
    """
    if opened.to_person_id is None:
        return
    person = get_person(opened.to_person_id)
    mails.queue(
        OPENED,
        Addressee(person.email, as_language(person.language)),
        about_id=opened.id,
        only_once=True,
        terms=Terms(at_decent_hours=True),
    )


def take_back(opened: ShareCard, actor_id: uuid.UUID) -> None:
    """Close it, from the next request on. Doing it twice changes nothing."""
    taken = db.session.scalar(
        sa.update(Share)
        .where(Share.id == opened.id, Share.taken_back_at.is_(None))
        .values(taken_back_at=now())
        .returning(Share.id)
    )
    if taken:
        mails.take_back(OPENED, opened.id)
        audit.record("own item taken back", actor_id=actor_id, object_id=opened.id)


def forget_items(item_ids: Collection[uuid.UUID]) -> None:
    """Delete all that was opened of these things, which are deleted themselves."""
    _forget(Share.item_id.in_(item_ids))


def forget_person(person_id: uuid.UUID) -> None:
    """Delete all that this person opened, and all that was opened to this person."""
    _forget(sa.or_(Share.owner_id == person_id, Share.to_person_id == person_id))


def clear_over() -> None:
    """Forget what was taken back, or whose day passed, more than thirty days ago."""
    limit = now() - KEPT
    _forget(sa.or_(Share.taken_back_at < limit, Share.until < limit))


def _forget(condition: sa.ColumnElement[bool]) -> None:
    gone = db.session.scalars(sa.delete(Share).where(condition).returning(Share.id)).all()
    mails.forget(gone)
