"""What changed of a plan since somebody was told of it."""

import uuid
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from zetwpo.cycle.meetings.changes import (
    Told,
    What,
    changes,
    packed,
    together,
    told_of,
    unpacked,
)

NOW = datetime(2027, 1, 4, 9, tzinfo=UTC)
KEYS = [uuid.UUID(int=number) for number in range(4)]


@dataclass(frozen=True)
class Planned:
    """A meeting of the plan."""

    id: uuid.UUID
    number: int = 1
    starts_at: datetime = NOW + timedelta(days=10)
    minutes: int = 180
    place: str = "Room 1"
    sequence: int = 0


ONE = Planned(KEYS[0])
PLANS = st.builds(
    Planned,
    st.sampled_from(KEYS),
    st.integers(1, 6),
    st.integers(1, 50).map(lambda days: NOW + timedelta(days=days)),
    st.integers(30, 480),
    st.text(st.characters(exclude_categories=["Cs"])),
    st.integers(0, 9),
)


def what(before: Planned, *plan: Planned, is_known: bool = True) -> list[What]:
    told = {before.id: told_of(before, is_known=is_known)}
    return [each.what for each in changes(told, plan, NOW)]


def test_each_change_has_a_name() -> None:
    assert what(ONE, ONE) == []
    assert what(ONE, replace(ONE, starts_at=ONE.starts_at + timedelta(days=1))) == [What.MOVED]
    assert what(ONE, replace(ONE, minutes=60)) == [What.MOVED]
    assert what(ONE, replace(ONE, place="Room 2")) == [What.ELSEWHERE]
    assert what(ONE, replace(ONE, number=2)) == [What.RENUMBERED]
    assert what(ONE) == [What.CANCELLED]
    assert what(ONE, ONE, is_known=False) == [What.ADDED]


def test_what_was_added_and_cancelled_again_is_nothing() -> None:
    assert what(ONE, is_known=False) == []


def test_a_change_back_is_none_whatever_its_sequence() -> None:
    assert what(ONE, replace(ONE, sequence=2)) == []


def test_what_is_over_is_told_no_more() -> None:
    over = replace(ONE, starts_at=NOW - timedelta(hours=3))
    assert what(over, replace(over, place="Room 2")) == []
    assert what(over) == []
    # But that it has moved from now to later is.
    assert what(over, ONE) == [What.MOVED]
    assert what(ONE, over) == [What.MOVED]


@given(st.lists(PLANS, unique_by=lambda each: each.id))
def test_what_a_mail_holds_comes_out_of_it(plan: list[Planned]) -> None:
    told = {each.id: told_of(each) for each in plan}
    assert unpacked(packed(told)) == told


@given(PLANS, PLANS, PLANS)
def test_two_changes_are_one_from_the_first_to_the_last(
    first: Planned, second: Planned, last: Planned
) -> None:
    second, last = replace(second, id=first.id), replace(last, id=first.id)
    held = together({first.id: told_of(first)}, {first.id: told_of(second)})
    assert held[first.id].sequence == max(first.sequence, second.sequence)
    alone = changes({first.id: told_of(first)}, [last], NOW)
    found = changes(held, [last], NOW)
    assert [(each.what, each.after) for each in found] == [
        (each.what, each.after) for each in alone
    ]


def test_what_changes_beside_it_is_held_as_well() -> None:
    other = Planned(KEYS[1])
    held = together({ONE.id: told_of(ONE)}, {other.id: told_of(other)})
    assert set(held) == {ONE.id, other.id}


@given(st.lists(PLANS, unique_by=lambda each: each.id), st.permutations(KEYS))
def test_changes_are_in_the_order_of_the_days(plan: list[Planned], order: list[uuid.UUID]) -> None:
    told: dict[uuid.UUID, Told] = {key: told_of(replace(ONE, id=key, minutes=1)) for key in order}
    found = changes(told, plan, NOW)
    assert [each.after.starts_at for each in found] == sorted(
        each.after.starts_at for each in found
    )
    assert {each.meeting_id for each in found if each.what is not What.CANCELLED} == {
        each.id for each in plan
    }
