"""One's own questions and those of the group, and beside them the scan then and now."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
import time_machine

from tests.factories import Maker, Scan, Someone, Trajectory
from tests.pages.client import Page
from tests.pages.statements import statements
from tests.pages.test_rescan import newer
from tests.people import CLOSED, Browse
from zetwpo.accounts.actors import Role
from zetwpo.library import questionnaires

__all__ = ["newer"]
Clock = time_machine.Traveller
FIRST = date(2027, 1, 6)
COMMON = "How do we ask before we answer?"
OWN, BETTER = "How do I wait?", "How do I wait until my student has thought?"


@pytest.fixture
def time() -> Iterator[Clock]:
    with time_machine.travel(datetime(2026, 12, 7, 9, tzinfo=UTC)) as traveller:
        yield traveller


@pytest.fixture
def group(
    make: Maker, time: Clock, facilitator: Someone, owner: Someone, stranger: Someone
) -> Trajectory:
    """Of six meetings, of which the last one is still to come; with a scan of the beginning."""
    made = make.trajectory(facilitator, owner, stranger, first_day=FIRST)
    first = make.scan(owner, marks(3, 1, 2, 4, 3))
    for words in (OWN, BETTER):
        make.learning_question(first, words, "gatekeeper")
    time.move_to(datetime(2027, 1, 6, 15, tzinfo=UTC))
    make.common_question(made, facilitator, COMMON)
    time.move_to(datetime(2027, 5, 10, 9, tzinfo=UTC))
    return made


@pytest.fixture
def again(make: Maker, group: Trajectory, owner: Someone) -> Scan:
    """Two parts higher, one lower, one as it was."""
    return make.scan(owner, marks(5, 1, 1, 4, 5))


def marks(*of_axes: int) -> str:
    """The same mark for each statement of an axis: as many as the self-scan has of it."""
    counts = zip(of_axes, (5, 3, 2, 5, 4), strict=True)
    return " ".join(str(mark) for mark, count in counts for _statement in range(count))


def page(browse: Browse, person: Someone, group: Trajectory) -> Page:
    return browse(person).get(f"{group.path}/then-and-now")


def moved(page: Page) -> dict[str, tuple[str, ...]]:
    [shown] = [each for each in page.main.all("ul") if each.get("class") == "moved"]
    rows = [each.all("span") for each in shown.all("li")]
    return {each[0].text: tuple(re.findall(r"\d\.\d", each[-2].text)) for each in rows}


def test_without_a_second_scan_the_questions_stand_there_with_the_way_to_it(
    browse: Browse, group: Trajectory, owner: Someone
) -> None:
    shown = page(browse, owner, group)
    for words in (OWN, BETTER, COMMON):
        assert words in shown.text
    assert "/scan/again" in shown.links
    assert not shown.main.all("svg", role="img")


def test_both_scans_stand_beside_the_questions_in_words_first(
    browse: Browse, group: Trajectory, again: Scan, owner: Someone
) -> None:
    shown = page(browse, owner, group)
    text = shown.main.text
    assert text.index(BETTER) < text.index("Higher than then:") < text.index("Lower than then:")
    assert "As then: “" in text
    assert "A lower figure need not be a step back" in text
    assert "you worked on this" in text
    assert f"{again.path}/result" in shown.links
    # Nothing adds them up, and nothing judges.
    for word in ("total", "average", "better", "worse", "good"):
        assert word not in text.lower()


def test_a_learning_question_of_the_new_scan_was_not_worked_on(
    browse: Browse, make: Maker, group: Trajectory, again: Scan, owner: Someone
) -> None:
    make.learning_question(again, "And next year?", "gatekeeper")
    assert "And next year?" not in page(browse, owner, group).main.text


def test_of_different_questionnaires_only_shared_behaviours_are_compared(
    browse: Browse,
    make: Maker,
    group: Trajectory,
    owner: Someone,
    newer: questionnaires.Library,
) -> None:
    make.scan(owner, marks(5, 1, 1, 4, 5))
    shown = page(browse, owner, group)
    assert "only the behaviours that both ask about are compared" in shown.text
    assert "Higher than then" not in shown.text
    assert not [each for each in shown.main.all("div") if each.get("class") == "spider"]


def test_without_a_scan_of_the_beginning_nothing_is_compared(
    browse: Browse, make: Maker, group: Trajectory, stranger: Someone
) -> None:
    assert "There are no scans of this trajectory" in page(browse, stranger, group).text
    make.scan(stranger, 4)
    shown = page(browse, stranger, group).text
    assert "There is no scan from the beginning of this trajectory" in shown
    assert "You wrote no learning question for this trajectory." in shown


def test_whoever_left_keeps_their_own_and_the_group_its_question(
    browse: Browse, make: Maker, group: Trajectory, again: Scan, owner: Someone
) -> None:
    make.left(group, owner)
    shown = page(browse, owner, group)
    assert BETTER in shown.text
    assert "Higher than then:" in shown.text
    assert COMMON not in shown.text


def test_nobody_sees_that_of_somebody_else(
    browse: Browse,
    make: Maker,
    group: Trajectory,
    again: Scan,
    facilitator: Someone,
    stranger: Someone,
) -> None:
    others = (
        facilitator,
        make.person("Fleur", Role.FACILITATOR),
        make.person("Cas", Role.SUPERVISOR),
        make.person("Els", Role.SUPERVISOR, partnership="Elsewhere"),
    )
    for each in others:
        assert page(browse, each, group).status in CLOSED
    theirs = page(browse, stranger, group).text
    assert BETTER not in theirs
    assert "Higher than then:" not in theirs


def test_it_takes_as_many_statements_however_much_there_is(
    make: Maker,
    browse: Browse,
    group: Trajectory,
    again: Scan,
    owner: Someone,
    facilitator: Someone,
) -> None:
    olga = browse(owner)
    path = f"{group.path}/then-and-now"
    olga.get(path)
    with statements(make.app) as few:
        olga.get(path)
    make.joined(group, *(make.person(f"P{n}", Role.SUPERVISOR) for n in range(10)))
    for number in range(4):
        make.common_question(group, facilitator, f"And then {number}?")
    make.scan(owner, 6)
    with statements(make.app) as many:
        olga.get(path)
    assert len(many) == len(few)
