"""Taking something along from the result, as what a learning question rests on."""

from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from tests.application import Stored
from tests.factories import Asked, Maker, Scan, Someone
from tests.pages.client import Browser, Page
from tests.pages.html import Element
from tests.pages.statements import statements
from tests.people import CLOSED, Browse
from zetwpo.characters import in_one_direction, set_apart
from zetwpo.cycle.learning_question.models import LearningQuestionDraft, LearningQuestionGround
from zetwpo.library.questionnaires import load
from zetwpo.scan.feedback.models import Invitation
from zetwpo.scan.subjects.models import TakenItem
from zetwpo.scan.subjects.rules import MOST_TAKEN

TIP = "Let me try it first, and talk afterwards."
QUESTIONNAIRE = load().current
AXIS = QUESTIONNAIRE.axis("gatekeeper").title.en
[BEHAVIOUR] = [str(each.name.en) for each in QUESTIONNAIRE.behaviours if each.key == "relationship"]
STRONG = {"kind": "strength", "key": "relationship", "source": ""}


@pytest.fixture
def noor(make: Maker, scan: Scan) -> Asked:
    """A student who shared her feedback, with a tip."""
    return make.shared(make.asked(scan, "Noor"), 6, feed_forward={"gatekeeper": TIP})


def source_of(stored: Stored, asked: Asked) -> str:
    """The key of the form in which somebody's tips stand."""
    [key] = stored.values(sa.select(Invitation.response_id).where(Invitation.id == asked.id))
    return str(key)


def tip_of(stored: Stored, asked: Asked, axis: str = "gatekeeper") -> dict[str, str]:
    return {"kind": "tip", "key": axis, "source": source_of(stored, asked)}


def take(browser: Browser, scan: Scan, item: dict[str, str]) -> Page:
    return browser.post(f"{scan.path}/subjects", item)


def question(browser: Browser, scan: Scan) -> Page:
    return browser.get(f"{scan.path}/learning-question")


def taken(stored: Stored) -> list[tuple[Any, ...]]:
    item = TakenItem
    return [tuple(row) for row in stored.rows(sa.select(item.kind, item.key, item.source))]


def rests_on(page: Page) -> list[Element]:
    """What stands beside the text."""
    [section] = [each for each in page.main.all("section") if each.get("class") == "rests-on"]
    return section.all("li")


def test_what_is_taken_along_stands_beside_the_question_about_its_axis(
    olga: Browser, scan: Scan, stored: Stored, noor: Asked
) -> None:
    answer = take(olga, scan, STRONG)
    assert (answer.status, answer.location) == (303, f"{scan.path}/learning-question")
    page = answer.follow()
    assert page.value("axis") == "pedagogical"
    [item] = rests_on(page)
    assert item.text.startswith(f"Strong {BEHAVIOUR}")
    assert "You 4, Noor 6" in item.text
    assert taken(stored) == [tuple(STRONG.values())]


def test_fifty_clicks_take_it_once(olga: Browser, scan: Scan, stored: Stored) -> None:
    assert {take(olga, scan, STRONG).status for _time in range(3)} == {303}
    assert len(taken(stored)) == 1


def test_a_tip_is_shown_in_its_authors_words_and_stored_without_them(
    olga: Browser, scan: Scan, stored: Stored, noor: Asked
) -> None:
    page = take(olga, scan, tip_of(stored, noor)).follow()
    [item] = rests_on(page)
    assert [each.text for each in item.all("blockquote")] == [TIP]
    assert [each.text for each in item.all("figcaption")] == ["Noor"]
    assert TIP not in str(stored.rows(sa.select(TakenItem)))


def test_what_cannot_be_taken_changes_nothing(
    olga: Browser, scan: Scan, stored: Stored, make: Maker, noor: Asked
) -> None:
    secret = make.drafted(make.asked(scan, "Daan"), feed_forward={"gatekeeper": "Not yet"})
    planned = make.planned(make.asked(scan, "Roos"), feed_forward={"gatekeeper": "Later"})
    own = {"kind": "tip", "key": "gatekeeper", "source": str(scan.id)}
    before = stored.everything()
    unknown = (
        STRONG | {"key": "wisdom"},
        STRONG | {"key": "gatekeeper"},
        STRONG | {"source": source_of(stored, noor)},
        STRONG | {"key": "a\0b"},
        tip_of(stored, noor) | {"key": "relationship"},
        tip_of(stored, noor, "pedagogical"),
        tip_of(stored, noor) | {"source": ""},
        tip_of(stored, secret),
        tip_of(stored, planned),
        own,
    )
    nowhere = [take(olga, scan, each) for each in unknown]
    assert {page.status for page in nowhere} == {404}
    assert len({page.main.text for page in nowhere}) == 1, "it tells which of them exist"
    for kind in ("", "advice", "tip\0"):
        assert take(olga, scan, STRONG | {"kind": kind}).status == 400
    assert stored.everything() == before


