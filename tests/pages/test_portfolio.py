"""A portfolio of one's own: chosen, put in order, introduced, and taken along."""

import uuid
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask

from tests.application import Stored
from tests.factories import Maker, Someone
from tests.forms import STUDENT
from tests.pages.client import Browser, Page
from tests.pages.group import OUTSIDE, Group, autosave, early_group
from tests.pages.statements import statements
from tests.people import CLOSED, Browse
from zetwpo.accounts.actors import Role
from zetwpo.clock import as_if, now
from zetwpo.cycle.attendance.service import clear_over
from zetwpo.cycle.portfolio.models import Portfolio, PortfolioItem
from zetwpo.cycle.portfolio.rules import Section

__all__ = ["early_group"]
PLAN, NOTE, ANSWER, SENTENCE = "I let her begin.", "She talked.", "Waiting is work.", "Wait."
QUESTION, COMMON = "How do I ask more?", "How do we let students think?"
OWN = (PLAN, NOTE, ANSWER, SENTENCE, QUESTION)
TIP, ASKED, OPENED = "Wait a little longer", "What if she says nothing?", "What Bo opened"
OF_OTHERS = (TIP, ASKED, OPENED, "Student Sam", "Bo")


@dataclass(frozen=True)
class Written:
    """What the owner wrote, and the page on which they choose from it."""

    group: Group
    path: str
    scans: tuple[uuid.UUID, ...]
    plan: uuid.UUID
    note: uuid.UUID
    reflection: uuid.UUID

    @property
    def page(self) -> Page:
        return self.group["owner"].get(self.path)

    def printed(self) -> str:
        return self.group["owner"].get(f"{self.path}/print").main.text

    def press(self, button: str, **changed: object) -> Page:
        """A button of the form that does more than save it."""
        page = self.page
        sent = page.fields() | ticked(page) | changed
        path = f"{self.path}/{button}" if button else self.path
        return page.browser.post(path, sent, token=sent["csrf_token"], shown_on=self.path)

    def choose_all(self) -> None:
        assert self.press("all").status == 303


def ticked(page: Page) -> dict[str, str]:
    """All that is ticked, by the part in which it stands."""
    boxes = page.main.all("input", type="checkbox")
    return {
        section: " ".join(
            each.get("value")
            for each in boxes
            if each.get("name") == section and "checked" in each.attributes
        )
        for section in Section
    }


@pytest.fixture
def written(make: Maker, early_group: Group) -> Written:
    group = early_group
    owner, bo, fem = (group.people[who] for who in ("owner", "bo", "fem"))
    with as_if(now() - timedelta(weeks=30)):
        then = make.scan(owner, 3)
    scan = make.scan(owner, 5)
    asked = make.asked(scan, "Student Sam", STUDENT)
    make.shared(asked, 6, feed_forward={"gatekeeper": TIP})
    make.learning_question(scan, QUESTION)
    make.brought_in(group.trajectory, bo, COMMON)
    make.questions_opened(group.trajectory, fem)
    make.common_question(group.trajectory, fem, COMMON, bo)
    plan = make.plan(group.trajectory, owner, PLAN, is_open=True)
    make.plan_question(plan, bo, ASKED)
    note = make.note(group.trajectory, owner, NOTE)
    make.note(group.trajectory, bo, OPENED, "group")
    key = make.reflection(group.trajectory, owner, {"gained": ANSWER}, sentence=SENTENCE)
    make.noted(group.trajectory, 1, owner, "present")
    make.noted(group.trajectory, 2, owner, "excused")
    path = f"{group.trajectory.path}/portfolio"
    return Written(group, path, (then.id, scan.id), plan, note, key)


def test_nothing_goes_in_by_itself(written: Written) -> None:
    page = written.page
    assert all(each in page.text for each in (*OWN, COMMON))
    assert not any("checked" in each.attributes for each in page.main.all("input"))
    assert "You have not chosen anything yet" in written.printed()
    assert not any(each in written.printed() for each in (*OWN, COMMON))


