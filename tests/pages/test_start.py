"""The first page after signing in: one next step, and the way so far."""

from datetime import timedelta

import pytest
import time_machine

from tests.factories import Maker, Scan, Someone
from tests.pages.client import Page
from tests.people import Browse
from zetwpo import clock


def statuses(page: Page) -> list[str]:
    """How the four steps stand, in words."""
    return [each.text for each in page.main.all("p") if each.get("class") == "status"]


def test_it_begins_with_the_scan(browse: Browse, owner: Someone) -> None:
    page = browse(owner).get("/start")
    assert page.form().get("action") == "/scan/start"
    assert statuses(page) == ["your turn", "later", "later", "later"]


@pytest.mark.parametrize(
    ("marks", "ways"),
    [
        ("-", ["part/1"]),
        # What was left open in a part that was filled in was left open on purpose.
        ("5 - 5 5 5  5 5 -  5 5  - - - - -  - - - -", ["part/4", "check"]),
        ("- - - - -  5 5 5  - -  - - - - -  - - - -", ["part/1", "check"]),
        ("5 5 5 5 5  5 5 -  5 5  5 5 5 5 5  5 5 5 5", ["check"]),
    ],
)
def test_an_open_scan_goes_on_where_nothing_was_filled_in_yet(
    browse: Browse, owner: Someone, make: Maker, marks: str, ways: list[str]
) -> None:
    scan = make.draft_scan(owner, marks)
    page = browse(owner).get("/start")
    [card] = [each for each in page.main.all("section") if each.get("aria-labelledby") == "next"]
    assert [each.get("href") for each in card.all("a")] == [f"{scan.path}/{way}" for way in ways]
    assert f"{sum(mark == '5' for mark in marks)} of the 19" in card.text
    assert statuses(page) == ["your turn", "possible now", "later", "later"]


def test_a_part_with_an_example_only_was_filled_in(
    browse: Browse, owner: Someone, make: Maker
) -> None:
    scan = make.draft_scan(owner, "-", {"pedagogical": "An example"})
    assert f"{scan.path}/part/2" in browse(owner).get("/start").links


def test_a_full_scan_leads_to_the_check(browse: Browse, owner: Someone, make: Maker) -> None:
    scan = make.draft_scan(owner, 5)
    assert f"{scan.path}/check" in browse(owner).get("/start").links


def test_a_scan_that_is_in_leads_to_the_result(browse: Browse, owner: Someone, scan: Scan) -> None:
    page = browse(owner).get("/start")
    assert f"{scan.path}/result" in page.links
    assert statuses(page) == ["done", "possible now", "your turn", "possible now"]


def test_it_counts_whom_was_asked_and_what_was_shared(
    browse: Browse, owner: Someone, scan: Scan, make: Maker
) -> None:
    make.shared(make.asked(scan, "Noor"))
    make.drafted(make.asked(scan, "Daan"))
    make.withdrawn(make.asked(scan, "Youssef"))
    page = browse(owner).get("/start")
    asking = page.main.all("li")[1].text
    assert "2 people" in asking
    assert "once" in asking
    assert statuses(page)[1] == "done"


def test_a_learning_question_closes_the_round_and_a_new_scan_opens_one(
    browse: Browse, owner: Someone, scan: Scan, make: Maker
) -> None:
    make.learning_question(scan, "Why do I take the lead?")
    page = browse(owner).get("/start")
    assert statuses(page) == ["done", "possible now", "done", "done"]
    assert f"{scan.path}/learning-question" in page.links
    with time_machine.travel(clock.now() + timedelta(days=180)):
        make.draft_scan(owner)
        page = browse(owner).get("/start")
    assert statuses(page)[0] == "your turn"
    assert f"{scan.path}/result" in page.links


def test_only_handed_in_scans_are_listed_as_earlier(
    browse: Browse, owner: Someone, make: Maker
) -> None:
    first = make.scan(owner)
    with time_machine.travel(clock.now() + timedelta(days=1)):
        second = make.scan(owner)
    page = browse(owner).get("/start")
    earlier = [each for each in page.links if each == f"{first.path}/result"]
    assert len(earlier) == 1
    assert f"{second.path}/result" in page.links


def test_colleagues_get_a_page_without_anybodys_scan(
    browse: Browse, scan: Scan, colleague: Someone
) -> None:
    page = browse(colleague).get("/start")
    assert colleague.name in page.heading
    assert "/scan/" not in page.response.text
    assert scan.owner.name not in page.text


def test_another_supervisor_sees_an_own_beginning(
    browse: Browse, scan: Scan, stranger: Someone
) -> None:
    assert str(scan.id) not in browse(stranger).get("/start").response.text


def test_who_is_signed_out_is_asked_to_sign_in(browse: Browse) -> None:
    assert browse().get("/start").location.startswith("/sign-in?next=/start")
