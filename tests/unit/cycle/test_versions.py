"""A learning question keeps its earlier versions, and loses none to a second click or device."""

from datetime import UTC, datetime

import pytest

from zetwpo.cycle.rules import Draft, Version, is_new, is_overtaken

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


@pytest.mark.parametrize(("seen", "overtaken"), [(0, True), (1, True), (2, False), (3, True)])
def test_a_page_that_never_showed_the_newest_version_cannot_replace_it(
    seen: int, overtaken: bool
) -> None:
    assert is_overtaken(seen, OTHER, VERSIONS) is overtaken


@pytest.mark.parametrize("seen", [0, 1, 2])
def test_who_sends_what_stands_there_is_not_in_the_way(seen: int) -> None:
    assert not is_overtaken(seen, SAME_AS_SECOND, VERSIONS)


def test_where_there_is_none_yet_nothing_was_missed() -> None:
    assert not is_overtaken(0, OTHER, [])
