"""An agenda adds up, and its blocks change places and lengths without anything getting lost."""

import uuid
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zetwpo.cycle.agenda import dividing, rules
from zetwpo.cycle.agenda.rules import Agenda, Balance, Block, Chosen, Elsewhere, Gone, TooMany, Work

START = datetime(2027, 3, 4, 13, 0, tzinfo=UTC)
WORKS = {"i": Work.INPUT, "a": Work.ACTIVE, "p": Work.PAUSE}


@dataclass(frozen=True)
class Share:
    minutes: int
    from_minutes: int = 0


def agenda(*minutes: int, works: str = "") -> Agenda:
    """Blocks of so many minutes, active unless `works` says otherwise."""
    works = works or "a" * len(minutes)
    return tuple(
        Block(uuid.UUID(int=number), f"kind{number}", each, WORKS[work])
        for number, (each, work) in enumerate(zip(minutes, works, strict=True), 1)
    )


def minutes_of(blocks: Agenda) -> list[int]:
    return [each.minutes for each in rules.kept(blocks)]


def numbers(blocks: Agenda) -> list[int]:
    return [each.id.int for each in blocks]


def dropped(blocks: Agenda, *which: int) -> Agenda:
    return tuple(replace(each, is_dropped=each.id.int in which) for each in blocks)


blocks_of_any_length = st.lists(st.integers(1, 120), min_size=1, max_size=15).map(
    lambda minutes: agenda(*minutes)
)
shares = st.lists(
    st.builds(Share, st.integers(5, 90), st.sampled_from([0, 120])), max_size=12
).filter(lambda found: any(not each.from_minutes for each in found))


# ------------------------------------------------------------------------------- laying out


@given(shares, st.integers(1, 600))
def test_a_frame_fits_a_meeting_of_any_length(shares: list[Share], minutes: int) -> None:
    there = dividing.laid_out(shares, minutes)
    lengths = [each for _share, each in there]
    assert sum(lengths) == minutes
    assert sum(bool(each % 5) for each in lengths) == bool(minutes % 5)
    assert all(each >= min(5, minutes) for each in lengths)
    # In their order, and none twice.
    places = [next(at for at, share in enumerate(shares) if share is each) for each, _ in there]
    assert places == sorted(set(places))


@given(st.lists(st.integers(1, 24).map(lambda fives: fives * 5), min_size=1, max_size=12))
def test_a_frame_of_the_usual_length_stays_as_it_is_written(minutes: list[int]) -> None:
    assert dividing.divided(minutes, sum(minutes)) == minutes


@pytest.mark.parametrize(
    ("minutes", "expected"),
    [
        (180, [10, 30, 40, 15, 30, 30, 15, 10]),
        (120, [10, 20, 25, 10, 20, 20, 10, 5]),
        (60, [5, 10, 15, 10, 10, 5, 5]),
        # No five minutes for each: what takes most is left.
        (20, [5, 5, 5, 5]),
        (3, [3]),
    ],
)
def test_a_shorter_meeting_has_shorter_blocks_and_no_pause(
    minutes: int, expected: list[int]
) -> None:
    frame = [Share(each, 120 if each == 16 else 0) for each in (10, 30, 40, 16, 30, 30, 15, 10)]
    assert [each for _share, each in dividing.laid_out(frame, minutes)] == expected


def test_what_is_left_of_a_five_goes_to_the_longest() -> None:
    assert dividing.divided([10, 40, 10], 62) == [10, 42, 10]
    assert dividing.divided([10, 15, 10], 17) == [5, 7, 5]
    assert dividing.divided([], 60) == []


def test_a_block_has_the_same_key_before_and_after_it_is_stored() -> None:
    meeting, other = uuid.UUID(int=1), uuid.UUID(int=2)
    assert rules.key_of(meeting, 1) == rules.key_of(meeting, 1)
    assert len({rules.key_of(meeting, 1), rules.key_of(meeting, 2), rules.key_of(other, 1)}) == 3


# ------------------------------------------------------------------------------- adding up