def test_a_script_finds_an_end(olga: Browser, scan: Scan, stored: Stored) -> None:
    # Those that a supervisor is asked about; the others stand on no result of one's own scan.
    keys = [each.key for each in QUESTIONNAIRE.behaviours if each.key != "asking_for_feedback"]
    answers = [
        take(olga, scan, {"kind": kind, "key": key, "source": ""})
        for kind in ("strength", "difference", "attention")
        for key in keys
    ]
    assert {answer.status for answer in answers} == {303}
    assert len(taken(stored)) == MOST_TAKEN
    assert f"You take {MOST_TAKEN} things along already" in answers[-1].follow().text


def test_a_chosen_axis_stays_and_the_page_says_so(
    olga: Browser, scan: Scan, stored: Stored, make: Maker
) -> None:
    make.learning_question_draft(scan, "", "developmental")
    page = take(olga, scan, STRONG).follow()
    assert page.value("axis") == "developmental"
    assert "that stays so" in page.main.text
    assert len(rests_on(page)) == 1
    make.learning_question(scan, "Why?", "gatekeeper")
    before = stored.rows(sa.select(LearningQuestionDraft))
    assert take(olga, scan, STRONG | {"kind": "attention"}).follow().value("axis") == "gatekeeper"
    assert stored.rows(sa.select(LearningQuestionDraft)) == before


def test_text_that_is_written_stays_where_an_axis_is_chosen(
    olga: Browser, scan: Scan, make: Maker
) -> None:
    make.learning_question_draft(scan, "Why do I", "")
    page = take(olga, scan, STRONG).follow()
    assert (page.value("axis"), page.value("text")) == ("pedagogical", "Why do I")


def test_what_is_left_out_is_gone(olga: Browser, scan: Scan, stored: Stored) -> None:
    page = take(olga, scan, STRONG).follow()
    answer = page.send(form="/subjects/out")
    assert answer.location == f"{scan.path}/learning-question"
    assert rests_on(answer.follow()) == []
    assert page.send(form="/subjects/out").status == 303
    assert taken(stored) == []
    result = {"next": f"{scan.path}/result"}
    assert olga.post(f"{scan.path}/subjects/out", STRONG | result).location == result["next"]
    away = {"next": "https://elsewhere.example/"}
    left = olga.post(f"{scan.path}/subjects/out", STRONG | away)
    assert left.location == f"{scan.path}/learning-question"


def test_items_of_a_scan_stay_with_that_scan(
    olga: Browser, browse: Browse, stranger: Someone, make: Maker, scan: Scan, stored: Stored
) -> None:
    other = make.scan(stranger)
    given = make.shared(make.asked(other, "Daan"), feed_forward={"gatekeeper": TIP})
    item = tip_of(stored, given)
    assert take(browse(stranger), other, item).status == 303
    make.taken(other, STRONG["kind"], STRONG["key"])
    # What is left out of one scan stays with the other.
    take(olga, scan, STRONG)
    assert olga.post(f"{scan.path}/subjects/out", STRONG).status == 303
    assert taken(stored).count(tuple(STRONG.values())) == 1
    before = stored.everything()
    assert take(olga, scan, item).status == 404
    assert take(olga, other, item).status == 404
    assert olga.post(f"{other.path}/subjects/out", item).status == 404
    assert stored.everything() == before


def test_nobody_else_takes_anything(outsider: Browser, scan: Scan, stored: Stored) -> None:
    before = stored.everything()
    assert take(outsider, scan, STRONG).status in CLOSED
    assert outsider.post(f"{scan.path}/subjects/out", STRONG).status in CLOSED
    assert stored.everything() == before


def test_the_scan_comes_first(olga: Browser, draft: Scan, stored: Stored) -> None:
    assert take(olga, draft, STRONG).status == 409
    assert taken(stored) == []


def rested_on(page: Page) -> list[list[str]]:
    """As what stood there what each version rested on, the newest version first."""
    [versions] = [each for each in page.main.all("ol") if each.get("class") == "versions"]
    return [
        [kind.text.partition(" ")[0] for kind in fold.all("p") if kind.get("class") == "quiet kind"]
        for version in versions.all("li")
        for fold in version.all("details")
    ]


