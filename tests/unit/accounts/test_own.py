"""Two editors of one account get a choice, not a loss."""

from hypothesis import given
from hypothesis import strategies as st

from zetwpo.accounts.own.rules import Profile, Sent, after, marks_of, overtaken

PROFILES = st.builds(
    Profile, st.sampled_from(["Olga", "Olga Owner", "O"]), st.sampled_from(["nl", "en"])
)
OLGA = Profile("Olga", "nl")


@given(PROFILES, PROFILES, PROFILES)
def test_what_was_changed_elsewhere_stays_until_its_sender_chose(
    shown: Profile, stored: Profile, typed: Profile
) -> None:
    sent = Sent(typed.fields, marks_of(shown))
    kept = after(stored, sent)
    for name in typed.fields:
        is_overtaken = stored.fields[name] not in {shown.fields[name], typed.fields[name]}
        assert (name in overtaken(stored, sent)) == is_overtaken
        assert kept.fields[name] == (stored if is_overtaken else typed).fields[name]
    # Whoever has seen what is stored gets what they choose.
    assert after(stored, Sent(typed.fields, marks_of(stored))) == typed


def test_what_is_wrong_is_not_kept_and_the_rest_is() -> None:
    sent = Sent({"name": "", "language": "en"}, marks_of(OLGA), ["name"])
    assert after(OLGA, sent) == Profile("Olga", "en")


def test_what_a_page_does_not_send_stays() -> None:
    assert after(OLGA, Sent({"language": "en"}, marks_of(OLGA))) == Profile("Olga", "en")


def test_a_page_that_does_not_say_what_it_showed_overwrites_nothing() -> None:
    sent = Sent({"name": "Other", "language": "en"})
    assert overtaken(OLGA, sent) == {"name", "language"}
    assert after(OLGA, sent) == OLGA
