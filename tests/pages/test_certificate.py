"""A certificate of participation: claimed by whose it is, kept as it was, seen by nobody else."""

import uuid
from datetime import timedelta

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask

from tests.application import Stored
from tests.factories import Maker, Trajectory
from tests.pages.client import Page
from tests.pages.group import OUTSIDE, Group, early_group
from tests.pages.statements import statements
from tests.people import CLOSED
from zetwpo.accounts.actors import Role
from zetwpo.clock import now
from zetwpo.cycle.attendance import service as attendance
from zetwpo.cycle.certificate.models import Certificate, CertificateLeader
from zetwpo.cycle.meetings.models import Meeting
from zetwpo.extensions import db

__all__ = ["early_group"]
KEYS = sa.select(Certificate.id)


@pytest.fixture
def over(app: Flask, early_group: Group) -> Group:
    """Its second meeting was the last one; nothing is noted of anybody."""
    with app.app_context():
        later = early_group.trajectory.meetings[2:]
        db.session.execute(sa.delete(Meeting).where(Meeting.id.in_(later)))
        db.session.commit()
    trajectory = early_group.trajectory
    made = Trajectory(trajectory.id, trajectory.title, trajectory.meetings[:2])
    return Group(made, early_group.people, early_group.browsers, early_group.open)


@pytest.fixture
def noted(make: Maker, over: Group) -> Group:
    """The owner was at both; Bo was at none; who left was at the first."""
    note(make, over, "owner", "present", "present")
    note(make, over, "bo", "excused", "absent")
    make.noted(over.trajectory, 1, over.people["left"], "present")
    return over


def note(make: Maker, group: Group, who: str, *presences: str) -> None:
    for number, presence in enumerate(presences, 1):
        make.noted(group.trajectory, number, group.people[who], presence)


def page_of(group: Group, who: str = "owner") -> Page:
    return group[who].get(f"{group.trajectory.path}/certificate")


def claim(group: Group, who: str = "owner") -> Page:
    return group[who].post(f"{group.trajectory.path}/certificate", {})


def test_it_is_claimed_by_an_act_and_says_what_was_noted(noted: Group, stored: Stored) -> None:
    page = page_of(noted)
    assert "2 meetings, 6 hours" in page.text
    assert stored.values(KEYS) == []
    paper = page.send(form="/certificate").follow()
    assert paper.heading == "Certificate of participation"
    for words in ("Olga Owner", noted.trajectory.title, "2 meetings, 6 hours in all", "Fem"):
        assert words in paper.main.text
    assert "It is no judgement of anybody's work." in paper.main.text


@pytest.mark.parametrize("word", ["passed", "geslaagd", "score", "%"])
def test_it_says_no_verdict(noted: Group, word: str) -> None:
    paper = claim(noted).follow()
    assert word not in paper.main.text.casefold()


def test_two_clicks_leave_one_and_lead_to_it(noted: Group, stored: Stored) -> None:
    assert claim(noted).location == claim(noted).location
    assert len(stored.values(KEYS)) == 1


def test_who_was_at_no_meeting_has_nothing_to_claim(noted: Group, stored: Stored) -> None:
    assert "so there is nothing to claim" in page_of(noted, "bo").text
    assert claim(noted, "bo").status == 409
    assert stored.values(KEYS) == []


def test_who_left_claims_the_meetings_at_which_they_were(noted: Group) -> None:
    assert "1 meeting, 3 hours" in page_of(noted, "left").text
    assert claim(noted, "left").follow().status == 200


def test_it_waits_for_the_last_meeting(make: Maker, early_group: Group) -> None:
    note(make, early_group, "owner", "present", "present")
    assert "You can claim it after the last meeting" in page_of(early_group).text
    assert claim(early_group).status == 409


def test_it_waits_until_the_last_meeting_is_noted(make: Maker, over: Group) -> None:
    note(make, over, "owner", "present")
    assert "It is not noted yet who was at the last meeting" in page_of(over).text
    assert claim(over).status == 409
    # Of anybody there.
    make.noted(over.trajectory, 2, over.people["bo"], "present")
    assert claim(over).status == 303


def test_a_trajectory_that_was_closed_early_waits_for_nothing(
    make: Maker, early_group: Group
) -> None:
    note(make, early_group, "owner", "present")
    make.closed(early_group.trajectory)
    assert claim(early_group).status == 303


def test_what_was_claimed_stays_as_it_was_and_can_be_claimed_anew(
    make: Maker, noted: Group, stored: Stored
) -> None:
    first = claim(noted).location
    before = noted["owner"].get(first).main.text
    with noted["fem"].app.app_context():
        db.session.execute(sa.text("DELETE FROM attendance WHERE presence = 'present'"))
        db.session.commit()
    note(make, noted, "owner", "present")
    again = noted["owner"].get(first).main.text
    assert before.endswith(again)
    page = page_of(noted)
    assert "Something was corrected since then" in page.text
    second = page.send(form="/certificate").location
    assert second != first
    assert "1 meeting, 3 hours in all" in noted["owner"].get(second).main.text
    assert noted["owner"].get(first).status == 404
    assert len(stored.values(KEYS)) == 1
    assert "corrected" not in page_of(noted).text


