"""Saving in the background, while somebody fills in."""

from collections.abc import Mapping
from urllib.parse import urlencode

import pytest

from tests.application import Stored
from tests.factories import Asked, Scan, Someone
from tests.pages.client import Browser, Page
from tests.pages.test_scan_parts import RELATIONSHIP, ROOM, TEXT, answers, texts
from tests.people import CLOSED, Browse


def autosave(page: Page, changed: Mapping[str, str]) -> Page:
    """What the script of the page sends: the fields that changed, and what the page showed."""
    sent = page.fields()
    path = page.form().get("data-autosave")
    return page.browser.post(path, {"seen": sent["seen"], **changed}, token=sent["csrf_token"])


def test_it_stores_what_was_sent_and_leaves_the_rest(
    olga: Browser, draft: Scan, stored: Stored
) -> None:
    page = olga.get(f"{draft.path}/part/1")
    page.send({ROOM: "2", TEXT: "Stays"})
    reply = autosave(olga.get(f"{draft.path}/part/1"), {RELATIONSHIP: "5"})
    assert reply.status == 200
    assert reply.json["message"]
    assert answers(stored) == {"room_to_try": 2, "relationship": 5}
    assert texts(stored) == ["Stays"]


def test_after_it_the_button_saves_without_a_clash(olga: Browser, draft: Scan) -> None:
    page = olga.get(f"{draft.path}/part/1")
    seen = autosave(page, {RELATIONSHIP: "5", TEXT: "A text"}).json["seen"]
    sent = {RELATIONSHIP: "6", TEXT: "A longer text", "seen": seen}
    assert page.send(sent).location == f"{draft.path}/part/2"


def test_a_save_whose_answer_was_lost_is_not_another_device(
    olga: Browser, draft: Scan, stored: Stored
) -> None:
    page = olga.get(f"{draft.path}/part/1")
    autosave(page, {RELATIONSHIP: "5", TEXT: "A\r\nless "})
    sent = {RELATIONSHIP: "6", TEXT: "A lesson"}
    assert autosave(page, sent).status == 409
    tried = urlencode([(TEXT, "A\nless "), (TEXT, "A\nlesso"), (RELATIONSHIP, "5")])
    assert autosave(page, sent | {"tried": tried}).status == 200
    assert answers(stored) == {"relationship": 6}
    assert texts(stored) == ["A lesson"]


def test_the_button_may_tell_of_such_a_save_too(olga: Browser, draft: Scan) -> None:
    page = olga.get(f"{draft.path}/part/1")
    autosave(page, {RELATIONSHIP: "5"})
    sent = {RELATIONSHIP: "6", "tried": f"{RELATIONSHIP}=5"}
    assert page.send(sent).location == f"{draft.path}/part/2"


@pytest.mark.parametrize(
    "tried", ["x", "unknown=5&seen=1", "statement-relationship=8", "&=&", "\0=%ff"]
)
def test_what_it_cannot_read_of_earlier_saves_excuses_nothing(
    olga: Browser, draft: Scan, tried: str
) -> None:
    page = olga.get(f"{draft.path}/part/1")
    autosave(page, {RELATIONSHIP: "5"})
    assert autosave(page, {RELATIONSHIP: "6", "tried": tried}).status == 409


def test_it_tells_how_far_the_form_is_by_now(olga: Browser, draft: Scan) -> None:
    olga.get(f"{draft.path}/part/1").send({ROOM: "2"})
    page = olga.get(f"{draft.path}/part/1")
    reply = autosave(page, {RELATIONSHIP: "5", ROOM: "3"})
    assert reply.json["answered"] == "2 of the 19 answered"
    # The script looks for these words in the title.
    [title] = page.tree.all("title")
    assert "1 of the 19 answered" in title.raw_text


def test_what_changed_elsewhere_is_not_overwritten(
    olga: Browser, browse: Browse, owner: Someone, draft: Scan, stored: Stored
) -> None:
    page = olga.get(f"{draft.path}/part/1")
    browse(owner).get(f"{draft.path}/part/1").send({RELATIONSHIP: "6"})
    reply = autosave(page, {RELATIONSHIP: "2"})
    assert reply.status == 409
    assert reply.json["message"]
    assert answers(stored) == {"relationship": 6}


def test_it_does_not_hide_what_changed_elsewhere_in_another_field(
    olga: Browser, browse: Browse, owner: Someone, draft: Scan, stored: Stored
) -> None:
    olga.get(f"{draft.path}/part/1").send({RELATIONSHIP: "3"})
    page = olga.get(f"{draft.path}/part/1")
    browse(owner).get(f"{draft.path}/part/1").send({RELATIONSHIP: "6"})
    seen = autosave(page, {ROOM: "2"}).json["seen"]
    # The page still shows 3, so the button sends that.
    assert page.send({ROOM: "2", "seen": seen}).status == 409
    assert answers(stored)["relationship"] == 6


@pytest.mark.parametrize(
    ("sent", "status"),
    [({RELATIONSHIP: "8"}, 422), ({TEXT: "x" * 5000}, 422), ({"unknown": "1"}, 400)],
)
def test_what_it_refuses_it_does_not_store(
    olga: Browser, draft: Scan, stored: Stored, sent: dict[str, str], status: int
) -> None:
    reply = autosave(olga.get(f"{draft.path}/part/1"), sent)
    assert reply.status == status
    assert answers(stored) == {}
    assert texts(stored) == []


def test_who_is_signed_out_is_told(olga: Browser, draft: Scan, stored: Stored) -> None:
    page = olga.get(f"{draft.path}/part/1")
    olga.post("/sign-out")
    fields = {RELATIONSHIP: "5"}
    assert olga.post(page.form().get("data-autosave"), fields).status == 401
    assert answers(stored) == {}


def test_nobody_else_can_use_it(outsider: Browser, draft: Scan, stored: Stored) -> None:
    path = f"{draft.path}/part/1/autosave"
    assert outsider.post(path, {RELATIONSHIP: "1"}).status in CLOSED
    assert answers(stored) == {}


def test_after_handing_in_it_stores_nothing(olga: Browser, scan: Scan, stored: Stored) -> None:
    before = stored.everything()
    assert olga.post(f"{scan.path}/part/1/autosave", {RELATIONSHIP: "1"}).status == 409
    assert stored.everything() == before


def test_it_works_by_the_link_as_well(browse: Browse, asked: Asked, stored: Stored) -> None:
    page = browse().get(f"{asked.path}/part/1")
    reply = autosave(page, {RELATIONSHIP: "cannot_judge"})
    assert reply.status == 200
    assert answers(stored, "student")["relationship"] is None
