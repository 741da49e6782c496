"""Who can be asked: the table that ships, and what is refused in it at the start."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.forms import table
from tests.respondents import COLLEAGUE, Row, load, rows
from zetwpo.errors import StartRefused
from zetwpo.i18n import LANGUAGE_NAMES
from zetwpo.scan.feedback.models import Invitation

Change = Callable[[list[Row]], object]


def test_students_and_trainers_can_be_asked_in_this_order() -> None:
    assert [(role.key, role.form, role.looks) for role in table()] == [
        ("student", "student", "student"),
        ("school_trainer", "trainer", "trainer"),
        ("institute_trainer", "trainer", "institute"),
    ]


def test_only_students_are_assessed_by_whom_they_judge() -> None:
    assert [role.key for role in table() if role.is_assessed] == ["student"]


@pytest.mark.parametrize("role", list(table()), ids=lambda role: role.key)
def test_what_is_asked_names_the_supervisor(role: Any) -> None:
    for words in (role.request, role.mail):
        for language in LANGUAGE_NAMES:
            assert words.in_language(language).startswith("{supervisor} ")


def test_a_role_is_found_by_its_key_and_has_a_place() -> None:
    for place, role in enumerate(table()):
        assert role.key in table()
        assert table().get(role.key) is role
        assert table().place(role.key) == place
    assert "supervisor" not in table()
    with pytest.raises(KeyError):
        table().get("supervisor")


def test_a_row_more_is_a_role_more(tmp_path: Path) -> None:
    found = load([*rows(), COLLEAGUE], tmp_path)
    assert [role.key for role in found] == [*(role.key for role in table()), "colleague"]


def test_a_key_fits_in_the_table_of_requests(tmp_path: Path) -> None:
    longest = Invitation.__table__.c.role.type.length
    assert load([COLLEAGUE | {"key": "c" * longest}], tmp_path)
    with pytest.raises(StartRefused):
        load([COLLEAGUE | {"key": "c" * (longest + 1)}], tmp_path)


@pytest.mark.parametrize(
    ("changed", "problem"),
    [
        ({"form": "pupil"}, "respondents > colleague > form: there is no form pupil in "),
        ({"form": "self"}, "respondents > colleague > form: self of "),
        ({"looks": "rainbow"}, "respondents > colleague > looks: there is no family rainbow"),
        ({"key": "student"}, "respondents > student: this key stands here twice"),
        ({"label": {"nl": "student", "en": "mate"}}, "respondents > label > nl: student stands"),
        ({"label": {"nl": "collega"}}, "respondents > colleague > label > en: "),
        ({"mail": {"nl": "{begeleider} vraagt", "en": "x"}}, "respondents > colleague > mail > nl"),
        ({"one": {"nl": "{supervisor}", "en": "x"}}, "respondents > colleague > one > nl"),
        ({"is_assessed": "perhaps"}, "respondents > colleague > is_assessed: "),
        ({"minutes": "0"}, "respondents > colleague > minutes: "),
        ({"weight": "2"}, "respondents > colleague > weight: "),
    ],
)
def test_a_mistake_is_refused_at_the_start(tmp_path: Path, changed: Row, problem: str) -> None:
    with pytest.raises(StartRefused) as refused:
        load([*rows(), COLLEAGUE | changed], tmp_path)
    assert f"/respondents.yaml: {problem}" in str(refused.value)


def test_a_table_without_anybody_is_refused(tmp_path: Path) -> None:
    with pytest.raises(StartRefused):
        load([], tmp_path)
