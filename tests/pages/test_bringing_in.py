"""Everybody in a group brings in a question of their own; nobody reads it before the group does."""

import uuid

import pytest
import sqlalchemy as sa

from tests.application import Stored
from tests.factories import Maker, Someone, Trajectory
from tests.pages.client import Browser
from tests.people import CLOSED, Browse
from zetwpo.accounts.actors import Role
from zetwpo.cycle.common_question.models import BroughtQuestion, QuestionProposal

MINE = "When do I let a student find out for themselves?"
THEIRS = "What do I show of my own doubts?"
ALL_OF_IT = {"text": MINE, "axis": "gatekeeper"}
ELSEWHERE = "Partnership elsewhere"


@pytest.fixture
def group(make: Maker, facilitator: Someone, owner: Someone, stranger: Someone) -> Trajectory:
    """Fem leads it; Olga and Sven take part."""
    return make.trajectory(facilitator, owner, stranger)


@pytest.fixture
def path(group: Trajectory) -> str:
    return f"{group.path}/questions"


@pytest.fixture
def olga(browse: Browse, owner: Someone) -> Browser:
    return browse(owner)


@pytest.fixture
def sven(browse: Browse, stranger: Someone) -> Browser:
    return browse(stranger)


def bring_in(browser: Browser, path: str, text: str = MINE, axis: str = "none") -> None:
    page = browser.get(f"{path}/bring-in").send({"text": text, "axis": axis}, form="bring-in")
    assert "Your question is brought in." in page.follow().text


def brought(stored: Stored) -> list[str]:
    return sorted(stored.values(sa.select(BroughtQuestion.text)))


def test_who_has_no_learning_question_writes_one_right_there(
    olga: Browser, path: str, stored: Stored
) -> None:
    page = olga.get(path)
    assert "You have not brought in your question yet" in page.text
    page = olga.get(f"{path}/bring-in")
    assert "One or two sentences are enough" in page.text
    page = page.send(ALL_OF_IT, form="bring-in").follow()
    assert MINE in page.text
    assert "Teacher training: the gatekeeper" in page.text
    assert "Only you and the facilitators read this" in page.text
    assert brought(stored) == [MINE]


def test_it_brings_in_the_words_that_were_saved_last_and_nothing_of_what_they_rest_on(
    olga: Browser, path: str, make: Maker, owner: Someone, fem: Browser
) -> None:
    scan = make.scan(owner, 4)
    make.learning_question(scan, "An earlier question")
    make.taken(scan, "strength", "relationship")
    make.learning_question(scan, MINE)
    make.learning_question_draft(scan, "What I am still writing")
    page = olga.get(f"{path}/bring-in")
    assert page.value("text") == MINE
    assert "What I am still writing" not in page.text
    assert not page.value("axis")
    page.send({"axis": "none"}, form="bring-in")
    board = fem.get(f"{path}/board")
    assert MINE in board.text
    for other in ("An earlier question", "What I am still writing", "relationship", "Strong"):
        assert other not in board.main.text


def test_later_words_do_not_travel_until_they_are_brought_in_anew(
    olga: Browser, path: str, make: Maker, owner: Someone, stored: Stored
) -> None:
    scan = make.scan(owner, 4)
    make.learning_question(scan, MINE)
    bring_in(olga, path)
    make.learning_question(scan, "Other words")
    assert brought(stored) == [MINE]
    page = olga.get(f"{path}/bring-in")
    assert page.value("text") == MINE
    assert "Your learning question is different now" in page.text
    page = olga.get(f"{path}/bring-in?saved=")
    assert page.value("text") == "Other words"
    page.send(form="bring-in")
    assert brought(stored) == ["Other words"]


