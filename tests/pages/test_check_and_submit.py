"""Checking everything and handing it in."""

import pytest

from tests.application import Stored
from tests.factories import Maker, Scan, Someone
from tests.pages.client import Browser
from tests.people import CLOSED, Browse
from zetwpo.audit import AuditEntry
from zetwpo.scan.self_scan.models import Scan as ScanRow

SUBMITTED = AuditEntry.action == "scan submitted"


@pytest.fixture
def full(make: Maker, owner: Someone) -> Scan:
    """A scan in which everything stands that one can fill in, apart from one statement."""
    marks = "1 2 3 4 5  6 7 -  2 3  4 5 6 7 1  2 3 4 5"
    return make.draft_scan(owner, marks, {"gatekeeper": "An example of mine"})


def test_it_shows_every_answer_with_a_way_back_to_each_part(olga: Browser, full: Scan) -> None:
    page = olga.get(f"{full.path}/check")
    shown = [each.text for each in page.main.all("dd")]
    marks = " ".join(shown).replace("not answered", "-")
    assert marks == "1 2 3 4 5 6 7 - 2 3 4 5 6 7 1 2 3 4 5"
    assert "An example of mine" in page.text
    assert "18 of the 19" in page.text
    assert {f"{full.path}/part/{number}?from=check" for number in range(1, 6)} <= set(page.links)


def test_it_says_where_statements_are_open_and_leads_to_the_first(
    olga: Browser, make: Maker, owner: Someone
) -> None:
    scan = make.draft_scan(owner, "1 2 3 4 5  6 7 6  2 3  4 - 6 7 -  2 - 4 5")
    page = olga.get(f"{scan.path}/check")
    assert "Still open: 3 statements – teacher of teachers (2), learning professional (1)" in (
        page.main.text
    )
    assert f"{scan.path}/part/4?from=check#at-open_to_questions" in page.links
    assert "shows no mean" not in page.main.text


def test_it_warns_about_the_parts_that_will_show_no_mean(
    olga: Browser, make: Maker, owner: Someone
) -> None:
    scan = make.draft_scan(owner, "1 2 - - -  6 7 6  2 -  4 4 6 7 4  - - - -")
    page = olga.get(f"{scan.path}/check")
    [warning] = [each.text for each in page.main.all("p") if "shows no mean" in each.text]
    assert warning.endswith("now that is so for: coach and learning professional.")


def test_a_full_scan_is_warned_about_nothing(olga: Browser, make: Maker, owner: Someone) -> None:
    scan = make.draft_scan(owner, 4)
    assert "Still open" not in olga.get(f"{scan.path}/check").main.text


def test_where_nothing_was_filled_in_there_is_nothing_to_hand_in(
    olga: Browser, draft: Scan
) -> None:
    page = olga.get(f"{draft.path}/check")
    assert "You haven't filled in anything yet." in page.main.text
    assert page.main.all("form") == []
    assert page.main.all("a")[0].get("href") == f"{draft.path}/part/1"


def test_an_example_alone_is_shown_and_not_handed_in(
    olga: Browser, make: Maker, owner: Someone
) -> None:
    scan = make.draft_scan(owner, "-", {"gatekeeper": "An example of mine"})
    page = olga.get(f"{scan.path}/check")
    assert "An example of mine" in page.main.text
    assert page.main.all("form") == []
    assert f"{scan.path}/part/1" in page.links


def test_who_changes_one_part_comes_back_to_the_answers(olga: Browser, full: Scan) -> None:
    [way] = [
        each for each in olga.get(f"{full.path}/check").links if each.endswith("/part/2?from=check")
    ]
    page = olga.get(way)
    assert page.form().all("button")[0].text == "Save and return to your answers"
    assert f"{full.path}/part/1" not in page.links
    wrong = page.send({"statement-contact_with_colleagues": "9"})
    assert wrong.status == 422
    assert wrong.form().get("action") == way
    assert page.send().location == f"{full.path}/check"


def test_the_way_back_outlives_a_form_that_was_refused(olga: Browser, full: Scan) -> None:
    path = f"{full.path}/part/2?from=check"
    page = olga.post(path, {"text-example-organisational": "An example"}, token="too old")
    assert page.send().location == f"{full.path}/check"


def test_a_way_back_that_we_do_not_know_is_none(olga: Browser, full: Scan) -> None:
    for strange in ("//evil.example", "check%0d%0a", ""):
        page = olga.get(f"{full.path}/part/2?from={strange}")
        assert page.form().get("action") == f"{full.path}/part/2"
        assert page.send().location == f"{full.path}/part/3"


def test_handing_in_opens_the_result(olga: Browser, full: Scan, stored: Stored) -> None:
    page = olga.get(f"{full.path}/check").send()
    assert page.location == f"{full.path}/finished"
    assert f"{full.path}/result" in page.follow().links
    assert stored.count(ScanRow, ScanRow.submitted_at.is_not(None)) == 1
    assert stored.count(AuditEntry, SUBMITTED, AuditEntry.actor_id == full.owner.id) == 1


def test_handing_in_twice_changes_nothing(olga: Browser, full: Scan, stored: Stored) -> None:
    page = olga.get(f"{full.path}/check")
    page.send()
    before = stored.everything()
    assert page.send().location == f"{full.path}/finished"
    assert stored.everything() == before


def test_after_handing_in_there_is_nothing_to_check(olga: Browser, scan: Scan) -> None:
    assert olga.get(f"{scan.path}/check").location == f"{scan.path}/result"


def test_an_empty_scan_is_not_handed_in(olga: Browser, draft: Scan, stored: Stored) -> None:
    assert olga.post(f"{draft.path}/submit").status == 422
    assert stored.count(ScanRow, ScanRow.submitted_at.is_not(None)) == 0


def test_nobody_else_checks_or_hands_in(outsider: Browser, full: Scan, stored: Stored) -> None:
    before = stored.everything()
    assert outsider.get(f"{full.path}/check").status in CLOSED
    assert outsider.post(f"{full.path}/submit").status in CLOSED
    assert stored.everything() == before


def test_who_is_signed_out_hands_nothing_in(browse: Browse, full: Scan, stored: Stored) -> None:
    assert browse().get(f"{full.path}/check").location.startswith("/sign-in")
    assert browse().post(f"{full.path}/submit").status == 401
    assert stored.count(AuditEntry, SUBMITTED) == 0
