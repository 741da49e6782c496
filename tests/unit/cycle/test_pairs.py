"""A pair is one where both agreed."""

import uuid
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zetwpo.cycle.pairs.rules import ANNOUNCED_FOR, is_announced, is_size, partners

ANN, BO, CAS, DEE = (uuid.UUID(int=number) for number in range(1, 5))
NOON = datetime(2027, 3, 3, 12, tzinfo=UTC)
LATER = NOON + timedelta(days=1)
Members = dict[uuid.UUID, datetime | None]
AGREED = st.none() | st.sampled_from([NOON, LATER])
MEMBERS = st.dictionaries(st.sampled_from([ANN, BO, CAS, DEE]), AGREED, max_size=3)


def test_two_who_agreed_are_a_pair_since_the_last_of_them_did() -> None:
    assert partners([{ANN: NOON, BO: LATER}]) == {ANN: {BO: LATER}, BO: {ANN: LATER}}


@pytest.mark.parametrize("members", [{ANN: NOON, BO: None}, {ANN: None, BO: None}, {ANN: NOON}])
def test_one_alone_has_nobody(members: Members) -> None:
    assert not any(partners([members]).values())


def test_of_three_the_two_who_agreed_are_a_pair() -> None:
    found = partners([{ANN: NOON, BO: NOON, CAS: None}])
    assert found[ANN] == {BO: NOON}
    assert CAS not in found


@given(st.lists(MEMBERS, max_size=3))
def test_it_is_always_mutual_and_since_two_agreements(pairs: list[Members]) -> None:
    found = partners(pairs)
    for person, others in found.items():
        assert person not in others
        for other, since in others.items():
            assert found[other][person] == since
            both = [(each.get(person), each.get(other)) for each in pairs]
            assert since == min(max(mine, theirs) for mine, theirs in both if mine and theirs)


def test_a_pair_is_two_or_three() -> None:
    assert [count for count in range(6) if is_size(count)] == [2, 3]


@pytest.mark.parametrize(
    ("after", "agreed", "expected"),
    [
        (timedelta(0), False, True),
        (ANNOUNCED_FOR - timedelta(seconds=1), False, True),
        (ANNOUNCED_FOR, False, False),
        (timedelta(days=1), True, False),
    ],
)
def test_a_proposal_is_announced_for_a_while(
    after: timedelta, *, agreed: bool, expected: bool
) -> None:
    proposed = datetime(2027, 3, 3, tzinfo=UTC)
    assert is_announced(proposed, proposed if agreed else None, proposed + after) is expected
