"""Drafting a learning question: versions are kept, and nobody overwrites one unseen."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask

from tests.application import Stored
from tests.factories import Maker, Scan, Someone
from tests.pages.client import Browser, Page
from tests.pages.statements import statements
from tests.people import CLOSED, Browse, sign_in
from zetwpo import clock
from zetwpo.cycle.learning_question.models import (
    LearningQuestion,
    LearningQuestionDraft,
    LearningQuestionVersion,
)

FIRST = "Why do I take the lead so quickly?"
SECOND = "What happens when I wait?"


def open_page(browser: Browser, scan: Scan) -> Page:
    return browser.get(f"{scan.path}/learning-question")


def write(browser: Browser, scan: Scan, text: str, axis: str = "gatekeeper", **more: str) -> Page:
    return open_page(browser, scan).send({"axis": axis, "text": text} | more)


def versions(stored: Stored) -> list[tuple[Any, ...]]:
    version = LearningQuestionVersion
    return [
        tuple(row)
        for row in stored.rows(
            sa.select(version.number, version.axis, version.text).order_by(version.number)
        )
    ]


def test_a_question_is_kept_with_its_axis(olga: Browser, scan: Scan, stored: Stored) -> None:
    page = write(olga, scan, FIRST).follow()
    assert versions(stored) == [(1, "gatekeeper", FIRST)]
    assert (page.value("axis"), page.value("text")) == ("gatekeeper", FIRST)


def test_earlier_versions_stay_readable(olga: Browser, scan: Scan, stored: Stored) -> None:
    write(olga, scan, FIRST)
    page = write(olga, scan, SECOND, "developmental").follow()
    assert versions(stored) == [(1, "gatekeeper", FIRST), (2, "developmental", SECOND)]
    assert stored.count(LearningQuestion) == 1
    grown = [each.text for each in page.main.all("blockquote")]
    assert grown == [SECOND, FIRST]


def test_the_same_text_twice_is_one_version(olga: Browser, scan: Scan, stored: Stored) -> None:
    page = open_page(olga, scan)
    fields = {"axis": "gatekeeper", "text": FIRST}
    assert [page.send(fields).status for _time in range(2)] == [303, 303]
    assert versions(stored) == [(1, "gatekeeper", FIRST)]


def test_the_prompts_and_examples_stand_beside_the_field(olga: Browser, scan: Scan) -> None:
    page = open_page(olga, scan)
    prompts, examples = page.main.all("aside")
    assert len([each for each in prompts.all("dt") if each.text.endswith("?")]) >= 5
    assert [each for each in examples.all("dl") if each.get("class") == "example"]
    axes = [each for each in page.main.all("input", type="radio") if each.get("name") == "axis"]
    assert len(axes) == 5


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"text": "  "}, "text"),
        ({"text": "x" * 1001}, "text"),
        ({"axis": "wisdom"}, "axis"),
        ({"axis": ""}, "axis"),
    ],
)
def test_what_cannot_be_kept_comes_back_with_its_error(
    olga: Browser, scan: Scan, stored: Stored, changed: dict[str, str], field: str
) -> None:
    sent = {"axis": "gatekeeper", "text": FIRST} | changed
    page = open_page(olga, scan).send(sent)
    assert (page.status, page.errors) == (422, [field])
    assert page.value("text") == sent["text"].strip()
    assert versions(stored) == []


def test_a_version_written_elsewhere_is_not_overwritten_without_a_choice(
    olga: Browser, browse: Browse, owner: Someone, scan: Scan, stored: Stored
) -> None:
    page = open_page(olga, scan)
    write(browse(owner), scan, FIRST)
    refused = page.send({"axis": "developmental", "text": SECOND})
    assert refused.status == 409
    assert refused.value("text") == SECOND
    assert FIRST in refused.text
    assert versions(stored) == [(1, "gatekeeper", FIRST)]
    assert refused.send().status == 303
    assert [text for _number, _axis, text in versions(stored)] == [FIRST, SECOND]


@pytest.mark.parametrize("seen", ["", "x", "axis=1", "text=12345678&x=1", "0"])
def test_a_page_that_does_not_say_what_it_showed_overwrites_nothing(
    olga: Browser, scan: Scan, stored: Stored, seen: str
) -> None:
    write(olga, scan, FIRST)
    page = write(olga, scan, SECOND, "developmental", seen=seen)
    assert page.status == 409
    assert versions(stored) == [(1, "gatekeeper", FIRST)]
    assert page.send().status == 303


def drafts(stored: Stored) -> list[tuple[Any, ...]]:
    draft = LearningQuestionDraft
    return [tuple(row) for row in stored.rows(sa.select(draft.axis, draft.text))]


def autosave(page: Page, fields: dict[str, str]) -> Page:
    """What the script of the page sends: the fields that changed, and what the page showed."""
    path = page.form().get("data-autosave")
    return page.browser.post(path, {"seen": page.value("seen")} | fields, token=page.token)


def test_what_somebody_writes_is_kept_apart_from_the_versions(
    olga: Browser, browse: Browse, owner: Someone, scan: Scan, stored: Stored
) -> None:
    page = open_page(olga, scan)
    reply = autosave(page, {"text": FIRST})
    assert (reply.status, reply.json["refused"]) == (200, [])
    assert reply.json["message"].startswith("Kept as a draft at ")
    autosave(page, {"axis": "gatekeeper", "seen": reply.json["seen"]})
    assert versions(stored) == []
    # On another device it goes on, and the button makes it the question.
    page = open_page(browse(owner), scan)
    assert (page.value("axis"), page.value("text")) == ("gatekeeper", FIRST)
    assert page.send().status == 303
    assert versions(stored) == [(1, "gatekeeper", FIRST)]
    assert drafts(stored) == []


def test_a_draft_goes_over_no_version(olga: Browser, scan: Scan, stored: Stored) -> None:
    write(olga, scan, FIRST)
    page = open_page(olga, scan)
    autosave(page, {"text": SECOND})
    assert versions(stored) == [(1, "gatekeeper", FIRST)]
    assert drafts(stored) == [("gatekeeper", SECOND)]
    page = open_page(olga, scan)
    assert page.value("text") == SECOND
    # Back to what is saved already: there is nothing to keep apart.
    assert autosave(page, {"text": FIRST}).status == 200
    assert drafts(stored) == []


def test_an_autosave_reads_nothing_of_what_others_shared(
    app: Flask, olga: Browser, scan: Scan, make: Maker
) -> None:
    """It comes with every few words, and a result is what costs most to read."""
    make.shared(make.asked(scan))
    page = open_page(olga, scan)
    with statements(app) as seen:
        assert autosave(page, {"text": FIRST, "axis": "gatekeeper"}).status == 200
    assert not [each for each in seen if "invitation" in each]


def test_after_an_autosave_the_button_saves_without_a_clash(olga: Browser, scan: Scan) -> None:
    page = open_page(olga, scan)
    seen = autosave(page, {"text": FIRST}).json["seen"]
    sent = {"axis": "gatekeeper", "text": f"{FIRST} More.", "seen": seen}
    assert page.send(sent).status == 303


def test_a_save_whose_answer_was_lost_is_not_another_device(olga: Browser, scan: Scan) -> None:
    page = open_page(olga, scan)
    autosave(page, {"text": "Why\r\ndo "})
    assert autosave(page, {"text": FIRST}).status == 409
    assert autosave(page, {"text": FIRST, "tried": "text=Why%0Ado+"}).status == 200


def test_a_draft_of_another_device_is_not_overwritten_without_a_choice(
    olga: Browser, browse: Browse, owner: Someone, scan: Scan, stored: Stored
) -> None:
    page = open_page(olga, scan)
    autosave(open_page(browse(owner), scan), {"text": FIRST, "axis": "gatekeeper"})
    reply = autosave(page, {"text": SECOND})
    assert (reply.status, reply.json["refused"]) == (409, ["text"])
    refused = page.send({"axis": "developmental", "text": SECOND})
    assert refused.status == 409
    assert drafts(stored) == [("gatekeeper", FIRST)]
    assert FIRST in refused.text
    assert "Changed on another device in the meantime, to: " in refused.text
    assert (refused.value("axis"), refused.value("text")) == ("developmental", SECOND)
    assert refused.send().status == 303
    assert versions(stored) == [(1, "developmental", SECOND)]


def test_what_is_right_is_kept_until_the_rest_is(olga: Browser, scan: Scan, stored: Stored) -> None:
    page = open_page(olga, scan).send({"text": FIRST})
    assert (page.status, page.errors) == (422, ["axis"])
    assert drafts(stored) == [("", FIRST)]
    assert open_page(olga, scan).value("text") == FIRST
    page = open_page(olga, scan).send({"axis": "gatekeeper", "text": "x" * 1001})
    assert (page.status, page.errors) == (422, ["text"])
    assert page.value("text") == "x" * 1001
    assert drafts(stored) == [("gatekeeper", FIRST)]
    assert page.send({"text": SECOND}).status == 303


@pytest.mark.parametrize(
    ("sent", "refused"),
    [({"text": "x" * 1001}, "text"), ({"text": "a\0b"}, "text"), ({"axis": "wisdom"}, "axis")],
)
def test_a_draft_keeps_what_it_can(
    olga: Browser, scan: Scan, stored: Stored, sent: dict[str, str], refused: str
) -> None:
    rest = {"text": FIRST} if refused == "axis" else {"axis": "gatekeeper"}
    reply = autosave(open_page(olga, scan), sent | rest)
    assert (reply.status, reply.json["refused"]) == (422, [refused])
    assert drafts(stored) == [(rest.get("axis", ""), rest.get("text", ""))]


def test_of_a_clash_in_one_field_the_other_is_kept(
    olga: Browser, browse: Browse, owner: Someone, scan: Scan, stored: Stored
) -> None:
    page = open_page(olga, scan)
    autosave(open_page(browse(owner), scan), {"text": FIRST})
    refused = page.send({"axis": "developmental", "text": SECOND})
    assert refused.status == 409
    assert drafts(stored) == [("developmental", FIRST)]
    assert refused.send().status == 303
    assert versions(stored) == [(1, "developmental", SECOND)]


def test_what_somebody_emptied_elsewhere_is_not_saved_without_a_choice(
    olga: Browser, browse: Browse, owner: Someone, scan: Scan, stored: Stored
) -> None:
    write(olga, scan, FIRST)
    page = open_page(olga, scan)
    assert autosave(open_page(browse(owner), scan), {"text": ""}).status == 200
    # They see the words and save them, without having touched them.
    refused = page.send({"axis": "developmental"})
    assert (refused.status, refused.value("text")) == (409, FIRST)
    assert versions(stored) == [(1, "gatekeeper", FIRST)]
    assert refused.send().status == 303
    assert versions(stored)[-1] == (2, "developmental", FIRST)


@pytest.mark.parametrize(
    ("sent", "refused"),
    [
        ({"axis": ["gatekeeper", "developmental"], "text": FIRST}, "axis"),
        ({"axis": "gatekeeper", "text": [FIRST, SECOND]}, "text"),
    ],
)
def test_of_two_values_neither_is_chosen_for_their_sender(
    olga: Browser, scan: Scan, stored: Stored, sent: dict[str, Any], refused: str
) -> None:
    page = open_page(olga, scan)
    reply = autosave(page, sent)
    assert (reply.status, reply.json["refused"]) == (422, [refused])
    assert reply.json["message"].startswith("Two ")
    assert reply.json["message"].endswith("The rest is saved.")
    answer = open_page(olga, scan).send(sent)
    assert (answer.status, answer.errors) == (422, [refused])
    assert versions(stored) == []
    if refused == "text":
        assert answer.value("text") == f"{FIRST}\n{SECOND}"


def test_what_the_page_does_not_ask_is_not_said_to_be_kept(
    olga: Browser, scan: Scan, stored: Stored
) -> None:
    words = "Something came in that does not belong to this page."
    reply = autosave(open_page(olga, scan), {"other": "x"})
    assert (reply.status, reply.json["message"]) == (400, words)
    reply = autosave(open_page(olga, scan), {"other": "x", "text": FIRST})
    assert (reply.status, reply.json["message"]) == (400, f"{words} The rest is saved.")
    page = write(olga, scan, SECOND, other="x")
    assert page.status == 400
    assert words in page.main.text
    assert (versions(stored), drafts(stored)) == ([], [("gatekeeper", SECOND)])


def test_a_draft_goes_along_with_what_its_owner_takes_out_and_deletes(
    olga: Browser, scan: Scan, stored: Stored
) -> None:
    write(olga, scan, FIRST)
    autosave(open_page(olga, scan), {"text": SECOND})
    file = olga.get("/my-data/all.json").json
    assert [each["text"] for each in file["learning_questions"]] == [FIRST]
    assert [each["text"] for each in file["learning_question_drafts"]] == [SECOND]
    assert SECOND in olga.get("/my-data/all.html").response.text
    olga.post("/my-data/delete", {"sure": "y"})
    assert stored.count(LearningQuestionDraft) == 0


@pytest.fixture
def again(make: Maker, owner: Someone, scan: Scan) -> Iterator[Scan]:
    """A second scan of the same person, some months after a first one with a question."""
    make.learning_question(scan, FIRST, "gatekeeper")
    with time_machine.travel(clock.now() + timedelta(days=180)):
        yield make.scan(owner)


def until_now(page: Page) -> list[str]:
    """The question of an earlier scan, as far as the page offers it."""
    found = [each for each in page.main.all("figure") if each.get("class") == "question"]
    return [words.text for each in found for words in each.all("blockquote")]


def test_the_question_until_now_is_offered_to_go_on_with(
    browse: Browse, owner: Someone, again: Scan, stored: Stored
) -> None:
    olga = browse(owner)
    page = open_page(olga, again)
    assert until_now(page) == [FIRST]
    assert (page.value("axis"), page.value("text")) == ("", "")
    before = versions(stored)
    page = page.send(form="/go-on").follow()
    assert (page.value("axis"), page.value("text")) == ("gatekeeper", FIRST)
    assert versions(stored) == before
    assert not [each for each in page.main.all("form") if "/go-on" in each.get("action")]
    page.send({"text": SECOND}, form="learning-question")
    assert until_now(open_page(olga, again)) == []
    assert [text for _number, _axis, text in versions(stored)] == [FIRST, SECOND]


def test_going_on_goes_over_nothing_that_is_written(
    browse: Browse, owner: Someone, again: Scan, stored: Stored, make: Maker
) -> None:
    olga = browse(owner)
    page = open_page(olga, again)
    make.learning_question_draft(again, SECOND, "developmental")
    answer = page.send(form="/go-on").follow()
    assert answer.value("text") == SECOND
    assert "it stays as it is" in answer.main.text
    assert drafts(stored) == [("developmental", SECOND)]


def test_going_on_keeps_the_axis_that_is_chosen(
    browse: Browse, owner: Someone, again: Scan, make: Maker
) -> None:
    olga = browse(owner)
    page = open_page(olga, again)
    make.learning_question_draft(again, "", "developmental")
    page = page.send(form="/go-on").follow()
    assert (page.value("axis"), page.value("text")) == ("developmental", FIRST)


def test_without_an_earlier_question_there_is_nothing_to_go_on_with(
    olga: Browser, scan: Scan, stored: Stored
) -> None:
    assert until_now(open_page(olga, scan)) == []
    before = stored.everything()
    assert olga.post(f"{scan.path}/learning-question/go-on").status == 303
    assert stored.everything() == before


def test_a_question_of_a_later_scan_is_not_the_one_until_now(
    browse: Browse, owner: Someone, scan: Scan, again: Scan, make: Maker, stored: Stored
) -> None:
    earlier = make.scan(owner)
    with time_machine.travel(clock.now() + timedelta(days=9)):
        make.learning_question(make.scan(owner), SECOND, "gatekeeper")
        assert until_now(open_page(browse(owner), earlier)) == [FIRST]


def test_the_scan_comes_first(olga: Browser, draft: Scan, stored: Stored) -> None:
    assert open_page(olga, draft).status == 409
    page = olga.post(f"{draft.path}/learning-question", {"axis": "gatekeeper", "text": FIRST})
    assert page.status == 409
    assert FIRST in page.text
    assert stored.count(LearningQuestion) == 0


def test_nobody_else_reads_or_writes_it(outsider: Browser, scan: Scan, stored: Stored) -> None:
    before = stored.everything()
    assert open_page(outsider, scan).status in CLOSED
    fields = {"axis": "gatekeeper", "text": FIRST}
    for path in (
        "learning-question",
        "learning-question/autosave",
        "learning-question/go-on",
    ):
        assert outsider.post(f"{scan.path}/{path}", fields).status in CLOSED
    assert stored.everything() == before


def test_who_is_signed_out_gets_the_text_back_and_can_send_it_again(
    olga: Browser, owner: Someone, scan: Scan, stored: Stored
) -> None:
    page = open_page(olga, scan)
    olga.post("/sign-out")
    assert open_page(olga, scan).location.startswith("/sign-in")
    sent = page.fields() | {"axis": "gatekeeper", "text": FIRST}
    refused = olga.post(f"{scan.path}/learning-question", sent)
    assert refused.status == 401
    assert FIRST in refused.text
    sign_in(olga, owner)
    assert refused.send().status == 303
    assert versions(stored) == [(1, "gatekeeper", FIRST)]