@pytest.mark.parametrize(
    ("typed", "field", "words"),
    [
        ({"text": " ", "axis": "none"}, "text", "Write your question first"),
        ({"text": "\u200b", "axis": "none"}, "text", "Write your question first"),
        ({"text": "a" * 1001, "axis": "none"}, "text", "there is room for 1000"),
        ({"text": MINE}, "axis", "Choose one, or leave it open"),
        ({"text": MINE, "axis": "made up"}, "axis", "Choose one, or leave it open"),
    ],
)
def test_what_cannot_be_brought_in(
    olga: Browser, path: str, stored: Stored, typed: dict[str, str], field: str, words: str
) -> None:
    page = olga.get(f"{path}/bring-in").send(typed, form="bring-in")
    assert page.status == 422
    assert page.errors == [field]
    assert words in page.text
    assert page.value("text").strip() == typed["text"].strip().strip("\u200b")
    assert brought(stored) == []


def test_a_second_click_brings_in_nothing_more(olga: Browser, path: str, stored: Stored) -> None:
    page = olga.get(f"{path}/bring-in")
    for _click in range(2):
        assert page.send(ALL_OF_IT, form="bring-in").status == 303
    assert brought(stored) == [MINE]
    assert len(stored.values(sa.select(QuestionProposal.id))) == 1


def test_two_tabs_keep_both_texts(olga: Browser, path: str, stored: Stored) -> None:
    one, other = olga.get(f"{path}/bring-in"), olga.get(f"{path}/bring-in")
    one.send(ALL_OF_IT, form="bring-in")
    page = other.send({"text": "Other words", "axis": "none"}, form="bring-in")
    assert page.status == 409
    assert page.value("text") == "Other words"
    assert MINE in page.text
    assert brought(stored) == [MINE]
    assert page.send(form="bring-in").status == 303
    assert brought(stored) == ["Other words"]


def test_others_read_it_once_the_group_opened_its_questions(
    olga: Browser, sven: Browser, fem: Browser, path: str
) -> None:
    bring_in(olga, path, axis="gatekeeper")
    assert "Still closed" in sven.get(path).text
    assert MINE not in sven.get(path).text
    fem.get(f"{path}/board").send(form="open")
    assert MINE in sven.get(path).text
    assert "Olga Owner · Teacher training: the gatekeeper" in sven.get(path).text
    # From now on at once, and the page says so.
    page = sven.get(f"{path}/bring-in")
    assert "The group and the facilitators read this, with your name." in page.text
    bring_in(sven, path, THEIRS)
    assert THEIRS in olga.get(path).text


def test_nothing_of_it_becomes_common_before_the_group_opened_it(
    olga: Browser, sven: Browser, fem: Browser, path: str, stored: Stored
) -> None:
    bring_in(olga, path)
    [key] = stored.values(sa.select(QuestionProposal.id))
    decide = f"{path}/decide?proposal={key}"
    assert decide not in fem.get(f"{path}/board").links
    refused = fem.get(decide).send({"area": "none"}, form="decide")
    assert refused.status == 409
    assert "The questions are still closed" in refused.text
    assert MINE not in sven.get(path).text


def test_it_is_taken_back_with_the_name(
    olga: Browser, sven: Browser, fem: Browser, path: str, stored: Stored
) -> None:
    bring_in(olga, path)
    fem.get(f"{path}/board").send(form="open")
    page = olga.get(path)
    [take_back] = [each for each in page.links if each.endswith("/take-back")]
    page = olga.get(take_back)
    assert MINE in page.text
    assert "common question" not in page.main.text
    done = page.send(form="take-back").follow()
    assert "You took your question back." in done.text
    assert brought(stored) == []
    assert stored.values(sa.select(QuestionProposal.id)) == []
    assert MINE not in sven.get(path).text
    assert "Nobody brought in a question yet." in sven.get(path).text
    assert "Not brought in yet: Olga Owner and Sven Stranger." in fem.get(f"{path}/board").text


def test_nobody_takes_back_what_is_somebody_elses(
    olga: Browser, sven: Browser, fem: Browser, path: str, stored: Stored
) -> None:
    bring_in(olga, path)
    [key] = stored.values(sa.select(BroughtQuestion.id))
    for other in (sven, fem):
        assert other.get(f"/brought-questions/{key}/take-back").status == 404
        assert other.post(f"/brought-questions/{key}/take-back").status == 404
    assert brought(stored) == [MINE]


