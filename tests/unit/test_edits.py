"""A form that is open twice: nobody's words are lost, and nobody chooses without a reason."""

from hypothesis import given
from hypothesis import strategies as st

from zetwpo.edits import (
    Fields,
    Overtaken,
    Sent,
    after,
    marks_of,
    merged,
    overtaken,
    seen_in,
    to_choose,
)
from zetwpo.marks import read_marks

WORDS = st.sampled_from(["", "one", "two", "three"])
FIELDS = st.fixed_dictionaries(dict.fromkeys("abc", WORDS))


def clashes(sent: Sent, stored: Fields) -> set[str]:
    """What its sender has to choose."""
    try:
        merged(sent, stored)
    except Overtaken as clash:
        return set(clash.names)
    return set()


@given(FIELDS, FIELDS, FIELDS)
def test_of_two_edits_each_counts_where_it_alone_changed_something(
    before: dict[str, str], first: dict[str, str], second: dict[str, str]
) -> None:
    seen = read_marks(seen_in(before))
    stored = merged(Sent(first, seen), before)
    assert stored == first
    sent = Sent(second, seen)
    assert clashes(sent, stored) == {
        name for name in before if before[name] != first[name] != second[name] != before[name]
    }
    # What the page shows where there is a choice; sent once more, it is what is stored.
    chosen = merged(Sent(to_choose(sent, stored), marks_of(stored)), stored)
    for name, value in chosen.items():
        changed = second[name] != before[name]
        assert value == (second[name] if changed else first[name])


@given(FIELDS, FIELDS, FIELDS, st.sets(st.sampled_from("abc")))
def test_what_is_wrong_or_waits_for_a_choice_stays_and_the_rest_is_kept(
    shown: dict[str, str], stored: dict[str, str], typed: dict[str, str], wrong: set[str]
) -> None:
    sent = Sent(typed, marks_of(shown), wrong)
    kept = after(sent, stored)
    for name, value in typed.items():
        is_kept = value != shown[name] and name not in wrong | overtaken(sent, stored)
        assert kept[name] == (value if is_kept else stored[name])


@given(FIELDS, FIELDS, st.text(max_size=10))
def test_who_does_not_say_what_they_saw_overwrites_nothing(
    stored: dict[str, str], fields: dict[str, str], seen: str
) -> None:
    sent = Sent(fields, read_marks(seen))
    differ = {name for name in stored if stored[name] and fields[name] not in {"", stored[name]}}
    assert differ <= clashes(sent, stored)


def test_what_is_not_sent_stays() -> None:
    sent = Sent({"text_nl": "New"})
    stored = {"text_nl": "", "example_0_nl": "Stays"}
    assert merged(sent, stored) == {"text_nl": "New", "example_0_nl": "Stays"}


def test_what_somebody_else_took_away_does_not_come_back_with_a_page_that_left_it_alone() -> None:
    before = {"text_nl": "Old", "example_0_nl": "Gone"}
    sent = Sent({"text_nl": "New", "example_0_nl": "Gone"}, marks_of(before))
    assert merged(sent, {"text_nl": "Old"}) == {"text_nl": "New"}


@given(WORDS, WORDS, WORDS)
def test_what_the_page_may_have_stored_without_hearing_of_it_is_its_own(
    shown: str, tried: str, typed: str
) -> None:
    sent = Sent({"a": typed}, marks_of({"a": shown}), tried=[{"a": tried}])
    stored = {"a": tried}
    assert overtaken(sent, stored) == set()
    # Also where it is typed back to what was shown.
    assert after(sent, stored) == {"a": typed}


def test_what_another_page_stored_is_not_excused_by_what_this_one_tried() -> None:
    sent = Sent({"a": "two"}, marks_of({"a": "one"}), tried=[{"a": "tw"}])
    assert overtaken(sent, {"a": "three"}) == {"a"}
    assert after(sent, {"a": "three"}) == {"a": "three"}
