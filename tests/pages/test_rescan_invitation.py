"""The scan once more: asked for by itself before the last meeting, once, while it is needed."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask

from tests.application import Stored
from tests.factories import Maker, Someone, Trajectory
from tests.mailbox import Letter, Mailbox
from tests.pages.client import Browser
from tests.people import Browse
from zetwpo.accounts.actors import Role
from zetwpo.clock import dutch
from zetwpo.cycle.rescan.models import RescanCall
from zetwpo.cycle.rescan.service import INVITATION
from zetwpo.cycle.sweeping import RESCAN
from zetwpo.mail.models import OutboxMail
from zetwpo.mail.rules import DecentHours

Clock = time_machine.Traveller
# A Wednesday: 6 January, 3 February, 3 March, 31 March, 28 April, 26 May 2027.
FIRST = date(2027, 1, 6)
LAST = datetime(2027, 5, 26, 13, 30, tzinfo=UTC)
DAY = timedelta(days=1)
# In the three weeks before the last one; a Monday.
DUE = datetime(2027, 5, 10, 9, tzinfo=UTC)


@pytest.fixture
def time() -> Iterator[Clock]:
    with time_machine.travel(datetime(2026, 12, 7, 9, tzinfo=UTC)) as traveller:
        yield traveller


@pytest.fixture
def bo(make: Maker, time: Clock) -> Someone:
    return make.person("Bo", Role.SUPERVISOR)


@pytest.fixture
def group(
    make: Maker, time: Clock, facilitator: Someone, owner: Someone, bo: Someone
) -> Trajectory:
    """Both of them have a scan of the beginning."""
    made = make.trajectory(facilitator, owner, bo, first_day=FIRST)
    for each in (owner, bo):
        make.scan(each, 3)
    return made


@pytest.fixture
def fem(browse: Browse, facilitator: Someone, group: Trajectory, time: Clock) -> Browser:
    time.move_to(DUE)
    return browse(facilitator)


def swept(app: Flask) -> int:
    with app.app_context():
        return RESCAN.run()


def invited(app: Flask, mailbox: Mailbox) -> list[Letter]:
    """What came in, after the worker had its turn."""
    swept(app)
    return [each for each in mailbox.deliver() if "nog een keer" in each.subject]


def queued(stored: Stored) -> int:
    return len(stored.values(sa.select(OutboxMail.id).where(OutboxMail.kind == INVITATION)))


def move_last(fem: Browser, group: Trajectory, day: date) -> None:
    path = f"/meetings/{group.meetings[-1]}/move"
    assert fem.get(path).send({"day": day.isoformat()}, form="/move").status == 303


def test_everybody_who_has_no_second_scan_is_invited_once(
    app: Flask,
    mailbox: Mailbox,
    group: Trajectory,
    time: Clock,
    owner: Someone,
    bo: Someone,
) -> None:
    time.move_to(LAST - 22 * DAY)
    assert invited(app, mailbox) == []
    time.move_to(DUE)
    found = invited(app, mailbox)
    assert {each.to for each in found} == {owner.email, bo.email}
    for letter in found:
        assert "From supervisor to trainer" in letter.text
        assert "26 mei" in letter.text
        assert "ziet niet of je het deed" in letter.text
    for _again in range(3):
        time.shift(DAY)
        assert invited(app, mailbox) == found


def test_two_workers_at_once_invite_once(
    app: Flask, group: Trajectory, time: Clock, stored: Stored
) -> None:
    time.move_to(DUE)
    assert [swept(app), swept(app)] == [2, 0]
    assert queued(stored) == 2


@pytest.mark.parametrize("is_finished", [True, False])
def test_whoever_began_again_is_not_invited(
    app: Flask,
    mailbox: Mailbox,
    make: Maker,
    group: Trajectory,
    time: Clock,
    owner: Someone,
    bo: Someone,
    is_finished: bool,
) -> None:
    time.move_to(DUE - DAY)
    (make.scan if is_finished else make.draft_scan)(owner, 5)
    time.move_to(DUE)
    assert [each.to for each in invited(app, mailbox)] == [bo.email]


def test_whoever_begins_while_it_waits_gets_none(
    app: Flask, mailbox: Mailbox, make: Maker, group: Trajectory, time: Clock, owner: Someone
) -> None:
    time.move_to(DUE)
    swept(app)
    make.draft_scan(owner)
    assert owner.email not in {each.to for each in invited(app, mailbox)}


def test_trainers_those_without_a_first_scan_and_those_who_left_get_none(
    app: Flask,
    mailbox: Mailbox,
    make: Maker,
    group: Trajectory,
    trainer: Someone,
    time: Clock,
    owner: Someone,
    bo: Someone,
) -> None:
    make.joined(group, trainer, make.person("Cas", Role.SUPERVISOR))
    time.move_to(DUE)
    make.left(group, bo)
    assert [each.to for each in invited(app, mailbox)] == [owner.email]


def test_who_left_and_came_back_before_it_leaves_gets_it_still(
    app: Flask, mailbox: Mailbox, make: Maker, group: Trajectory, time: Clock, owner: Someone
) -> None:
    time.move_to(DUE)
    swept(app)
    make.left(group, owner)
    make.joined(group, owner)
    assert [each.to for each in invited(app, mailbox)].count(owner.email) == 1


def test_who_became_an_employer_is_not_invited(
    app: Flask,
    mailbox: Mailbox,
    make: Maker,
    group: Trajectory,
    time: Clock,
    owner: Someone,
    bo: Someone,
) -> None:
    """The group is closed to them, and so is when it meets."""
    make.person(bo.name, Role.SCHOOL_LEADER, email=bo.email)
    time.move_to(DUE)
    assert [each.to for each in invited(app, mailbox)] == [owner.email]


def test_it_waits_for_a_school_day_and_for_its_hours(
    app: Flask, mailbox: Mailbox, make: Maker, group: Trajectory, time: Clock
) -> None:
    app.extensions["mail_hours"] = DecentHours(8, 18)
    make.school_break(make.partnership(), "May", date(2027, 5, 3))
    # Three weeks before is 5 May, a holiday; the sixth is one as well, and then a weekend.
    time.move_to(LAST - 21 * DAY)
    assert invited(app, mailbox) == []
    for moment in (datetime(2027, 5, 8, 10, tzinfo=UTC), datetime(2027, 5, 10, 5, tzinfo=UTC)):
        time.move_to(moment)
        assert invited(app, mailbox) == []
    time.move_to(datetime(2027, 5, 10, 6, 1, tzinfo=UTC))
    assert len(invited(app, mailbox)) == 2


def test_where_the_last_meeting_moves_it_waits_for_the_new_day(
    app: Flask,
    mailbox: Mailbox,
    browse: Browse,
    facilitator: Someone,
    group: Trajectory,
    time: Clock,
) -> None:
    time.move_to(DUE)
    # It is queued, and has not left.
    swept(app)
    move_last(browse(facilitator), group, date(2027, 6, 30))
    assert invited(app, mailbox) == []
    time.move_to(datetime(2027, 6, 10, 9, tzinfo=UTC))
    [one, other] = invited(app, mailbox)
    assert "30 juni" in one.text
    assert "30 juni" in other.text


def test_where_it_moves_ahead_it_goes_at_once(
    app: Flask,
    mailbox: Mailbox,
    browse: Browse,
    facilitator: Someone,
    group: Trajectory,
    time: Clock,
) -> None:
    time.move_to(LAST - 25 * DAY)
    assert invited(app, mailbox) == []
    move_last(browse(facilitator), group, date(2027, 5, 12))
    assert len(invited(app, mailbox)) == 2


def test_another_meeting_after_it_makes_that_the_last_one(
    app: Flask, mailbox: Mailbox, fem: Browser, group: Trajectory, time: Clock
) -> None:
    page = fem.get(f"{group.path}/dates")
    assert page.send({"day": "2027-06-23"}, form="/dates").status == 303
    assert invited(app, mailbox) == []
    time.move_to(datetime(2027, 6, 3, 9, tzinfo=UTC))
    assert len(invited(app, mailbox)) == 2


def test_once_it_went_no_second_one_follows_for_another_day(
    app: Flask, mailbox: Mailbox, fem: Browser, group: Trajectory, time: Clock
) -> None:
    first = invited(app, mailbox)
    assert len(first) == 2
    move_last(fem, group, date(2027, 6, 30))
    time.move_to(datetime(2027, 6, 15, 9, tzinfo=UTC))
    assert invited(app, mailbox) == first


def test_a_closed_trajectory_and_one_that_is_over_invite_nobody(
    app: Flask,
    mailbox: Mailbox,
    make: Maker,
    facilitator: Someone,
    owner: Someone,
    group: Trajectory,
    time: Clock,
    stored: Stored,
) -> None:
    time.move_to(LAST)
    assert invited(app, mailbox) == []
    time.move_to(DUE)
    make.closed(group)
    assert invited(app, mailbox) == []
    assert stored.rows(sa.select(RescanCall.called_at)) == []


def test_a_trajectory_without_people_or_of_one_meeting_asks_nobody(
    app: Flask, make: Maker, facilitator: Someone, owner: Someone, time: Clock
) -> None:
    make.trajectory(facilitator, first_day=FIRST)
    make.trajectory(facilitator, owner, first_day=FIRST, count=1)
    make.scan(owner)
    for moment in (dutch(LAST) - 7 * DAY, datetime(2027, 1, 4, 9, tzinfo=UTC)):
        time.move_to(moment)
        assert swept(app) == 0


def test_whoever_stopped_these_mails_still_reads_it_on_the_first_page(
    app: Flask,
    mailbox: Mailbox,
    make: Maker,
    browse: Browse,
    group: Trajectory,
    owner: Someone,
    bo: Someone,
    time: Clock,
    stored: Stored,
) -> None:
    make.stopped_mail(owner, INVITATION)
    time.move_to(DUE)
    assert [each.to for each in invited(app, mailbox)] == [bo.email]
    # It is not asked for again and again.
    assert queued(stored) == 1
    assert swept(app) == 0
    olga = browse(owner)
    for path in ("/start", f"{group.path}/mine"):
        page = olga.get(path)
        assert "Fill in your scan once more" in page.text
        assert "/scan/again" in page.links
    olga.get("/scan/again").send(form="/start")
    for path in ("/start", f"{group.path}/mine"):
        assert "Fill in your scan once more" not in olga.get(path).text


def test_before_that_time_nothing_is_asked(
    browse: Browse, group: Trajectory, owner: Someone, time: Clock
) -> None:
    time.move_to(LAST - 22 * DAY)
    assert "Fill in your scan once more" not in browse(owner).get("/start").text


def test_whoever_leads_it_reads_nothing_of_who_did(
    make: Maker, fem: Browser, group: Trajectory, owner: Someone
) -> None:
    paths = ("/start", group.path, f"{group.path}/people", f"{group.path}/readiness")
    before = [fem.get(path).main.text for path in paths]
    make.scan(owner, 6)
    assert [fem.get(path).main.text for path in paths] == before