def test_who_leaves_takes_their_own_along(
    olga: Browser,
    sven: Browser,
    fem: Browser,
    path: str,
    make: Maker,
    group: Trajectory,
    owner: Someone,
    stored: Stored,
) -> None:
    bring_in(olga, path)
    fem.get(f"{path}/board").send(form="open")
    [key] = stored.values(sa.select(BroughtQuestion.id))
    make.left(group, owner)
    assert MINE not in sven.get(path).text
    assert "Olga" not in sven.get(path).main.text
    assert MINE not in fem.get(f"{path}/board").text
    assert olga.get(path).status == 404
    # It is still theirs: to read, to take out and to take back.
    assert MINE in olga.get(f"/brought-questions/{key}/take-back").text
    [own] = olga.get("/my-data/all.json").json["brought_questions"]
    assert own["text"] == MINE
    page = olga.get(f"/brought-questions/{key}/take-back").send(form="take-back")
    assert page.location == "/start"
    assert brought(stored) == []


def test_two_of_one_name_can_be_told_apart(
    path: str, make: Maker, group: Trajectory, fem: Browser, browse: Browse, owner: Someone
) -> None:
    other = make.person(owner.name, Role.SCHOOL_TRAINER, email="other@school.example")
    make.joins(group, other)
    for who, text in ((owner, MINE), (other, THEIRS)):
        bring_in(browse(who), path, text)
    text = fem.get(f"{path}/board").text
    assert "Olga Owner (workplace supervisor)" in text
    assert "Olga Owner (school trainer)" in text


# ---------------------------------------------------------------------------- who comes in


def test_a_facilitator_brings_in_nothing(fem: Browser, path: str) -> None:
    assert fem.get(f"{path}/bring-in").status in CLOSED
    assert fem.post(f"{path}/bring-in", ALL_OF_IT).status in CLOSED
    assert fem.get(path).status == 200


@pytest.mark.parametrize("below", ["", "/bring-in", "/board", "/ranking", "/decide", "/together"])
def test_it_is_closed_to_everybody_outside_the_group(
    path: str, below: str, make: Maker, browse: Browse, olga: Browser, colleague: Someone
) -> None:
    bring_in(olga, path)
    if colleague.name == "Fem Facilitator":
        colleague = make.person("Fien Facilitator", Role.FACILITATOR)
        make.trajectory(colleague)
    outside = make.person("Ot Outside", Role.FACILITATOR, partnership=ELSEWHERE)
    other = make.person("Ona Other", Role.SUPERVISOR)
    for who in (colleague, outside, other):
        assert browse(who).get(path + below).status in CLOSED
    assert browse().get(path + below).status == 303


@pytest.mark.parametrize("below", ["/board", "/ranking", "/decide", "/together"])
def test_laying_together_is_for_the_facilitator(olga: Browser, path: str, below: str) -> None:
    assert olga.get(path + below).status in CLOSED
    assert olga.post(f"{path}/open").status in CLOSED


def test_a_key_that_was_never_there(olga: Browser) -> None:
    assert olga.get(f"/brought-questions/{uuid.uuid4()}/take-back").status == 404
    assert olga.get(f"/trajectories/{uuid.uuid4()}/questions").status == 404


def test_in_a_closed_trajectory_everything_stays_readable(
    olga: Browser, sven: Browser, fem: Browser, path: str, make: Maker, group: Trajectory
) -> None:
    bring_in(olga, path)
    fem.get(f"{path}/board").send(form="open")
    make.closed(group)
    page = sven.get(path)
    assert MINE in page.text
    assert f"{path}/bring-in" not in page.links
    refused = sven.post(f"{path}/bring-in", ALL_OF_IT)
    assert refused.status == 409
    assert "This trajectory is closed" in refused.text
