"""The demo door and mailbox: for invented people, on this machine, and nowhere else."""

import re
import uuid
from collections.abc import Callable
from datetime import datetime
from functools import cache
from pathlib import Path

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask

from tests.application import Stored
from tests.factories import Maker
from tests.pages.client import Browser, Page
from tests.people import Browse, sign_in
from zetwpo import clock
from zetwpo.accounts.actors import Role
from zetwpo.accounts.models import Person
from zetwpo.accounts.queries import demo_people, find_person_id, partnerships_of
from zetwpo.application import create_app
from zetwpo.audit import AuditEntry
from zetwpo.config import Settings
from zetwpo.cycle.agenda.queries import programme_of
from zetwpo.cycle.agreements.queries import agreements_of
from zetwpo.cycle.audience.queries import around
from zetwpo.cycle.common_question.models import BroughtQuestion, CommonQuestion, QuestionRound
from zetwpo.cycle.common_question.queries import questions_of
from zetwpo.cycle.learning_question.models import LearningQuestionVersion
from zetwpo.cycle.meetings.queries import find_meeting, meetings_of
from zetwpo.cycle.pairs.models import PairMember
from zetwpo.cycle.plans.models import Plan, PlanQuestion
from zetwpo.cycle.plans.queries import plans_after
from zetwpo.cycle.practice.models import PracticeNote
from zetwpo.cycle.practice.queries import notes_after
from zetwpo.cycle.recaps.queries import sent_recap_of
from zetwpo.cycle.reflection.models import Reflection, ReflectionAnswer
from zetwpo.cycle.shelf.queries import reading_for
from zetwpo.cycle.trajectories.models import Participation
from zetwpo.cycle.trajectories.models import Trajectory as TrajectoryRow
from zetwpo.cycle.trajectories.queries import TrajectoryCard, trajectories_in
from zetwpo.database.schema import upgrade_database
from zetwpo.demo.content import demo_content
from zetwpo.demo.data import load_demo
from zetwpo.extensions import db
from zetwpo.mail.models import OutboxMail
from zetwpo.mail.worker import send_due
from zetwpo.scan.self_scan.models import Scan

PATHS = ("/demo/", "/demo/mailbox")
# When something was done: never later than the demo was laid out.
MOMENTS = (
    Scan.submitted_at,
    LearningQuestionVersion.written_at,
    TrajectoryRow.started_at,
    Participation.since,
    BroughtQuestion.brought_at,
    QuestionRound.opened_at,
    CommonQuestion.decided_at,
    Plan.written_at,
    Plan.opened_at,
    PlanQuestion.asked_at,
    PlanQuestion.answered_at,
    PracticeNote.written_at,
    ReflectionAnswer.written_at,
    Reflection.brought_at,
    PairMember.agreed_at,
    AuditEntry.at,
    OutboxMail.queued_at,
)
PEOPLE = demo_content().people.people


@pytest.fixture(scope="session")
def demos(
    make_app: Callable[..., Flask], new_database: Callable[[str], str]
) -> Callable[[str, bool], Flask]:
    """The application in demo mode, with and without the invented people."""

    @cache
    def make(kind: str, with_people: bool) -> Flask:
        app = make_app(mode="demo", base_url="", database_url=new_database(kind))
        if with_people:
            load(app)
        return app

    return make


@pytest.fixture
def demo(demos: Callable[[str, bool], Flask], database: str) -> Flask:
    """The demo as `make run` starts it; its people stay for all tests."""
    return demos(database, True)


@pytest.fixture
def empty(demos: Callable[[str, bool], Flask], database: str) -> Flask:
    """An application in demo mode, without the invented people."""
    return demos(database, False)


def load(app: Flask) -> None:
    with app.app_context():
        load_demo()
        db.session.commit()


@pytest.fixture(params=[False, True])
def mixed(
    make_app: Callable[..., Flask],
    new_database: Callable[[str], str],
    database: str,
    request: pytest.FixtureRequest,
) -> Flask:
    """A database of its own with a real person in it, without and with the invented people."""
    app = make_app(mode="demo", base_url="", database_url=new_database(database))
    if request.param:
        load(app)
    Maker(app).person("Robin Real", Role.SUPERVISOR)
    return app


def test_among_real_people_no_demo_opens(mixed: Flask) -> None:
    before = Stored(mixed).everything()
    for command in ("check", "tidy", "worker"):
        result = mixed.test_cli_runner().invoke(args=[command])
        assert result.exit_code == 1
        assert "ZETWPO_INSTANCE" in result.output
        assert "robin" not in result.output.lower()
    assert Stored(mixed).everything() == before


