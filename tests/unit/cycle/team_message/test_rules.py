"""What a version of the message is, and when a whole group agrees with one."""

import uuid
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from zetwpo.cycle.team_message.rules import (
    NAMES,
    Message,
    Told,
    Voice,
    agreement,
    is_asked,
    message_in,
)

ANN, BO, CAS = (uuid.UUID(int=number) for number in (1, 2, 3))
MESSAGE = Message("How do we ask?", "We ask first.", "An hour a week.", "Cake.", Told.SCHOOLS)
TEXTS = st.text(max_size=5)
MESSAGES = st.builds(Message, TEXTS, TEXTS, TEXTS, TEXTS, st.sampled_from(Told))


def yes(person: uuid.UUID, message: Message = MESSAGE) -> Voice:
    return Voice(person, message.version, agrees=True)


def no(person: uuid.UUID, message: Message = MESSAGE) -> Voice:
    return Voice(person, message.version, agrees=False, words="Not this.")


@given(MESSAGES)
def test_what_stands_in_the_fields_is_the_message(message: Message) -> None:
    assert message_in(message.fields) == message
    assert tuple(message.fields) == NAMES


@given(MESSAGES, MESSAGES)
def test_a_version_is_as_good_as_all_the_words(one: Message, other: Message) -> None:
    assert (one.version == other.version) is (one == other)
    assert len(one.version) == 64


def test_words_that_move_to_another_field_are_another_version() -> None:
    assert Message("ab", "").version != Message("a", "b").version


def test_everybody_has_to_agree_with_the_text_as_it_is() -> None:
    assert not agreement(MESSAGE, [yes(ANN)], {ANN, BO}).is_whole
    found = agreement(MESSAGE, [yes(ANN), yes(BO)], {ANN, BO})
    assert found.is_whole
    assert (found.agreed, found.silent, found.objections) == ({ANN, BO}, frozenset(), ())


def test_a_yes_to_other_words_is_none() -> None:
    before = replace(MESSAGE, proposal="Two hours a week.")
    found = agreement(MESSAGE, [yes(ANN), yes(BO, before)], {ANN, BO})
    assert not found.is_whole
    assert found.silent == {BO}


def test_to_open_it_to_others_is_another_text() -> None:
    wider = replace(MESSAGE, told=Told.BOTH)
    assert not agreement(wider, [yes(ANN)], {ANN}).is_whole


def test_whoever_left_does_not_count_and_whoever_came_does() -> None:
    voices = [yes(ANN), no(BO)]
    assert agreement(MESSAGE, voices, {ANN}).is_whole
    assert agreement(MESSAGE, voices, {ANN}).objections == ()
    assert not agreement(MESSAGE, voices, {ANN, CAS}).is_whole


def test_nobody_agrees_for_a_group_without_people_nor_with_nothing() -> None:
    assert not agreement(MESSAGE, [], set()).is_whole
    empty = Message(question="How do we ask?")
    assert not agreement(empty, [yes(ANN, empty)], {ANN}).is_whole


def test_an_objection_stays_until_its_author_says_something_else() -> None:
    before = replace(MESSAGE, different="Nothing.")
    found = agreement(MESSAGE, [no(ANN, before), yes(BO)], {ANN, BO})
    assert [each.person_id for each in found.objections] == [ANN]
    # Of the text as it is now, this person has not said anything.
    assert found.silent == {ANN}
    assert agreement(MESSAGE, [no(ANN)], {ANN}).silent == frozenset()


def test_somebody_is_asked_once_another_one_said_that_it_is_right() -> None:
    members = {ANN, BO}
    assert not is_asked(MESSAGE, agreement(MESSAGE, [], members), BO)
    found = agreement(MESSAGE, [yes(ANN)], members)
    assert is_asked(MESSAGE, found, BO)
    assert not is_asked(MESSAGE, found, ANN)
    assert not is_asked(MESSAGE, agreement(MESSAGE, [yes(ANN), no(BO)], members), BO)
