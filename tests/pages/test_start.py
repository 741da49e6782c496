"""The first page after signing in: one next step, and the way so far."""

from datetime import timedelta

import pytest
import time_machine

from tests.application import Stored
from tests.factories import Maker, Scan, Someone
from tests.pages.client import Browser, Page
from tests.people import Browse
from zetwpo import clock
from zetwpo.audit import AuditEntry
from zetwpo.first_names import first_name
from zetwpo.i18n import day, writing_in
from zetwpo.library.questionnaires import load
from zetwpo.scan.responses.models import Response
from zetwpo.scan.self_scan.models import Scan as ScanRow


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
        (
            "5 - 5 5 5  5 5 -  5 5  - - - - -  - - - -",
            ["part/1#at-tailored_guidance", "check"],
        ),
        # What is open after the end was left open in passing.
        (
            "5 5 5 5 5  5 5 -  5 5  5 5 5 5 5  5 5 5 5",
            ["check", "part/2#at-goals_and_activities"],
        ),
    ],
)
def test_an_open_scan_goes_on_at_the_first_statement_that_is_open(
    browse: Browse, owner: Someone, make: Maker, marks: str, ways: list[str]
) -> None:
    scan = make.draft_scan(owner, marks)
    page = browse(owner).get("/start")
    [card] = [each for each in page.main.all("section") if each.get("aria-labelledby") == "next"]
    assert [each.get("href") for each in card.all("a")] == [f"{scan.path}/{way}" for way in ways]
    assert f"{sum(mark == '5' for mark in marks)} of the 19" in card.text
    assert statuses(page) == ["your turn", "possible now", "later", "later"]


def test_a_part_with_an_example_only_has_open_statements(
    browse: Browse, owner: Someone, make: Maker
) -> None:
    scan = make.draft_scan(owner, "-", {"pedagogical": "An example"})
    assert f"{scan.path}/part/1#at-relationship" in browse(owner).get("/start").links


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
    assert "One person shared" in asking
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


QUESTION = "Why do I take the lead?"
GATEKEEPER = load().current.axis("gatekeeper").title.en


def shown_question(page: Page) -> list[tuple[str, str]]:
    """The learning question with what stands under it."""
    found = [each for each in page.main.all("figure") if each.get("class") == "question"]
    for each in found:
        assert [words.get("dir") for words in each.all("blockquote")] == ["auto"]
    return [(each.all("blockquote")[0].text, each.all("figcaption")[0].text) for each in found]


def test_the_newest_saved_question_stands_there_in_words(
    browse: Browse, owner: Someone, scan: Scan, make: Maker
) -> None:
    olga = browse(owner)
    assert shown_question(olga.get("/start")) == []
    make.learning_question_draft(scan, "Not yet")
    page = olga.get("/start")
    assert shown_question(page) == []
    assert statuses(page)[2:] == ["done", "your turn"]
    [card] = [each for each in page.main.all("section") if each.get("aria-labelledby") == "next"]
    assert card.all("a")[0].get("href") == f"{scan.path}/learning-question"
    make.learning_question(scan, "An earlier one", "gatekeeper")
    make.learning_question(scan, QUESTION, "gatekeeper")
    make.learning_question_draft(scan, "Not yet")
    with writing_in("en"):
        today = day(clock.now())
    assert shown_question(olga.get("/start")) == [
        (QUESTION, f"{GATEKEEPER} · after your scan of {today}")
    ]


def test_after_a_new_scan_the_question_stays_until_that_has_its_own(
    browse: Browse, owner: Someone, scan: Scan, make: Maker
) -> None:
    make.learning_question(scan, QUESTION, "gatekeeper")
    first = shown_question(browse(owner).get("/start"))
    with time_machine.travel(clock.now() + timedelta(days=180)):
        olga = browse(owner)
        again = make.draft_scan(owner)
        page = olga.get("/start")
        assert shown_question(page) == first
        assert f"{scan.path}/learning-question" in page.links
        assert statuses(page)[0] == "your turn"
        again = make.scan(owner)
        page = olga.get("/start")
        assert shown_question(page) == first
        assert statuses(page)[2:] == ["your turn", "possible now"]
        make.learning_question(again, "What now?", "gatekeeper")
        [(words, _caption)] = shown_question(olga.get("/start"))
        assert words == "What now?"


