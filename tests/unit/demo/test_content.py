"""What the demo tells is checked when it is read, with its file and item in the error."""

import re
import shutil
from pathlib import Path

import pytest

from zetwpo.demo.content import FILES, FOLDER, DemoContent, demo_content
from zetwpo.errors import StartRefused

PEOPLE = "people.yaml"
CURRENT = "current.yaml"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy that can be spoiled."""
    return Path(shutil.copytree(FOLDER, tmp_path / "content"))


def refused(folder: Path, file: str, before: str, after: str) -> str:
    """What is said where this stands there instead."""
    path = folder / file
    text = path.read_text("utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), "utf-8")
    with pytest.raises(StartRefused) as refusal:
        demo_content(folder)
    return str(refusal.value)


@pytest.mark.parametrize(
    ("file", "before", "after", "said"),
    [
        (PEOPLE, "key: sanne", "key: femke", "femke stands here twice"),
        (PEOPLE, "school: Het Baken", "school: Elsewhere", "fatima works at Elsewhere"),
        (PEOPLE, "roles: [facilitator]", "roles: [king]", "content/people.yaml: people > femke"),
        (CURRENT, "- person: tom", "- person: nobody", "current.yaml: nobody is nobody"),
        (CURRENT, "leader: joris", "leader: nobody", "current.yaml: nobody is nobody"),
        (CURRENT, "axis: gatekeeper", "axis: other", "content/current.yaml: participants"),
        (CURRENT, "file: kaartjes.txt", "file: gone.txt", "current.yaml: gone.txt is no file"),
        (CURRENT, "status: done", "status: finished", "content/current.yaml: meetings"),
        (CURRENT, "title: Van", "titel: Van", "content/current.yaml"),
        (CURRENT, "block: calibrate", "block: [calibrate", "content/current.yaml, line"),
    ],
)
def test_a_mistake_is_told_with_its_place(
    folder: Path, file: str, before: str, after: str, said: str
) -> None:
    assert said in refused(folder, file, before, after)


@pytest.fixture(scope="module")
def told() -> DemoContent:
    return demo_content()


def test_all_want_to_grow_in_training_didactics(told: DemoContent) -> None:
    for group in told.trajectories:
        assert len(group.participants) == 4
        schools = {told.person(each.person).school for each in group.participants}
        assert len(schools) == 3
        axes = {each.question.axis for each in group.participants}
        assert axes <= {"gatekeeper", "teacher_of_teachers"}
        assert group.together.area == "training_didactics"


def means(answers: str) -> list[float]:
    """Of the parts of a self-scan, in their order."""
    marks, found = [int(each) for each in answers.split()], []
    for count in (5, 3, 2, 5, 4):
        part, marks = marks[:count], marks[count:]
        found.append(sum(part) / count)
    return found


def test_in_the_rescans_not_everything_rose(told: DemoContent) -> None:
    went: list[float] = []
    for each in told.finished.participants:
        assert each.scan
        assert each.rescan
        then, now = means(each.scan.answers), means(each.rescan.answers)
        went += [after - before for before, after in zip(then, now, strict=True)]
        # What they worked on did.
        assert now[3] > then[3]
    assert min(went) < 0 < max(went)


def test_each_file_on_a_shelf_is_used_and_small(told: DemoContent) -> None:
    used = {each.file for group in told.trajectories for each in group.shelf if each.file}
    there = {path.name: path.stat().st_size for path in FILES.iterdir()}
    assert used == set(there)
    assert max(there.values()) < 10_000


def test_the_line_of_the_finished_group_changed_once(told: DemoContent) -> None:
    steps = [each.question.step for each in told.finished.meetings if each.question]
    assert steps == ["follow_up"]
    assert not any(each.question for each in told.current.meetings)


def test_nobody_has_an_address_that_exists(told: DemoContent) -> None:
    addresses = [*(each.email for each in told.people.people), *(each.email for each in told.asked)]
    assert all(re.fullmatch(r"[a-z]+@demo\.example", each) for each in addresses)
