"""Taking everything out, and deleting everything."""

import pytest

from tests.application import Stored
from tests.factories import Asked, Maker, Scan, Someone
from tests.mailbox import Mailbox
from tests.pages.client import Browser
from tests.people import Browse

MARKS = {
    "example": "MARK-own-example",
    "word": "MARK-personal-word",
    "shared": "MARK-shared",
    "drafted": "MARK-drafted",
    "question": "MARK-question",
    "open": "MARK-open-scan",
}


@pytest.fixture
def full(make: Maker, owner: Someone) -> Scan:
    """Somebody with something in every table."""
    scan = make.scan(owner, examples={"gatekeeper": MARKS["example"]})
    noor = make.asked(scan, "Noor", word=MARKS["word"])
    make.shared(noor, feed_forward={"gatekeeper": MARKS["shared"]})
    make.drafted(make.asked(scan, "Daan"), feed_forward={"gatekeeper": MARKS["drafted"]})
    make.learning_question(scan, MARKS["question"])
    make.draft_scan(owner, "-", {"gatekeeper": MARKS["open"]})
    return scan


def test_the_file_holds_everything_about_the_person(olga: Browser, full: Scan) -> None:
    page = olga.get("/my-data/all.json")
    assert "attachment" in page.response.headers["Content-Disposition"]
    text = page.response.text
    for key in ("example", "shared", "question", "open"):
        assert MARKS[key] in text
    assert full.owner.email in text
    assert page.json["scans"][1]["asked"][0]["name"] == "Noor"


def test_the_file_holds_what_was_written_to_others_too(olga: Browser, full: Scan) -> None:
    assert MARKS["word"] in olga.get("/my-data/all.json").response.text


def test_the_file_holds_nothing_that_others_did_not_share(olga: Browser, full: Scan) -> None:
    assert MARKS["drafted"] not in olga.get("/my-data/all.json").response.text


def test_the_file_of_a_colleague_holds_the_colleague(
    browse: Browse, full: Scan, colleague: Someone
) -> None:
    text = browse(colleague).get("/my-data/all.json").response.text
    assert colleague.email in text
    assert "MARK" not in text


def test_deleting_asks_to_be_sure(olga: Browser, full: Scan, stored: Stored) -> None:
    before = stored.everything()
    page = olga.get("/my-data").send()
    assert (page.status, page.errors) == (422, ["sure"])
    assert stored.everything() == before


def test_deleted_is_deleted_and_signed_out(
    olga: Browser, full: Scan, stored: Stored, mailbox: Mailbox
) -> None:
    mailbox.deliver()
    assert olga.get("/my-data").send({"sure": "y"}).location == "/"
    rows = repr(stored.everything())
    found = [mark for mark in MARKS.values() if mark in rows]
    assert found == []
    assert full.owner.name not in rows
    assert full.owner.email not in rows
    assert olga.get("/start").location.startswith("/sign-in")


def test_after_deleting_no_mail_leaves_any_more(
    olga: Browser, full: Scan, mailbox: Mailbox
) -> None:
    olga.get("/my-data").send({"sure": "y"})
    assert mailbox.deliver() == []


def test_deleting_leaves_others_alone(
    olga: Browser, full: Scan, make: Maker, stranger: Someone, browse: Browse
) -> None:
    other = make.scan(stranger)
    asked = make.asked(other, "Noor")
    olga.get("/my-data").send({"sure": "y"})
    assert browse(stranger).get(f"{other.path}/result").status == 200
    assert browse().get(asked.path).status == 200


def test_after_deleting_the_links_of_others_say_that_they_do_not_work(
    olga: Browser, asked: Asked, browse: Browse
) -> None:
    olga.get("/my-data").send({"sure": "y"})
    assert browse().get(asked.path).status == 404


def test_only_who_is_signed_in_has_data_here(browse: Browse, stored: Stored) -> None:
    assert browse().get("/my-data").location.startswith("/sign-in")
    assert browse().get("/my-data/all.json").location.startswith("/sign-in")
    assert browse().post("/my-data/delete", {"sure": "y"}).status == 401