def test_nobody_elses_question_stands_there(
    browse: Browse, owner: Someone, stranger: Someone, scan: Scan, make: Maker
) -> None:
    make.learning_question(scan, QUESTION)
    make.scan(stranger)
    assert shown_question(browse(stranger).get("/start")) == []


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


def test_of_an_earlier_scan_everything_stays_one_link_away(
    browse: Browse, owner: Someone, make: Maker
) -> None:
    first = make.scan(owner)
    asked = make.asked(first, "Noor")
    with time_machine.travel(clock.now() + timedelta(days=1)):
        make.draft_scan(owner)
        olga = browse(owner)
        page = olga.get("/start")
        for ending in ("result", "learning-question", "feedback"):
            assert f"{first.path}/{ending}" in page.links
        olga.get(f"/scan/feedback/{asked.id}/withdraw").send(form="withdraw")
    assert browse().get(asked.path).status == 410


def test_a_new_scan_is_started_by_a_second_press(
    browse: Browse, owner: Someone, scan: Scan, stored: Stored
) -> None:
    olga = browse(owner)
    page = olga.get("/start")
    assert not [each for each in page.main.all("form") if "/scan/start" in each.get("action")]
    before = stored.everything()
    page = olga.get(next(each for each in page.links if each.endswith("/again")))
    assert stored.everything() == before
    assert "/start" in page.links
    assert page.send().follow().path.endswith("/part/1")


def test_an_empty_scan_can_be_taken_back(
    browse: Browse, owner: Someone, scan: Scan, stored: Stored, make: Maker
) -> None:
    before = stored.count(ScanRow), stored.count(Response)
    with time_machine.travel(clock.now() + timedelta(days=1)):
        empty = make.draft_scan(owner)
        olga = browse(owner)
        page = olga.get("/start").send(form=f"{empty.path}/delete").follow()
        assert f"{scan.path}/result" in page.links
        assert olga.get(f"{empty.path}/part/1").status == 404
    assert (stored.count(ScanRow), stored.count(Response)) == before
    assert stored.count(AuditEntry, AuditEntry.object_id == empty.id) == 2


@pytest.mark.parametrize("done", ["answered", "written", "asked", "withdrawn", "handed in"])
def test_a_scan_in_which_something_stands_is_not_taken_back(
    browse: Browse, owner: Someone, make: Maker, stored: Stored, done: str
) -> None:
    marks = "- 5" + 17 * " -" if done == "answered" else "-"
    texts = {"pedagogical": "An example"} if done == "written" else None
    scan = make.scan(owner) if done == "handed in" else make.draft_scan(owner, marks, texts)
    if done in {"asked", "withdrawn"}:
        asked = make.asked(scan)
        if done == "withdrawn":
            make.withdrawn(asked)
    olga = browse(owner)
    assert "Delete" not in olga.get("/start").main.text
    before = stored.everything()
    assert olga.post(f"{scan.path}/delete").status == 409
    assert stored.everything() == before


def test_nobody_else_takes_a_scan_back(
    outsider: Browser, owner: Someone, make: Maker, stored: Stored
) -> None:
    scan = make.draft_scan(owner)
    before = stored.everything()
    assert outsider.post(f"{scan.path}/delete").status == 404
    assert stored.everything() == before


def test_colleagues_get_a_page_without_anybodys_scan(
    browse: Browse, scan: Scan, colleague: Someone
) -> None:
    page = browse(colleague).get("/start")
    assert first_name(colleague.name) in page.heading
    assert "/scan/" not in page.response.text
    assert scan.owner.name not in page.text


def test_who_reads_no_answers_is_told_so(browse: Browse, programme_leader: Someone) -> None:
    page = browse(programme_leader).get("/start")
    assert "You see nobody's answers." in page.main.text


def test_another_supervisor_sees_an_own_beginning(
    browse: Browse, scan: Scan, stranger: Someone
) -> None:
    assert str(scan.id) not in browse(stranger).get("/start").response.text


def test_who_is_signed_out_is_asked_to_sign_in(browse: Browse) -> None:
    assert browse().get("/start").location.startswith("/sign-in?next=/start")
