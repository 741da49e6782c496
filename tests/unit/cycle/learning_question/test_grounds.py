"""What can be said about something that was taken along: what the result says now, and no more."""

import uuid
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.forms import STUDENT, Form, asked_as
from tests.unit.content import behaviours, current, form_file
from tests.unit.scan.views import level
from zetwpo.cycle.learning_question.grounds import find_ground, get_takeable, grounds_of
from zetwpo.errors import NotFound
from zetwpo.scan.responses.queries import ResponseView
from zetwpo.scan.responses.rules import Filled, TextKind, Texts
from zetwpo.scan.result.queries import Respondent, Result
from zetwpo.scan.self_scan.queries import ScanCard
from zetwpo.scan.subjects.rules import Item, Kind

SOME_DAY = datetime(2027, 3, 3, 12, tzinfo=UTC)
SCAN = ScanCard(uuid.uuid4(), uuid.uuid4(), None, uuid.uuid4(), SOME_DAY, SOME_DAY)
TIP, AXIS = "Let me begin.", "gatekeeper"


def respondent(form: Form, point: int, texts: Texts | None = None, name: str = "") -> Respondent:
    view = level(form, point)
    filled = Filled(view.answers, texts or {})
    response = ResponseView(uuid.uuid4(), current(), form_file(form), filled)
    return Respondent(
        response, view, name, asked_as(STUDENT) if name else None, label=name, day="3 maart 2027"
    )


NOOR = respondent(
    Form.STUDENT,
    6,
    # An example with another axis is no tip.
    {(TextKind.FEED_FORWARD, AXIS): TIP, (TextKind.EXAMPLE, "pedagogical"): "In the lesson"},
    "Noor",
)
OWN = respondent(Form.SELF, 4, {(TextKind.FEED_FORWARD, AXIS): "My own"})
ALONE = Result(SCAN, current(), OWN, (), None)
BOTH = replace(ALONE, others=(NOOR,))
SOURCE = str(NOOR.response.id)
KEYS = [*behaviours(), *(axis.key for axis in current().axes), "", "wisdom"]
SOURCES = ["", SOURCE, str(OWN.response.id), str(uuid.uuid4()), "\0"]
ANYTHING = st.builds(
    Item,
    st.sampled_from([*map(str, Kind), "", "advice"]),
    st.sampled_from(KEYS),
    st.sampled_from(SOURCES),
)


def takeable(result: Result, item: Item) -> bool:
    try:
        get_takeable(result, item)
    except NotFound:
        return False
    return True


@given(ANYTHING)
def test_only_behaviours_and_tips_that_are_shared_can_be_taken(item: Item) -> None:
    is_tip = item == (Kind.TIP, AXIS, SOURCE)
    is_behaviour = item.kind in {"strength", "difference", "attention"} and not item.source
    assert takeable(BOTH, item) == (is_tip or (is_behaviour and item.key in behaviours()))


@given(ANYTHING)
def test_what_could_be_taken_is_never_lost_from_sight(item: Item) -> None:
    """Whoever stops sharing: the place stays, and says nothing of theirs."""
    if takeable(BOTH, item):
        [left] = grounds_of(ALONE, [item])
        assert left.is_withdrawn == (item.kind == Kind.TIP)
        assert (left.tip, left.author) == ("", "")
        assert {each.name for each in left.values} <= {"Jij"}
        assert left.axis in current().axes


def test_a_behaviour_has_the_values_of_everybody_who_judged_it() -> None:
    found = find_ground(BOTH, Item("strength", "relationship"))
    assert found is not None
    assert [(each.name, each.value) for each in found.values] == [("Jij", 4), ("Noor", 6)]
    assert found.axis.key == "pedagogical"


def test_a_tip_is_in_its_authors_words() -> None:
    found = find_ground(BOTH, Item("tip", AXIS, SOURCE))
    assert found is not None
    assert (found.tip, found.author, found.axis.key) == (TIP, "Noor", AXIS)


def test_of_a_tip_that_was_taken_out_its_author_is_not_named() -> None:
    found = find_ground(BOTH, Item("tip", "pedagogical", SOURCE))
    assert found is not None
    assert (found.is_withdrawn, found.author, found.values) == (True, "", ())


def test_a_behaviour_that_only_students_are_asked_about_goes_with_their_feedback() -> None:
    alone = {key for key in behaviours() if key not in ALONE.behaviours}
    assert alone
    for key in alone:
        assert takeable(BOTH, Item("attention", key))
        assert not takeable(ALONE, Item("attention", key))


@pytest.mark.parametrize("kind", Kind)
def test_an_item_equals_the_plain_tuple_by_which_a_page_looks_for_it(kind: Kind) -> None:
    item = Item(str(kind), AXIS, SOURCE)
    assert (kind.value, AXIS, SOURCE) in {item}
    assert item == Item(kind, AXIS, SOURCE)
