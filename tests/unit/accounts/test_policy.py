"""The table of permissions, held against what trust.md says of each kind of person.

OPENS is written by hand, apart from the table: it says for each permission to whom it opens, and in
which relation to the object. test_policy_mutations.py changes the table and looks whether this
finds out.
"""

from collections.abc import Callable, Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.accounts.trust_table import (
    ABOUT_A_PARTNERSHIP,
    HERE,
    OPENS,
    RELATIONS,
    SOMEBODY,
    THERE,
    Case,
    all_cases,
    find_mistakes,
)
from zetwpo.accounts import predicates
from zetwpo.accounts.actors import Actor, Facts, HeldRole, Role
from zetwpo.accounts.policy import (
    CLAIM_CERTIFICATE,
    FIND_OWN_WORK,
    KEEP_PORTFOLIO,
    PERMISSIONS,
    Permission,
)
from zetwpo.accounts.predicates import Whom, all_of, any_of, never

each_permission = pytest.mark.parametrize("permission", PERMISSIONS, ids=lambda each: each.name)
about_an_object = pytest.mark.parametrize(
    "permission", [each for each in PERMISSIONS if each.whom], ids=lambda each: each.name
)
# In a trajectory that is nobody's own, it finds what is one's own and nothing else.
OF_ONESELF = {FIND_OWN_WORK, KEEP_PORTFOLIO, CLAIM_CERTIFICATE}
HELD = st.frozensets(
    st.builds(HeldRole, st.sampled_from([HERE, THERE]), st.sampled_from(Role)), max_size=6
)


def test_every_permission_is_in_the_table_by_hand() -> None:
    assert set(OPENS) == {each.name for each in PERMISSIONS}
    assert len({each.name for each in PERMISSIONS}) == len(PERMISSIONS)


def test_the_table_says_what_trust_says() -> None:
    assert find_mistakes(PERMISSIONS) == []


@about_an_object
@given(held=HELD)
def test_what_is_not_said_opens_nothing(permission: Permission, held: frozenset[HeldRole]) -> None:
    actor = Actor(SOMEBODY, "Name", "nl", held)
    assert not permission.opens_to(actor, Facts())
    assert not permission.opens_to(actor)


@about_an_object
@given(held=HELD, relation=st.sampled_from(sorted(RELATIONS)))
def test_a_role_in_another_partnership_opens_nothing(
    permission: Permission, held: frozenset[HeldRole], relation: str
) -> None:
    """What is somebody's own is theirs wherever it is; nothing else crosses the border."""
    elsewhere = frozenset(each for each in held if each.partnership_id == THERE)
    facts = RELATIONS[relation]
    is_own = facts.owner_id == SOMEBODY or permission in OF_ONESELF
    if facts.partnership_id != THERE and not is_own:
        assert not permission.opens_to(Actor(SOMEBODY, "Name", "nl", elsewhere), facts)


@pytest.mark.parametrize(
    "permission",
    [each for each in PERMISSIONS if each.whom and each.name not in ABOUT_A_PARTNERSHIP],
    ids=lambda each: each.name,
)
@given(held=HELD, relation=st.sampled_from(sorted(RELATIONS)), where=st.sampled_from([HERE, THERE]))
def test_an_employer_gains_sight_of_no_answers_through_a_second_role(
    permission: Permission, held: frozenset[HeldRole], relation: str, where: object
) -> None:
    facts = RELATIONS[relation]
    if facts.owner_id in {None, SOMEBODY} or permission in OF_ONESELF:
        return
    employer = held | {HeldRole(HERE if where == HERE else THERE, Role.SCHOOL_LEADER)}
    assert not permission.opens_to(Actor(SOMEBODY, "Name", "nl", employer), facts)


def cases() -> Iterator[Case]:
    yield from all_cases(PERMISSIONS)


def test_every_kind_of_person_meets_every_relation() -> None:
    assert len(list(cases())) > 1000


def yes(_actor: Actor, _facts: Facts) -> bool:
    return True


def no(_actor: Actor, _facts: Facts) -> bool:
    return False


@pytest.mark.parametrize(
    ("composed", "opens"),
    [
        (any_of(no, yes), True),
        (any_of(no, no), False),
        (any_of(), False),
        (all_of(yes, yes), True),
        (all_of(yes, no), False),
        (never(yes), False),
        (never(no), True),
        (all_of(yes, never(yes)), False),
    ],
)
def test_predicates_are_put_together(composed: Whom, opens: bool) -> None:
    assert composed(Actor(SOMEBODY, "Name", "nl"), Facts()) is opens


SOMEBODY_HERE = Actor(
    SOMEBODY, "Name", "nl", frozenset({HeldRole(HERE, Role.FACILITATOR, school_id=THERE)})
)


@pytest.mark.parametrize(
    ("predicate", "facts", "opens"),
    [
        (predicates.owner, Facts(owner_id=SOMEBODY), True),
        (predicates.owner, Facts(owner_id=HERE), False),
        (predicates.owner, Facts(members=frozenset({SOMEBODY})), False),
        (predicates.member, Facts(members=frozenset({HERE, SOMEBODY})), True),
        (predicates.member, Facts(leaders=frozenset({SOMEBODY})), False),
        (predicates.facilitator, Facts(leaders=frozenset({SOMEBODY})), True),
        (predicates.facilitator, Facts(partnership_id=HERE), False),
        (predicates.participant, Facts(members=frozenset({SOMEBODY})), True),
        (predicates.participant, Facts(leaders=frozenset({SOMEBODY})), True),
        (predicates.participant, Facts(shared_with=frozenset({SOMEBODY})), False),
        (predicates.received, Facts(shared_with=frozenset({SOMEBODY})), True),
        (predicates.received, Facts(members=frozenset({SOMEBODY})), False),
        (predicates.holds_there(Role.FACILITATOR), Facts(partnership_id=HERE), True),
        (predicates.holds_there(Role.FACILITATOR), Facts(partnership_id=THERE), False),
        (predicates.holds_there(Role.SUPERVISOR), Facts(partnership_id=HERE), False),
        (predicates.holds_at_school(Role.FACILITATOR), Facts(school_id=THERE), True),
        (predicates.holds_at_school(Role.FACILITATOR), Facts(school_id=HERE), False),
        (predicates.holds_at_school(Role.SUPERVISOR), Facts(school_id=THERE), False),
        (predicates.holds_at_school(Role.FACILITATOR), Facts(partnership_id=HERE), False),
    ],
)
def test_each_predicate_asks_one_thing(
    predicate: Callable[[Actor, Facts], bool], facts: Facts, opens: bool
) -> None:
    assert predicate(SOMEBODY_HERE, facts) is opens
