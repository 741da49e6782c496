"""Two devices on one form: nobody silently overwrites, and nobody is asked without a need."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zetwpo.scan.responses.rules import (
    Filled,
    Key,
    Marks,
    TextKey,
    TextKind,
    answered,
    joined,
    marks_of,
    overtaken,
    shown_after,
)

STATEMENTS = ["first", "second"]
EXAMPLE: TextKey = (TextKind.EXAMPLE, "pedagogical")
FORWARD: TextKey = (TextKind.FEED_FORWARD, "pedagogical")
TEXTS = [EXAMPLE, FORWARD]
NOTHING = Filled()


def clashes(shown: Filled, stored: Filled, sent: Filled) -> set[Key]:
    """What the sender has to choose about: this was shown, that is stored by now."""
    return overtaken(marks_of(shown), stored, sent)


def test_what_nobody_else_touched_may_be_changed() -> None:
    shown = Filled({"first": 3}, {EXAMPLE: "old"})
    assert clashes(shown, shown, Filled({"first": 7, "second": None}, {EXAMPLE: "new"})) == set()


@pytest.mark.parametrize("mine", [3, 5, None])
def test_what_changed_elsewhere_is_the_senders_choice(mine: int | None) -> None:
    shown, stored = Filled({"first": 3}), Filled({"first": 6})
    assert clashes(shown, stored, Filled({"first": mine, "second": 1})) == {"first"}


def test_what_was_filled_in_elsewhere_is_not_overwritten_as_if_it_were_open() -> None:
    assert clashes(NOTHING, Filled({"first": 6}), Filled({"first": 1})) == {"first"}


def test_cannot_judge_and_unanswered_are_two_things() -> None:
    assert marks_of(Filled({"first": None})) != marks_of(NOTHING)
    assert clashes(NOTHING, Filled({"first": None}), Filled({"first": 1})) == {"first"}


def test_texts_clash_like_answers() -> None:
    shown, stored = Filled({}, {EXAMPLE: "old"}), Filled({}, {EXAMPLE: "from the phone"})
    assert clashes(shown, stored, Filled({}, {EXAMPLE: "new", FORWARD: "next"})) == {EXAMPLE}


def test_a_text_that_was_wiped_elsewhere_is_a_choice_too() -> None:
    shown = Filled({}, {EXAMPLE: "old"})
    assert clashes(shown, NOTHING, Filled({}, {EXAMPLE: "old and longer"})) == {EXAMPLE}


@pytest.mark.parametrize("stored", [NOTHING, Filled({}, {EXAMPLE: ""})])
def test_an_empty_text_is_the_same_as_none(stored: Filled) -> None:
    assert marks_of(stored) == marks_of(NOTHING) == {}


@pytest.mark.parametrize("text", ["-", ".", "x", "7", "a.b", "\u05d0 \U0001f600", "\ud800"])
def test_no_text_can_pass_for_something_else(text: str) -> None:
    assert clashes(NOTHING, Filled({}, {EXAMPLE: text}), Filled({}, {EXAMPLE: "mine"})) == {EXAMPLE}


def test_an_autosave_shows_its_own_field_and_leaves_the_others_as_they_were_shown() -> None:
    shown = Filled({"first": 3, "second": 4}, {EXAMPLE: "old"})
    after = shown_after(marks_of(shown), Filled({"first": 7}, {FORWARD: "new"}))
    assert after == marks_of(Filled({"first": 7, "second": 4}, {EXAMPLE: "old", FORWARD: "new"}))


def test_a_text_that_an_autosave_takes_away_is_not_shown_any_more() -> None:
    shown = Filled({}, {EXAMPLE: "old", FORWARD: "stays"})
    after = shown_after(marks_of(shown), Filled({}, {EXAMPLE: ""}))
    assert after == marks_of(Filled({}, {FORWARD: "stays"}))


def test_a_page_that_does_not_say_what_it_showed_overwrites_nothing() -> None:
    stored = Filled({"first": 3, "second": 4}, {EXAMPLE: "old"})
    sent = Filled({"first": 3, "second": 5}, {EXAMPLE: "new", FORWARD: "new"})
    assert overtaken({}, stored, sent) == {"second", EXAMPLE}
    assert overtaken({"second": "4"}, stored, sent) == {EXAMPLE}
    assert overtaken({"second": "garbled"}, stored, sent) == {"second", EXAMPLE}


def test_where_nothing_is_stored_there_is_nothing_to_overwrite() -> None:
    assert overtaken({}, NOTHING, Filled({"first": 3}, {EXAMPLE: "new"})) == set()


def test_after_an_autosave_a_change_elsewhere_is_still_a_choice() -> None:
    mine = Filled({"first": 7})
    after = shown_after(marks_of(NOTHING), mine)
    elsewhere = Filled({"first": 7, "second": 2})
    sent = Filled({"first": 7, "second": 5})
    assert overtaken(after, elsewhere, sent) == {"second"}


def test_what_a_page_tried_to_save_is_no_change_from_elsewhere() -> None:
    """The answer to a save may not have arrived, though it was stored."""
    tried = [Filled({}, {EXAMPLE: "A less"}), Filled({}, {EXAMPLE: "A lesson"})]
    stored, sent = tried[0], Filled({}, {EXAMPLE: "A lesson on fish"})
    assert overtaken(marks_of(NOTHING), stored, sent) == {EXAMPLE}
    assert overtaken(marks_of(NOTHING), stored, sent, tried) == set()


def test_what_a_page_tried_to_save_excuses_no_other_value_and_no_other_field() -> None:
    shown = Filled({"first": 3, "second": 3}, {EXAMPLE: "old"})
    tried = [Filled({"first": 4})]
    sent = Filled({"first": 5, "second": 4}, {EXAMPLE: "new"})
    for stored, clash in (
        (Filled({"first": 6, "second": 3}, {EXAMPLE: "old"}), "first"),
        (Filled({"first": 4, "second": 6}, {EXAMPLE: "old"}), "second"),
        (Filled({"first": 4, "second": 3}), EXAMPLE),
    ):
        found = overtaken(marks_of(shown), stored, sent, tried)
        assert found == {clash}


def test_a_part_joins_what_stood_there() -> None:
    before = Filled({"first": 3, "second": 4}, {EXAMPLE: "old"})
    after = Filled({"first": None, "second": 4}, {EXAMPLE: "", FORWARD: "new"})
    assert joined(before, Filled({"first": None}, {EXAMPLE: "", FORWARD: "new"})) == after


def test_what_is_left_open_after_all_has_no_answer_any_more() -> None:
    before = Filled({"first": None, "second": 4}, {EXAMPLE: "old"})
    cleared = Filled(cleared=frozenset({"first"}))
    assert joined(before, cleared) == Filled({"second": 4}, {EXAMPLE: "old"})
    assert shown_after(marks_of(before), cleared) == marks_of(joined(before, cleared))


@pytest.mark.parametrize("stored", [3, None])
def test_leaving_open_clashes_with_another_answer_from_elsewhere(stored: int | None) -> None:
    cleared = Filled(cleared=frozenset({"first"}))
    assert clashes(Filled({"first": 5}), Filled({"first": stored}), cleared) == {"first"}
    assert clashes(Filled({"first": 5}), Filled({"first": 5}), cleared) == set()


def test_what_was_left_open_elsewhere_is_a_change() -> None:
    assert clashes(Filled({"first": 5}), NOTHING, Filled({"first": 6})) == {"first"}
    # The same in two places is no clash.
    assert clashes(Filled({"first": 5}), NOTHING, Filled(cleared=frozenset({"first"}))) == set()


def test_leaving_open_whose_answer_was_lost_is_not_another_device() -> None:
    shown, sent = Filled({"first": 5}), Filled({"first": 6})
    tried = [Filled(cleared=frozenset({"first"}))]
    assert overtaken(marks_of(shown), NOTHING, sent) == {"first"}
    assert overtaken(marks_of(shown), NOTHING, sent, tried) == set()


def test_what_is_left_open_can_be_refused_like_anything_else() -> None:
    sent = Filled({"second": 1}, cleared=frozenset({"first"}))
    assert sent.keys == {"first", "second"}
    assert sent.without({"first"}) == Filled({"second": 1})


def test_cannot_judge_is_an_answer_and_open_is_none() -> None:
    assert answered(STATEMENTS, {"first": None, "elsewhere": 3}) == 1


@pytest.mark.parametrize(
    ("filled", "empty"),
    [
        (NOTHING, True),
        (Filled({}, {EXAMPLE: ""}), True),
        (Filled({"first": None}), False),
        (Filled({}, {EXAMPLE: "word"}), False),
    ],
)
def test_a_form_is_empty_until_somebody_filled_in_something(filled: Filled, empty: bool) -> None:
    assert filled.is_empty is empty


# ------------------------------------------------------------------------ any course of events

Values = Mapping[Key, int | str | None]
# No answer, for a statement.
OPEN = "open"
POINTS: st.SearchStrategy[int | str | None] = st.sampled_from([1, 2, None, OPEN])
WORDS: st.SearchStrategy[int | str | None] = st.sampled_from(["", "one", "two"])
FIELDS: dict[Key, st.SearchStrategy[int | str | None]] = {
    **dict.fromkeys(STATEMENTS, POINTS),
    **dict.fromkeys(TEXTS, WORDS),
}
SENT = st.fixed_dictionaries({}, optional=FIELDS)
DEVICES = ("phone", "laptop")
# Which device, which fields with which values, and whether the page stays open (an autosave).
SAVES = st.lists(st.tuples(st.sampled_from(DEVICES), SENT, st.booleans()), max_size=12)


def filled(values: Values) -> Filled:
    answers = {key: value for key, value in values.items() if isinstance(key, str)}
    return Filled(
        {key: value for key, value in answers.items() if value != OPEN},  # type: ignore[misc]
        {key: str(value) for key, value in values.items() if not isinstance(key, str)},
        frozenset(key for key, value in answers.items() if value == OPEN),
    )


@dataclass
class Device:
    """A page as its reader sees it, and as it describes itself."""

    shown: dict[Key, int | str | None] = field(default_factory=dict)
    seen: Marks = field(default_factory=dict)

    def open(self, stored: Values) -> None:
        self.shown, self.seen = dict(stored), marks_of(filled(stored))


def same(key: Key, one: Values, other: Values) -> bool:
    """An empty text is the same as none; "cannot judge" is not the same as no answer."""
    missing = "" if isinstance(key, tuple) else OPEN
    return one.get(key, missing) == other.get(key, missing)


@given(SAVES)
def test_a_choice_is_asked_where_it_is_needed_and_nowhere_else(
    saves: list[tuple[str, Values, bool]],
) -> None:
    stored: dict[Key, int | str | None] = {}
    devices = {name: Device() for name in DEVICES}
    for name, sent, stays_open in saves:
        device = devices[name]
        found = overtaken(device.seen, filled(stored), filled(sent))
        assert found == {
            key
            for key in sent
            if not same(key, device.shown, stored) and not same(key, sent, stored)
        }
        if found:
            device.open(stored)
            continue
        stored |= sent
        if stays_open:
            device.shown |= sent
            device.seen = shown_after(device.seen, filled(sent))
        else:
            device.open(stored)
