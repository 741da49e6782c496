"""Whose account is gone does not stand in a recap as who brings in the homework."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zetwpo.cycle.recaps.bringers import told, without
from zetwpo.i18n import LANGUAGES, Language, listed, writing_in

ANNA, BRAM, CARLA = "Anna Bakker", "Bram de Boer", "Carla Visser (De Linde)"
WORDS = "Watch one lesson, together with Anna Bakker."


def line(language: Language, *names: str) -> str:
    with writing_in(language):
        return told(listed(names))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("there", "left"),
    [
        ([ANNA, BRAM], [BRAM]),
        ([BRAM, ANNA], [BRAM]),
        ([ANNA, BRAM, CARLA], [BRAM, CARLA]),
        ([BRAM, ANNA, CARLA], [BRAM, CARLA]),
        ([BRAM, CARLA, ANNA], [BRAM, CARLA]),
        ([BRAM, CARLA], [BRAM, CARLA]),
    ],
)
def test_a_name_goes_from_the_line_and_the_others_stay(
    language: Language, there: list[str], left: list[str]
) -> None:
    text = f"{WORDS}\n\n{line(language, *there)}"
    assert without(text, {ANNA}) == f"{WORDS}\n\n{line(language, *left)}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_line_that_names_nobody_else_goes(language: Language) -> None:
    alone = line(language, ANNA)
    assert without(f"{WORDS}\n\n{alone}", {ANNA}) == WORDS
    assert without(alone, {ANNA}) == ""
    assert without(f"{alone}\nAnd read.", {ANNA, "Somebody"}) == "And read."


@pytest.mark.parametrize(
    "text",
    [
        WORDS,
        "",
        "Anna Bakker brings it in.",
        f"So: {line('en', ANNA)}",
        f"{line('en', ANNA)} At nine.",
        line("en", "Anna"),
        line("nl", f"{ANNA} Jr."),
        f"\n  {WORDS} \n",
    ],
)
def test_what_somebody_typed_is_left_as_it_is(text: str) -> None:
    assert without(text, {ANNA}) == text


@given(st.text(), st.sets(st.text(min_size=1)))
def test_any_text_without_that_line_stays(text: str, gone: set[str]) -> None:
    assert without(text, gone) == text
