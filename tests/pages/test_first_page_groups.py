"""The first page of whoever is in a trajectory, leads one, or makes time for them."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

import pytest
import time_machine
from flask import Flask

from tests.factories import Maker, Someone, Trajectory
from tests.pages.client import Browser, Page
from tests.pages.statements import statements
from tests.people import Browse
from zetwpo.accounts.actors import Role

Clock = time_machine.Traveller
FIRST = date(2027, 3, 3)
BEGINS = datetime.fromisoformat("2027-03-03T14:30:00+00:00")
HOURS = timedelta(hours=3)
# Where the title of a group that somebody left stands: above the links, and in each of them.
NAMED = ("title", "take back", "what I wrote", "then and now", "portfolio", "certificate")


@pytest.fixture(autouse=True)
def time() -> Iterator[Clock]:
    with time_machine.travel(BEGINS - timedelta(weeks=3), tick=False) as time:
        yield time


@pytest.fixture
def trajectory(
    make: Maker, facilitator: Someone, owner: Someone, stranger: Someone, time: Clock
) -> Trajectory:
    return make.trajectory(facilitator, owner, stranger, title="Ask more", first_day=FIRST, count=3)


def way(page: Page) -> list[str]:
    """How each meeting stands, in words."""
    [listed] = [each for each in page.main.all("ol") if each.get("class") == "way meetings"]
    return [each.text for each in listed.all("p") if each.get("class") == "status"]


def card(page: Page, title: str = "Ask more") -> str:
    """The title of the card of this trajectory."""
    [found] = [
        each
        for each in page.main.all("section")
        if any(title in p.text and p.get("class") == "kicker" for p in each.all("p"))
    ]
    return found.all("h2")[0].text


def test_the_scan_is_the_next_step_for_the_first_meeting(
    browse: Browse, make: Maker, trajectory: Trajectory, owner: Someone
) -> None:
    browser = browse(owner)
    page = browser.get("/start")
    assert "Meeting 1 is on Wednesday, 3 March 2027, 15:30. You come to it with" in page.text
    assert "done or not yet. Nothing else." in page.text
    assert way(page) == ["your turn: prepare for it", "planned", "planned"]
    make.learning_question(make.scan(owner), "How do I ask more?")
    page = browser.get("/start")
    assert "You come to it with" not in page.text
    assert way(page) == ["planned"] * 3


def test_after_a_meeting_its_homework_is_the_next_thing(
    browse: Browse,
    make: Maker,
    trajectory: Trajectory,
    owner: Someone,
    stranger: Someone,
    time: Clock,
) -> None:
    for person in (owner, stranger):
        make.learning_question(make.scan(person), "How do I ask more?")
    time.move_to(BEGINS + timedelta(days=1))
    assert way(browse(owner).get("/start")) == ["over", "planned", "planned"]
    make.agreements(trajectory, 1, homework="Read the plan.", bringers=[owner])
    page = browse(owner).get("/start")
    assert way(page) == ["over", "your turn: prepare for it", "planned"]
    assert "Homework for Wednesday, 31 March 2027" in page.text
    assert "you bring it in" in page.text
    assert "you bring it in" not in browse(stranger).get("/start").text
    time.move_to(BEGINS + timedelta(weeks=20))
    assert way(browse(owner).get("/start")) == ["over"] * 3


def steps(page: Page) -> list[str]:
    """What the cards with a next step are called, in the order in which they stand."""
    cards = [each for each in page.main.all("section") if "next" in (each.get("class") or "")]
    return [each.all("h2")[0].text for each in cards]


def test_bringing_in_a_question_is_a_next_step_until_it_is_there(
    browse: Browse, make: Maker, trajectory: Trajectory, owner: Someone, facilitator: Someone
) -> None:
    browser = browse(owner)
    assert steps(browser.get("/start")) == ["Start your self-scan"]
    make.learning_question(make.scan(owner), "How do I ask more?")
    assert steps(browser.get("/start")) == [
        "Bring in your question",
        "Work with your learning question",
    ]
    make.brought_in(trajectory, owner, "How do I ask more?")
    assert steps(browser.get("/start")) == ["Work with your learning question"]


def test_nobody_is_asked_to_bring_in_what_the_group_found_already(
    browse: Browse, make: Maker, trajectory: Trajectory, owner: Someone, facilitator: Someone
) -> None:
    make.learning_question(make.scan(owner), "How do I ask more?")
    make.questions_opened(trajectory, facilitator)
    make.common_question(trajectory, facilitator, "How do we ask more?")
    assert "Bring in your question" not in browse(owner).get("/start").text


def test_after_a_meeting_the_own_work_comes_first(
    browse: Browse,
    make: Maker,
    trajectory: Trajectory,
    owner: Someone,
    stranger: Someone,
    time: Clock,
) -> None:
    def first_step() -> str:
        return steps(browse(owner).get("/start"))[0]

    time.move_to(BEGINS + timedelta(minutes=5))
    assert first_step() == "Write down what you will try"
    make.plan(trajectory, stranger)
    make.note(trajectory, stranger)
    assert first_step() == "Write down what you will try"
    make.plan(trajectory, owner, status="writing")
    assert first_step() == "Go on with your plan"
    make.plan(trajectory, owner)
    assert first_step() == "Look back on meeting 1"
    meeting, practice = {"set_thinking": "Silence."}, {"went": "It worked."}
    make.reflection(trajectory, owner, meeting)
    assert first_step() == "Did you try something? Note what happened"
    make.note(trajectory, owner)
    assert first_step() == "Look back on what you tried"
    make.reflection(trajectory, owner, meeting | practice)
    assert first_step() == "All is done for now"
    time.move_to(BEGINS + timedelta(weeks=4, minutes=5))
    assert first_step() == "Write down what you will try"


def test_whoever_may_lead_it_no_more_is_not_said_to(
    browse: Browse, make: Maker, trajectory: Trajectory, owner: Someone, facilitator: Someone
) -> None:
    make.lead(trajectory, make.person("Ina", Role.FACILITATOR))
    make.without_role(facilitator, Role.FACILITATOR)
    assert "Led by Ina · To the group" in browse(owner).get("/start").text
    make.without_role(make.person("Ina", Role.FACILITATOR), Role.FACILITATOR)
    assert "Nobody leads it at this moment" in browse(owner).get("/start").text


def test_who_left_finds_only_their_own_there(
    browse: Browse, make: Maker, trajectory: Trajectory, owner: Someone, stranger: Someone
) -> None:
    make.brought_in(trajectory, owner, "How do I wait?")
    make.brought_in(trajectory, stranger, "How do I ask?")
    make.left(trajectory, owner)
    page = browse(owner).get("/start")
    assert page.main.text.count("Ask more") == len(NAMED)
    assert "Led by" not in page.text
    assert "How do I wait?" in page.text
    assert "How do I ask?" not in page.text
    assert f"{trajectory.path}/mine" in page.links
    assert trajectory.path not in page.links
    [back] = [link for link in page.links if link.endswith("/take-back")]
    gone = page.browser.get(back).send().follow()
    assert "You took your question back." in gone.text
    assert "How do I wait?" not in gone.main.text
    assert not [link for link in gone.links if link.endswith("/take-back")]


def test_who_comes_back_has_left_no_more(
    browse: Browse, make: Maker, trajectory: Trajectory, owner: Someone
) -> None:
    make.left(trajectory, owner)
    assert "Earlier groups" in browse(owner).get("/start").text
    make.joined(trajectory, owner)
    page = browse(owner).get("/start")
    assert "Earlier groups" not in page.text
    assert way(page)


def test_a_facilitator_is_led_from_one_thing_to_the_next(
    browse: Browse, make: Maker, facilitator: Someone, time: Clock
) -> None:
    browser = browse(facilitator)
    page = browser.get("/start")
    assert "You lead no trajectory yet" in page.text
    assert any(link.endswith("/trajectories/new") for link in page.links)
    trajectory = make.trajectory(facilitator, title="Ask more", first_day=FIRST, count=2)
    assert card(browser.get("/start")) == "Choose who takes part"
    owner = make.person("Olga Owner", Role.SUPERVISOR)
    make.joined(trajectory, owner)
    assert card(browser.get("/start")) == "See who is ready for meeting one"
    make.learning_question(make.scan(owner), "How do I ask more?")
    assert card(browser.get("/start")) == "Prepare meeting 1"
    time.move_to(BEGINS + timedelta(minutes=5))
    browser = browse(facilitator)
    assert card(browser.get("/start")) == "Your group meets now"
    time.move_to(BEGINS + HOURS)
    browser = browse(facilitator)
    assert card(browser.get("/start")) == "Write down what you agreed at meeting 1"
    make.noted(trajectory, 1, owner, "present")
    assert card(browser.get("/start")) == "Write down what you agreed at meeting 1"
    make.agreements(trajectory, 1, homework="Read the plan.")
    assert card(browser.get("/start")) == "Send the recap of meeting 1"
    make.recap(trajectory, 1, facilitator)
    assert card(browser.get("/start")) == "Find the common question"
    make.questions_opened(trajectory, facilitator)
    make.common_question(trajectory, facilitator, "How do we ask more?")
    assert card(browser.get("/start")) == "Who brings the homework in?"
    make.agreements(trajectory, 1, homework="Read the plan.", bringers=[owner])
    assert card(browser.get("/start")) == "Prepare meeting 2"
    make.noted(trajectory, 2, owner, "present")
    make.agreements(trajectory, 2, notes="Good.")
    time.move_to(BEGINS + timedelta(weeks=9))
    make.recap(trajectory, 2, facilitator)
    assert card(browse(facilitator).get("/start")) == "All meetings are over"


def test_another_facilitator_sees_nothing_of_it(
    browse: Browse, make: Maker, trajectory: Trajectory
) -> None:
    other = make.person("Otto Other", Role.FACILITATOR)
    assert "Ask more" not in browse(other).get("/start").text


@pytest.mark.parametrize("role", [Role.PROGRAMME_LEADER, Role.SCHOOL_LEADER])
def test_who_makes_time_sees_titles_and_dates(
    browse: Browse,
    make: Maker,
    trajectory: Trajectory,
    role: Role,
    owner: Someone,
    facilitator: Someone,
) -> None:
    leader = make.person("Lea Leader", role)
    make.agreements(trajectory, 1, "Secret notes", "Secret homework", [owner])
    page = dates(browse(leader))
    assert "Ask more" in page.text
    # The two times stay on one line.
    assert "3 March 2027, 15:30–\N{WORD JOINER}18:30" in page.text
    for words in ("Olga", "Fem", "Sven", "Secret", "Room 12"):
        assert words not in page.text
    assert ("Attendance" in page.text) is (role is Role.PROGRAMME_LEADER)
    assert browse(leader).get(trajectory.path).status in {403, 404}


def dates(browser: Browser) -> Page:
    [path] = {link for link in browser.get("/start").links if link.endswith("/trajectories")}
    return browser.get(path)


def test_a_programme_leader_reads_totals_of_three_people_or_more(
    browse: Browse,
    make: Maker,
    trajectory: Trajectory,
    owner: Someone,
    stranger: Someone,
    programme_leader: Someone,
) -> None:
    browser = browse(programme_leader)
    for person in (owner, stranger):
        make.noted(trajectory, 1, person, "present")
    assert "nothing to show yet" in dates(browser).text
    third = make.person("Tom Third", Role.SUPERVISOR)
    make.joined(trajectory, third)
    make.noted(trajectory, 1, third, "excused")
    found = dates(browser).text
    assert "Attendance at one meeting, all together:" in found
    assert "present 2, absent 0, excused 1." in found


def test_others_do_not_see_the_dates(
    browse: Browse,
    make: Maker,
    trajectory: Trajectory,
    owner: Someone,
    facilitator: Someone,
    administrator: Someone,
) -> None:
    elsewhere = make.person("Els Elsewhere", *Role, partnership="Elsewhere")
    path = f"/partnerships/{make.partnership()}/trajectories"
    for person in (owner, facilitator, administrator, elsewhere):
        assert browse(person).get(path).status in {403, 404}


def test_more_trajectories_cost_no_more_statements(
    app: Flask,
    browse: Browse,
    make: Maker,
    trajectory: Trajectory,
    owner: Someone,
    facilitator: Someone,
    time: Clock,
) -> None:
    make.agreements(trajectory, 1, homework="Read the plan.")
    time.move_to(BEGINS + timedelta(days=2))
    counts = []
    for _turn in range(2):
        for person in (owner, facilitator):
            browser = browse(person)
            with statements(app) as taken:
                browser.get("/start")
            counts.append(len(taken))
        for number in range(4):
            make.trajectory(facilitator, owner, title=f"Group {number}", first_day=FIRST, count=3)
    assert counts[:2] == counts[2:]
