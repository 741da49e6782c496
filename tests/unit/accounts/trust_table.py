"""What trust.md says, written by hand: for each permission, to whom it opens in which relation.

Nothing here is taken from the table of permissions, so that the two can be held side by side.
"""

import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations, product

from zetwpo.accounts.actors import Actor, Facts, HeldRole, Role
from zetwpo.accounts.policy import Permission

SOMEBODY, SOMEBODY_ELSE = uuid.UUID(int=1), uuid.UUID(int=2)
HERE, THERE = uuid.UUID(int=3), uuid.UUID(int=4)

# How somebody can stand to an object. All are in the partnership HERE but the last three.
RELATIONS = {
    "own": Facts(owner_id=SOMEBODY, partnership_id=HERE),
    "another's": Facts(owner_id=SOMEBODY_ELSE, partnership_id=HERE),
    "shared": Facts(owner_id=SOMEBODY_ELSE, partnership_id=HERE, shared_with=frozenset({SOMEBODY})),
    "shared with another": Facts(
        owner_id=SOMEBODY_ELSE, partnership_id=HERE, shared_with=frozenset({SOMEBODY_ELSE})
    ),
    "member": Facts(owner_id=SOMEBODY_ELSE, partnership_id=HERE, members=frozenset({SOMEBODY})),
    "leader": Facts(owner_id=SOMEBODY_ELSE, partnership_id=HERE, leaders=frozenset({SOMEBODY})),
    "former member": Facts(
        owner_id=SOMEBODY_ELSE, partnership_id=HERE, former=frozenset({SOMEBODY})
    ),
    "own as a member": Facts(owner_id=SOMEBODY, partnership_id=HERE, members=frozenset({SOMEBODY})),
    "own as a leader": Facts(owner_id=SOMEBODY, partnership_id=HERE, leaders=frozenset({SOMEBODY})),
    "shared with a member": Facts(
        owner_id=SOMEBODY_ELSE,
        partnership_id=HERE,
        members=frozenset({SOMEBODY}),
        shared_with=frozenset({SOMEBODY}),
    ),
    "shared with a leader": Facts(
        owner_id=SOMEBODY_ELSE,
        partnership_id=HERE,
        leaders=frozenset({SOMEBODY}),
        shared_with=frozenset({SOMEBODY}),
    ),
    "opened to programme leaders": Facts(
        partnership_id=HERE, opened_to=frozenset({Role.PROGRAMME_LEADER})
    ),
    "opened to school leaders": Facts(
        partnership_id=HERE, opened_to=frozenset({Role.SCHOOL_LEADER})
    ),
    "the partnership": Facts(partnership_id=HERE),
    "another partnership": Facts(partnership_id=THERE),
    "shared elsewhere": Facts(
        owner_id=SOMEBODY_ELSE, partnership_id=THERE, shared_with=frozenset({SOMEBODY})
    ),
    "nothing said": Facts(),
}
NO_OBJECT = "no object"
# What else somebody is who stands to an object in one of these ways.
WAYS = {
    "own": frozenset({"own", "own as a member", "own as a leader"}),
    "shared": frozenset(
        {"shared", "shared elsewhere", "shared with a member", "shared with a leader"}
    ),
    "member": frozenset({"member", "own as a member", "shared with a member"}),
    "leader": frozenset({"leader", "shared with a leader", "own as a leader"}),
}

EVERYBODY = "everybody"
# About a partnership, and not about anybody in it: whatever else is known of the object.
THAT_PARTNERSHIP = "the partnership of the object"
# Who may be given something: a role that receives, held here, and nowhere an employer's.
RECEIVING = frozenset(
    {Role.SUPERVISOR, Role.SCHOOL_TRAINER, Role.INSTITUTE_TRAINER, Role.FACILITATOR}
)
# Who may be in a trajectory besides whoever leads it.
TAKING_PART = frozenset({Role.SUPERVISOR, Role.SCHOOL_TRAINER, Role.INSTITUTE_TRAINER})


@dataclass(frozen=True)
class Opens:
    """To these roles, held in the partnership of the object, and in these relations alone."""

    roles: frozenset[Role] | str
    relations: frozenset[str]
    # True where one employer's role closes it, whatever else one is.
    never_employer: bool = False


def to(*roles: Role, when: str, never_employer: bool = False) -> Opens:
    relations = (
        frozenset(RELATIONS) if when == THAT_PARTNERSHIP else WAYS.get(when, frozenset({when}))
    )
    return Opens(frozenset(roles) or EVERYBODY, relations, never_employer)


