"""Before meeting one: done or not yet for each participant, and one reminder a week at most."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask

from tests.application import Stored
from tests.factories import Maker, Someone, Trajectory
from tests.mailbox import Mailbox
from tests.pages.client import Browser, Page
from tests.pages.statements import statements
from tests.people import Browse
from zetwpo import clock
from zetwpo.accounts.actors import Role
from zetwpo.extensions import db
from zetwpo.mail.models import OutboxMail
from zetwpo.mail.rules import DecentHours
from zetwpo.privacy.service import erase

Clock = time_machine.Traveller
# A Monday, at ten in the morning.
NOW = datetime.fromisoformat("2027-02-01T09:00:00+00:00")


@pytest.fixture(autouse=True)
def time() -> Iterator[Clock]:
    with time_machine.travel(NOW, tick=False) as time:
        yield time


@pytest.fixture
def trajectory(
    make: Maker, facilitator: Someone, owner: Someone, stranger: Someone, time: Clock
) -> Trajectory:
    first = (NOW + timedelta(days=30)).date()
    return make.trajectory(facilitator, owner, stranger, first_day=first)


@pytest.fixture
def second(make: Maker, trajectory: Trajectory) -> Someone:
    """Who leads it as well."""
    person = make.person("Ina Institute", Role.FACILITATOR)
    make.lead(trajectory, person)
    return person


@pytest.fixture
def path(trajectory: Trajectory) -> str:
    return f"{trajectory.path}/readiness"


@pytest.fixture
def fem(browse: Browse, facilitator: Someone, trajectory: Trajectory) -> Browser:
    return browse(facilitator)


def lines(page: Page) -> dict[str, str]:
    """What stands there of each person, by name."""
    [listed] = [each for each in page.main.all("ul") if each.get("class") == "kept"]
    found = {}
    for each in listed.all("li"):
        [name] = each.all("strong")
        found[name.text] = each.text.removeprefix(name.text).strip()
    return found


NEITHER = "Self-scan not yet Learning question not yet"
SCAN = "Self-scan done Learning question not yet"
BOTH = "Self-scan done Learning question done"


def waiting(stored: Stored) -> list[str]:
    found = stored.values(
        sa.select(OutboxMail.recipient).where(OutboxMail.kind == "trajectory_reminder")
    )
    return sorted(found)


def test_only_what_is_finished_shows_and_nothing_else_changes_the_page(
    fem: Browser, make: Maker, path: str, owner: Someone, stranger: Someone
) -> None:
    before = fem.get(path)
    assert lines(before) == {"Olga Owner": NEITHER, "Sven Stranger": NEITHER}
    scan = make.draft_scan(owner, 4, {"gatekeeper": "An example"})
    assert fem.get(path).text == before.text
    make.scan(owner)
    assert lines(fem.get(path)) == {"Olga Owner": SCAN, "Sven Stranger": NEITHER}
    with_scan = fem.get(path)
    make.asked(scan)
    make.learning_question_draft(scan, "What do I want?")
    assert fem.get(path).text == with_scan.text
    make.learning_question(scan, "How do I ask more, and tell less?")
    page = fem.get(path)
    assert lines(page) == {"Olga Owner": BOTH, "Sven Stranger": NEITHER}
    assert "ask more" not in page.text


def test_a_scan_counts_from_half_a_year_before_the_first_meeting(
    fem: Browser,
    make: Maker,
    path: str,
    owner: Someone,
    stranger: Someone,
    time: Clock,
    browse: Browse,
    facilitator: Someone,
) -> None:
    for person, days in ((owner, 140), (stranger, 160)):
        time.move_to(NOW - timedelta(days=days))
        make.learning_question(make.scan(person), "How do I ask more?")
    time.move_to(NOW)
    assert lines(browse(facilitator).get(path)) == {"Olga Owner": BOTH, "Sven Stranger": NEITHER}


def test_a_scan_of_another_partnership_is_not_one_here(
    fem: Browser, make: Maker, trajectory: Trajectory, path: str
) -> None:
    both = make.person("Bo Both", Role.SUPERVISOR, partnership="Another partnership")
    make.scan(both)
    make.person("Bo Both", Role.SUPERVISOR, email=both.email)
    make.joined(trajectory, both)
    assert lines(fem.get(path))["Bo Both"] == NEITHER


def test_a_trainer_takes_part_without_a_scan(
    fem: Browser,
    make: Maker,
    trajectory: Trajectory,
    path: str,
    trainer: Someone,
    stored: Stored,
) -> None:
    make.joined(trajectory, trainer)
    assert lines(fem.get(path))["Tess Trainer"] == "takes part without a self-scan"
    fem.get(path).send(form="remind")
    assert trainer.email not in waiting(stored)


def test_of_whoever_may_take_part_no_more_nothing_shows(
    fem: Browser, make: Maker, path: str, stranger: Someone, owner: Someone, stored: Stored
) -> None:
    """An employer takes part in nothing, whatever else they are."""
    make.person(stranger.name, Role.SCHOOL_LEADER, email=stranger.email)
    assert list(lines(fem.get(path))) == [owner.name]
    fem.get(path).send(form="remind")
    assert waiting(stored) == [owner.email]


def test_a_reminder_goes_to_who_is_not_ready_and_to_nobody_else(
    fem: Browser, make: Maker, path: str, owner: Someone, stranger: Someone, mailbox: Mailbox
) -> None:
    make.learning_question(make.scan(owner), "How do I ask more?")
    page = fem.get(path)
    assert "One person gets an email from you" in page.text
    done = page.send(form="remind").follow()
    assert "A reminder goes to one person." in done.text
    assert "got a reminder less than a week ago" in done.text
    assert mailbox.to(owner.email) == []
    [letter] = mailbox.to(stranger.email)
    assert "Fem Facilitator" in letter.text
    assert "From supervisor to trainer" in letter.text
    assert "zelfscan" in letter.subject
    assert "leervraag" in letter.text


def test_the_letter_asks_only_what_is_not_there(
    fem: Browser, make: Maker, path: str, owner: Someone, mailbox: Mailbox
) -> None:
    make.scan(owner)
    fem.get(path).send(form="remind")
    [letter] = mailbox.to(owner.email)
    assert "zelfscan" not in letter.text.lower()
    assert "leervraag" in letter.text


def test_nobody_is_reminded_twice_a_week_whoever_clicks(
    fem: Browser,
    browse: Browse,
    second: Someone,
    path: str,
    stored: Stored,
    time: Clock,
    mailbox: Mailbox,
    facilitator: Someone,
) -> None:
    mine, theirs = fem.get(path), browse(second).get(path)
    mine.send(form="remind")
    mine.send(form="remind")
    answer = theirs.send(form="remind").follow()
    assert "Nobody needs a reminder now" in answer.text
    assert len(waiting(stored)) == 2
    mailbox.deliver()
    for days, count in ((6, 2), (8, 4), (14, 4), (16, 6)):
        time.move_to(NOW + timedelta(days=days))
        browse(facilitator).post(f"{path}/remind")
        mailbox.deliver()
        assert len(waiting(stored)) == count, days


def test_nobody_is_reminded_twice_a_week_by_two_groups_or_by_coming_back(
    fem: Browser,
    browse: Browse,
    make: Maker,
    path: str,
    trajectory: Trajectory,
    owner: Someone,
    stored: Stored,
) -> None:
    other = make.person("Otto Other", Role.FACILITATOR)
    second = make.trajectory(other, owner, title="Another group")
    fem.post(f"{path}/remind")
    assert len(waiting(stored)) == 2
    browse(other).post(f"{second.path}/readiness/remind")
    make.left(trajectory, owner)
    make.joined(trajectory, owner)
    fem.post(f"{path}/remind")
    assert len(waiting(stored)) == 2


def test_one_that_waits_to_leave_is_the_only_one_however_long_it_waits(
    fem: Browser, browse: Browse, path: str, stored: Stored, time: Clock, facilitator: Someone
) -> None:
    fem.post(f"{path}/remind")
    time.move_to(NOW + timedelta(days=9))
    browse(facilitator).post(f"{path}/remind")
    assert len(waiting(stored)) == 2


def test_who_did_it_before_it_leaves_gets_none(
    fem: Browser,
    make: Maker,
    path: str,
    trajectory: Trajectory,
    owner: Someone,
    stranger: Someone,
    mailbox: Mailbox,
) -> None:
    fem.post(f"{path}/remind")
    make.learning_question(make.scan(owner), "How do I ask more?")
    make.left(trajectory, stranger)
    assert mailbox.to(owner.email) == []
    assert mailbox.to(stranger.email) == []


def test_who_left_and_came_back_before_it_leaves_gets_it_still(
    fem: Browser,
    make: Maker,
    path: str,
    trajectory: Trajectory,
    owner: Someone,
    mailbox: Mailbox,
) -> None:
    fem.post(f"{path}/remind")
    make.left(trajectory, owner)
    make.joined(trajectory, owner)
    assert len(mailbox.to(owner.email)) == 1


def test_it_leaves_on_a_day_on_which_people_are_at_school(
    app: Flask,
    browse: Browse,
    make: Maker,
    path: str,
    facilitator: Someone,
    trajectory: Trajectory,
    time: Clock,
    mailbox: Mailbox,
) -> None:
    app.extensions["mail_hours"] = DecentHours(8, 18)
    monday = NOW + timedelta(days=7)
    make.school_break(make.partnership(), "Break", monday.date())
    time.move_to(NOW + timedelta(days=5))
    browse(facilitator).post(f"{path}/remind")
    for days, count in ((5, 0), (6, 0), (7, 0), (8, 2)):
        time.move_to(NOW + timedelta(days=days))
        reminders = [each for each in mailbox.deliver() if "zelfscan" in each.subject]
        assert len(reminders) == count, days


def test_who_stopped_these_mails_or_is_gone_gets_none(
    app: Flask,
    fem: Browser,
    make: Maker,
    path: str,
    owner: Someone,
    stranger: Someone,
    mailbox: Mailbox,
) -> None:
    make.stopped_mail(owner, "trajectory_reminder")
    fem.post(f"{path}/remind")
    with app.app_context():
        erase(stranger.id)
        db.session.commit()
    assert mailbox.deliver() == []


def test_a_facilitator_who_left_is_followed_by_who_leads_it(
    fem: Browser,
    make: Maker,
    second: Someone,
    path: str,
    trajectory: Trajectory,
    facilitator: Someone,
    owner: Someone,
    mailbox: Mailbox,
) -> None:
    fem.post(f"{path}/remind")
    make.left(trajectory, facilitator)
    [letter] = mailbox.to(owner.email)
    assert "Ina Institute" in letter.text
    assert "Fem" not in letter.text


def test_after_the_last_meeting_there_is_nothing_to_remind_of(
    browse: Browse,
    path: str,
    facilitator: Someone,
    trajectory: Trajectory,
    stored: Stored,
    time: Clock,
) -> None:
    time.move_to(NOW + timedelta(days=300))
    browser = browse(facilitator)
    assert "Nobody needs a reminder any more" in browser.get(path).text
    assert "Nobody needs a reminder any more" in browser.post(f"{path}/remind").follow().text
    assert waiting(stored) == []


def test_others_do_not_come_in(
    browse: Browse,
    make: Maker,
    path: str,
    owner: Someone,
    programme_leader: Someone,
    school_leader: Someone,
    administrator: Someone,
    stored: Stored,
) -> None:
    other = make.person("Otto Other", Role.FACILITATOR)
    elsewhere = make.person("Els Elsewhere", *Role, partnership="Elsewhere")
    for person in (owner, programme_leader, school_leader, administrator, other, elsewhere):
        browser = browse(person)
        assert browser.get(path).status in {403, 404}
        assert browser.post(f"{path}/remind").status in {403, 404}
    assert waiting(stored) == []


def test_a_closed_trajectory_reminds_nobody(
    fem: Browser, make: Maker, path: str, trajectory: Trajectory, stored: Stored
) -> None:
    make.closed(trajectory)
    assert "Nobody needs a reminder any more" in fem.post(f"{path}/remind").follow().text
    assert waiting(stored) == []


def test_more_people_cost_no_more_statements(
    app: Flask, make: Maker, fem: Browser, path: str, trajectory: Trajectory, owner: Someone
) -> None:
    make.scan(owner)
    with statements(app) as few:
        fem.get(path)
    for number in range(20):
        person = make.person(f"Person {number}", Role.SUPERVISOR)
        make.joined(trajectory, person)
        make.learning_question(make.scan(person), "How do I ask more?")
    with statements(app) as many:
        assert len(lines(fem.get(path))) == 22
    assert len(many) == len(few)
    assert clock.now() == NOW
