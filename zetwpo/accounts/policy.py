"""Who may do what: one table, to be read from top to bottom.

A permission has two predicates. `who` looks at the actor alone; `whom` looks at the actor and
the facts of the object, and decides for each object again. A route that names neither a
permission nor a reason for being open is refused (guard.py).
"""

import enum
import uuid
from collections.abc import Callable
from dataclasses import dataclass

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


@dataclass(frozen=True)
class Actor:
    """A snapshot of the person behind a request."""

    person_id: uuid.UUID
    name: str
    language: str
    roles: frozenset[Role]


@dataclass(frozen=True)
class Facts:
    """What a decision needs to know about an object."""

    owner_id: uuid.UUID


Who = Callable[[Actor], bool]
Whom = Callable[[Actor, Facts], bool]


@dataclass(frozen=True)
class Permission:
    """One row of the table."""

    name: str
    meaning: str
    who: Who
    whom: Whom | None = None

    def opens_to(self, actor: Actor, facts: Facts | None = None) -> bool:
        """Say whether this actor may do this, to this object if the permission is about one."""
        if not self.who(actor):
            return False
        if self.whom is None:
            return True
        return facts is not None and self.whom(actor, facts)


def anyone_signed_in(_actor: Actor) -> bool:
    """Every person with an account."""
    return True


def supervisors(actor: Actor) -> bool:
    """Workplace supervisors, whatever else they are."""
    return Role.SUPERVISOR in actor.roles


def owner(actor: Actor, facts: Facts) -> bool:
    """The person whom it is about, and nobody else: no role opens another person's scan."""
    return actor.person_id == facts.owner_id


SEE_OWN_START = Permission("start.see", "See the own next step, and leave", anyone_signed_in)
TAKE_OWN_DATA = Permission(
    "data.take", "Take out or delete everything about oneself", anyone_signed_in
)
MANAGE_OWN_ACCOUNT = Permission(
    "account.manage",
    "Change one's own name, language and address, end sign-ins, stop mails",
    anyone_signed_in,
)
START_SCAN = Permission("scan.start", "Start a self-scan or a rescan", supervisors)
FILL_IN_SCAN = Permission("scan.fill_in", "Fill in and submit one's own scan", supervisors, owner)
ASK_FEEDBACK = Permission(
    "feedback.ask",
    "Ask for feedback on one's own scan, or withdraw the question",
    supervisors,
    owner,
)
READ_RESULT = Permission(
    "result.read", "Read, print and take out the result of one's own scan", supervisors, owner
)
WRITE_LEARNING_QUESTION = Permission(
    "learning_question.write",
    "Draft a learning question from one's own result",
    supervisors,
    owner,
)

PERMISSIONS = (
    SEE_OWN_START,
    TAKE_OWN_DATA,
    MANAGE_OWN_ACCOUNT,
    START_SCAN,
    FILL_IN_SCAN,
    ASK_FEEDBACK,
    READ_RESULT,
    WRITE_LEARNING_QUESTION,
)