def test_nobody_real_is_added_to_the_demo(empty: Flask) -> None:
    words = ["add-person", "Robin", "robin@school.example", "--partnership", "De Linde"]
    result = empty.test_cli_runner().invoke(args=words)
    assert result.exit_code == 1
    assert "demo" in result.output
    assert Stored(empty).count(Person) == 0


def test_nobody_steps_in_as_somebody_real(mixed: Flask) -> None:
    with mixed.app_context():
        robin = find_person_id("robin.real@school.example")
    for key in (robin, uuid.uuid4()):
        assert Browser(mixed).post(f"/demo/step-in/{key}").status == 404
    for path in PATHS:
        assert Browser(mixed).get(path).status == 404


def test_the_first_page_is_the_door_with_everybody(demo: Flask) -> None:
    page = Browser(demo).open("/")
    assert page.path == "/demo/"
    doors = [each.get("action") for each in page.main.all("form")]
    assert len(doors) == len(PEOPLE) + 1
    assert doors[-1] == "/demo/open-link"
    texts = [each.text for each in page.main.all("li") if each.all("form")]
    for role in ("school leader", "administrator", "facilitator", "institute trainer"):
        assert [text for text in texts if role in text], role


def test_everybody_can_step_in(demo: Flask) -> None:
    door = Browser(demo).get("/demo/")
    for form in door.main.all("form")[:-1]:
        page = Browser(demo).get("/demo/").send(form=form.get("action")).follow()
        assert form.parent
        [button] = form.all("button")
        assert button.text.split(" as ")[-1] in page.heading.split()


def test_the_student_comes_in_by_link_whoever_was_signed_in(demo: Flask) -> None:
    browser = Browser(demo)
    browser.get("/demo/").send()
    page = browser.get("/demo/").send(form="/demo/open-link").follow()
    assert page.heading == "Sanne de Vries asks for your feedback"
    assert browser.get("/start").location.startswith("/sign-in")


def step_in(demo: Flask, name: str) -> Page:
    """The first page of this person."""
    door = Browser(demo).get("/demo/")
    [form] = [each for each in door.main.all("form") if each.text.endswith(f"as {name}")]
    return door.send(form=form.get("action")).follow()


def test_a_trainer_finds_what_waits_what_was_shared_and_what_became_of_it(demo: Flask) -> None:
    page = step_in(demo, "Els")
    assert "Mark Jansen" in page.main.text
    assert "Sanne de Vries: shared on" in page.main.text
    shared = page.browser.get("/shared")
    [link] = [each for each in shared.links if each.startswith("/shared/")]
    assert "Sanne" in page.browser.get(link).main.text


def test_an_administrator_finds_everybody_with_a_role_and_at_a_school(demo: Flask) -> None:
    page = step_in(demo, "Karin")
    assert "Nothing waits for you" in page.main.text
    [people] = [link for link in page.links if link.endswith("/people")]
    found = page.browser.get(people).main.text
    assert f"{len(PEOPLE)} people" in found
    assert "institute trainer (Hogeschool Rivierenland)" in found
    assert "not signed in yet" not in found
    assert "Look at the questionnaire" in step_in(demo, "Robert").main.text


def test_the_supervisor_finds_a_rich_result(demo: Flask) -> None:
    start = step_in(demo, "Sanne")
    [result, *_earlier] = [link for link in start.links if link.endswith("/result")]
    page = start.browser.get(result)
    heads = [cell.text for cell in page.main.all("table")[0].all("th")]
    assert {"Noor (student)", "Daan (student)", "Els Bakker (school trainer)"} <= set(heads)
    for key in ("strong", "differ", "attention", "growth"):
        assert page.main.all(id=key)


def test_the_mailbox_shows_every_mail_with_its_link(demo: Flask) -> None:
    browser = Browser(demo)
    with demo.app_context():
        send_due()
    browser.get("/sign-in").send({"email": "sanne@demo.example"})
    with demo.app_context():
        send_due()
    mailbox = browser.get("/demo/mailbox")
    letters = [browser.get(link) for link in mailbox.links if "/demo/mailbox/" in link]
    # Three questions, a result opened to somebody, and this link: what came before was read before.
    assert len(letters) == 5
    [link] = [link for link in letters[0].links if "/sign-in/link/" in link]
    page = browser.get(link.removeprefix("http://127.0.0.1:8000")).send()
    assert page.location == "/start"


def all_trajectories() -> list[TrajectoryCard]:
    """Those of the demo: what goes on first."""
    [place] = partnerships_of(demo_people()[0].id, *Role)
    return trajectories_in(place.id)