def test_what_an_earlier_version_rested_on_stays_readable(
    olga: Browser, scan: Scan, make: Maker, noor: Asked, stored: Stored
) -> None:
    make.taken(scan, "strength", "relationship")
    make.learning_question(scan, "First?")
    assert rested_on(question(olga, scan)) == [["Strong"]]
    make.taken(scan, "tip", "gatekeeper", noor)
    olga.post(f"{scan.path}/subjects/out", STRONG)
    # Not before it is saved; and the same text is no other version.
    assert rested_on(question(olga, scan)) == [["Strong"]]
    make.learning_question(scan, "First?")
    assert rested_on(question(olga, scan)) == [["Tip"]]
    make.learning_question(scan, "Second?")
    olga.post(f"{scan.path}/subjects/out", tip_of(stored, noor))
    make.learning_question(scan, "Third?")
    page = question(olga, scan)
    assert rested_on(page) == [["Tip"], ["Tip"]]
    assert rests_on(page) == []


def test_a_tip_that_its_author_no_longer_shares_says_only_that(
    olga: Browser, student: Browser, scan: Scan, make: Maker, noor: Asked, stored: Stored
) -> None:
    make.taken(scan, "tip", "gatekeeper", noor)
    make.learning_question(scan, "Why?")
    item = tip_of(stored, noor)
    student.get(f"{noor.path}/delete").send(form="delete")
    page = question(olga, scan)
    assert TIP not in page.response.text
    assert "Noor" not in page.text
    [here] = rests_on(page)
    assert "Its author took this tip back." in here.text
    assert page.main.text.count("Its author took this tip back.") == 2
    file = olga.get("/my-data/all.json").json
    [taken_along] = file["scans"][0]["taken_along"]
    assert (taken_along["kind"], taken_along["from"]) == ("tip", None)
    assert take(olga, scan, item).status == 404
    assert page.send(form="/subjects/out").status == 303
    assert taken(stored) == []


def test_a_name_that_is_written_from_right_to_left_stays_with_its_own_value(
    olga: Browser, scan: Scan, make: Maker
) -> None:
    name = "\u05e0\u05d5\u05e2\u05d4"
    asked = make.asked(scan, name, email="noa@student.example")
    make.shared(asked, 6, feed_forward={"gatekeeper": TIP})
    page = take(olga, scan, STRONG).follow()
    [item] = rests_on(page)
    assert [in_one_direction(each.text) for each in item.all("bdi")] == ["You", name]
    # The file has the bare name, and the page for reading keeps it together.
    make.taken(scan, "tip", "gatekeeper", asked)
    make.learning_question(scan, "Why?")
    file = olga.get("/my-data/all.json").json
    assert file["scans"][0]["taken_along"][1]["from"] == name
    assert {each["from"] for each in file["learning_questions"][0]["rested_on"]} == {None, name}
    assert olga.get("/my-data/all.html").text.count(f"({set_apart(name)})") == 2


def test_what_is_taken_along_goes_along_with_what_its_owner_takes_out_and_deletes(
    olga: Browser, scan: Scan, make: Maker, noor: Asked, stored: Stored
) -> None:
    make.taken(scan, "tip", "gatekeeper", noor)
    make.taken(scan, "attention", "relationship")
    make.learning_question(scan, "Why?")
    file = olga.get("/my-data/all.json").json
    kinds = [(each["kind"], each["key"], each["from"]) for each in file["scans"][0]["taken_along"]]
    assert kinds == [("tip", "gatekeeper", "Noor"), ("attention", "relationship", None)]
    assert len(file["learning_questions"][0]["rested_on"]) == 2
    readable = olga.get("/my-data/all.html").text
    assert f"Tip: {AXIS} (Noor)" in readable
    assert f"Could get attention: {BEHAVIOUR}" in readable
    olga.post("/my-data/delete", {"sure": "y"})
    assert stored.count(TakenItem) == stored.count(LearningQuestionGround) == 0


def test_a_file_with_many_versions_reads_what_they_rested_on_at_once(
    app: Flask, olga: Browser, scan: Scan, make: Maker, noor: Asked
) -> None:
    make.taken(scan, "tip", "gatekeeper", noor)
    counts = set()
    for text in ("Why?", "Why now?", "Why do I wait?"):
        make.learning_question(scan, text)
        with statements(app) as seen:
            versions = olga.get("/my-data/all.json").json["learning_questions"]
        counts.add(len(seen))
    assert [each["rested_on"][0]["from"] for each in versions] == ["Noor"] * 3
    assert len(counts) == 1
