"""What a meeting leaves behind, as a page holds it."""

import uuid

from hypothesis import given
from hypothesis import strategies as st

from zetwpo.cycle.agreements.rules import (
    NAMES,
    Agreements,
    agreements_in,
    as_field,
    read_field,
)
from zetwpo.cycle.meetings.rules import NextStep

KEYS = st.frozensets(st.uuids(), max_size=6)
AGREEMENTS = st.builds(Agreements, st.text(), st.text(), KEYS, st.sampled_from(NextStep))


@given(AGREEMENTS)
def test_the_fields_of_a_page_hold_all_of_it(agreements: Agreements) -> None:
    assert tuple(agreements.fields) == NAMES
    assert agreements_in(agreements.fields, agreements.bringers) == agreements


@given(KEYS, KEYS)
def test_who_left_in_the_meantime_brings_nothing_in(
    ticked: frozenset[uuid.UUID], known: frozenset[uuid.UUID]
) -> None:
    assert read_field(as_field(ticked), known) == ticked & known


@given(st.permutations([uuid.UUID(int=number) for number in range(5)]))
def test_the_order_of_the_ticks_is_no_difference(keys: list[uuid.UUID]) -> None:
    assert as_field(keys) == as_field(sorted(keys))


def test_what_is_no_key_is_nobody() -> None:
    someone = uuid.uuid4()
    assert read_field(f"nobody {someone} {someone} <b>", [someone]) == {someone}


def test_a_follow_up_and_a_new_question_ask_for_words() -> None:
    assert {step for step in NextStep if step.asks_question} == {
        NextStep.FOLLOW_UP,
        NextStep.NEW_SAME_AREA,
        NextStep.NEW_OTHER_AREA,
    }
    assert Agreements().is_empty
    assert not Agreements(next_step=NextStep.DEEPEN).is_empty