ANYWHERE = frozenset({*RELATIONS, NO_OBJECT})
OPENS: dict[str, Opens | tuple[Opens, ...]] = {
    "start.see": Opens(EVERYBODY, ANYWHERE),
    "data.take": Opens(EVERYBODY, ANYWHERE),
    "account.manage": Opens(EVERYBODY, ANYWHERE),
    "scan.start": Opens(frozenset({Role.SUPERVISOR}), ANYWHERE),
    "scan.fill_in": to(Role.SUPERVISOR, when="own"),
    "feedback.ask": to(Role.SUPERVISOR, when="own"),
    "result.read": to(when="own"),
    "own.take_back": to(when="own"),
    "learning_question.read": to(when="own"),
    "learning_question.write": to(Role.SUPERVISOR, when="own"),
    "own.share": to(when="own"),
    "shared.list": Opens(EVERYBODY, ANYWHERE),
    "shared.read": to(*RECEIVING, when="shared", never_employer=True),
    "trajectory.start": to(Role.FACILITATOR, when=THAT_PARTNERSHIP, never_employer=True),
    "trajectory.lead": to(Role.FACILITATOR, when="leader", never_employer=True),
    "trajectory.take_part": to(*TAKING_PART, when="member", never_employer=True),
    "trajectory.read": (
        to(*TAKING_PART, when="member", never_employer=True),
        to(Role.FACILITATOR, when="leader", never_employer=True),
    ),
    "question.bring_in": to(*TAKING_PART, when="member", never_employer=True),
    "question.take_back": to(when="own"),
    "questions.lay_together": to(Role.FACILITATOR, when="leader", never_employer=True),
    "questions.read": (
        to(*TAKING_PART, when="member", never_employer=True),
        to(Role.FACILITATOR, when="leader", never_employer=True),
    ),
    "own_work.find": (to(when="member"), to(when="former member")),
    "own_work.read": to(when="own"),
    "portfolio.keep": (to(when="member"), to(when="former member")),
    "certificate.claim": (to(when="member"), to(when="former member")),
    "certificate.read": to(when="own"),
    "team_message.write": (
        to(*TAKING_PART, when="member", never_employer=True),
        to(Role.FACILITATOR, when="leader", never_employer=True),
    ),
    "team_message.approve": to(*TAKING_PART, when="member", never_employer=True),
    "team_message.read": (
        to(Role.PROGRAMME_LEADER, when="opened to programme leaders"),
        to(Role.SCHOOL_LEADER, when="opened to school leaders"),
    ),
    "own_work.write": to(*TAKING_PART, when="own as a member", never_employer=True),
    "opened.read": (
        to(when="own"),
        to(*TAKING_PART, when="shared with a member", never_employer=True),
        to(Role.FACILITATOR, when="shared with a leader", never_employer=True),
    ),
    "plan.ask": (
        to(*TAKING_PART, when="shared with a member", never_employer=True),
        to(Role.FACILITATOR, when="shared with a leader", never_employer=True),
    ),
    "trajectory.dates": to(Role.PROGRAMME_LEADER, Role.SCHOOL_LEADER, when=THAT_PARTNERSHIP),
    "readiness.see": to(Role.FACILITATOR, when="leader", never_employer=True),
    "attendance.record": to(Role.FACILITATOR, when="leader", never_employer=True),
    "attendance.totals": to(Role.PROGRAMME_LEADER, when=THAT_PARTNERSHIP),
    "desk.see": Opens(frozenset({Role.FACILITATOR}), ANYWHERE),
    "recap.write": to(Role.FACILITATOR, when="leader", never_employer=True),
    "agreements.write": to(Role.FACILITATOR, when="leader", never_employer=True),
    "trajectory.appoint": to(Role.PROGRAMME_LEADER, when=THAT_PARTNERSHIP),
    "shelf.read": (
        to(when="own"),
        to(*TAKING_PART, when="member", never_employer=True),
        to(Role.FACILITATOR, when="leader", never_employer=True),
    ),
    "shelf.put": (
        to(*TAKING_PART, when="member", never_employer=True),
        to(Role.FACILITATOR, when="leader", never_employer=True),
    ),
    "shelf.change": (
        to(*TAKING_PART, when="own as a member", never_employer=True),
        to(Role.FACILITATOR, when="own as a leader", never_employer=True),
    ),
    "shelf.take_off": (
        to(when="own"),
        to(Role.FACILITATOR, when="leader", never_employer=True),
    ),
    "partnership_shelf.read": (to(when="own"), to(*Role, when=THAT_PARTNERSHIP)),
    "partnership_shelf.keep": to(Role.FACILITATOR, Role.PROGRAMME_LEADER, when=THAT_PARTNERSHIP),
    "partnership_shelf.take_off": (
        to(when="own"),
        to(Role.FACILITATOR, Role.PROGRAMME_LEADER, when=THAT_PARTNERSHIP),
    ),
    "people.manage": to(Role.ADMINISTRATOR, when=THAT_PARTNERSHIP),
    "people.import": to(Role.ADMINISTRATOR, when="own"),
    "mails.failed": to(Role.ADMINISTRATOR, when=THAT_PARTNERSHIP),
    "people.names": to(Role.PROCESS_FACILITATOR, Role.PROGRAMME_LEADER, when=THAT_PARTNERSHIP),
    "schools.manage": to(Role.ADMINISTRATOR, when=THAT_PARTNERSHIP),
    "breaks.plan": to(Role.ADMINISTRATOR, Role.PROGRAMME_LEADER, when=THAT_PARTNERSHIP),
    "partnership.describe": to(Role.ADMINISTRATOR, Role.PROGRAMME_LEADER, when=THAT_PARTNERSHIP),
    "questionnaire.edit": to(Role.PROGRAMME_LEADER, when=THAT_PARTNERSHIP),
    "methods.read": to(*Role, when=THAT_PARTNERSHIP),
    "methods.edit": to(Role.FACILITATOR, Role.PROGRAMME_LEADER, when=THAT_PARTNERSHIP),
}


