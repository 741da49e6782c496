"""The table of permissions: for the owner, for other supervisors, for every other role."""

import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zetwpo.accounts.policy import (
    ASK_FEEDBACK,
    FILL_IN_SCAN,
    PERMISSIONS,
    READ_RESULT,
    SEE_OWN_START,
    START_SCAN,
    TAKE_OWN_DATA,
    WRITE_LEARNING_QUESTION,
    Actor,
    Facts,
    Permission,
    Role,
)

OWNER, STRANGER = uuid.UUID(int=1), uuid.UUID(int=2)
SCAN = Facts(OWNER)
FOR_EVERYBODY = (SEE_OWN_START, TAKE_OWN_DATA)
FOR_SUPERVISORS = (START_SCAN,)
ABOUT_A_SCAN = (FILL_IN_SCAN, ASK_FEEDBACK, READ_RESULT, WRITE_LEARNING_QUESTION)
OTHER_ROLES = [role for role in Role if role is not Role.SUPERVISOR]
ROLES = st.frozensets(st.sampled_from(Role))

about_a_scan = pytest.mark.parametrize("permission", ABOUT_A_SCAN, ids=lambda each: each.name)
for_supervisors = pytest.mark.parametrize("permission", FOR_SUPERVISORS, ids=lambda each: each.name)
for_everybody = pytest.mark.parametrize("permission", FOR_EVERYBODY, ids=lambda each: each.name)


def actor(person_id: uuid.UUID, *roles: Role) -> Actor:
    return Actor(person_id, "Name", "nl", frozenset(roles))


def test_every_permission_is_looked_at_here() -> None:
    assert set(PERMISSIONS) == {*FOR_EVERYBODY, *FOR_SUPERVISORS, *ABOUT_A_SCAN}
    assert len({permission.name for permission in PERMISSIONS}) == len(PERMISSIONS)


@about_a_scan
def test_a_scan_opens_to_its_owner(permission: Permission) -> None:
    assert permission.opens_to(actor(OWNER, Role.SUPERVISOR), SCAN)


@about_a_scan
@given(roles=ROLES)
def test_no_role_whatever_opens_another_persons_scan(
    permission: Permission, roles: frozenset[Role]
) -> None:
    assert not permission.opens_to(actor(STRANGER, *roles), SCAN)
    assert not permission.opens_to(actor(STRANGER, Role.SUPERVISOR, *roles), SCAN)


@about_a_scan
@pytest.mark.parametrize("role", OTHER_ROLES)
def test_a_scan_closes_to_an_owner_who_is_no_supervisor_any_more(
    permission: Permission, role: Role
) -> None:
    assert not permission.opens_to(actor(OWNER, role), SCAN)


@about_a_scan
@given(roles=ROLES)
def test_an_owner_may_be_more_than_a_supervisor(
    permission: Permission, roles: frozenset[Role]
) -> None:
    assert permission.opens_to(actor(OWNER, Role.SUPERVISOR, *roles), SCAN)


@about_a_scan
def test_without_a_scan_there_is_nothing_to_open(permission: Permission) -> None:
    assert not permission.opens_to(actor(OWNER, *Role))


@for_supervisors
@given(roles=ROLES)
def test_who_starts_a_scan_is_a_supervisor(permission: Permission, roles: frozenset[Role]) -> None:
    assert permission.opens_to(actor(OWNER, *roles)) == (Role.SUPERVISOR in roles)


@for_everybody
@given(roles=ROLES)
def test_everybody_has_a_start_page_and_their_own_data(
    permission: Permission, roles: frozenset[Role]
) -> None:
    assert permission.opens_to(actor(OWNER, *roles))