def test_only_what_says_something_is_printed(written: Written) -> None:
    def buttons() -> list[str]:
        page = written.group["owner"].get(f"{written.path}/print")
        return [each.text for each in page.main.all("button")]

    assert "Print" not in buttons()
    written.choose_all()
    assert "Print" in buttons()


def test_looking_keeps_nothing(written: Written, stored: Stored) -> None:
    written.page, written.printed()
    assert stored.values(sa.select(Portfolio.id)) == []


def test_what_is_ticked_stands_on_paper_in_its_order(written: Written) -> None:
    page = written.page.send(
        {"introduction": "For my talk.", "notes": str(written.note), "plans": str(written.plan)}
    )
    assert page.follow().value("introduction") == "For my talk."
    printed = written.printed()
    assert "For my talk." in printed
    assert printed.index(PLAN) < printed.index(NOTE)
    assert not any(each in printed for each in (ANSWER, SENTENCE, QUESTION, COMMON))
    assert written.press("notes/up").status == 303
    printed = written.printed()
    assert printed.index(NOTE) < printed.index(PLAN)


def test_all_that_is_ones_own_goes_in_with_one_button_and_nothing_of_others(
    written: Written,
) -> None:
    assert written.press("all", introduction="Kept as well").status == 303
    printed = written.printed()
    assert all(each in printed for each in (*OWN, "Kept as well", "1 meeting, 3 hours"))
    assert COMMON not in printed
    assert not any(each in printed for each in OF_OTHERS)


def test_feedback_of_others_can_nowhere_be_ticked_and_the_page_says_why(written: Written) -> None:
    page = written.page
    assert not any(each in page.main.text for each in OF_OTHERS)
    assert "Why is the feedback of others not in it?" in page.text


def test_the_words_of_the_group_go_in_by_a_tick_alone_and_without_names(written: Written) -> None:
    box = next(
        each.get("value")
        for each in written.page.main.all("input", name="common")
        if each.get("type") == "checkbox"
    )
    written.page.send({"common": box})
    printed = written.printed()
    assert COMMON in printed
    assert "Bo" not in printed


def test_then_and_now_stand_in_one_picture_with_a_table(written: Written) -> None:
    written.choose_all()
    page = written.group["owner"].get(f"{written.path}/print")
    assert len(page.main.all("svg", role="img")) == 1
    cells = [each.text for each in page.main.all("table")[0].all("td")]
    assert len(cells) == 10
    assert {each[0] for each in cells[::2]} == {"3"}
    assert {each[0] for each in cells[1::2]} == {"5"}


def test_one_scan_alone_stands_alone(written: Written) -> None:
    written.page.send({"scan": str(written.scans[1])})
    page = written.group["owner"].get(f"{written.path}/print")
    assert len(page.main.all("table")[0].all("td")) == 5


def test_more_than_two_scans_are_refused_and_the_rest_is_kept(
    make: Maker, written: Written, stored: Stored
) -> None:
    third = make.scan(written.group.people["owner"], 6)
    keys = " ".join(map(str, (*written.scans, third.id)))
    page = written.page.send({"scan": keys, "introduction": "Kept"})
    assert (page.status, page.errors) == (422, ["scan"])
    assert stored.values(sa.select(Portfolio.introduction)) == ["Kept"]
    assert stored.values(sa.select(PortfolioItem.key)) == []


def test_what_is_gone_is_left_out(written: Written, stored: Stored) -> None:
    written.choose_all()
    browser = written.group["owner"]
    assert browser.post(f"/practice-notes/{written.note}/delete", {}).status == 303
    assert NOTE not in written.printed()
    assert written.page.status == 200
    written.page.send({"introduction": "Once more"})
    assert str(written.note) not in stored.values(sa.select(PortfolioItem.key))


