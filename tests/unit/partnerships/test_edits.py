"""Two people with one form open: nobody's words are lost, and nobody chooses without a reason."""

from hypothesis import given
from hypothesis import strategies as st

from zetwpo.partnerships.edits import Fields, Overtaken, Sent, merged, read_sent, seen_in, to_choose

FIELDS = st.fixed_dictionaries({name: st.sampled_from(["", "one", "two"]) for name in "abc"})


def clashes(sent: Sent, stored: Fields) -> set[str]:
    """What its sender has to choose."""
    try:
        merged(sent, stored)
    except Overtaken as overtaken:
        return overtaken.names
    return set()


@given(FIELDS, FIELDS, FIELDS)
def test_of_two_edits_each_counts_where_it_alone_changed_something(
    before: dict[str, str], first: dict[str, str], second: dict[str, str]
) -> None:
    seen = seen_in(before)
    stored = merged(read_sent(first, seen), before)
    assert stored == first
    sent = read_sent(second, seen)
    assert clashes(sent, stored) == {
        name for name in before if before[name] != first[name] != second[name] != before[name]
    }
    # What the page shows where there is a choice; where there is none, it is what is stored.
    after = merged(read_sent(to_choose(sent, stored), seen_in(stored)), stored)
    for name, value in after.items():
        changed = second[name] != before[name]
        assert value == (second[name] if changed else first[name])


@given(FIELDS, FIELDS, st.text(max_size=10))
def test_who_does_not_say_what_they_saw_overwrites_nothing(
    stored: dict[str, str], fields: dict[str, str], seen: str
) -> None:
    sent = read_sent(fields, seen)
    differ = {name for name in stored if stored[name] and fields[name] not in {"", stored[name]}}
    assert differ <= clashes(sent, stored)