def ways(opens: Opens | tuple[Opens, ...]) -> tuple[Opens, ...]:
    """Each way in which a permission opens."""
    return opens if isinstance(opens, tuple) else (opens,)


ABOUT_A_PARTNERSHIP = frozenset(
    name
    for name, opens in OPENS.items()
    if any(each.relations == frozenset(RELATIONS) for each in ways(opens))
)


@dataclass(frozen=True)
class Case:
    """One question to the table, and the answer."""

    permission: Permission
    actor: Actor
    relation: str
    opens: bool

    def __str__(self) -> str:
        held = ", ".join(sorted(each.role for each in self.actor.memberships)) or "no role"
        return f"{self.permission.name}: {held}, {self.relation}: should be {self.opens}"


def actors() -> Iterator[Actor]:
    """No role; each role and each pair of roles, all here; each role elsewhere, with one here."""
    yield Actor(SOMEBODY, "Name", "nl")
    for size in (1, 2):
        for roles in combinations(Role, size):
            held = frozenset(HeldRole(HERE, role) for role in roles)
            yield Actor(SOMEBODY, "Name", "nl", held)
    for role in Role:
        yield Actor(SOMEBODY, "Name", "nl", frozenset({HeldRole(THERE, role)}))
    for there, here in product(Role, Role):
        held = frozenset({HeldRole(THERE, there), HeldRole(HERE, here)})
        yield Actor(SOMEBODY, "Name", "nl", held)


def expected(name: str, actor: Actor, relation: str) -> bool:
    """What trust.md says."""
    return any(_is_open(each, actor, relation) for each in ways(OPENS[name]))


def _is_open(opens: Opens, actor: Actor, relation: str) -> bool:
    if opens.never_employer and Role.SCHOOL_LEADER in actor.roles:
        return False
    if opens.relations == ANYWHERE:
        return opens.roles == EVERYBODY or not actor.roles.isdisjoint(opens.roles)
    facts = RELATIONS.get(relation)
    if facts is None or relation not in opens.relations:
        return False
    # Wherever the object is, there the role has to be held.
    held = actor.roles_in(facts.partnership_id)
    return opens.roles == EVERYBODY or not held.isdisjoint(opens.roles)


def all_cases(permissions: Iterable[Permission]) -> Iterator[Case]:
    """Every permission times every actor times every relation."""
    everybody = list(actors())
    for permission in permissions:
        for actor in everybody:
            for relation in (*RELATIONS, NO_OBJECT):
                yield Case(permission, actor, relation, expected(permission.name, actor, relation))


def find_mistakes(permissions: Iterable[Permission]) -> list[str]:
    """Where a table of permissions says something else."""
    return [
        str(case)
        for case in all_cases(permissions)
        if case.permission.opens_to(case.actor, RELATIONS.get(case.relation)) != case.opens
    ]