@given(blocks_of_any_length, st.integers(5, 600), st.integers(0, 600))
def test_made_to_fit_it_adds_up_wherever_there_is_room(
    blocks: Agenda, minutes: int, begun: int
) -> None:
    fitted = rules.fitted(blocks, minutes, begun)
    if rules.can_be_fitted(blocks, minutes):
        assert rules.left(fitted, minutes) == 0
        assert (
            all(each.minutes >= 5 for each in fitted) or rules.left(blocks, minutes) == 0 or begun
        )
    elif rules.left(blocks, minutes):
        # Perhaps by what has not begun; otherwise nothing changes.
        assert rules.left(fitted, minutes) == 0 or fitted == blocks
    assert rules.fitted(fitted, minutes, begun) == fitted
    assert [replace(each, minutes=1) for each in fitted] == [
        replace(each, minutes=1) for each in blocks
    ]


def test_what_is_over_or_under_way_keeps_its_minutes() -> None:
    blocks = agenda(10, 35, 60, 45, 15)
    # 165 minutes in a meeting of 150, after 20 of them: the second block is on.
    assert minutes_of(rules.fitted(blocks, 150, 20)) == [10, 35, 50, 40, 15]
    assert minutes_of(rules.fitted(blocks, 150)) == [10, 30, 55, 40, 15]
    # Nothing left that can give way: all of it does.
    assert minutes_of(rules.fitted(blocks, 150, 160)) == [10, 30, 55, 40, 15]


def test_what_was_dropped_takes_no_minutes() -> None:
    blocks = dropped(agenda(10, 20, 30), 2)
    assert rules.total(blocks) == 40
    assert rules.left(blocks, 60) == 20
    assert rules.left(blocks, 30) == -10
    fitted = rules.fitted(blocks, 60)
    assert minutes_of(fitted) == [15, 45]
    # It comes back as it was.
    assert rules.find(fitted, uuid.UUID(int=2)).minutes == 20
    assert rules.fitted(dropped(blocks, 1, 2, 3), 60) == dropped(blocks, 1, 2, 3)
    assert not rules.can_be_fitted(dropped(blocks, 1, 2, 3), 60)


@pytest.mark.parametrize(
    ("minutes", "step", "expected"),
    [(20, 5, 25), (20, -5, 15), (5, -5, 5), (3, -5, 3), (7, -5, 5), (598, 5, 600)],
)
def test_a_step_stays_within_what_a_block_can_be(minutes: int, step: int, expected: int) -> None:
    assert rules.stepped(minutes, step) == expected


# ------------------------------------------------------------------------------- changing


@given(blocks_of_any_length, st.data())
def test_a_move_changes_the_order_and_nothing_else(blocks: Agenda, data: st.DataObject) -> None:
    one, other = (data.draw(st.sampled_from(blocks)) for _ in range(2))
    moved = rules.moved(blocks, one.id, other.id)
    assert sorted(numbers(moved)) == numbers(blocks)
    assert rules.moved(moved, one.id, other.id) == moved
    if one is not other:
        assert moved.index(other) - moved.index(one) == 1
    rest = [each for each in numbers(blocks) if each != one.id.int]
    assert [each for each in numbers(moved) if each != one.id.int] == rest


def test_a_block_goes_up_and_down() -> None:
    blocks = agenda(1, 2, 3)
    assert numbers(rules.moved(blocks, uuid.UUID(int=3), uuid.UUID(int=2))) == [1, 3, 2]
    assert numbers(rules.moved(blocks, uuid.UUID(int=1), uuid.UUID(int=3))) == [2, 1, 3]


def test_what_is_gone_cannot_be_moved_or_changed() -> None:
    blocks, gone = agenda(1, 2), agenda(1, 2, 3)[2]
    for change in (
        lambda: rules.moved(blocks, gone.id, blocks[0].id),
        lambda: rules.moved(blocks, blocks[0].id, gone.id),
        lambda: rules.changed(blocks, gone),
        lambda: rules.added(blocks, gone, uuid.UUID(int=9)),
    ):
        with pytest.raises(Gone):
            change()


def test_a_block_is_added_once_where_somebody_wants_it() -> None:
    blocks, new = agenda(1, 2), agenda(1, 2, 3)[2]
    assert numbers(rules.added(blocks, new, None)) == [1, 2, 3]
    there = rules.added(blocks, new, blocks[1].id)
    assert numbers(there) == [1, 3, 2]
    assert rules.added(there, new, None) == there


def test_there_is_room_for_so_many_blocks() -> None:
    blocks = agenda(*[5] * (rules.MOST_BLOCKS + 1))
    assert len(rules.added(blocks[:-2], blocks[-2], None)) == rules.MOST_BLOCKS
    with pytest.raises(TooMany):
        rules.added(blocks[:-1], blocks[-1], None)


