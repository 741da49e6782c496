"""Words, dates and figures in the language of what is being written."""

from datetime import UTC, datetime
from fractions import Fraction
from math import floor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zetwpo.i18n import (
    LANGUAGES,
    Language,
    as_language,
    clock_time,
    day,
    decimal_mark,
    dutch_date,
    figure,
    gettext,
    language,
    lazy_gettext,
    listed,
    moment,
    ngettext,
    writing_in,
)

NAME, NAAM = "Fill in a name.", "Vul een naam in."
PLACES = ("%(num)s of %(count)s", "%(num)s van %(count)s")
# Just before midnight on the clock in London, and after it in Amsterdam; just after summer began.
LATE = datetime(2027, 3, 2, 23, 30, tzinfo=UTC)
SUMMER = datetime(2027, 3, 28, 1, 0, tzinfo=UTC)
# Every mean of up to twenty judgements on the scale.
MEANS = st.integers(1, 20).flatmap(
    lambda count: st.integers(count, 7 * count).map(lambda total: Fraction(total, count))
)


@pytest.mark.parametrize(
    ("value", "dutch", "english"),
    [
        (4, "4", "4"),
        (4.0, "4", "4"),
        (4.5, "4,5", "4.5"),
        (4.25, "4,3", "4.3"),
        (4.35, "4,4", "4.4"),
        (4.75, "4,8", "4.8"),
        (2.05, "2,1", "2.1"),
        (4.96, "5", "5"),
        (4.949, "4,9", "4.9"),
        (13 / 3, "4,3", "4.3"),
        (14 / 3, "4,7", "4.7"),
        (None, "", ""),
    ],
)
def test_a_figure_is_rounded_half_up_and_written_the_way_of_the_language(
    value: float | None, dutch: str, english: str
) -> None:
    with writing_in("nl"):
        assert figure(value) == dutch
    with writing_in("en"):
        assert figure(value) == english


@given(MEANS)
def test_every_mean_that_can_be_is_rounded_as_a_reader_does(mean: Fraction) -> None:
    tenths = floor(mean * 10 + Fraction(1, 2))
    expected = f"{tenths // 10}.{tenths % 10}".removesuffix(".0")
    for chosen in LANGUAGES:
        with writing_in(chosen):
            assert figure(float(mean)) == expected.replace(".", decimal_mark())


@pytest.mark.parametrize(
    ("chosen", "late", "summer"),
    [
        ("nl", "3 maart 2027, 00:30", "28 maart 2027, 03:00"),
        ("en", "3 March 2027, 00:30", "28 March 2027, 03:00"),
    ],
)
def test_a_moment_is_written_as_on_a_dutch_wall(chosen: Language, late: str, summer: str) -> None:
    with writing_in(chosen):
        assert moment(LATE) == late
        assert moment(SUMMER) == summer
        assert f"{day(LATE)}, {clock_time(LATE)}" == late


@pytest.mark.parametrize("chosen", LANGUAGES)
def test_a_date_field_has_the_dutch_day_in_any_language(chosen: Language) -> None:
    with writing_in(chosen):
        assert dutch_date(LATE) == "2027-03-03"


@pytest.mark.parametrize(
    ("words", "dutch", "english"),
    [
        ([], "", ""),
        (["a"], "a", "a"),
        (["a", "b"], "a en b", "a and b"),
        (["a", "b", "c"], "a, b en c", "a, b and c"),
    ],
)
def test_words_are_listed_the_way_of_the_language(
    words: list[str], dutch: str, english: str
) -> None:
    with writing_in("nl"):
        assert listed(words) == dutch
    with writing_in("en"):
        assert listed(words) == english


# ------------------------------------------------------------------------------------ words


def test_a_text_is_in_the_language_of_the_page() -> None:
    with writing_in("nl"):
        assert gettext(NAME) == NAAM
    with writing_in("en"):
        assert gettext(NAME) == NAME


def test_a_text_without_values_keeps_its_percent_signs() -> None:
    assert gettext("100% of them") == "100% of them"


def test_values_are_filled_in_and_never_read_as_a_text_themselves() -> None:
    with writing_in("en"):
        assert gettext("You, %(day)s", day="%(evil)s 100%") == "You, %(evil)s 100%"


@pytest.mark.parametrize(
    ("number", "dutch", "english"),
    [
        (1, "Je hebt één persoon gevraagd.", "You asked one person."),
        (2, "Je hebt 2 mensen gevraagd.", "You asked 2 people."),
        (0, "Je hebt 0 mensen gevraagd.", "You asked 0 people."),
    ],
)
def test_a_number_chooses_its_words(number: int, dutch: str, english: str) -> None:
    texts = "You asked one person.", "You asked %(num)s people."
    with writing_in("nl"):
        assert ngettext(*texts, number) == dutch
    with writing_in("en"):
        assert ngettext(*texts, number) == english


def test_a_text_that_is_made_early_speaks_the_language_of_when_it_is_shown() -> None:
    with writing_in("en"):
        later = lazy_gettext(NAME)
    with writing_in("nl"):
        assert str(later) == f"{later}" == NAAM
    with writing_in("en"):
        assert str(later) == NAME


def test_a_text_that_is_made_early_keeps_its_values() -> None:
    later = lazy_gettext("You, %(day)s", day="3 March")
    with writing_in("nl"):
        assert str(later) == "Jij, 3 March"


# -------------------------------------------------------------------------- which language


def test_it_is_dutch_unless_somebody_chose() -> None:
    assert language() == "nl"


@pytest.mark.parametrize("value", ["nl", "de", "EN", "", None, 1, b"en", ["en"]])
def test_what_we_do_not_speak_is_dutch(value: object) -> None:
    assert as_language(value) == "nl"
    assert as_language("en") == "en"


def test_a_letter_in_another_language_leaves_the_page_as_it_was() -> None:
    with writing_in("en"):
        with writing_in("nl"):
            assert language() == "nl"
        assert language() == "en"
    assert language() == "nl"


def test_a_letter_that_fails_leaves_the_page_as_it_was() -> None:
    with pytest.raises(ZeroDivisionError), writing_in("en"):
        _never = 1 / 0
    assert language() == "nl"


def test_a_name_from_the_right_does_not_turn_a_sentence_around() -> None:
    with writing_in("en"):
        assert gettext("Hello %(name)s", name="שירה") == "Hello \u2068שירה\u2069"
        assert gettext("Hello %(name)s", name="Shira") == "Hello Shira"
        assert ngettext("%(name)s: one", "%(name)s: %(num)s", 2, name="نور") == "\u2068نور\u2069: 2"
