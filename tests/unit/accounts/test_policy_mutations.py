"""Each line of the permission table, changed one by one, is found by the table written by hand.

A permission that opens to everybody or to nobody, a part of a predicate that is left out, turned
around or replaced, a role more or less: whoever does that sees a red test.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import pytest

from tests.unit.accounts.trust_table import EVERYBODY, OPENS, Opens, find_mistakes
from zetwpo.accounts.actors import Actor, Facts, Role
from zetwpo.accounts.policy import PERMISSIONS, Permission
from zetwpo.accounts.predicates import AllOf, AnyOf, Holds, HoldsThere, Never, Who, Whom


def everybody(_actor: Actor, _facts: Facts | None = None) -> bool:
    return True


def nobody(_actor: Actor, _facts: Facts | None = None) -> bool:
    return False


@dataclass(frozen=True)
class Mutation:
    """A permission with one thing changed."""

    name: str
    permission: Permission

    def __str__(self) -> str:
        return f"{self.permission.name}: {self.name}"


def mutations() -> Iterator[Mutation]:
    for permission in PERMISSIONS:
        for name, who in _changed_who(permission.who):
            yield Mutation(f"who {name}", _with(permission, who=who))
        if permission.whom:
            yield Mutation("about no object", _with(permission, whom=None))
            for name, whom in _changed(permission.whom):
                yield Mutation(f"whom {name}", _with(permission, whom=whom))


def _with(permission: Permission, **changed: Who | Whom | None) -> Permission:
    return replace(permission, **changed)  # type: ignore[arg-type]


def _changed_who(who: Who) -> Iterator[tuple[str, Who]]:
    yield "is nobody", nobody
    if isinstance(who, Holds):
        yield "is everybody", everybody
        for role in who.roles:
            yield f"without {role}", Holds(who.roles - {role})


def _changed(whom: Whom) -> Iterator[tuple[str, Whom]]:
    """The predicate itself opened and closed, and each of its parts, however deep."""
    yield "opened", everybody
    yield "closed", nobody
    yield "turned around", Never(whom)
    if isinstance(whom, HoldsThere):
        for role in Role:
            yield f"{role} more or less", HoldsThere(whom.roles ^ {role})
    if isinstance(whom, Never):
        yield "not denied", whom.part
    if isinstance(whom, AllOf | AnyOf):
        kind = type(whom)
        yield (
            "any for all" if kind is AllOf else "all for any",
            (AnyOf(whom.parts) if kind is AllOf else AllOf(whom.parts)),
        )
        for number, part in enumerate(whom.parts):
            before, after = whom.parts[:number], whom.parts[number + 1 :]
            yield f"without part {number + 1}", kind(before + after)
            for name, changed in _changed(part):
                yield f"part {number + 1} {name}", kind((*before, changed, *after))


def is_same(mutation: Mutation) -> bool:
    """What no test can tell from the table itself."""
    # `who` only spares a look at the object where `whom` asks for the same role there.
    spares = mutation.name == "who is everybody" and mutation.permission.whom is not None
    # Where an employer is denied in any case, or no role counts at all, that role opens nothing.
    of_employer = mutation.name.endswith(f"{Role.SCHOOL_LEADER} more or less")
    counts = any(not each.never_employer and each.roles != EVERYBODY for each in ways_of(mutation))
    return spares or (of_employer and not counts)


def ways_of(mutation: Mutation) -> tuple[Opens, ...]:
    opens = OPENS[mutation.permission.name]
    return opens if isinstance(opens, tuple) else (opens,)


def test_each_change_of_the_table_is_found(capsys: pytest.CaptureFixture[str]) -> None:
    tried = [each for each in mutations() if not is_same(each)]
    missed = [str(each) for each in tried if not find_mistakes([each.permission])]
    with capsys.disabled():
        print(f"\npolicy: {len(tried) - len(missed)} of {len(tried)} changes found")
    assert missed == []
    assert len(tried) > 150
