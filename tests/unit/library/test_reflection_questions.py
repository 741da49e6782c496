"""The questions after a meeting: four about the meeting, four about practice."""

from pathlib import Path

import pytest
import yaml

from zetwpo.errors import StartRefused
from zetwpo.i18n import LANGUAGES
from zetwpo.library.reflections import FILE, load

# The column in which an answer says to what it is one.
LONGEST_KEY = 40


def test_four_questions_are_about_the_meeting_and_four_about_practice() -> None:
    found = load()
    assert [len(part.questions) for part in found.parts] == [4, 4]
    assert len(found.by_key) == 8


def test_answers_are_kept_under_these_keys_so_they_stay() -> None:
    assert list(load().by_key) == [
        *("set_thinking", "gained", "use", "insight"),
        *("went", "learned", "worked", "hard"),
    ]
    assert max(map(len, load().by_key)) <= LONGEST_KEY


def test_each_question_is_one_in_both_languages() -> None:
    for question in load().by_key.values():
        for language in LANGUAGES:
            assert question.question.in_language(language).endswith("?")


def test_a_key_that_stands_there_twice_is_refused(tmp_path: Path) -> None:
    content = yaml.safe_load(FILE.read_text())
    content["practice"]["questions"][0]["key"] = content["meeting"]["questions"][0]["key"]
    broken = tmp_path / "reflection.yaml"
    broken.write_text(yaml.safe_dump(content))
    with pytest.raises(StartRefused, match="set_thinking: this key stands here twice"):
        load(broken)


def test_a_missing_language_is_refused(tmp_path: Path) -> None:
    content = yaml.safe_load(FILE.read_text())
    del content["sentence"]["question"]["nl"]
    broken = tmp_path / "reflection.yaml"
    broken.write_text(yaml.safe_dump(content))
    with pytest.raises(StartRefused, match="sentence > question > nl"):
        load(broken)
