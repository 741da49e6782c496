"""Two people change the same statement: nothing that either wrote is lost unseen."""

from hypothesis import given
from hypothesis import strategies as st

from zetwpo.questionnaires.merging import marks_of, merged

NAMES = ("text_nl", "text_en", "behaviour")
FIELDS = st.fixed_dictionaries({name: st.sampled_from(["", "a", "b", "c"]) for name in NAMES})


@given(shown=FIELDS, stored=FIELDS, sent=FIELDS)
def test_each_field_is_kept_from_who_changed_it(
    shown: dict[str, str], stored: dict[str, str], sent: dict[str, str]
) -> None:
    found = merged(marks_of(shown), stored, sent)
    for name in NAMES:
        mine, theirs = sent[name] != shown[name], stored[name] != shown[name]
        is_clash = mine and theirs and sent[name] != stored[name]
        assert (name in found.clashes) == is_clash
        if not is_clash:
            assert found.fields[name] == (sent[name] if mine else stored[name])


def test_a_page_that_does_not_say_what_it_showed_overwrites_nothing() -> None:
    found = merged({}, {"text_nl": "Theirs"}, {"text_nl": "Mine"})
    assert found.clashes == {"text_nl"}


def test_what_is_not_sent_stays() -> None:
    found = merged({}, {"text_nl": "", "example_0_nl": "Stays"}, {"text_nl": "New"})
    assert found.fields == {"text_nl": "New", "example_0_nl": "Stays"}
    assert not found.clashes
