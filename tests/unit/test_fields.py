"""Text fields take in whatever people write, and say so where they change it."""

import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict
from wtforms import Form

from zetwpo.characters import is_blank, without_controls
from zetwpo.fields import LONGEST_TEXT, LineField, LongTextField, as_key, keys_in
from zetwpo.i18n import Language, writing_in

MOST = 10
KEPT = [
    "Plain words, and ‘quotes’ – with a dash",
    "שלום עולם",
    "مرحبا 123",
    "left \u202bמימין\u202c left",
    "👩🏽‍🏫 👍 🏳️‍🌈",
    "é e\u0301 ﬁ ½ ①",
    "one\nand\ttwo",
    "<b>&amp;</b> %(num)s {{ 7 * 7 }} '; --",
]
# C0 and C1 controls, delete, and half a character: invisible, and some break a database.
CONTROLS = [*map(chr, range(9)), "\x0b", "\x0c", *map(chr, range(14, 32)), "\x7f", "\x85", "\ud800"]
# Text without controls, and text in which anything may stand.
CLEAN = st.text(st.characters(exclude_categories=["Cc", "Cs"]))
ANYTHING = st.text(st.sampled_from([*"ab \n\r\t", *CONTROLS]) | st.characters(), max_size=50)


class Page(Form):
    line = LineField("Line", readers="You read this.")
    text = LongTextField("Text", readers="You read this.")
    short = LongTextField("Short", readers="You read this.", most=MOST)
    name = LineField("Name", readers="You read this.", most=MOST, required="Fill it in.")


def sent(**fields: str) -> Page:
    page = Page(MultiDict({"name": "Noor", **fields}))
    page.validate()
    return page


def problem(page: Page, field: str) -> str:
    """The one error of this field, in English."""
    with writing_in("en"):
        (error,) = map(str, page[field].errors)
    return error


@pytest.mark.parametrize("text", KEPT)
def test_all_that_one_can_see_or_needs_for_writing_is_kept(text: str) -> None:
    page = sent(text=text)
    assert not page.errors
    assert page.text.data == text


@given(CLEAN)
def test_a_text_without_controls_is_kept_letter_for_letter(text: str) -> None:
    page = sent(text=text)
    assert not page.errors
    assert page.text.data == (text.strip() if not is_blank(text) else "")


@pytest.mark.parametrize("control", CONTROLS, ids=lambda control: f"{ord(control):04x}")
def test_a_control_character_is_taken_out_and_the_author_looks_again(control: str) -> None:
    page = sent(text=f"be{control}fore", line=f"{control}after")
    assert "invisible characters" in problem(page, "text")
    assert "invisible characters" in problem(page, "line")
    assert (page.text.data, page.line.data) == ("before", "after")


@given(ANYTHING)
def test_what_comes_back_can_be_sent_again(text: str) -> None:
    page = sent(text=text)
    again = sent(text=page.text.data or "")
    assert not again.errors
    clean = without_controls(text)
    assert again.text.data == ("" if is_blank(clean) else clean.strip())


@given(ANYTHING)
def test_a_line_that_comes_back_is_soon_one_line(text: str) -> None:
    page = sent(line=text)
    for _time in range(2):
        page = sent(line=page.line.data or "")
    assert not page.errors
    assert "\n" not in (page.line.data or "")
    clean = without_controls(text)
    left = "" if is_blank(clean) else clean
    assert "".join((page.line.data or "").split()) == "".join(left.split())


@given(ANYTHING)
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    assert without_controls(without_controls(text)) == without_controls(text)


@pytest.mark.parametrize("line_end", ["\r\n", "\r", "\n"])
def test_every_line_end_becomes_a_plain_one_without_a_word(line_end: str) -> None:
    page = sent(text=f"one{line_end}two{line_end}{line_end}three")
    assert not page.errors
    assert page.text.data == "one\ntwo\n\nthree"


def test_several_lines_in_one_are_joined_and_the_author_looks_again() -> None:
    page = sent(line="one\r\n  two\rthree")
    assert "one line" in problem(page, "line")
    assert page.line.data == "one two three"


def test_a_line_end_after_the_line_does_no_harm() -> None:
    page = sent(line=" one line \r\n")
    assert not page.errors
    assert page.line.data == "one line"


@pytest.mark.parametrize(
    "text", ["x" * MOST, "👍" * MOST, f"  {'x' * MOST}\n", "a\r\n" * (MOST // 2)]
)
def test_a_text_may_be_as_long_as_it_says(text: str) -> None:
    assert not sent(short=text).errors


@pytest.mark.parametrize(
    ("length", "language"), [(MOST + 1, "nl"), (MOST + 1, "en"), (1_000_000, "nl")]
)
def test_a_longer_text_is_told_how_long_it_is_and_how_long_it_may_be(
    length: int, language: Language
) -> None:
    page = sent(short="x" * length)
    with writing_in(language):
        (error,) = map(str, page.short.errors)
    assert f" {length} " in error
    assert f" {MOST}" in error
    assert page.short.data == "x" * length


def test_there_is_room_for_a_page_of_text_and_not_for_a_book() -> None:
    assert not sent(text="x" * LONGEST_TEXT).errors
    assert sent(text="x" * (LONGEST_TEXT + 1)).errors


@given(st.uuids(), st.text())
def test_a_key_is_read_and_whatever_else_comes_in_is_none(key: uuid.UUID, text: str) -> None:
    assert as_key(str(key)) == key
    assert as_key(f"{key}{text}x") is None
    assert keys_in([text, str(key), f"{key}x", ""]) - {as_key(text)} == {key} - {as_key(text)}


def test_nothing_is_no_key() -> None:
    assert as_key(None) is None
    assert as_key("") is None
    assert keys_in([]) == set()


@pytest.mark.parametrize("blank", ["", " ", "\t \n", "\u200b", "\u3164 \u2060", "\ufe0f"])
def test_what_must_be_filled_in_is_asked_for(blank: str) -> None:
    assert problem(sent(name=blank), "name") == "Fill it in."


def test_a_field_that_was_not_sent_is_no_mistake_unless_it_must_be_filled_in() -> None:
    page = Page(MultiDict({"unknown": "field"}))
    page.validate()
    assert set(page.errors) == {"name"}
