"""Reading invitations: once for the one who asked, once for the one who was asked."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import sqlalchemy as sa

from zetwpo.accounts.actors import Facts
from zetwpo.accounts.queries import PersonCard, get_people
from zetwpo.addresses import normal_address
from zetwpo.clock import now
from zetwpo.errors import StartRefused
from zetwpo.extensions import db, read
from zetwpo.library.respondents import AskedRole, respondents
from zetwpo.scan.feedback.links import read_token, token_for
from zetwpo.scan.feedback.models import Invitation
from zetwpo.scan.feedback.naming import is_plain, labels_of
from zetwpo.scan.feedback.rules import InvitationState, InvitationStatus
from zetwpo.scan.responses.queries import ResponseView, get_views
from zetwpo.scan.self_scan.models import Scan


@dataclass(frozen=True)
class AskedCard:
    """What the supervisor sees of a request: when it was sent, and what was shared."""

    id: uuid.UUID
    owner_id: uuid.UUID
    partnership_id: uuid.UUID | None
    scan_id: uuid.UUID
    role: AskedRole
    name: str
    email: str
    language: str
    word: str
    invited_at: datetime
    expires_at: datetime
    withdrawn_at: datetime | None
    shared_at: datetime | None
    # Its author shared it and withdrew it; of what was shared, and when, nothing is left.
    is_retracted: bool
    # What pages call this person: the name, with what tells apart others of that name.
    label: str = ""

    @property
    def has_plain_label(self) -> bool:
        """True where nobody else is called so: what pages call this person says no role then."""
        return is_plain(self.label, self.name)

    @property
    def facts(self) -> Facts:
        """Who asked."""
        return Facts(owner_id=self.owner_id, partnership_id=self.partnership_id)

    @property
    def is_waiting(self) -> bool:
        """True while nothing that the supervisor knows of has come of it."""
        return not (self.withdrawn_at or self.shared_at or self.is_retracted)

    def is_open_at(self, moment: datetime) -> bool:
        """True while there is no reason to ask this person again."""
        return self.shared_at is not None or (self.is_waiting and moment < self.expires_at)


@dataclass(frozen=True)
class InvitationView:
    """What the one who was asked sees."""

    id: uuid.UUID
    scan_id: uuid.UUID
    partnership_id: uuid.UUID | None
    supervisor_id: uuid.UUID
    supervisor: str
    supervisor_email: str
    supervisor_language: str
    # From here on the supervisor reads what is shared.
    is_scan_submitted: bool
    role: AskedRole
    name: str
    email: str
    language: str
    word: str
    invited_at: datetime
    state: InvitationState
    response: ResponseView

    @property
    def closed_to(self) -> uuid.UUID:
        """The supervisor, who reads nothing before it is shared, whatever link they hold."""
        return self.supervisor_id

    @property
    def token(self) -> str:
        """The word in the link."""
        return token_for(self.id)

    @property
    def status(self) -> InvitationStatus:
        """Where this stands now."""
        return self.state.status(now())

    @property
    def may_write(self) -> bool:
        """True while the answers can be changed."""
        return self.state.may_write(now())

    @property
    def is_empty(self) -> bool:
        """True while there is nothing to share, and nothing to lose."""
        return self.response.filled.is_empty

    @property
    def is_address_kept(self) -> bool:
        """True while the link can be sent again."""
        return bool(self.email)

    @property
    def may_start_again(self) -> bool:
        """True where what is not shared now can still be shared later."""
        return self.state.may_start_again(now())


@dataclass(frozen=True)
class AskedAt:
    """When somebody was asked, at which address."""

    invited_at: datetime
    email: str


def check_roles() -> None:
    """Raise StartRefused where somebody was asked in a role that is not in the table."""
    asked = read(sa.select(Invitation.role).distinct())
    missing = [row.role for row in asked if row.role not in respondents()]
    if missing:
        raise StartRefused(
            f"People were asked for feedback in these roles, which are not in respondents.yaml: "
            f"{', '.join(missing)}. Put their rows back."
        )


_ASKED = sa.select(Invitation, Scan.owner_id, Scan.partnership_id, Scan.submitted_at).join(
    Scan, Scan.id == Invitation.scan_id
)
_ASKED_OF = _ASKED.where(Invitation.normal_email == sa.bindparam("address")).order_by(
    Invitation.invited_at, Invitation.id
)
# In which requests are read, and people numbered.
ORDER = (Invitation.invited_at, Invitation.name, Invitation.id)


def asked_for(scan_id: uuid.UUID, *, to_write: bool = False) -> list[AskedCard]:
    """The requests of this scan that its owner sees, in the order in which they were made.

    `to_write` holds off who shares something at the same moment until this request is stored.
    """
    query = _ASKED.where(Invitation.scan_id == scan_id).order_by(*ORDER)
    if to_write:
        query = query.with_for_update(of=Invitation)
    rows = db.session.execute(query)
    moment = now()
    seen = [
        _asked_card(invitation, owner_id, partnership_id)
        for invitation, owner_id, partnership_id, _submitted_at in rows
        if state_of(invitation).is_for_supervisor(moment)
    ]
    labels = _labels(seen, moment)
    return [replace(each, label=labels[each.id]) for each in seen]


def _labels(asked: Sequence[AskedCard], moment: datetime) -> dict[uuid.UUID, str]:
    """What to call each. Who was asked in vain takes no name from the others."""
    counting = [each for each in asked if each.is_open_at(moment) or each.is_retracted]
    over = [each for each in asked if each not in counting]
    labels = labels_of([(each.name, each.role) for each in counting])
    labels += labels_of([(each.name, each.role) for each in over], labels)
    return {each.id: label for each, label in zip([*counting, *over], labels, strict=True)}


def asked_since(supervisor_id: uuid.UUID, moment: datetime) -> list[AskedAt]:
    """Whom this supervisor asked after a moment, about any scan; also where it was withdrawn."""
    rows = db.session.execute(
        sa.select(Invitation.invited_at, Invitation.email)
        .join(Scan, Scan.id == Invitation.scan_id)
        .where(Scan.owner_id == supervisor_id, Invitation.invited_at > moment)
        .order_by(Invitation.invited_at)
    )
    return [AskedAt(*row) for row in rows]


def find_asked(invitation_id: uuid.UUID) -> AskedCard | None:
    """The request with this key, as the supervisor sees it."""
    scan_id = db.session.scalar(sa.select(Invitation.scan_id).where(Invitation.id == invitation_id))
    asked = asked_for(scan_id) if scan_id else []
    return next((each for each in asked if each.id == invitation_id), None)


def find_by_token(token: str, *, to_write: bool = False) -> InvitationView | None:
    """The invitation that this link opens, with what was filled in.

    `to_write` holds off a withdrawal at the same moment until this request is stored.
    """
    invitation_id = read_token(token)
    if invitation_id is None:
        return None
    found = _views(_ASKED.where(Invitation.id == invitation_id), to_write=to_write)
    return found[0] if found else None


def invitations_to(email: str, *, to_write: bool = False) -> list[InvitationView]:
    """All that was asked at this address and what was filled in, for whoever reads its mail.

    What was released long ago no longer has an address, and is not among them.
    """
    return _views(_ASKED_OF, to_write=to_write, address=normal_address(email))


def _views(
    query: sa.Select[Invitation, uuid.UUID, uuid.UUID | None, datetime | None],
    *,
    to_write: bool,
    **values: object,
) -> list[InvitationView]:
    if to_write:
        query = query.with_for_update(of=Invitation)
    rows = db.session.execute(query, values).all()
    if not rows:
        return []
    supervisors = get_people({row.owner_id for row in rows})
    # Not there: deleted at this very moment, with all that was theirs.
    rows = [row for row in rows if row.owner_id in supervisors]
    forms = get_views({row.Invitation.response_id: supervisors[row.owner_id].name for row in rows})
    return [
        _view(row, supervisors[row.owner_id], forms[row.Invitation.response_id])
        for row in rows
        if row.Invitation.response_id in forms
    ]


def _view(
    row: sa.Row[Invitation, uuid.UUID, uuid.UUID | None, datetime | None],
    supervisor: PersonCard,
    response: ResponseView,
) -> InvitationView:
    invitation = row.Invitation
    return InvitationView(
        id=invitation.id,
        scan_id=invitation.scan_id,
        partnership_id=row.partnership_id,
        supervisor_id=supervisor.id,
        supervisor=supervisor.name,
        supervisor_email=supervisor.email,
        supervisor_language=supervisor.language,
        is_scan_submitted=row.submitted_at is not None,
        role=respondents().get(invitation.role),
        name=invitation.name,
        email=invitation.email,
        language=invitation.language,
        word=invitation.word,
        invited_at=invitation.invited_at,
        state=state_of(invitation),
        response=response,
    )


def open_invitations_to(email: str) -> list[Invitation]:
    """The invitations to this address whose link leads on.

    Held until this transaction is over: two workers at once send no link twice.
    """
    found = db.session.scalars(
        sa.select(Invitation)
        .where(_is_to(email), Invitation.withdrawn_at.is_(None))
        .order_by(Invitation.id)
        .with_for_update()
    )
    moment = now()
    return [each for each in found if state_of(each).leads_on(moment)]


def _is_to(email: str) -> sa.ColumnElement[bool]:
    return Invitation.normal_email == normal_address(email)


def state_of(invitation: Invitation) -> InvitationState:
    """What happened to this invitation so far."""
    return InvitationState(
        invitation.expires_at,
        invitation.withdrawn_at,
        invitation.declined_at,
        invitation.share_from,
        invitation.held_from,
        invitation.retracted_at,
    )


def _asked_card(
    invitation: Invitation, owner_id: uuid.UUID, partnership_id: uuid.UUID | None
) -> AskedCard:
    status = state_of(invitation).status(now())
    return AskedCard(
        id=invitation.id,
        owner_id=owner_id,
        partnership_id=partnership_id,
        scan_id=invitation.scan_id,
        role=respondents().get(invitation.role),
        name=invitation.name,
        email=invitation.email,
        language=invitation.language,
        word=invitation.word,
        invited_at=invitation.invited_at,
        expires_at=invitation.expires_at,
        withdrawn_at=invitation.withdrawn_at,
        shared_at=invitation.share_from if status is InvitationStatus.SHARED else None,
        is_retracted=status is InvitationStatus.RETRACTED,
    )
