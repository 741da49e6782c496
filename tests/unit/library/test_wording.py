"""Two verbs joined by "en" or "and": a hint for whoever writes a statement, not a verdict."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zetwpo.i18n import LANGUAGES, Language
from zetwpo.library.wording import joins_two_verbs


@pytest.mark.parametrize(
    ("language", "statement"),
    [
        ("nl", "Ik luister naar mijn student en vraag door."),
        ("nl", "Mijn begeleider geeft uitleg en laat mij oefenen."),
        ("nl", "Ik bespreek het verslag, en ik help mijn student verder."),
        ("nl", "Ik kan meedenken en doorvragen."),
        ("nl", "{supervisor} helpt studenten en waardeert collega’s."),
        ("en", "I listen to my student and ask questions."),
        ("en", "My supervisor explains things and lets me practise."),
        ("en", "I discuss the report, and I help my student further."),
    ],
)
def test_two_things_in_one_statement_are_noticed(language: Language, statement: str) -> None:
    assert joins_two_verbs(statement, language)


@pytest.mark.parametrize(
    ("language", "statement"),
    [
        ("nl", "Ik bouw een goede en professionele band op."),
        ("nl", "Ik overleg met collega’s en met de schoolopleider."),
        ("nl", "Mijn begeleider geeft tips en voorbeelden."),
        ("nl", "Ik geef ruimte."),
        ("nl", "Rust en ruimte"),
        ("en", "I build a good and professional relationship."),
        ("en", "My supervisor gives tips and examples."),
        ("en", "Hands are understanding"),
    ],
)
def test_one_thing_is_left_alone(language: Language, statement: str) -> None:
    assert not joins_two_verbs(statement, language)


@given(st.text(max_size=200), st.sampled_from(LANGUAGES))
def test_any_text_can_be_read(text: str, language: Language) -> None:
    assert joins_two_verbs(text, language) in {True, False}
