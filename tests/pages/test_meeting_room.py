"""What facilitators prepare a meeting with, what is printed for it, and what stands on the wall."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
import time_machine

from tests.application import Stored
from tests.factories import Maker, Someone, Trajectory
from tests.pages.client import Browser, Page
from tests.people import Browse
from zetwpo.accounts.actors import Role
from zetwpo.cycle.agenda.models import MeetingPreparation
from zetwpo.cycle.agenda.queries import TEXTS
from zetwpo.cycle.meetings.models import Meeting


@pytest.fixture
def group(make: Maker, facilitator: Someone, owner: Someone) -> Trajectory:
    return make.trajectory(facilitator, owner)


@pytest.fixture
def path(group: Trajectory) -> str:
    return group.meeting(2)


@pytest.fixture
def pair(browse: Browse, make: Maker, group: Trajectory) -> Browser:
    other = make.person("Ivo Institute", Role.FACILITATOR, Role.INSTITUTE_TRAINER)
    make.lead(group, other)
    return browse(other)


PAPERS = {"paper", "work-sheet", "cut-out", "paper-card"}


def papers(page: Page) -> list[str]:
    """What comes on paper, by its headings."""
    found = [each for each in page.main.walk() if each.get("class") in PAPERS]
    return [each.all("h2")[0].text for each in found]


def prepared(stored: Stored) -> list[str]:
    return stored.values(sa.select(MeetingPreparation.aim))


def test_what_was_agreed_comes_first_once_a_meeting_is_over(
    browse: Browse, facilitator: Someone, path: str, stored: Stored
) -> None:
    [start] = stored.values(sa.select(Meeting.starts_at).where(Meeting.number == 2))
    for hours, first in ((1, "The agenda"), (4, "Agreements and notes")):
        with time_machine.travel(start + timedelta(hours=hours), tick=False):
            found = [each.text for each in browse(facilitator).get(path).main.all("h2")]
        both = [each for each in found if each in {"The agenda", "Agreements and notes"}]
        assert both[0] == first


# ------------------------------------------------------------------------------- preparing


def test_what_is_prepared_is_kept_and_read_by_facilitators_alone(
    fem: Browser, pair: Browser, olga: Browser, path: str
) -> None:
    texts = {name: f"Words for {name}" for name in TEXTS}
    saved = fem.get(f"{path}/preparation").send(texts)
    assert "Saved." in saved.follow().text
    page = pair.get(f"{path}/preparation")
    assert {name: page.value(name) for name in TEXTS} == texts
    assert page.text.count("Only the facilitators read this.") == len(TEXTS)
    assert olga.get(f"{path}/preparation").status == 403
    for address in ("", "/print", "/wall"):
        for browser in (fem, olga):
            assert "Words for" not in browser.get(path + address).text


def test_all_of_it_may_stay_empty(fem: Browser, path: str, stored: Stored) -> None:
    assert fem.get(f"{path}/preparation").send().status == 303
    assert prepared(stored) == []


def test_what_is_wrong_is_said_and_kept(fem: Browser, path: str, stored: Stored) -> None:
    page = fem.get(f"{path}/preparation").send({"aim": "x" * 4001, "theory": "A text"})
    assert page.status == 422
    assert page.errors == ["aim"]
    assert page.value("theory") == "A text"
    assert prepared(stored) == []


def test_two_facilitators_keep_both_their_texts(fem: Browser, pair: Browser, path: str) -> None:
    hers, his = fem.get(f"{path}/preparation"), pair.get(f"{path}/preparation")
    hers.send({"aim": "Hers", "theory": "Her text"})
    clash = his.send({"aim": "His", "dialogue": "His form"})
    assert clash.status == 409
    assert "Hers" in clash.text
    assert [clash.value(each) for each in ("aim", "theory", "dialogue")] == [
        *("His", "Her text", "His form")
    ]
    assert clash.send().status == 303
    page = fem.get(f"{path}/preparation")
    assert [page.value(each) for each in ("aim", "theory", "dialogue")] == [
        *("His", "Her text", "His form")
    ]


def test_each_meeting_is_prepared_by_itself(fem: Browser, group: Trajectory, path: str) -> None:
    fem.get(f"{path}/preparation").send({"aim": "For the second"})
    third = fem.get(f"{group.meeting(3)}/preparation")
    assert third.value("aim") == ""


# ------------------------------------------------------------------------------- paper


def test_all_is_printed_until_somebody_chooses(olga: Browser, path: str) -> None:
    found = papers(olga.get(f"{path}/print"))
    assert found[0] == "Meeting 2"
    assert "Explore" in found
    assert "Inquiry dialogue" in found
    assert "Break" not in found


@pytest.mark.parametrize(
    ("chosen", "there", "missing"),
    [
        ("paper=agenda", ["Meeting 2"], "Inquiry dialogue"),
        ("paper=cards", ["Inquiry dialogue"], "Meeting 2"),
        ("paper=sheets", ["Explore", "Before you go"], "Inquiry dialogue"),
        ("paper=money", [], "Meeting 2"),
        ("", [], "Meeting 2"),
    ],
)
def test_only_what_is_ticked_is_printed(
    fem: Browser, path: str, chosen: str, there: list[str], missing: str
) -> None:
    page = fem.get(f"{path}/print?chosen=yes&{chosen}")
    found = papers(page)
    assert set(there) <= set(found)
    assert missing not in found
    assert ("Nothing is ticked" in page.text) == (not there)


def test_what_was_dropped_is_not_printed(fem: Browser, path: str) -> None:
    agenda = fem.get(f"{path}/agenda")
    drops = [
        each.get("action") for each in agenda.main.all("form") if "/drop" in each.get("action")
    ]
    fem.post(drops[2])
    assert "Explore" not in papers(fem.get(f"{path}/print"))


# ------------------------------------------------------------------------------- the wall


def test_before_the_meeting_the_wall_shows_the_list(fem: Browser, path: str) -> None:
    page = fem.get(f"{path}/wall")
    assert page.heading == "Our agenda"
    assert f"{path}/wall?block=3" in page.links


def test_without_a_script_links_lead_from_block_to_block(fem: Browser, path: str) -> None:
    page, seen = fem.get(f"{path}/wall?block=0"), []
    while forward := [each for each in page.tree.all("a") if each.get("rel") == "next"]:
        page = fem.get(forward[0].get("href"))
        seen.append(page.heading)
    assert seen == [
        *("Check-in", "Look back", "Explore", "Break", "Deepen"),
        *("Design together", "Evaluate and look ahead", "Check-out"),
    ]
    [back] = [each.get("href") for each in page.tree.all("a") if each.get("rel") == "prev"]
    assert back == f"{path}/wall?block=7"


def test_a_block_on_the_wall_has_its_question_and_minutes(fem: Browser, path: str) -> None:
    page = fem.get(f"{path}/wall?block=3")
    assert page.heading == "Explore"
    for words in ("What do we not know yet about our question?", "40 minutes", "16:10 – 16:50"):
        assert words in page.text


def test_while_the_meeting_goes_on_the_wall_shows_what_is_on(
    browse: Browse, facilitator: Someone, path: str, stored: Stored
) -> None:
    [start] = stored.values(sa.select(Meeting.starts_at).where(Meeting.number == 2))
    with time_machine.travel(start + timedelta(minutes=45), tick=False):
        fem = browse(facilitator)
        assert fem.get(f"{path}/wall").heading == "Explore"
        assert fem.get(f"{path}/wall?block=0").heading == "Our agenda"


@pytest.mark.parametrize("number", ["9", "-1", "", "03", "٣", "9" * 5000])
def test_a_block_that_is_not_there_is_said(fem: Browser, path: str, number: str) -> None:
    page = fem.get(f"{path}/wall?block={number}")
    assert page.status == 404
    assert "no such block" in page.text


def test_nobody_stands_on_the_wall(
    fem: Browser, path: str, facilitator: Someone, owner: Someone
) -> None:
    agenda = fem.get(f"{path}/agenda")
    edit = next(each for each in agenda.links if "/blocks/" in each)
    fem.get(edit).send({"leader": str(owner.id)})
    assert "Olga Owner" in fem.get(path).text
    for number in range(9):
        html = fem.get(f"{path}/wall?block={number}").response.text
        for each in (owner, facilitator):
            assert each.name not in html
            assert str(each.id) not in html
