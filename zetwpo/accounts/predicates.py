"""What the table of permissions is made of: questions about an actor and an object, one line each.

They are put together with `any_of`, `all_of` and `never`. A new kind of object brings facts of its
own; none of these changes for it.
"""

from collections.abc import Callable
from dataclasses import dataclass

from zetwpo.accounts.actors import EMPLOYERS, RECEIVERS, Actor, Facts, Role

# `Who` looks at the actor alone, `Whom` at the actor and an object.
Who = Callable[[Actor], bool]
Whom = Callable[[Actor, Facts], bool]


def anyone_signed_in(_actor: Actor) -> bool:
    """Every person with an account, with a role or without."""
    return True


@dataclass(frozen=True)
class Holds:
    """Whoever holds one of these roles, wherever that is."""

    roles: frozenset[Role]

    def __call__(self, actor: Actor) -> bool:
        """Say whether this actor does."""
        return not self.roles.isdisjoint(actor.roles)


@dataclass(frozen=True)
class HoldsThere:
    """Whoever holds one of these roles in the partnership of the object."""

    roles: frozenset[Role]

    def __call__(self, actor: Actor, facts: Facts) -> bool:
        """Say whether this actor does."""
        return not self.roles.isdisjoint(actor.roles_in(facts.partnership_id))


@dataclass(frozen=True)
class HoldsAtSchool:
    """Whoever holds one of these roles at the school of the object."""

    roles: frozenset[Role]

    def __call__(self, actor: Actor, facts: Facts) -> bool:
        """Say whether this actor does."""
        return facts.school_id is not None and any(
            each.school_id == facts.school_id and each.role in self.roles
            for each in actor.memberships
        )


@dataclass(frozen=True)
class AnyOf:
    """True where one of the parts is."""

    parts: tuple[Whom, ...]

    def __call__(self, actor: Actor, facts: Facts) -> bool:
        """Ask the parts."""
        return any(part(actor, facts) for part in self.parts)


@dataclass(frozen=True)
class AllOf:
    """True where each of the parts is."""

    parts: tuple[Whom, ...]

    def __call__(self, actor: Actor, facts: Facts) -> bool:
        """Ask the parts."""
        return all(part(actor, facts) for part in self.parts)


@dataclass(frozen=True)
class Never:
    """True where the part is not: in `all_of`, what this denies stays denied."""

    part: Whom

    def __call__(self, actor: Actor, facts: Facts) -> bool:
        """Ask the part."""
        return not self.part(actor, facts)


def any_of(*parts: Whom) -> Whom:
    """One of these opens it."""
    return AnyOf(parts)


def all_of(*parts: Whom) -> Whom:
    """Only all of these together open it."""
    return AllOf(parts)


def never(part: Whom) -> Whom:
    """This closes it, whatever else the actor is."""
    return Never(part)


def holds(*roles: Role) -> Who:
    """One of these roles, in any partnership."""
    return Holds(frozenset(roles))


def holds_there(*roles: Role) -> Whom:
    """One of these roles, in the partnership of the object."""
    return HoldsThere(frozenset(roles))


def holds_at_school(*roles: Role) -> Whom:
    """One of these roles, at the school of the object."""
    return HoldsAtSchool(frozenset(roles))


def owner(actor: Actor, facts: Facts) -> bool:
    """The person whose it is, and nobody else."""
    return actor.person_id == facts.owner_id


def member(actor: Actor, facts: Facts) -> bool:
    """Whoever takes part in it."""
    return actor.person_id in facts.members


def former_member(actor: Actor, facts: Facts) -> bool:
    """Whoever took part in it once."""
    return actor.person_id in facts.former


def facilitator(actor: Actor, facts: Facts) -> bool:
    """Whoever leads it: this one, and not another of the kind."""
    return actor.person_id in facts.leaders


participant = any_of(member, facilitator)


def received(actor: Actor, facts: Facts) -> bool:
    """Whoever its owner opened it to."""
    return actor.person_id in facts.shared_with


def holds_what_it_is_opened_to(actor: Actor, facts: Facts) -> bool:
    """Whoever holds there a role to which a group opened it."""
    return not facts.opened_to.isdisjoint(actor.roles_in(facts.partnership_id))


def employer(actor: Actor, _facts: Facts) -> bool:
    """Whoever employs supervisors, be it in another partnership than this one."""
    return not EMPLOYERS.isdisjoint(actor.roles)


# Being named is not enough: a role that may receive has to be held there, and no employer's
# anywhere (trust, rule 2: not by consent, and not through a second role).
may_receive = all_of(holds_there(*RECEIVERS), never(employer))
