"""Mails about dates: one for each reason, with what a calendar needs, in school time."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask
from icalendar import Calendar

from tests.application import Stored, wipe
from tests.factories import Maker, Someone, Trajectory
from tests.mailbox import Letter, Mailbox, MailServer
from tests.pages.client import Browser
from tests.people import Browse, sign_in
from zetwpo import clock
from zetwpo.accounts.actors import Role
from zetwpo.clock import AMSTERDAM
from zetwpo.cycle.meetings.letters import CHANGED
from zetwpo.cycle.trajectories.letters import MENDING, PLANNED
from zetwpo.extensions import db
from zetwpo.mail import worker
from zetwpo.mail.models import OutboxMail
from zetwpo.mail.rules import CLAIM_LASTS

Clock = time_machine.Traveller
# A Monday, at ten in the morning.
NOW = datetime(2027, 1, 4, 9, tzinfo=UTC)
FIRST = date(2027, 1, 20)
NOOR = "noor@school.example"


@pytest.fixture(autouse=True)
def time() -> Iterator[Clock]:
    with time_machine.travel(NOW) as traveller:
        yield traveller


@pytest.fixture
def noor(make: Maker) -> Someone:
    return make.person("Noor Note", Role.SUPERVISOR, language="en", email=NOOR)


@pytest.fixture
def fem(browse: Browse, facilitator: Someone) -> Browser:
    return browse(facilitator)


@pytest.fixture
def group(make: Maker, facilitator: Someone, noor: Someone) -> Trajectory:
    return make.trajectory(facilitator, noor, title="Growing", first_day=FIRST)


@pytest.fixture
def told(group: Trajectory, time: Clock, mailbox: Mailbox) -> Trajectory:
    """A trajectory of which everybody knows the dates; and it is a quarter of an hour later."""
    later(time)
    mailbox.deliver()
    mailbox.server.letters.clear()
    return group


def later(time: Clock) -> None:
    time.shift(MENDING + timedelta(seconds=1))


def move(fem: Browser, group: Trajectory, number: int, **typed: str) -> None:
    page = fem.get(f"/meetings/{group.meetings[number - 1]}/move").send(typed)
    assert page.status == 303, page.text


def cancel(fem: Browser, group: Trajectory, number: int) -> None:
    assert fem.get(f"/meetings/{group.meetings[number - 1]}/cancel").send().status == 303


def events(letter: Letter) -> list[tuple[str, Any]]:
    """What each of the files asks, and of what."""
    found = [Calendar.from_ical(each) for each in letter.files.values()]
    return [(str(each["METHOD"]), event) for each in found for event in each.walk("VEVENT")]


# ---------------------------------------------------------------------------------- there is a plan


def test_whoever_takes_part_gets_all_dates_once(
    group: Trajectory, mailbox: Mailbox, time: Clock
) -> None:
    # Whoever plans may still mend it.
    assert mailbox.deliver() == []
    later(time)
    [letter] = mailbox.to(NOOR)
    assert letter.subject == "You take part in Growing: these are the dates"
    assert "It is led by Fem Facilitator." in letter.text
    assert "Meeting 1: Wednesday, 20 January 2027, 15:30–18:30, Room 12" in letter.text
    assert letter.text.count("\n- Meeting") == 6
    assert list(letter.files) == [f"meeting-{number}.ics" for number in range(1, 7)]
    asked = events(letter)
    assert {method for method, _event in asked} == {"REQUEST"}
    assert [str(event["UID"]) for _method, event in asked] == [str(each) for each in group.meetings]
    _method, last = asked[-1]
    assert last.start == datetime(2027, 6, 9, 15, 30, tzinfo=AMSTERDAM)
    assert (last["SUMMARY"], last["LOCATION"]) == ("Meeting 6: Growing", "Room 12")
    assert last["URL"] == f"http://127.0.0.1{group.path}"
    assert last["ATTENDEE"] == f"mailto:{NOOR}"
    later(time)
    assert len(mailbox.to(NOOR)) == 1


def test_whoever_may_lead_it_no_more_is_not_named_as_who_does(
    group: Trajectory, make: Maker, facilitator: Someone, mailbox: Mailbox, time: Clock
) -> None:
    make.without_role(facilitator, Role.FACILITATOR)
    later(time)
    [letter] = mailbox.to(NOOR)
    assert "Fem Facilitator" not in letter.text


def test_whoever_leads_it_gets_them_in_their_own_language(
    group: Trajectory, facilitator: Someone, mailbox: Mailbox, time: Clock
) -> None:
    later(time)
    [letter] = mailbox.to(facilitator.email)
    assert letter.subject == "Je begeleidt Growing: dit zijn de data"
    assert list(letter.files)[0] == "bijeenkomst-1.ics"
    assert "Fem Facilitator" not in letter.text


def test_no_calendar_of_one_names_another(
    group: Trajectory, make: Maker, mailbox: Mailbox, time: Clock
) -> None:
    later(time)
    for letter in mailbox.deliver():
        text = "".join(letter.files.values())
        assert "Fem" not in text
        assert "Noor" not in text
        assert text.count("mailto:") == 12


def test_what_is_mended_at_once_is_told_as_it_is_then(
    fem: Browser, group: Trajectory, mailbox: Mailbox, time: Clock
) -> None:
    move(fem, group, 2, day="2027-02-18")
    later(time)
    [letter] = mailbox.to(NOOR)
    assert "Meeting 2: Thursday, 18 February 2027" in letter.text
    assert dict(zip(letter.files, events(letter), strict=True))["meeting-2.ics"][1]["SEQUENCE"] == 1
    later(time)
    assert len(mailbox.to(NOOR)) == 1


def test_nobody_is_told_who_left_or_whose_meetings_are_over(
    make: Maker,
    group: Trajectory,
    noor: Someone,
    facilitator: Someone,
    mailbox: Mailbox,
    time: Clock,
) -> None:
    make.left(group, noor)
    make.trajectory(facilitator, noor, title="Short", first_day=date(2027, 1, 4), count=1)
    time.move_to(datetime(2027, 1, 5, 9, tzinfo=UTC))
    assert mailbox.to(NOOR) == []


def test_whoever_comes_back_is_told_again(
    make: Maker, told: Trajectory, noor: Someone, mailbox: Mailbox, time: Clock, fem: Browser
) -> None:
    make.left(told, noor)
    page = fem.get(f"{told.path}/people/choose?name=Noor")
    page.send({"person": str(noor.id), "name": "Noor"})
    later(time)
    [letter] = mailbox.to(NOOR)
    assert "these are the dates" in letter.subject


# ------------------------------------------------------------------------------------ it changes


def test_a_meeting_that_moves_is_one_mail_and_moves_in_the_calendar(
    fem: Browser, told: Trajectory, mailbox: Mailbox, time: Clock
) -> None:
    move(fem, told, 3, day="2027-03-31", begins="14:00", place="Room 9")
    assert mailbox.to(NOOR) == []
    later(time)
    [letter] = mailbox.to(NOOR)
    assert letter.subject == "Meeting 3 moves to Wednesday, 31 March 2027"
    assert (
        "Meeting 3 moves. It was on Wednesday, 17 March 2027, 15:30–18:30, and is on Wednesday, "
        "31 March 2027, 14:00–17:00 now. The place is now: Room 9." in letter.text
    )
    [(method, event)] = events(letter)
    assert (method, str(event["UID"])) == ("REQUEST", str(told.meetings[2]))
    assert (event["SEQUENCE"], event["LOCATION"]) == (1, "Room 9")
    # In summer time by then.
    assert event.start == datetime(2027, 3, 31, 12, tzinfo=UTC)
    later(time)
    assert len(mailbox.to(NOOR)) == 1


def test_what_changes_within_a_quarter_of_an_hour_comes_in_one_mail(
    fem: Browser, told: Trajectory, mailbox: Mailbox, time: Clock
) -> None:
    move(fem, told, 2, day="2027-02-10")
    time.shift(timedelta(minutes=5))
    move(fem, told, 3, day="2027-03-10")
    move(fem, told, 3, day="2027-03-24")
    cancel(fem, told, 6)
    fem.get(f"{told.path}/dates").send({"day": "2027-07-07"})
    time.shift(timedelta(minutes=9))
    assert mailbox.to(NOOR) == []
    time.shift(timedelta(minutes=2))
    [letter] = mailbox.to(NOOR)
    assert letter.subject == "Dates of Growing change"
    assert letter.text.count("\n- ") == 4
    assert "It was on Wednesday, 17 March 2027, 15:30–18:30, and is on Wednesday, 24" in letter.text
    assert "Meeting 6 on Wednesday, 9 June 2027, 15:30–18:30 is cancelled." in letter.text
    assert "There is one more meeting: Meeting 6: Wednesday, 7 July 2027" in letter.text
    found = {str(event["UID"]): (method, event) for method, event in events(letter)}
    assert found[str(told.meetings[2])][1]["SEQUENCE"] == 2
    method, event = found[str(told.meetings[5])]
    assert (method, event["SEQUENCE"], event["STATUS"]) == ("CANCEL", 1, "CANCELLED")
    assert len(found) == 4


def test_what_was_moved_back_did_not_move(
    fem: Browser, told: Trajectory, mailbox: Mailbox, time: Clock, stored: Stored
) -> None:
    move(fem, told, 3, day="2027-03-24")
    move(fem, told, 3, day="2027-03-17")
    later(time)
    assert mailbox.to(NOOR) == []
    assert stored.count(OutboxMail, OutboxMail.kind == CHANGED) == 0


def test_a_change_after_that_is_a_mail_of_its_own(
    fem: Browser, told: Trajectory, mailbox: Mailbox, time: Clock
) -> None:
    move(fem, told, 3, day="2027-03-24")
    later(time)
    mailbox.deliver()
    move(fem, told, 3, day="2027-03-31")
    later(time)
    _first, second = mailbox.to(NOOR)
    assert "It was on Wednesday, 24 March 2027" in second.text
    [(_method, event)] = events(second)
    assert event["SEQUENCE"] == 2


def test_a_cancelled_meeting_leaves_the_calendar_and_later_ones_get_another_number(
    fem: Browser, told: Trajectory, mailbox: Mailbox, time: Clock
) -> None:
    cancel(fem, told, 3)
    later(time)
    [letter] = mailbox.to(NOOR)
    assert letter.subject == "Meeting 3 is cancelled"
    assert letter.text.count("\n- ") == 1
    assert "The meetings after it get another number." in letter.text
    asked = {str(event["UID"]): (method, event) for method, event in events(letter)}
    assert asked[str(told.meetings[2])][0] == "CANCEL"
    method, event = asked[str(told.meetings[3])]
    assert (method, event["SUMMARY"], event["SEQUENCE"]) == ("REQUEST", "Meeting 3: Growing", 1)
    assert len(asked) == 4


def test_another_place_alone_is_told_as_such(
    fem: Browser, told: Trajectory, mailbox: Mailbox, time: Clock
) -> None:
    move(fem, told, 3, place="")
    move(fem, told, 4, place="Room 9")
    later(time)
    [letter] = mailbox.to(NOOR)
    assert "Meeting 3 on Wednesday, 17 March 2027, 15:30–18:30 is at another place." in letter.text
    assert "The place is not known yet." in letter.text
    assert "The place is now: Room 9." in letter.text


@pytest.mark.parametrize("leaves", ["person", "meeting"])
def test_what_nobody_needs_any_more_does_not_leave(
    fem: Browser,
    make: Maker,
    told: Trajectory,
    noor: Someone,
    mailbox: Mailbox,
    time: Clock,
    leaves: str,
) -> None:
    move(fem, told, 1, place="Room 9")
    if leaves == "person":
        make.left(told, noor)
        later(time)
    else:
        time.move_to(datetime(2027, 1, 20, 17, 31, tzinfo=UTC))
    assert mailbox.to(NOOR) == []


def test_a_mail_that_failed_says_the_same_the_next_time(
    fem: Browser, told: Trajectory, mailbox: Mailbox, mail_server: MailServer, time: Clock
) -> None:
    move(fem, told, 3, day="2027-03-24")
    later(time)
    mail_server.refuses = True
    assert mailbox.to(NOOR) == []
    # It may have arrived all the same: what changes now is a mail of its own.
    move(fem, told, 3, day="2027-03-31")
    mail_server.refuses = False
    time.shift(timedelta(minutes=5))
    [first] = mailbox.to(NOOR)
    assert "moves to Wednesday, 31 March 2027" in first.subject
    later(time)
    letters = mailbox.to(NOOR)
    assert len(letters) == 2
    assert "It was on Wednesday, 24 March 2027" in letters[-1].text


def test_a_worker_that_died_is_followed_by_one_that_says_the_same(
    fem: Browser, app: Flask, told: Trajectory, mailbox: Mailbox, time: Clock, stored: Stored
) -> None:
    move(fem, told, 3, day="2027-03-24")
    later(time)
    with app.app_context():
        db.session.execute(sa.update(OutboxMail).values(claimed_at=clock.now()))
        db.session.commit()
    assert mailbox.to(NOOR) == []
    time.shift(CLAIM_LASTS + timedelta(seconds=1))
    [letter] = mailbox.to(NOOR)
    assert "moves to Wednesday, 24 March 2027" in letter.subject


# ----------------------------------------------------------------------------------- in school time


@pytest.fixture
def strict(
    make_app: Callable[..., Flask],
    new_database: Callable[[str], str],
    database: str,
    mail_server: MailServer,
) -> Iterator[Maker]:
    """A site that sends mails from 7 to 21, as sites do."""
    mail_server.letters = []
    app = make_app(database_url=new_database(database), mail_from_hour=7, mail_until_hour=21)
    yield Maker(app)
    wipe(app)


@pytest.mark.parametrize(
    ("queued", "before", "leaves"),
    [
        # On a Friday evening: on Monday, also where the clock is put forward or back in between.
        ("2027-01-08 19:00", "2027-01-11 07:59", "2027-01-11 08:00"),
        ("2027-03-26 17:00", "2027-03-30 07:59", "2027-03-30 08:00"),
        ("2027-10-29 19:00", "2027-11-01 07:59", "2027-11-01 08:00"),
        # In a break: after it.
        ("2027-02-22 12:00", "2027-03-01 07:59", "2027-03-01 08:00"),
        ("2027-01-06 05:00", "2027-01-06 07:59", "2027-01-06 08:00"),
        ("2027-01-06 17:50", "2027-01-07 07:59", "2027-01-07 08:00"),
    ],
)
def test_mails_leave_in_school_time(
    strict: Maker, mail_server: MailServer, time: Clock, queued: str, before: str, leaves: str
) -> None:
    def at(moment: str) -> datetime:
        return datetime.fromisoformat(moment).replace(tzinfo=AMSTERDAM)

    time.move_to(at(queued))
    noor = strict.person("Noor Note", Role.SUPERVISOR, language="en", email=NOOR)
    fem = strict.person("Fem Facilitator", Role.FACILITATOR)
    strict.school_break(strict.partnership(), "Break", date(2027, 2, 20), date(2027, 2, 28))
    strict.trajectory(fem, noor, first_day=clock.today() + timedelta(days=28))
    mailbox = Mailbox(strict.app, mail_server)
    for moment in (queued, before):
        time.move_to(at(moment) + timedelta(seconds=30))
        assert mailbox.deliver() == []
    time.move_to(at(leaves))
    assert {letter.to for letter in mailbox.deliver()} == {NOOR, fem.email}


def test_whoever_would_come_for_nothing_is_told_before(
    strict: Maker, mail_server: MailServer, time: Clock
) -> None:
    noor = strict.person("Noor Note", Role.SUPERVISOR, language="en", email=NOOR)
    fem = strict.person("Fem Facilitator", Role.FACILITATOR, language="en")
    group = strict.trajectory(fem, noor, first_day=date(2027, 1, 11), count=2)
    mailbox = Mailbox(strict.app, mail_server)
    later(time)
    mailbox.deliver()
    mail_server.letters.clear()
    # On Friday, before a meeting on Monday at nine: that is too early on Monday.
    browser = Browser(strict.app, "en")
    sign_in(browser, fem)
    move(browser, group, 1, begins="09:00", place="Room 9")
    time.move_to(datetime(2027, 1, 9, 12, tzinfo=UTC))
    assert {letter.to for letter in mailbox.deliver()} == {NOOR, fem.email}


def test_two_workers_send_one(
    fem: Browser, told: Trajectory, app: Flask, mailbox: Mailbox, time: Clock
) -> None:
    move(fem, told, 3, day="2027-03-24")
    later(time)

    def work(_number: int) -> None:
        with app.app_context():
            worker.send_due()

    with ThreadPoolExecutor(3) as pool:
        list(pool.map(work, range(3)))
    assert len([each for each in mailbox.server.letters if each.to == NOOR]) == 1


def test_no_kept_text_holds_a_file(told: Trajectory, stored: Stored) -> None:
    texts = stored.values(sa.select(OutboxMail.text).where(OutboxMail.kind == PLANNED))
    assert len(texts) == 2
    assert not any("VCALENDAR" in text for text in texts)
