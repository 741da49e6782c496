"""A pair is one where both agreed."""

import uuid
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zetwpo.cycle.pairs.rules import ANNOUNCED_FOR, is_announced, is_size, partners

ANN, BO, CAS, DEE = (uuid.UUID(int=number) for number in range(1, 5))
MEMBERS = st.dictionaries(st.sampled_from([ANN, BO, CAS, DEE]), st.booleans(), max_size=3)


def test_two_who_agreed_are_a_pair() -> None:
    assert partners([{ANN: True, BO: True}]) == {ANN: frozenset({BO}), BO: frozenset({ANN})}


@pytest.mark.parametrize("members", [{ANN: True, BO: False}, {ANN: False, BO: False}, {ANN: True}])
def test_one_alone_has_nobody(members: dict[uuid.UUID, bool]) -> None:
    assert not any(partners([members]).values())


def test_of_three_the_two_who_agreed_are_a_pair() -> None:
    found = partners([{ANN: True, BO: True, CAS: False}])
    assert found[ANN] == {BO}
    assert CAS not in found


@given(st.lists(MEMBERS, max_size=3))
def test_it_is_always_mutual_and_takes_two_agreements(
    pairs: list[dict[uuid.UUID, bool]],
) -> None:
    found = partners(pairs)
    for person, others in found.items():
        assert person not in others
        for other in others:
            assert person in found[other]
            assert any(each.get(person) and each.get(other) for each in pairs)


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
