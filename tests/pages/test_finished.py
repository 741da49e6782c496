"""The moment after handing in: what somebody did, and what comes next."""

from datetime import timedelta

import pytest
import time_machine

from tests.application import Stored
from tests.factories import Maker, Scan, Someone
from tests.pages.client import Browser
from tests.people import Browse
from zetwpo import clock


def test_handing_in_leads_to_it_and_it_may_be_looked_at_again(
    olga: Browser, make: Maker, owner: Someone, stored: Stored
) -> None:
    draft = make.draft_scan(owner, 4)
    page = olga.get(f"{draft.path}/check").send()
    assert page.location == f"{draft.path}/finished"
    before = stored.everything()
    for _look in range(2):
        page = olga.get(f"{draft.path}/finished")
        assert page.status == 200
        assert page.main.all("form") == []
    assert stored.everything() == before


def test_where_nobody_was_asked_it_leads_to_asking(olga: Browser, scan: Scan) -> None:
    page = olga.get(f"{scan.path}/finished")
    ways = [f"{scan.path}/result", f"{scan.path}/feedback", "/start"]
    assert [each.get("href") for each in page.main.all("a")] == ways
    assert "asked" not in page.main.text


@pytest.mark.parametrize(("names", "words"), [("Noor", "one person"), ("Noor Daan", "2 people")])
def test_who_asked_need_not_ask_and_learns_nothing_of_those_who_did_not_share(
    olga: Browser, scan: Scan, make: Maker, names: str, words: str
) -> None:
    asked = [make.asked(scan, name) for name in names.split()]
    make.withdrawn(make.asked(scan, "Youssef"))
    page = olga.get(f"{scan.path}/finished")
    assert f"You asked {words} for feedback." in page.main.text
    ways = [f"{scan.path}/result", "/start"]
    assert [each.get("href") for each in page.main.all("a")] == ways
    before = page.main.text
    # Begun, planned and declined look the same.
    for become in (make.drafted, make.planned, make.declined):
        become(asked[0])
        assert olga.get(f"{scan.path}/finished").main.text == before


def test_nobody_is_waited_for_of_whom_nothing_comes_any_more(
    olga: Browser, browse: Browse, owner: Someone, scan: Scan, make: Maker
) -> None:
    make.retracted(make.asked(scan, "Noor"))
    make.planned(make.asked(scan, "Daan"), clock.today() + timedelta(days=60))
    make.asked(scan, "Mila")
    assert "You asked 2 people for feedback." in olga.get(f"{scan.path}/finished").main.text
    with time_machine.travel(clock.now() + timedelta(weeks=7)):
        page = browse(owner).get(f"{scan.path}/finished")
    assert "asked" not in page.main.text
    assert f"{scan.path}/feedback" in page.links


def test_what_was_shared_is_told(olga: Browser, scan: Scan, make: Maker) -> None:
    make.shared(make.asked(scan, "Noor"))
    make.asked(scan, "Daan")
    page = olga.get(f"{scan.path}/finished")
    assert "One person shared feedback with you." in page.main.text
    assert f"{scan.path}/feedback" not in page.links


def test_after_a_rescan_it_tells_of_what_changed(
    browse: Browse, owner: Someone, scan: Scan, make: Maker
) -> None:
    assert "changed" not in browse(owner).get(f"{scan.path}/finished").main.text
    with time_machine.travel(clock.now() + timedelta(days=1)):
        again = make.scan(scan.owner)
        page = browse(owner).get(f"{again.path}/finished")
    assert "It also shows what changed since your scan of" in page.main.text


def test_what_is_not_finished_leads_to_the_check(olga: Browser, draft: Scan) -> None:
    assert olga.get(f"{draft.path}/finished").location == f"{draft.path}/check"


def test_nobody_else_sees_it(outsider: Browser, scan: Scan) -> None:
    assert outsider.get(f"{scan.path}/finished").status == 404


def test_who_is_signed_out_is_asked_to_sign_in(browse: Browse, scan: Scan) -> None:
    assert browse().get(f"{scan.path}/finished").location.startswith("/sign-in?next=")