def next_title(page: Page) -> str:
    """What the first page proposes to do."""
    cards = [each for each in page.main.all("section") if each.get("class") == "card next"]
    return cards[0].all("h2")[0].text if cards else ""


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("Femke", "Send the recap of meeting 3"),
        ("Joris", "Feedback that was asked of you"),
        ("Sanne", "Look back on meeting 3"),
        ("Tom", "Did you try something? Note what happened"),
        ("Fatima", "Write down what you will try"),
        ("Iris", "Look back on what you tried"),
        ("Mark", "Go on with your self-scan"),
        ("Hanna", "Look at your result and choose what you want to learn"),
        ("Els", "Feedback that was asked of you"),
        ("Robert", "Look at the questionnaire"),
    ],
)
def test_everybody_has_something_to_do(demo: Flask, name: str, title: str) -> None:
    assert next_title(step_in(demo, name)) == title


def test_the_door_tells_what_the_groups_do_and_who_is_in_which(demo: Flask) -> None:
    door = Browser(demo).get("/demo/")
    told = demo_content()
    current, finished, others = [each.text for each in door.main.all("section") if each.all("form")]
    assert "3 of 6 meetings have been" in current
    assert told.current.together.text in current
    assert "Done: all meetings have been" in finished
    last = [each.question for each in told.finished.meetings if each.question][-1]
    assert last.text in finished
    for person in PEOPLE:
        there = [person.name in text for text in (current, finished, others)]
        assert there == [
            person.key in told.current.people,
            person.key in told.finished.people and person.key not in told.current.people,
            person.key not in {*told.current.people, *told.finished.people},
        ], person.key
    [first] = [each for each in door.main.all("button") if "facilitator" in each.text]
    assert first.text == "Go on as the facilitator as Femke"


# What is about the two groups; everything else has tests of its own.
WALKED = re.compile(
    r"/(start$|trajectories/|meetings/|plans/|practice-notes/|reflections/|plan-questions/"
    r"|brought-questions/|partnerships/[^/]+/(trajectories|breaks|schools)$)"
)


@pytest.mark.parametrize("name", ["Femke", "Sanne", "Hanna", "Anouk"])
@pytest.mark.parametrize("database", ["sqlite"])
def test_every_page_about_the_groups_shows(demo: Flask, name: str) -> None:
    page = step_in(demo, name)
    waiting, seen = ["/start"], {"/start"}
    while waiting:
        found = page.browser.get(waiting.pop())
        assert found.status in {200, 303}, found.path
        for link in found.links:
            path = link.partition("#")[0]
            if path not in seen and WALKED.match(path):
                seen.add(path)
                waiting.append(path)


def test_all_that_is_told_comes_out(demo: Flask) -> None:
    with demo.app_context():
        for told in demo_content().trajectories:
            [trajectory] = [each for each in all_trajectories() if each.title == told.title]
            questions = questions_of(trajectory)
            line = [
                told.together.text,
                *(each.question.text for each in told.meetings if each.question),
            ]
            assert [each.text for each in questions.common] == line
            assert all(each.points for each in questions.proposals)
            for row, meeting in zip(meetings_of(trajectory.id), told.meetings, strict=True):
                card = find_meeting(row.id)
                assert card
                # What was changed in an agenda still adds up.
                assert programme_of(card).left == 0, (told.title, row.number)
                assert agreements_of(row.id).homework == meeting.homework
                sent = sent_recap_of(card)
                assert (sent.letter.texts["opening"] if sent else None) == meeting.recap
                there = {each.title for each in told.shelf if each.read_for == row.number}
                assert {each.title for each in reading_for([row.id])[row.id]} == there
                plans = [each.plan for each in plans_after(around(trajectory), row.id)]
                assert {each.what for each in plans} == {
                    each.plan.what for each in meeting.after if each.plan
                }
                notes = notes_after(around(trajectory), row.id)
                assert len(notes) == sum(len(each.notes) for each in meeting.after)


def test_what_came_of_the_finished_group_is_there(demo: Flask) -> None:
    start = step_in(demo, "Hanna")
    [group] = [link for link in start.links if re.fullmatch(r"/trajectories/[^/]+", link)]
    portfolio = start.browser.get(f"{group}/portfolio/print").main.text
    told = demo_content().finished
    assert told.closing
    assert told.closing.portfolios[0].introduction in portfolio
    assert told.together.text in portfolio
    assert "18 hours" in start.browser.get(f"{group}/certificate").main.text
    grown = start.browser.get(f"{group}/then-and-now").main.text
    assert "Higher than then:" in grown
    assert "As then:" in grown
    lotte = step_in(demo, "Lotte")
    assert "Lower than then:" in lotte.browser.get(f"{group}/then-and-now").main.text
    anouk = step_in(demo, "Anouk")
    [dates] = [link for link in anouk.links if link.endswith("/trajectories")]
    released = [link for link in anouk.browser.get(dates).links if "message" in link]
    assert told.closing.proposal in anouk.browser.get(released[0]).main.text


