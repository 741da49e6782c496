"""A learning question keeps its earlier versions, and gets no new one by a second click."""

from datetime import UTC, datetime

import pytest

from zetwpo.cycle.learning_question.rules import Draft, Version, is_new

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
