"""An answer can be taken away again: by its button without a script, and by a save with one."""

from urllib.parse import urlencode

import pytest

from tests.application import Stored
from tests.factories import Asked, Scan, Someone
from tests.pages.client import Browser, Page
from tests.pages.html import Element
from tests.pages.test_autosave import autosave
from tests.pages.test_scan_parts import RELATIONSHIP, ROOM, TEXT, answers, texts
from tests.people import CLOSED, Browse

CLEAR = {"clear": RELATIONSHIP}
TIP = "text-feed_forward-pedagogical"


def statement(page: Page, name: str = RELATIONSHIP) -> Element:
    """The statement with this field."""
    return page.main.all("fieldset", id=f"at-{name.removeprefix('statement-')}")[0]


def test_each_statement_has_its_button_and_enter_takes_another(olga: Browser, draft: Scan) -> None:
    page = olga.get(f"{draft.path}/part/1")
    first, *rest = page.form().all("button")
    # Enter on a point presses the first button of the form.
    assert (first.get("name"), first.text) == ("", "Save and continue")
    pressed = [each.get("value") for each in rest if each.get("name") == "clear"]
    assert pressed == [each.all("input")[0].get("name") for each in page.form().all("fieldset")]
    assert len(pressed) == 5


@pytest.mark.parametrize("came_from", ["", "?from=check"])
def test_the_button_saves_the_rest_and_comes_back_to_the_statement(
    olga: Browser, draft: Scan, stored: Stored, came_from: str
) -> None:
    path = f"{draft.path}/part/1{came_from}"
    olga.get(path).send({RELATIONSHIP: "5", ROOM: "3"})
    page = olga.get(path).send({ROOM: "4", TEXT: "A lesson on fish"} | CLEAR)
    assert page.status == 303
    assert page.response.location.endswith(f"{path}#at-relationship")
    assert answers(stored) == {"room_to_try": 4}
    assert texts(stored) == ["A lesson on fish"]
    page = page.follow()
    assert statement(page).get("tabindex") == "-1"
    assert (page.value(RELATIONSHIP), page.value(ROOM)) == ("", "4")
    assert "1 of the 19 answered" in page.main.text


def test_it_takes_away_what_was_only_chosen_on_the_page(
    olga: Browser, draft: Scan, stored: Stored
) -> None:
    page = olga.get(f"{draft.path}/part/1").send({RELATIONSHIP: "5"} | CLEAR)
    assert page.status == 303
    assert answers(stored) == {}


def test_cannot_judge_can_be_taken_away_and_is_not_the_same(
    student: Browser, asked: Asked, stored: Stored
) -> None:
    path = f"{asked.path}/part/1"
    student.get(path).send({RELATIONSHIP: "cannot_judge", ROOM: "cannot_judge"})
    page = student.get(path).send({TIP: "A tip"} | CLEAR)
    assert page.response.location.endswith(f"{path}#at-relationship")
    assert answers(stored, "student") == {"room_to_try": None}
    assert texts(stored) == ["A tip"]


def test_one_bad_field_keeps_it_on_the_page_and_the_rest_is_saved(
    olga: Browser, draft: Scan, stored: Stored
) -> None:
    path = f"{draft.path}/part/1"
    olga.get(path).send({RELATIONSHIP: "5", TEXT: "Short"})
    page = olga.get(path).send({TEXT: "x" * 4001, ROOM: "2"} | CLEAR)
    assert (page.status, page.errors) == (422, [TEXT])
    assert page.value(TEXT) == "x" * 4001
    assert page.value(RELATIONSHIP) == ""
    assert answers(stored) == {"room_to_try": 2}
    assert texts(stored) == ["Short"]


def test_an_answer_from_another_device_is_not_taken_away_without_a_choice(
    olga: Browser, browse: Browse, owner: Someone, draft: Scan, stored: Stored
) -> None:
    path = f"{draft.path}/part/1"
    olga.get(path).send({RELATIONSHIP: "5"})
    page = olga.get(path)
    browse(owner).get(path).send({RELATIONSHIP: "6"})
    refused = page.send(CLEAR)
    assert (refused.status, refused.errors) == (409, [RELATIONSHIP])
    assert "to: 6. Save once more to leave it open." in statement(refused).text
    assert answers(stored) == {"relationship": 6}
    assert refused.value(RELATIONSHIP) == ""
    # A point of the scale is a choice too.
    again = olga.get(path)
    browse(owner).get(path).send({RELATIONSHIP: "7"})
    other = again.send(CLEAR)
    assert other.send({RELATIONSHIP: ["2", ""]}).location == f"{draft.path}/part/2"
    assert answers(stored) == {"relationship": 2}


