"""Who asks and what about: the roles, a snapshot of a person, and the facts of an object."""

import enum
import uuid
from dataclasses import dataclass
from typing import NamedTuple

from zetwpo.i18n import lazy_gettext as _


class Role(enum.StrEnum):
    """What a person is in a partnership. A person can hold several."""

    SUPERVISOR = "supervisor"
    STUDENT = "student"
    SCHOOL_TRAINER = "school_trainer"
    INSTITUTE_TRAINER = "institute_trainer"
    FACILITATOR = "facilitator"
    PROCESS_FACILITATOR = "process_facilitator"
    PROGRAMME_LEADER = "programme_leader"
    SCHOOL_LEADER = "school_leader"
    ADMINISTRATOR = "administrator"

    @property
    def label(self) -> str:
        """What people call it, in the language of the page."""
        return str(_LABELS[self])


_LABELS = {
    Role.SUPERVISOR: _("workplace supervisor"),
    Role.STUDENT: _("student"),
    Role.SCHOOL_TRAINER: _("school trainer"),
    Role.INSTITUTE_TRAINER: _("institute trainer"),
    Role.FACILITATOR: _("facilitator"),
    Role.PROCESS_FACILITATOR: _("process facilitator"),
    Role.PROGRAMME_LEADER: _("programme leader"),
    Role.SCHOOL_LEADER: _("school leader"),
    Role.ADMINISTRATOR: _("administrator"),
}

# Who decides about a supervisor's job: closed to what that person answered, with consent too and
# whatever else they are (trust, rule 2).
EMPLOYERS = frozenset({Role.SCHOOL_LEADER})
# Whom a supervisor can open something to (the column of each in the table of trust.md).
RECEIVERS = frozenset(
    {Role.SUPERVISOR, Role.SCHOOL_TRAINER, Role.INSTITUTE_TRAINER, Role.FACILITATOR}
)
# Who can take part in a trajectory: it is for supervisors, and trainers may join.
PARTICIPANTS = frozenset({Role.SUPERVISOR, Role.SCHOOL_TRAINER, Role.INSTITUTE_TRAINER})


class HeldRole(NamedTuple):
    """A role that a person holds at this moment, where, and at which school if at one."""

    partnership_id: uuid.UUID
    role: Role
    school_id: uuid.UUID | None = None


@dataclass(frozen=True)
class Actor:
    """A snapshot of the person behind a request."""

    person_id: uuid.UUID
    name: str
    language: str
    memberships: frozenset[HeldRole] = frozenset()

    @property
    def roles(self) -> frozenset[Role]:
        """What this person is, wherever that is."""
        return frozenset([each.role for each in self.memberships])

    def roles_in(self, partnership_id: uuid.UUID | None) -> frozenset[Role]:
        """What this person is in this partnership; nothing where there is none."""
        there = [each.role for each in self.memberships if each.partnership_id == partnership_id]
        return frozenset(there)

    def partnerships_as(self, *roles: Role) -> frozenset[uuid.UUID]:
        """Where this person holds one of these roles."""
        return frozenset(each.partnership_id for each in self.memberships if each.role in roles)


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What a decision needs to know about an object. What is not said opens nothing."""

    owner_id: uuid.UUID | None = None
    partnership_id: uuid.UUID | None = None
    school_id: uuid.UUID | None = None
    # By their keys: who takes part in it, who did once, who leads it, and to whom its owner opened
    # it.
    members: frozenset[uuid.UUID] = frozenset()
    former: frozenset[uuid.UUID] = frozenset()
    leaders: frozenset[uuid.UUID] = frozenset()
    shared_with: frozenset[uuid.UUID] = frozenset()
    # The roles in its partnership to which a group opened it.
    opened_to: frozenset[Role] = frozenset()
