"""Who was there: one tap for each person, and each participant reads only their own line."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask

from tests.application import Stored
from tests.factories import Maker, Someone, Trajectory
from tests.pages.client import Browser, Page
from tests.pages.statements import statements
from tests.people import Browse
from zetwpo.accounts.actors import Role
from zetwpo.audit import AuditEntry
from zetwpo.cycle.attendance.models import Attendance
from zetwpo.cycle.attendance.queries import totals_of_all
from zetwpo.cycle.attendance.rules import Totals
from zetwpo.cycle.meetings.models import Meeting
from zetwpo.extensions import db
from zetwpo.privacy.tidying import tidy

Clock = time_machine.Traveller
FIRST = date(2027, 3, 3)
BEGINS = datetime.fromisoformat("2027-03-03T14:30:00+00:00")


@pytest.fixture(autouse=True)
def time() -> Iterator[Clock]:
    """Three weeks before the first meeting."""
    with time_machine.travel(BEGINS - timedelta(weeks=3), tick=False) as time:
        yield time


@pytest.fixture
def trajectory(
    make: Maker, facilitator: Someone, owner: Someone, stranger: Someone, time: Clock
) -> Trajectory:
    return make.trajectory(facilitator, owner, stranger, first_day=FIRST, count=2)


@pytest.fixture
def path(trajectory: Trajectory) -> str:
    return f"{trajectory.meeting(1)}/attendance"


@pytest.fixture
def fem(browse: Browse, facilitator: Someone, trajectory: Trajectory) -> Browser:
    return browse(facilitator)


def sign_in_again(time: Clock, moment: datetime, browse: Browse, person: Someone) -> Browser:
    time.move_to(moment)
    return browse(person)


def tap(person: Someone, wanted: str, seen: str = "-") -> dict[str, str]:
    return {"tap": f"{person.id} {wanted} {seen}"}


def buttons(page: Page) -> list[str]:
    return [each.text for each in page.main.all("button") if each.get("name") == "tap"]


def pressed(page: Page) -> list[str]:
    return [each.text for each in page.main.all("button", **{"aria-pressed": "true"})]


def noted(stored: Stored) -> list[str]:
    return sorted(stored.values(sa.select(Attendance.presence)))


def test_beforehand_somebody_can_be_excused_and_nothing_else(
    fem: Browser, path: str, owner: Someone, stored: Stored
) -> None:
    page = fem.get(path)
    assert buttons(page) == ["Excused Olga Owner", "Excused Sven Stranger"]
    done = page.send(tap(owner, "excused"), form="attendance")
    assert (done.response.location or "").endswith(f"{path}#p-{owner.id}")
    refused = page.send(tap(owner, "present", "excused"), form="attendance")
    assert refused.status == 422
    assert "This meeting begins on Wednesday, 3 March 2027 at 15:30" in refused.text
    assert fem.post(f"{path}/others").status == 422
    assert noted(stored) == ["excused"]


def test_what_was_noted_of_one_day_is_not_noted_of_another(
    browse: Browse,
    make: Maker,
    facilitator: Someone,
    path: str,
    trajectory: Trajectory,
    owner: Someone,
    stranger: Someone,
    stored: Stored,
    time: Clock,
) -> None:
    """Nobody has hours of a meeting that moved away from those who were at its door."""
    fem = sign_in_again(time, BEGINS - timedelta(minutes=20), browse, facilitator)
    moving = path.replace("attendance", "move")
    assert "note it anew" not in fem.get(moving).text
    make.noted(trajectory, 1, owner, "present")
    make.noted(trajectory, 1, stranger, "excused")
    page = fem.get(moving)
    assert "note it anew" in page.text
    assert page.send({"place": "Room 9", "begins": "15:40"}).status == 303
    assert noted(stored) == ["excused", "present"]
    assert fem.get(moving).send({"begins": "21:00"}).status == 303
    assert noted(stored) == ["excused"]
    assert fem.get(moving).send({"day": "2027-03-04"}).status == 303
    assert noted(stored) == []


def test_at_the_meeting_one_tap_notes_one_person(
    browse: Browse,
    facilitator: Someone,
    path: str,
    trajectory: Trajectory,
    owner: Someone,
    stored: Stored,
    time: Clock,
) -> None:
    fem = sign_in_again(time, BEGINS - timedelta(minutes=20), browse, facilitator)
    page = fem.get(path)
    assert buttons(page)[:3] == ["Present Olga Owner", "Absent Olga Owner", "Excused Olga Owner"]
    page = page.send(tap(owner, "present"), form="attendance").follow()
    assert pressed(page) == ["Present Olga Owner"]
    page = page.send(tap(owner, "absent", "present"), form="attendance").follow()
    assert pressed(page) == ["Absent Olga Owner"]
    page = page.send(tap(owner, "-", "absent"), form="attendance").follow()
    assert (pressed(page), noted(stored)) == ([], [])


def test_a_second_click_is_no_second_act(
    browse: Browse,
    facilitator: Someone,
    path: str,
    trajectory: Trajectory,
    owner: Someone,
    stored: Stored,
    time: Clock,
) -> None:
    fem = sign_in_again(time, BEGINS, browse, facilitator)
    page = fem.get(path)
    for _click in range(2):
        assert page.send(tap(owner, "present"), form="attendance").status == 303
    assert noted(stored) == ["present"]
    assert stored.count(AuditEntry, AuditEntry.action == "attendance noted") == 1


def test_two_facilitators_see_what_the_other_noted_before_it_changes(
    browse: Browse,
    make: Maker,
    facilitator: Someone,
    trajectory: Trajectory,
    path: str,
    owner: Someone,
    stored: Stored,
    time: Clock,
) -> None:
    second = make.person("Ina Institute", Role.FACILITATOR)
    make.lead(trajectory, second)
    fem = sign_in_again(time, BEGINS, browse, facilitator)
    mine, theirs = fem.get(path), browse(second).get(path)
    mine.send(tap(owner, "absent"), form="attendance")
    late = theirs.send(tap(owner, "present"), form="attendance")
    assert late.status == 409
    assert "In the meantime somebody else made it: was not there" in late.text
    assert pressed(late) == ["Absent Olga Owner"]
    assert noted(stored) == ["absent"]
    late.send(tap(owner, "present", "absent"), form="attendance")
    assert noted(stored) == ["present"]


def test_all_others_are_present_with_one_tap(
    browse: Browse,
    facilitator: Someone,
    trajectory: Trajectory,
    path: str,
    owner: Someone,
    stored: Stored,
    make: Maker,
    time: Clock,
) -> None:
    make.noted(trajectory, 1, owner, "excused")
    fem = sign_in_again(time, BEGINS, browse, facilitator)
    done = fem.get(path).send(form="others").follow()
    assert "One person is noted as present." in done.text
    assert noted(stored) == ["excused", "present"]
    again = fem.post(f"{path}/others").follow()
    assert "Everybody was noted already." in again.text


def test_a_participant_reads_their_own_line_and_nobody_elses(
    browse: Browse,
    make: Maker,
    trajectory: Trajectory,
    path: str,
    owner: Someone,
    stranger: Someone,
) -> None:
    make.noted(trajectory, 1, owner, "present")
    make.noted(trajectory, 1, stranger, "excused")
    page = browse(owner).get(path)
    assert "You were there." in page.text
    assert "Sven" not in page.text
    assert page.main.all("button") == []
    assert "You said beforehand" in browse(stranger).get(path).text
    assert browse(owner).post(path, tap(owner, "present")).status in {403, 404}


def test_the_page_of_a_meeting_leads_there_and_says_the_own_line(
    fem: Browser,
    browse: Browse,
    make: Maker,
    trajectory: Trajectory,
    path: str,
    owner: Someone,
    stranger: Someone,
) -> None:
    meeting = trajectory.meeting(1)
    page = fem.get(meeting)
    assert "Nothing is noted yet." in page.text
    assert path in page.links
    assert "Who was there" not in browse(owner).get(meeting).text
    make.noted(trajectory, 1, owner, "excused")
    assert "It is not noted for everybody yet." in fem.get(meeting).text
    own = browse(owner).get(meeting)
    assert "You said beforehand that you could not come." in own.text
    assert path not in own.links
    assert "Who was there" not in browse(stranger).get(meeting).text
    make.noted(trajectory, 1, stranger, "present")
    assert "It is noted for everybody." in fem.get(meeting).text


def test_who_came_later_or_left_is_in_the_list_of_their_own_meetings(
    browse: Browse,
    make: Maker,
    facilitator: Someone,
    trajectory: Trajectory,
    owner: Someone,
    stranger: Someone,
    time: Clock,
    stored: Stored,
) -> None:
    time.move_to(BEGINS + timedelta(days=2))
    make.left(trajectory, stranger)
    late = make.person("Lot Later", Role.SUPERVISOR)
    make.joined(trajectory, late)
    fem = sign_in_again(time, BEGINS + timedelta(weeks=5), browse, facilitator)
    first, second = (f"/meetings/{key}/attendance" for key in trajectory.meetings)
    page = fem.get(first)
    assert {each.split(" ", 1)[1] for each in buttons(page)} == {"Olga Owner", "Sven Stranger"}
    assert "no longer takes part" in page.text
    assert {each.split(" ", 1)[1] for each in buttons(fem.get(second))} == {
        "Lot Later",
        "Olga Owner",
    }
    assert page.send(tap(stranger, "absent"), form="attendance").status == 303
    refused = fem.get(second).send(tap(stranger, "absent"), form="attendance")
    assert refused.status == 422
    assert "not in the group at this meeting" in refused.text
    assert noted(stored) == ["absent"]


@pytest.mark.parametrize("sent", ["", "present", "x present -"])
def test_a_button_that_is_not_ours_changes_nothing(
    fem: Browser, path: str, sent: str, stored: Stored
) -> None:
    assert fem.post(path, {"tap": sent}).status == 400
    assert noted(stored) == []


def test_a_closed_trajectory_stays_as_it_was(
    fem: Browser, make: Maker, trajectory: Trajectory, path: str, owner: Someone, stored: Stored
) -> None:
    make.closed(trajectory)
    before = stored.everything()
    assert fem.get(path).status == 200
    refused = fem.post(path, tap(owner, "excused"))
    assert refused.status == 409
    assert "This trajectory is closed" in refused.text
    assert stored.everything() == before


def test_others_do_not_come_in(
    browse: Browse,
    make: Maker,
    path: str,
    trajectory: Trajectory,
    owner: Someone,
    programme_leader: Someone,
    school_leader: Someone,
    administrator: Someone,
    stranger: Someone,
) -> None:
    other = make.person("Otto Other", Role.FACILITATOR)
    elsewhere = make.person("Els Elsewhere", *Role, partnership="Elsewhere")
    make.left(trajectory, stranger)
    for person in (programme_leader, school_leader, administrator, other, elsewhere, stranger):
        browser = browse(person)
        assert browser.get(path).status in {403, 404}
        assert browser.post(path, tap(owner, "excused")).status in {403, 404}


def test_sixty_people_cost_as_many_statements_as_two(
    app: Flask, make: Maker, fem: Browser, path: str, trajectory: Trajectory
) -> None:
    with statements(app) as few:
        fem.get(path)
    for number in range(58):
        make.joined(trajectory, make.person(f"Person {number}", Role.SUPERVISOR))
    with statements(app) as many:
        page = fem.get(path)
    assert len(buttons(page)) == 60
    assert len(many) == len(few)


def test_totals_are_of_all_together(
    app: Flask, make: Maker, trajectory: Trajectory, owner: Someone, stranger: Someone
) -> None:
    third = make.person("Tom Third", Role.SUPERVISOR)
    make.joined(trajectory, third)
    make.noted(trajectory, 1, owner, "present")
    make.noted(trajectory, 2, owner, "absent")
    make.noted(trajectory, 1, stranger, "excused")
    with app.app_context():
        assert totals_of_all([trajectory.id]) == {trajectory.id: None}
    make.noted(trajectory, 1, third, "present")
    with app.app_context():
        found = totals_of_all([trajectory.id])
    assert found == {trajectory.id: Totals(2, present=2, absent=1, excused=1)}


def test_it_goes_three_months_after_the_school_year(
    app: Flask, make: Maker, trajectory: Trajectory, owner: Someone, time: Clock, stored: Stored
) -> None:
    make.noted(trajectory, 1, owner, "present")
    with app.app_context():
        time.move_to(datetime.fromisoformat("2027-10-31T22:30:00+00:00"))
        tidy()
        assert noted(stored) == ["present"]
        time.move_to(datetime.fromisoformat("2027-10-31T23:30:00+00:00"))
        tidy()
        assert noted(stored) == []


def test_a_meeting_that_moves_keeps_what_was_noted(
    browse: Browse,
    make: Maker,
    facilitator: Someone,
    trajectory: Trajectory,
    owner: Someone,
    path: str,
    time: Clock,
    stored: Stored,
) -> None:
    make.noted(trajectory, 1, owner, "present")
    with make.request():
        db.session.execute(
            sa.update(Meeting)
            .where(Meeting.id == trajectory.meetings[0])
            .values(starts_at=BEGINS + timedelta(days=7))
        )
    fem = sign_in_again(time, BEGINS + timedelta(hours=4), browse, facilitator)
    page = fem.get(path)
    assert "was there" in page.text
    assert page.send(tap(owner, "-", "present"), form="attendance").status == 303
    assert noted(stored) == []
