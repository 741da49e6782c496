"""One field that cannot be stored does not hold up the others, and the words say what happened."""

import pytest
import sqlalchemy as sa

from tests.application import Stored
from tests.factories import Asked, Scan, Someone
from tests.pages.client import Browser, Page
from tests.pages.test_autosave import autosave
from tests.pages.test_scan_parts import RELATIONSHIP, ROOM, TEXT, answers, texts
from tests.people import Browse
from zetwpo.scan.responses.models import OpenAnswer

TIP = "text-feed_forward-pedagogical"
REST = "The rest is saved."
BAD_TEXTS = {"too long": "x" * 4001, "invisible": "Before\0after"}
bad_texts = pytest.mark.parametrize("text", BAD_TEXTS.values(), ids=BAD_TEXTS)


@bad_texts
def test_the_button_saves_the_rest_of_a_self_scan(
    olga: Browser, draft: Scan, stored: Stored, text: str
) -> None:
    page = olga.get(f"{draft.path}/part/1").send({RELATIONSHIP: "5", ROOM: "2", TEXT: text})
    assert (page.status, page.errors) == (422, [TEXT])
    assert page.value(TEXT) == text.replace("\0", "")
    assert answers(stored) == {"relationship": 5, "room_to_try": 2}
    assert texts(stored) == []
    assert_it_says_so(page, "2 of the 19 answered")
    assert page.send({TEXT: "Short"}).location == f"{draft.path}/part/2"
    assert texts(stored) == ["Short"]


@bad_texts
def test_the_button_saves_the_rest_behind_a_link(
    student: Browser, asked: Asked, stored: Stored, text: str
) -> None:
    sent = {RELATIONSHIP: "cannot_judge", TIP: "A tip", TEXT: text}
    page = student.get(f"{asked.path}/part/1").send(sent)
    assert (page.status, page.errors) == (422, [TEXT])
    assert answers(stored, "student") == {"relationship": None}
    assert texts(stored) == ["A tip"]
    assert_it_says_so(page, "1 of the 18 answered")
    assert page.send({TEXT: "Short"}).location == f"{asked.path}/part/2"


def assert_it_says_so(page: Page, answered: str) -> None:
    """Expect a page that tells what is saved, and how far the form is by now."""
    assert REST in page.main.text
    assert answered in page.main.text
    [title] = page.tree.all("title")
    assert title.raw_text.startswith("Error:")
    assert answered in title.raw_text


@bad_texts
def test_an_autosave_saves_the_rest_and_names_what_it_did_not_save(
    olga: Browser, draft: Scan, stored: Stored, text: str
) -> None:
    page = olga.get(f"{draft.path}/part/1")
    reply = autosave(page, {RELATIONSHIP: "5", TEXT: text})
    assert reply.status == 422
    assert answers(stored) == {"relationship": 5}
    assert reply.json["refused"] == [TEXT]
    assert reply.json["answered"] == "1 of the 19 answered"
    assert reply.json["message"].endswith(f". {REST}")
    # What was saved is what the page shows, so the button does not clash with it.
    assert page.send({RELATIONSHIP: "6", "seen": reply.json["seen"]}).status == 303


@bad_texts
def test_an_autosave_of_nothing_else_claims_no_rest(
    student: Browser, asked: Asked, text: str
) -> None:
    reply = autosave(student.get(f"{asked.path}/part/1"), {TIP: text})
    assert (reply.status, reply.json["refused"]) == (422, [TIP])
    assert REST not in reply.json["message"]


def test_a_text_that_was_saved_before_stays_until_the_new_one_is_right(
    olga: Browser, draft: Scan, stored: Stored
) -> None:
    path = f"{draft.path}/part/1"
    olga.get(path).send({TEXT: "First"})
    page = olga.get(path).send({TEXT: "x" * 4001})
    assert texts(stored) == ["First"]
    assert page.send({TEXT: "Second"}).status == 303
    assert texts(stored) == ["Second"]


@pytest.mark.parametrize("by", ["button", "autosave"])
def test_of_a_clash_in_one_text_the_rest_is_saved(
    olga: Browser, browse: Browse, owner: Someone, draft: Scan, stored: Stored, by: str
) -> None:
    path = f"{draft.path}/part/1"
    page = olga.get(path)
    browse(owner).get(path).send({TEXT: "From the phone"})
    sent = {RELATIONSHIP: "5", TEXT: "From the laptop"}
    if by == "button":
        refused = page.send(sent)
        assert refused.errors == [TEXT]
        assert_it_says_so(refused, "1 of the 19 answered")
    else:
        reply = autosave(page, sent)
        assert reply.json["message"] == f"Changed on another device. Save to choose. {REST}"
        assert reply.json["refused"] == [TEXT]
        assert reply.status == 409
        # The choice is still to be made: the page has not shown the other text.
        refused = page.send(sent | {"seen": reply.json["seen"]})
    assert refused.status == 409
    assert answers(stored) == {"relationship": 5}
    assert texts(stored) == ["From the phone"]
    assert refused.send().status == 303
    assert texts(stored) == ["From the laptop"]


def test_a_clash_and_a_bad_field_are_two_things_at_once(
    student: Browser, browse: Browse, asked: Asked, stored: Stored
) -> None:
    path = f"{asked.path}/part/1"
    page = student.get(path)
    browse().get(path).send({TIP: "From the phone", TEXT: "Also from the phone"})
    sent = {RELATIONSHIP: "9", ROOM: "3", TIP: "From the laptop", TEXT: "x" * 4001}
    refused = page.send(sent)
    assert refused.status == 409
    # The text that is too long was changed elsewhere as well: both stand there.
    assert sorted(refused.errors) == sorted([RELATIONSHIP, TEXT, TEXT, TIP])
    assert {"From the phone", "Also from the phone"} <= {
        each.raw_text for each in refused.main.all("blockquote")
    }
    assert answers(stored, "student") == {"room_to_try": 3}
    assert refused.send({RELATIONSHIP: "1", TEXT: "Short"}).status == 303
    kept = stored.values(sa.select(OpenAnswer.text).order_by(OpenAnswer.text))
    assert kept == ["From the laptop", "Short"]
    assert answers(stored, "student") == {"room_to_try": 3, "relationship": 1}


def test_what_is_refused_shows_what_another_device_saved_meanwhile(
    olga: Browser, browse: Browse, owner: Someone, draft: Scan, stored: Stored
) -> None:
    page = olga.get(f"{draft.path}/part/1")
    browse(owner).get(f"{draft.path}/part/1").send({ROOM: "3"})
    refused = page.send({TEXT: "x" * 4001})
    # Nobody chose anything here, so what stands there is what is stored.
    assert refused.value(ROOM) == "3"
    assert refused.send({TEXT: "Short"}).status == 303
    assert answers(stored) == {"room_to_try": 3}