def test_it_stays_when_attendance_is_kept_no_longer(make: Maker, noted: Group) -> None:
    paper = claim(noted).location
    with time_machine.travel(now() + timedelta(days=700)):
        with make.request():
            attendance.clear_over()
        browser = noted.open(noted.people["owner"])
        assert "2 meetings" in browser.get(paper).main.text
        page = browser.get(f"{noted.trajectory.path}/certificate")
        assert "corrected" not in page.text


def test_what_is_kept_no_longer_is_said_to_whoever_did_not_claim(make: Maker, noted: Group) -> None:
    with time_machine.travel(now() + timedelta(days=700)):
        with make.request():
            attendance.clear_over()
        browser = noted.open(noted.people["owner"])
        page = browser.get(f"{noted.trajectory.path}/certificate")
        assert "is no longer kept" in page.text


def test_its_owner_deletes_it_after_a_question(noted: Group, stored: Stored) -> None:
    paper = claim(noted).location
    asked = noted["owner"].get(f"{paper}/withdraw")
    assert stored.values(KEYS) != []
    assert asked.send(form="/withdraw").follow().status == 200
    assert stored.values(KEYS) == []
    assert stored.values(sa.select(CertificateLeader.name)) == []
    assert noted["owner"].get(paper).status == 404
    assert "You can claim it" in page_of(noted).text


@pytest.mark.parametrize("who", ["bo", "fem", *OUTSIDE])
def test_nobody_else_opens_it_or_sees_that_it_was_claimed(noted: Group, who: str) -> None:
    pages = (f"{noted.trajectory.path}/people", f"{noted.trajectory.path}/certificate", "/")
    before = [noted[who].get(path).text for path in pages]
    paper = claim(noted).location
    assert [noted[who].get(path).text for path in pages] == before
    for path in ("", "/certificate.pdf", "/withdraw"):
        assert noted[who].get(paper + path).status == 404
    assert noted[who].post(f"{paper}/withdraw", {}).status in CLOSED
    assert noted["owner"].get(paper).status == 200


@pytest.mark.parametrize("who", ["fem", *(each for each in OUTSIDE if each != "left")])
def test_who_never_took_part_has_no_page_for_it(noted: Group, who: str) -> None:
    assert page_of(noted, who).status in CLOSED
    assert claim(noted, who).status in CLOSED


def test_it_stays_its_owners_after_the_role_ended(make: Maker, noted: Group) -> None:
    make.without_role(noted.people["owner"], Role.SUPERVISOR)
    assert claim(noted).follow().status == 200


def test_the_name_of_who_led_goes_with_their_account(
    make: Maker, noted: Group, stored: Stored
) -> None:
    paper = claim(noted).location
    assert "Fem" in noted["owner"].get(paper).main.text
    make.erased(noted.people["fem"])
    text = noted["owner"].get(paper).main.text
    assert "Fem" not in text
    assert "Led by" not in text
    assert "corrected" not in page_of(noted).text


def test_it_outlives_its_trajectory(noted: Group, stored: Stored) -> None:
    paper = claim(noted).location
    with noted["owner"].app.app_context():
        key = noted.trajectory.id.hex if db.engine.dialect.name == "sqlite" else noted.trajectory.id
        db.session.execute(sa.text("DELETE FROM trajectory WHERE id = :id"), {"id": key})
        db.session.commit()
    page = noted["owner"].get(paper)
    assert noted.trajectory.title in page.main.text
    assert page.main.all("a")[0].get("href") == f"{paper}/withdraw"
    assert noted["owner"].get(f"{paper}/withdraw").send(form="/withdraw").location == "/start"
    assert stored.values(KEYS) == []


def test_it_goes_with_its_owner(make: Maker, noted: Group, stored: Stored) -> None:
    claim(noted)
    make.erased(noted.people["owner"])
    assert stored.values(KEYS) == []


def test_what_stands_on_it_is_what_was_noted_when_it_was_claimed(
    make: Maker, noted: Group, stored: Stored
) -> None:
    key = make.certificate(noted.trajectory, noted.people["owner"])
    row = stored.rows(
        sa.select(Certificate.id, Certificate.meetings, Certificate.minutes, Certificate.name)
    )
    assert row == [(key, 2, 360, "Olga Owner")]
    assert isinstance(key, uuid.UUID)


def test_the_page_asks_as_much_however_many_meetings_there_are(
    app: Flask, make: Maker, noted: Group, early_group: Group
) -> None:
    with statements(app) as few:
        page_of(noted)
    make.noted(noted.trajectory, 2, noted.people["left"], "absent")
    with statements(app) as more:
        page_of(noted)
    assert len(few) == len(more)