def test_a_change_is_of_one_block() -> None:
    blocks = agenda(1, 2, 3)
    longer = replace(blocks[1], minutes=50)
    assert minutes_of(rules.changed(blocks, longer)) == [1, 50, 3]


def test_minutes_are_set_once_and_never_over_those_of_somebody_else() -> None:
    blocks = agenda(20, 30)
    key = blocks[0].id
    longer = rules.lasting(blocks, key, 25, 20)
    assert minutes_of(longer) == [25, 30]
    assert rules.lasting(longer, key, 25, 20) == longer
    with pytest.raises(Elsewhere) as refused:
        rules.lasting(longer, key, 15, 20)
    assert refused.value.block == longer[0]
    assert minutes_of(rules.lasting(blocks, key, 9999, 20)) == [600, 30]
    assert minutes_of(rules.lasting(blocks, key, 0, 20)) == [1, 30]


def test_a_method_that_stays_keeps_its_version() -> None:
    block = replace(agenda(20)[0], method=Chosen("oase", 1), leader_id=uuid.UUID(int=7))
    fields = rules.fields_of(block)
    assert rules.with_fields(block, fields, {"oase": 2}) == block
    newer = {"oase": 2, "swot": 3}
    assert rules.with_fields(block, fields | {"method": "swot"}, newer).method == ("swot", 3)
    without = rules.with_fields(block, fields | {"method": ""}, newer)
    assert without.method is None
    assert rules.with_fields(without, fields, newer).method == ("oase", 2)
    other = {"title": "T", "minutes": "45", "leader": "", "work": "input", "question": "Q"}
    changed = rules.with_fields(block, fields | other | {"good_for": "G"}, newer)
    assert rules.fields_of(changed) == fields | other | {"good_for": "G"}
    assert (changed.id, changed.kind, changed.leader_id) == (block.id, block.kind, None)


# ------------------------------------------------------------------------------- times


@given(blocks_of_any_length)
def test_times_follow_each_other_until_the_end(blocks: Agenda) -> None:
    times = rules.timed(blocks, START)
    assert times[0].starts_at == START
    assert all(one.ends_at == two.starts_at for one, two in zip(times, times[1:], strict=False))
    assert times[-1].ends_at == START + timedelta(minutes=rules.total(blocks))


@pytest.mark.parametrize(
    ("minutes", "number"), [(-1, 0), (0, 1), (9, 1), (10, 2), (29, 2), (30, 3), (59, 3), (60, 0)]
)
def test_which_block_is_on(minutes: int, number: int) -> None:
    blocks = dropped(agenda(10, 20, 50, 30), 3)
    now = START + timedelta(minutes=minutes)
    assert rules.number_now(blocks, START, now) == number


def test_what_was_dropped_ends_as_it_begins() -> None:
    first, second, third = rules.timed(dropped(agenda(10, 20, 30), 2), START)
    assert second.starts_at == second.ends_at == first.ends_at == third.starts_at


# ------------------------------------------------------------------------------- balance


@pytest.mark.parametrize(
    ("works", "minutes", "balance"),
    [
        ("p", [15], Balance.NOTHING),
        ("apa", [20, 100, 20], Balance.ACTIVE),
        ("iap", [30, 60, 60], Balance.MOSTLY_ACTIVE),
        ("ia", [31, 60], Balance.BOTH),
        ("ia", [60, 60], Balance.BOTH),
        ("ia", [61, 60], Balance.MOSTLY_INPUT),
        ("i", [10], Balance.MOSTLY_INPUT),
    ],
)
def test_how_input_and_active_work_weigh(works: str, minutes: list[int], balance: Balance) -> None:
    assert rules.weighed(agenda(*minutes, works=works)).balance is balance


def test_input_in_a_row_is_counted_without_what_was_dropped() -> None:
    blocks = agenda(10, 15, 30, 15, 10, works="iiaip")
    assert rules.weighed(blocks).longest_input == 25
    assert not rules.weighed(blocks).is_long
    without = rules.weighed(dropped(blocks, 3))
    assert without.longest_input == 40
    assert without.is_long
    assert (without.input, without.active) == (40, 0)
    assert rules.weighed(()).longest_input == 0
