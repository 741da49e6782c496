"""Taking everything out, and deleting everything."""

from datetime import timedelta

import pytest
import time_machine

from tests.application import Stored
from tests.factories import Asked, Maker, Scan, Someone
from tests.forms import SCHOOL_TRAINER
from tests.mailbox import Mailbox
from tests.pages.client import Browser
from tests.people import Browse
from zetwpo import clock

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


def test_the_file_holds_what_one_was_asked_and_wrote_about_others(
    browse: Browse, scan: Scan, make: Maker, trainer: Someone
) -> None:
    asked = make.asked(scan, "Tess", SCHOOL_TRAINER, word="MARK-word", email=trainer.email)
    make.drafted(asked, feed_forward={"gatekeeper": "MARK-unshared"})
    [given] = browse(trainer).get("/my-data/all.json").json["feedback_on_others"]
    assert (given["supervisor"], given["word"]) == (scan.owner.name, "MARK-word")
    assert given["status"] == "open"
    assert [each["text"] for each in given["filled_in"]["texts"]] == ["MARK-unshared"]
    assert {each["answer"] for each in given["filled_in"]["answers"].values()} == {5}


def test_the_file_holds_nothing_of_what_others_were_asked(
    browse: Browse, asked: Asked, make: Maker, trainer: Someone
) -> None:
    make.drafted(asked)
    assert browse(trainer).get("/my-data/all.json").json["feedback_on_others"] == []


def test_the_readable_file_holds_the_same_in_words(
    browse: Browse, full: Scan, make: Maker, stranger: Someone
) -> None:
    asked = make.asked(make.scan(stranger), "Olga", word="MARK-asked", email=full.owner.email)
    make.drafted(asked, feed_forward={"gatekeeper": "MARK-unshared"})
    for language, words, role, name in (
        ("nl", "Mijn gegevens", "werkplekbegeleider", "mijn-gegevens"),
        ("en", "My data", "workplace supervisor", "my-data"),
    ):
        page = browse(full.owner, language).get("/my-data/all.html")
        assert role in page.text
        file_name = f'filename="{name}-{clock.today().isoformat()}.html"'
        assert file_name in page.response.headers["Content-Disposition"]
        assert page.heading == words
        held = {*MARKS.values(), "MARK-asked", "MARK-unshared"} - {MARKS["drafted"]}
        assert {mark for mark in held if mark not in page.text} == set()
        assert MARKS["drafted"] not in page.text
        assert "None" not in page.text
        assert stranger.name in page.text


def test_the_readable_file_stands_on_its_own_and_runs_nothing(
    olga: Browser, make: Maker, owner: Someone
) -> None:
    nasty = '<script>alert("x")</script>'
    make.learning_question(make.scan(owner, 4, {"gatekeeper": nasty}), nasty)
    page = olga.get("/my-data/all.html")
    quotes = [each.text for each in page.main.all("blockquote")]
    assert quotes == [nasty, nasty]
    assert page.tree.all("script", "link", "img", "a", "form") == []
    assert page.response.text.startswith("<!doctype html>")


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


@pytest.mark.parametrize("become", ["asked", "drafted", "planned", "held", "declined", "withdrawn"])
def test_deleting_takes_what_was_not_shared_and_the_supervisor_sees_no_difference(
    browse: Browse,
    scan: Scan,
    make: Maker,
    trainer: Someone,
    stored: Stored,
    mailbox: Mailbox,
    become: str,
) -> None:
    asked = make.asked(scan, "Tess", SCHOOL_TRAINER, email=trainer.email)
    if become in {"drafted", "planned", "held", "declined"}:
        getattr(make, become)(asked, feed_forward={"gatekeeper": "MARK-unshared"})
    if become == "withdrawn":
        make.drafted(asked, feed_forward={"gatekeeper": "MARK-unshared"})
        make.withdrawn(asked)
    olga = browse(scan.owner)
    paths = [f"{scan.path}/feedback", f"{scan.path}/result", "/my-data/all.json", "/start"]

    def look() -> list[str]:
        pages = [olga.get(path) for path in paths]
        return [page.text or page.response.text for page in pages]

    with time_machine.travel(clock.now(), tick=False):
        before = look()
        browse(trainer).get("/my-data").send({"sure": "y"})
        assert look() == before
    assert "MARK-unshared" not in repr(stored.everything())
    with time_machine.travel(clock.now() + timedelta(days=20)):
        assert mailbox.to(scan.owner.email) == []
    assert mailbox.to(trainer.email) == []


def test_deleting_leaves_what_was_shared_with_whom_it_was_given_to(
    browse: Browse, scan: Scan, make: Maker, trainer: Someone
) -> None:
    asked = make.asked(scan, "Tess", SCHOOL_TRAINER, email=trainer.email)
    make.shared(asked, feed_forward={"gatekeeper": "Given to you"})
    page = browse(trainer).get("/my-data")
    [tick] = page.main.all("input", name="sure")
    [words] = page.main.all(id=tick.get("aria-describedby"))
    assert "stays with them" in words.text
    page.send({"sure": "y"})
    assert "Given to you" in browse(scan.owner).get(f"{scan.path}/result").text


def test_after_deleting_the_links_of_others_say_that_it_is_gone(
    olga: Browser, asked: Asked, browse: Browse
) -> None:
    olga.get("/my-data").send({"sure": "y"})
    assert browse().get(asked.path).status == 410


def test_only_who_is_signed_in_has_data_here(browse: Browse, stored: Stored) -> None:
    assert browse().get("/my-data").location.startswith("/sign-in")
    assert browse().get("/my-data/all.json").location.startswith("/sign-in")
    assert browse().get("/my-data/all.html").location.startswith("/sign-in")
    assert browse().post("/my-data/delete", {"sure": "y"}).status == 401