@pytest.mark.parametrize("key", ["made-up", str(uuid.UUID(int=7))])
def test_what_is_not_offered_cannot_be_ticked(written: Written, stored: Stored, key: str) -> None:
    assert written.page.send({"notes": key}).status == 303
    assert stored.values(sa.select(PortfolioItem.key)) == []


def test_what_somebody_else_wrote_cannot_be_ticked(
    make: Maker, written: Written, stored: Stored
) -> None:
    theirs = make.note(written.group.trajectory, written.group.people["bo"], "Theirs", "group")
    written.page.send({"notes": str(theirs)})
    assert stored.values(sa.select(PortfolioItem.key)) == []


def test_hundreds_of_notes_go_in_as_browsers_send_them(make: Maker, written: Written) -> None:
    """Each tick is a field of its own."""
    for number in range(210):
        make.note(written.group.trajectory, written.group.people["owner"], f"Day {number}.")
    boxes = written.page.main.all("input", type="checkbox", name="notes")
    assert written.press("", notes=[each.get("value") for each in boxes]).status == 303
    assert len(ticked(written.page)["notes"].split()) == 211
    assert all(f"Day {number}." in written.printed() for number in (0, 209))


def test_hours_that_are_kept_no_longer_are_not_left_out_in_silence(
    make: Maker, browse: Browse, owner: Someone, facilitator: Someone
) -> None:
    """Two meetings before the summer, and two after it."""
    with time_machine.travel(datetime(2027, 5, 3, 9, tzinfo=UTC)):
        trajectory = make.trajectory(facilitator, owner, first_day=date(2027, 6, 9), count=4)
    path, said = f"{trajectory.path}/portfolio", "is no longer kept"
    with time_machine.travel(datetime(2027, 10, 4, 9, tzinfo=UTC)):
        for number in range(1, 5):
            make.noted(trajectory, number, owner, "present")
        make.portfolio(trajectory, owner)
        browser = browse(owner)
        assert "At 4 meetings, 12 hours in all." in browser.get(f"{path}/print").text
        assert said not in browser.get(path).text
    with time_machine.travel(datetime(2027, 11, 4, 9, tzinfo=UTC)):
        with make.request():
            clear_over()
        browser = browse(owner)
        printed = browser.get(f"{path}/print").text
        assert f"2 meetings, 6 hours. Who was at the meetings until 7 July 2027 {said}" in printed
        assert "in all" not in printed
        assert f"Who was at the meetings until 7 July 2027 {said}" in browser.get(path).text


def test_it_is_kept_while_somebody_writes(written: Written, stored: Stored) -> None:
    page = written.page
    assert autosave(page, {"introduction": "Hel"}).status == 200
    assert stored.values(sa.select(Portfolio.introduction)) == ["Hel"]
    assert written.page.value("introduction") == "Hel"


def test_two_pages_that_change_one_text_get_a_choice(written: Written) -> None:
    first, second = (written.page for _ in "ab")
    first.send({"introduction": "The first"})
    page = second.send({"introduction": "The second", "notes": str(written.note)})
    assert page.status == 409
    assert "The first" in page.text
    assert page.value("introduction") == "The second"
    # What only the second page changed is kept.
    assert NOTE in written.printed()
    assert page.send().status == 303
    assert "The second" in written.printed()


def test_two_pages_that_tick_different_parts_keep_both(written: Written) -> None:
    first, second = (written.page for _ in "ab")
    first.send({"plans": str(written.plan)})
    assert second.send({"notes": str(written.note)}).status == 303
    assert all(each in written.printed() for each in (PLAN, NOTE))


def test_a_move_keeps_what_stands_on_the_page(written: Written) -> None:
    assert written.press("notes/up", introduction="While I move").status == 303
    assert written.page.value("introduction") == "While I move"
    refused = written.press("notes/up", introduction="x" * 2001)
    assert (refused.status, refused.errors) == (422, ["introduction"])
    assert len(refused.value("introduction")) == 2001


