"""What a meeting is made of: the frames that ship, and what is refused in them at the start."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from zetwpo.cycle.agenda.dividing import laid_out
from zetwpo.cycle.agenda.rules import Work
from zetwpo.errors import StartRefused
from zetwpo.i18n import LANGUAGES
from zetwpo.library import meeting_frames, methods
from zetwpo.library.meeting_frames import FILE, BlockKind, MeetingFrames
from zetwpo.library.methods import Methods

# Letters of a line on a laptop, and of a question that a whole room reads from the wall.
LINE, WALL = 115, 75


@pytest.fixture(scope="module")
def known() -> Methods:
    return methods.load()


@pytest.fixture(scope="module")
def shipped(known: Methods) -> MeetingFrames:
    return meeting_frames.load(known)


def kinds(found: MeetingFrames, number: int) -> list[str]:
    return [block.kind for block in found.frame(number)]


def test_the_first_meeting_has_a_frame_of_its_own(shipped: MeetingFrames) -> None:
    assert kinds(shipped, 1) == [
        *("check_in", "calibrate", "pause", "learning_question", "homework", "check_out")
    ]


@pytest.mark.parametrize("number", [2, 6, 12])
def test_the_others_have_the_same_one(shipped: MeetingFrames, number: int) -> None:
    assert kinds(shipped, number) == [
        *("check_in", "look_back", "explore", "pause"),
        *("deepen", "design", "evaluate", "check_out"),
    ]


@pytest.mark.parametrize("number", [1, 2])
def test_both_last_three_hours_as_they_are_written(shipped: MeetingFrames, number: int) -> None:
    frame = shipped.frame(number)
    assert laid_out(frame, 180) == [(block, block.minutes) for block in frame]


def test_every_kind_says_what_it_is_good_for_on_one_line(shipped: MeetingFrames) -> None:
    for kind in shipped.kinds:
        for language in LANGUAGES:
            assert kind.good_for.in_language(language).endswith("."), kind.key
            assert len(kind.good_for.in_language(language)) <= LINE, kind.key
            assert kind.question is None or len(kind.question.in_language(language)) <= WALL


def test_the_frame_is_active_work_but_for_what_comes_from_outside(shipped: MeetingFrames) -> None:
    works = {kind.key: Work(kind.work) for kind in shipped.kinds}
    assert [key for key, work in works.items() if work is Work.INPUT] == ["deepen"]
    assert [key for key, work in works.items() if work is Work.PAUSE] == ["pause"]


def test_a_kind_is_called_what_its_phase_is_called(shipped: MeetingFrames, known: Methods) -> None:
    titles = {phase.key: phase.title for phase in known.phases}
    shared = [kind for kind in shipped.kinds if kind.key in titles]
    assert len(shared) == 9
    for kind in shared:
        assert kind.title == titles[kind.key]


def test_a_frame_chooses_methods_that_fit(shipped: MeetingFrames, known: Methods) -> None:
    for number in (1, 2):
        for block in shipped.frame(number):
            if block.method:
                assert block.kind in known.get(block.method).phases


def test_a_kind_that_is_gone_is_one_of_a_group_s_own(shipped: MeetingFrames) -> None:
    assert shipped.kind("explore").key == "explore"
    assert shipped.kind("of_last_year").key == meeting_frames.OWN
    assert isinstance(shipped.kind(""), BlockKind)


@pytest.mark.parametrize(
    ("place", "value", "said"),
    [
        (("kinds", 0, "key"), "calibrate", "kinds > calibrate: this key stands here twice"),
        (("kinds", -1, "key"), "mine", "kinds: there is no kind own"),
        (("later", 2, "kind"), "dance", "later > item 3 > kind: there is no kind dance"),
        (("first", 0, "method"), "dance", "first > item 1 > method: there is no method dance"),
        (("first", 0, "minutes"), "3", "first > item 1"),
        (("kinds", 0, "work"), "play", "kinds > check_in > work"),
        (("kinds", 0, "title", "en"), "", "kinds > check_in > title > en"),
        (("first",), [], "first"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(
    tmp_path: Path, known: Methods, place: tuple[str | int, ...], value: Any, said: str
) -> None:
    document: Any = yaml.load(FILE.read_text(), yaml.BaseLoader)
    part = document
    for step in place[:-1]:
        part = part[step]
    part[place[-1]] = value
    path = tmp_path / FILE.name
    path.write_text(yaml.dump(document, allow_unicode=True))
    with pytest.raises(StartRefused, match=said):
        meeting_frames.load(known, path)
