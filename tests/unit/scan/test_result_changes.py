"""A rescan in another version of the questionnaire: only shared behaviours are compared."""

import shutil
from pathlib import Path

import pytest

from tests.forms import Form
from zetwpo.library import questionnaires
from zetwpo.library.questionnaires import FOLDER, Library, Questionnaire
from zetwpo.scan.result.queries import statements_of
from zetwpo.scan.result.rules import Change, View, changes

KEY = "workplace-trainer"
# In the second version one behaviour is another one, under the same statement key, and one
# statement has another key, about the same behaviour.
ALTERED = {
    "axes.yaml": [("version: 1", "version: 2"), ("- key: taking_part", "- key: passing_on")],
    "self.yaml": [("[taking_part]", "[passing_on]"), ("- key: modelling", "- key: showing_how")],
    "trainer.yaml": [("[taking_part]", "[passing_on]")],
}


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """The published version, and a second one made from it."""
    folder = tmp_path_factory.mktemp("questionnaires")
    for number in (1, 2):
        shutil.copytree(FOLDER / f"{KEY}-1", folder / f"{KEY}-{number}")
    for name, replacements in ALTERED.items():
        _alter(folder / f"{KEY}-2" / name, replacements)
    return questionnaires.load(folder)


def _alter(path: Path, replacements: list[tuple[str, str]]) -> None:
    text = path.read_text(encoding="utf-8")
    for old, new in replacements:
        assert text.count(old) == 1
        text = text.replace(old, new)
    path.write_text(text, encoding="utf-8")


def own_view(questionnaire: Questionnaire, point: int, **others: int | None) -> View:
    items = statements_of(questionnaire.forms[Form.SELF])
    return View("self", items, {item.key: point for item in items} | others)


def behaviours(questionnaire: Questionnaire) -> list[str]:
    """What a supervisor judges, in the order of the questionnaire."""
    asked = own_view(questionnaire, 4).behaviours
    return [behaviour.key for behaviour in questionnaire.behaviours if behaviour.key in asked]


def test_a_new_scan_is_in_the_newest_version_and_an_old_one_keeps_its_own(library: Library) -> None:
    assert library.current is library.questionnaires[KEY, 2]
    assert "taking_part" in behaviours(library.questionnaires[KEY, 1])
    assert "taking_part" not in behaviours(library.current)


def test_only_shared_behaviours_are_compared(library: Library) -> None:
    old, new = library.questionnaires[KEY, 1], library.current
    found = changes(own_view(new, 6), own_view(old, 4), behaviours(new))
    assert found == [Change(key, before=4, now=6) for key in behaviours(new) if key != "passing_on"]


def test_a_scan_in_the_older_version_can_also_be_the_later_one(library: Library) -> None:
    old, new = library.questionnaires[KEY, 1], library.current
    found = changes(own_view(old, 6), own_view(new, 4), behaviours(old))
    assert [each.behaviour for each in found] == [
        key for key in behaviours(old) if key != "taking_part"
    ]


def test_behaviours_are_compared_and_not_statements(library: Library) -> None:
    before = own_view(library.questionnaires[KEY, 1], 4, modelling=1, taking_part=1)
    now = own_view(library.current, 4, showing_how=7, taking_part=7)
    moved = [each for each in changes(now, before, behaviours(library.current)) if each.now == 7]
    assert moved == [Change("modelling", before=1, now=7)]


@pytest.mark.parametrize(("before", "now"), [(None, 5), (5, None)])
def test_what_one_scan_did_not_judge_has_no_change(
    library: Library, before: int | None, now: int | None
) -> None:
    same = library.current
    found = changes(
        own_view(same, 5, relationship=now),
        own_view(same, 5, relationship=before),
        ["relationship"],
    )
    assert found == []


def test_what_stayed_the_same_is_a_change_of_nothing(library: Library) -> None:
    same = own_view(library.current, 5)
    assert changes(same, same, ["relationship"]) == [Change("relationship", before=5, now=5)]