def test_who_saves_once_more_leaves_it_open(
    student: Browser, browse: Browse, asked: Asked, stored: Stored
) -> None:
    path = f"{asked.path}/part/1"
    student.get(path).send({RELATIONSHIP: "5"})
    page = student.get(path)
    browse().get(path).send({RELATIONSHIP: "cannot_judge"})
    refused = page.send(CLEAR)
    assert refused.status == 409
    assert refused.send().location == f"{asked.path}/part/2"
    assert answers(stored, "student") == {}


def test_what_was_left_open_elsewhere_is_not_filled_in_without_a_choice(
    olga: Browser, browse: Browse, owner: Someone, draft: Scan, stored: Stored
) -> None:
    path = f"{draft.path}/part/1"
    olga.get(path).send({RELATIONSHIP: "5", ROOM: "3"})
    page = olga.get(path)
    browse(owner).get(path).send(CLEAR)
    # Nobody touched it here: the page sends all that it shows.
    refused = page.send({ROOM: "4"})
    assert (refused.status, refused.errors) == (409, [RELATIONSHIP])
    assert answers(stored) == {"room_to_try": 4}
    assert refused.send().status == 303
    assert answers(stored) == {"relationship": 5, "room_to_try": 4}


def test_an_autosave_stores_that_it_is_open(olga: Browser, draft: Scan, stored: Stored) -> None:
    path = f"{draft.path}/part/1"
    olga.get(path).send({RELATIONSHIP: "5", ROOM: "3"})
    page = olga.get(path)
    reply = autosave(page, {RELATIONSHIP: ""})
    assert reply.status == 200
    assert (reply.json["answered"], reply.json["done"]) == ("1 of the 19 answered", 1)
    assert answers(stored) == {"room_to_try": 3}
    # From now on the page shows nothing there, and another device may fill it in.
    seen = reply.json["seen"]
    assert page.send({RELATIONSHIP: "2", "seen": seen}).status == 303
    assert answers(stored) == {"relationship": 2, "room_to_try": 3}


def test_an_autosave_does_not_take_away_what_another_device_stored(
    olga: Browser, browse: Browse, owner: Someone, draft: Scan, stored: Stored
) -> None:
    path = f"{draft.path}/part/1"
    olga.get(path).send({RELATIONSHIP: "5"})
    page = olga.get(path)
    browse(owner).get(path).send({RELATIONSHIP: "6"})
    reply = autosave(page, {RELATIONSHIP: ""})
    assert (reply.status, reply.json["refused"]) == (409, [RELATIONSHIP])
    assert answers(stored) == {"relationship": 6}


def test_an_autosave_whose_answer_was_lost_left_it_open_itself(
    olga: Browser, draft: Scan, stored: Stored
) -> None:
    path = f"{draft.path}/part/1"
    olga.get(path).send({RELATIONSHIP: "5"})
    page = olga.get(path)
    autosave(page, {RELATIONSHIP: ""})
    sent = {RELATIONSHIP: "6"}
    assert autosave(page, sent).status == 409
    assert autosave(page, sent | {"tried": urlencode([(RELATIONSHIP, "")])}).status == 200
    assert answers(stored) == {"relationship": 6}


@pytest.mark.parametrize("strange", ["statement-unknown", TEXT, "relationship", "x"])
def test_a_button_of_no_statement_leaves_nothing_open(
    olga: Browser, draft: Scan, stored: Stored, strange: str
) -> None:
    path = f"{draft.path}/part/1"
    olga.get(path).send({RELATIONSHIP: "5", TEXT: "Stays"})
    page = olga.get(path).send({"clear": strange})
    assert page.status == 400
    assert answers(stored) == {"relationship": 5}
    assert texts(stored) == ["Stays"]


def test_who_is_signed_out_can_send_it_again(
    olga: Browser, browse: Browse, owner: Someone, draft: Scan, stored: Stored
) -> None:
    path = f"{draft.path}/part/1"
    olga.get(path).send({RELATIONSHIP: "5"})
    page = olga.get(path)
    olga.post("/sign-out")
    refused = page.send({TEXT: "Typed for long"} | CLEAR)
    assert refused.status == 401
    # The name of a field is nothing that somebody typed.
    assert [each.text for each in refused.main.all("blockquote")] == ["Typed for long"]
    assert refused.fields() == {
        "csrf_token": refused.token,
        "seen": f"{RELATIONSHIP}=5",
        RELATIONSHIP: "5",
        TEXT: "Typed for long",
        **CLEAR,
    }


def test_nobody_else_leaves_it_open(outsider: Browser, draft: Scan, stored: Stored) -> None:
    before = stored.everything()
    assert outsider.post(f"{draft.path}/part/1", CLEAR).status in CLOSED
    assert stored.everything() == before


def test_after_handing_in_it_stays(olga: Browser, scan: Scan, stored: Stored) -> None:
    before = stored.everything()
    assert olga.post(f"{scan.path}/part/1", CLEAR).status == 409
    assert olga.post(f"{scan.path}/part/1/autosave", {RELATIONSHIP: ""}).status == 409
    assert stored.everything() == before