@pytest.mark.parametrize(
    "moment",
    [
        "2026-08-05T09:00:00+00:00",  # in the summer break
        "2026-10-25T00:59:00+00:00",  # the clock is put back a minute later
        "2027-03-28T01:00:00+00:00",  # the clock is put forward at this moment
    ],
)
@pytest.mark.parametrize("database", ["sqlite"])
def test_whatever_day_it_is_laid_out_the_group_is_in_the_middle(
    make_app: Callable[..., Flask], new_database: Callable[[str], str], database: str, moment: str
) -> None:
    with time_machine.travel(datetime.fromisoformat(moment), tick=False):
        app = make_app(mode="demo", base_url="", database_url=new_database(database))
        load(app)
        assert "3 of 6 meetings have been" in Browser(app).get("/demo/").main.text
        assert next_title(step_in(app, "Femke")) == "Send the recap of meeting 3"
        assert next_title(step_in(app, "Fatima")) == "Write down what you will try"
        assert next_title(step_in(app, "Sanne")) == "Look back on meeting 3"
        with app.app_context():
            now = clock.now()
            for column in MOMENTS:
                latest = db.session.scalar(sa.select(sa.func.max(column)))
                assert latest is not None, str(column)
                assert latest <= now, str(column)
            [current, _finished] = all_trajectories()
            notes = [
                note
                for row in meetings_of(current.id)
                for note in notes_after(around(current), row.id)
            ]
            assert all(each.day <= clock.today() for each in notes)


def test_a_second_start_keeps_everything(demo: Flask) -> None:
    load(demo)
    with demo.app_context():
        assert db.session.query(Scan).count() == len(demo_content().scans)


def test_a_first_start_tells_each_step_and_a_second_has_none(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def start() -> list[str]:
        app = create_app(Settings(mode="demo", instance=tmp_path))
        with app.app_context():
            upgrade_database()
            db.session.rollback()
        load(app)
        told = capsys.readouterr()
        assert not told.out
        return told.err.splitlines()

    assert start() == [
        "Collecting the files for the browser ...",
        "Bringing the database up to date ...",
        "Laying out the demo ...",
    ]
    assert start() == []


@pytest.mark.parametrize(
    "environment",
    [
        {"REMOTE_ADDR": "192.168.1.5"},
        {"REMOTE_ADDR": "192.168.1.5", "HTTP_X_FORWARDED_FOR": "127.0.0.1"},
        {"HTTP_HOST": "demo.example"},
        {"HTTP_HOST": "127.0.0.1.evil.example"},
        {"HTTP_HOST": "localhost.evil.example:80"},
        {"HTTP_HOST": "evil.example", "HTTP_X_FORWARDED_HOST": "localhost"},
    ],
)
def test_it_is_closed_from_elsewhere_and_under_other_names(
    demo: Flask, environment: dict[str, str]
) -> None:
    client = demo.test_client()
    for path in PATHS:
        assert client.get(path, environ_overrides=environment).status_code == 404


@pytest.mark.parametrize("host", ["localhost", "localhost:8000", "127.0.0.1:8000", "[::1]:8000"])
def test_it_is_open_on_this_machine(demo: Flask, host: str) -> None:
    assert demo.test_client().get("/demo/", headers={"Host": host}).status_code == 200


def test_without_the_invented_people_there_is_no_door(empty: Flask) -> None:
    for path in PATHS:
        assert Browser(empty).get(path).status == 404


def test_in_production_there_is_no_door(browse: Browse, make: Maker) -> None:
    person = make.person("Sanne", Role.SUPERVISOR)
    browser = browse()
    for path in PATHS:
        assert browser.get(path).status == 404
    assert browser.post(f"/demo/step-in/{person.id}").status == 404
    sign_in(browser, person)
    assert "/demo/mailbox" not in browser.get("/start").links


def test_stepping_out_leaves_nothing_behind(demo: Flask) -> None:
    browser = Browser(demo)
    browser.get("/demo/").send()
    browser.post("/sign-out")
    assert browser.get("/start").location.startswith("/sign-in")
