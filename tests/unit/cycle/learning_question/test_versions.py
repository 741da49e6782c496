"""A learning question keeps its earlier versions, and loses none to a second click or device."""

from datetime import UTC, datetime

import pytest

from zetwpo.cycle.learning_question.rules import Draft, Version, is_new, overtaken, shown_after
from zetwpo.edits import Marks, marks_of

MORNING = datetime(2027, 3, 3, 9, tzinfo=UTC)
FIRST = Version(1, "pedagogical", "Why do I talk so much?", MORNING)
SECOND = Version(2, "pedagogical", "What happens when I wait?", MORNING)
VERSIONS = [SECOND, FIRST]
SAME_AS_FIRST = Draft(FIRST.axis, FIRST.text)
SAME_AS_SECOND = Draft(SECOND.axis, SECOND.text)
OTHER = Draft("gatekeeper", SECOND.text)


def test_the_first_draft_is_new() -> None:
    assert is_new(OTHER, [])


def test_a_second_click_adds_nothing() -> None:
    assert not is_new(SAME_AS_SECOND, VERSIONS)


@pytest.mark.parametrize("draft", [OTHER, Draft(SECOND.axis, SECOND.text + "!")])
def test_another_axis_or_text_is_new(draft: Draft) -> None:
    assert is_new(draft, VERSIONS)


def test_going_back_to_an_earlier_text_is_new() -> None:
    assert is_new(SAME_AS_FIRST, VERSIONS)


SHOWN = marks_of(SAME_AS_FIRST.fields)


def test_what_stands_as_it_was_shown_may_be_changed() -> None:
    assert overtaken(SHOWN, SAME_AS_FIRST, OTHER.fields) == set()


def test_a_page_that_never_showed_what_stands_there_cannot_replace_it() -> None:
    assert overtaken(SHOWN, SAME_AS_SECOND, {**OTHER.fields, "text": "Why?"}) == {"text"}
    assert overtaken({}, SAME_AS_SECOND, {**OTHER.fields, "text": "Why?"}) == {"axis", "text"}
    assert overtaken({"text": "garbled"}, SAME_AS_SECOND, {"text": "Why?"}) == {"text"}


@pytest.mark.parametrize("seen", [{}, SHOWN])
def test_who_sends_what_stands_there_is_not_in_the_way(seen: Marks) -> None:
    assert overtaken(seen, SAME_AS_SECOND, SAME_AS_SECOND.fields) == set()


def test_where_there_is_none_yet_nothing_was_missed() -> None:
    assert overtaken({}, Draft(), OTHER.fields) == set()


def test_what_the_page_tried_to_save_is_its_own() -> None:
    stored, sent = Draft("", "Why do"), {"text": "Why do I wait?"}
    assert overtaken({}, stored, sent) == {"text"}
    assert overtaken({}, stored, sent, [{"text": "Why do"}]) == set()
    assert overtaken({}, stored, sent, [{"axis": "Why do"}]) == {"text"}


def test_after_sending_one_field_the_page_shows_that_and_the_rest_as_it_was() -> None:
    after = shown_after(SHOWN, {"text": OTHER.text})
    assert after == marks_of(Draft(FIRST.axis, OTHER.text).fields)
    assert shown_after(SHOWN, {"text": ""}) == marks_of({"axis": FIRST.axis})
