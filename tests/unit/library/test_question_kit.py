"""The question kit that ships, and what is refused in it at the start."""

from pathlib import Path

import pytest

from tests.methods import words
from zetwpo.errors import StartRefused
from zetwpo.i18n import LANGUAGES
from zetwpo.library.question_kit import Angle, load
from zetwpo.library.questionnaires import Document
from zetwpo.library.yaml_text import to_yaml

KIT = load()
each_angle = pytest.mark.parametrize("angle", KIT.angles, ids=lambda angle: angle.key)


def test_it_has_its_seven_angles() -> None:
    assert [angle.key for angle in KIT.angles] == [
        "going_well",
        "working_together",
        "me",
        "meaning",
        "leading_somewhere",
        "school",
        "pupil",
    ]


@each_angle
def test_an_angle_has_a_moment_and_a_handful_of_questions(angle: Angle) -> None:
    assert 4 <= len(angle.questions) <= 6
    for language in LANGUAGES:
        assert angle.when.in_language(language).endswith(".")
        for question in angle.questions:
            assert question.in_language(language).endswith("?")


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_question_is_asked_twice(language: str) -> None:
    asked = [getattr(each, language) for angle in KIT.angles for each in angle.questions]
    assert len(set(asked)) == len(asked)


def kit(**changed: object) -> Document:
    angle = {
        "key": "me",
        "title": words("Me"),
        "when": words("Always"),
        "questions": [words("Who?")],
    } | changed
    return {"about": words("About"), "angles": [angle]}


@pytest.mark.parametrize(
    ("document", "problem"),
    [
        (kit(questions=[]), "angles > me > questions: Something has to stand here."),
        (
            kit(questions=[{"nl": "Wie?"}]),
            "angles > me > questions > item 1 > en: This is missing.",
        ),
        (kit(when={"en": "Now"}), "angles > me > when > nl: This is missing."),
        (kit(key="M e"), "angles > M e > key: This does not have the form that belongs here."),
        (
            {"about": words("About"), "angles": kit()["angles"] * 2},
            "angles > me: this key stands here twice",
        ),
    ],
)
def test_a_mistake_is_refused_at_the_start(
    tmp_path: Path, document: Document, problem: str
) -> None:
    path = tmp_path / "question_kit.yaml"
    path.write_text(to_yaml(document), encoding="utf-8")
    with pytest.raises(StartRefused) as caught:
        load(path)
    assert str(caught.value) == f"{tmp_path.name}/question_kit.yaml: {problem}"