def test_the_first_part_goes_no_higher(written: Written) -> None:
    written.choose_all()
    written.page, written.printed()
    before = written.printed()
    assert written.press("scan/up").status == 303
    assert written.printed() == before


def test_who_left_takes_their_own_along_and_leaves_the_group_its_words(
    make: Maker, written: Written
) -> None:
    written.choose_all()
    box = written.page.main.all("input", name="common")[1].get("value")
    assert written.press("", common=box).status == 303
    assert COMMON in written.printed()
    make.left(written.group.trajectory, written.group.people["owner"])
    printed = written.printed()
    assert all(each in printed for each in OWN)
    assert COMMON not in printed
    assert "You take part no more" in written.page.text
    assert written.press("", introduction="Still mine").status == 303
    assert all(each in written.printed() for each in (*OWN, "Still mine"))


def test_it_works_after_the_trajectory_closed_and_after_the_role_ended(
    make: Maker, written: Written
) -> None:
    make.closed(written.group.trajectory)
    written.choose_all()
    make.without_role(written.group.people["owner"], Role.SUPERVISOR)
    assert all(each in written.printed() for each in OWN)
    assert written.page.send({"introduction": "Later"}).status == 303


@pytest.mark.parametrize("who", ["fem", *(each for each in OUTSIDE if each != "left")])
def test_nobody_else_comes_near_it(written: Written, who: str) -> None:
    written.choose_all()
    browser = written.group[who]
    for path in ("", "/print", "/portfolio.pdf"):
        assert browser.get(written.path + path).status in CLOSED
    for path in ("", "/autosave", "/all", "/notes/up"):
        assert browser.post(written.path + path, {"introduction": "Mine?"}).status in CLOSED
    assert "Mine?" not in written.page.text


@pytest.mark.parametrize("who", ["bo", "left"])
def test_everybody_in_the_group_finds_a_portfolio_of_their_own(written: Written, who: str) -> None:
    written.press("all", introduction="Only for Olga")
    page = written.group[who].get(written.path)
    assert page.status == 200
    for text in ("Only for Olga", *(each for each in OWN)):
        assert text not in page.text


def test_nobody_signed_out_does(app: Flask, written: Written) -> None:
    browser = Browser(app)
    page = browser.get(f"{written.path}/portfolio.pdf")
    assert page.location.startswith("/sign-in?next=")
    assert "portfolio.pdf" not in page.location


def test_the_pages_ask_as_much_however_much_there_is(
    app: Flask, make: Maker, written: Written
) -> None:
    written.choose_all()

    def count(path: str) -> int:
        with statements(app) as seen:
            assert written.group["owner"].get(path).status == 200
        return len(seen)

    paths = (written.path, f"{written.path}/print")
    before = [count(path) for path in paths]
    owner = written.group.people["owner"]
    for number in (1, 2):
        for words in ("More", "And more"):
            key = make.note(written.group.trajectory, owner, words, number=number)
            assert key
    make.plan(written.group.trajectory, owner, "Another", number=2)
    make.reflection(written.group.trajectory, owner, {"use": "More"}, number=2)
    make.scan(owner, 4)
    written.choose_all()
    assert [count(path) for path in paths] == before


def test_there_is_a_way_to_it(written: Written) -> None:
    page = written.group["owner"].get(f"{written.group.trajectory.path}/mine")
    assert written.path in page.links
    assert f"{written.group.trajectory.path}/certificate" in page.links


def test_without_anything_to_choose_from_it_says_so(make: Maker, early_group: Group) -> None:
    page = early_group["bo"].get(f"{early_group.trajectory.path}/portfolio")
    assert "There is nothing yet to choose from" in page.text
    assert page.send({"introduction": "Already"}).status == 303


def test_each_part_has_a_name(written: Written) -> None:
    legends = {each.text for each in written.page.main.all("legend")}
    assert len(legends) == len(Section)
