"""Who reads what: what the permission table says to each role, made from the table itself."""

import enum
import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from zetwpo.accounts.actors import Actor, Facts, HeldRole, Role
from zetwpo.accounts.policy import PERMISSIONS, Permission


class Relation(enum.StrEnum):
    """How somebody stands to what a permission is about, the widest first."""

    PARTNERSHIP = "partnership"
    SCHOOL = "school"
    LEADER = "leader"
    MEMBER = "member"
    SHARED = "shared"
    OWN = "own"


# Somebody with one role, and somebody else's things there.
_ME, _OTHER = uuid.UUID(int=1), uuid.UUID(int=2)
_HERE, _SCHOOL = uuid.UUID(int=3), uuid.UUID(int=4)
_ALONE = frozenset({_ME})
PROBES = {
    Relation.PARTNERSHIP: Facts(partnership_id=_HERE),
    Relation.SCHOOL: Facts(owner_id=_OTHER, partnership_id=_HERE, school_id=_SCHOOL),
    Relation.LEADER: Facts(owner_id=_OTHER, partnership_id=_HERE, leaders=_ALONE),
    Relation.MEMBER: Facts(owner_id=_OTHER, partnership_id=_HERE, members=_ALONE),
    Relation.SHARED: Facts(owner_id=_OTHER, partnership_id=_HERE, shared_with=_ALONE),
    Relation.OWN: Facts(owner_id=_ME, partnership_id=_HERE),
}


@dataclass(frozen=True)
class RoleSights:
    """What one role opens: what is read about others, by how one stands to it, and the rest."""

    role: Role
    reads: dict[Relation, list[Permission]]
    does: list[Permission]
    # What everybody with an account can do.
    all_do: list[Permission]
    # What others read about others, and this role does not.
    closed: list[Permission]


def opens_at(permission: Permission, role: Role) -> Relation | None:
    """The widest relation in which a permission about an object opens to this role."""
    actor = Actor(_ME, "", "nl", frozenset({HeldRole(_HERE, role, _SCHOOL)}))
    opens = (relation for relation in Relation if permission.opens_to(actor, PROBES[relation]))
    return next(opens, None)


def sights_of(role: Role, permissions: Iterable[Permission] = PERMISSIONS) -> RoleSights:
    """What the table says to this role."""
    reads: dict[Relation, list[Permission]] = {}
    does: list[Permission] = []
    all_do: list[Permission] = []
    closed: list[Permission] = []
    for permission in permissions:
        relation = opens_at(permission, role)
        if relation:
            is_for_all = all(opens_at(permission, each) for each in Role)
            (all_do if is_for_all else does).append(permission)
        if permission.shows and relation:
            reads.setdefault(relation, []).append(permission)
        elif permission.shows and not is_read_otherwise(permission, role):
            closed.append(permission)
    in_order = {each: reads[each] for each in Relation if each in reads}
    return RoleSights(role, in_order, does, all_do, closed)


def is_read_otherwise(permission: Permission, role: Role) -> bool:
    """True where this role reads the same as a part of something wider."""
    return permission.part_of is not None and opens_at(permission.part_of, role) is not None
