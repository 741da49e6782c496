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
    page = fem.get(f"{group.meeting(number)}/move").send(typed)
    assert page.status == 303, page.text


def cancel(fem: Browser, group: Trajectory, number: int) -> None:
    assert fem.get(f"{group.meeting(number)}/cancel").send().status == 303


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


# ------------------------------------------------------------------------------------ it is over


def asked(letter: Letter) -> dict[str, tuple[str, int]]:
    """What a letter asks of a calendar, by the meetings, and with which sequence."""
    return {str(event["UID"]): (method, int(event["SEQUENCE"])) for method, event in events(letter)}


@pytest.mark.parametrize("how", ["leaves", "is let go"])
def test_the_calendar_of_who_leaves_lets_go_of_what_is_to_come(
    told: Trajectory,
    noor: Someone,
    facilitator: Someone,
    browse: Browse,
    mailbox: Mailbox,
    time: Clock,
    how: str,
) -> None:
    # One has been: that stays where it is.
    time.move_to(datetime(2027, 1, 21, 9, tzinfo=UTC))
    if how == "leaves":
        browse(noor).get(f"{told.path}/leave").send()
    else:
        browse(facilitator).get(f"{told.path}/people/{noor.id}/end").send()
    later(time)
    letters = mailbox.deliver()
    assert [each.to for each in letters] == [NOOR]
    [letter] = letters
    assert letter.subject == "The meetings of Growing leave your calendar"
    assert "You no longer take part in the trajectory Growing." in letter.text
    assert letter.text.count("\n- Meeting") == 5
    assert "Meeting 2: Wednesday, 17 February 2027" in letter.text
    assert f"{told.path}/mine" in letter.text
    assert asked(letter) == {str(each): ("CANCEL", 1) for each in told.meetings[1:]}
    _method, event = events(letter)[0]
    assert event["ATTENDEE"] == f"mailto:{NOOR}"
    assert event["STATUS"] == "CANCELLED"
    later(time)
    assert len(mailbox.deliver()) == 1


def test_who_is_put_back_has_the_dates_again_with_a_higher_sequence(
    make: Maker, told: Trajectory, noor: Someone, mailbox: Mailbox, time: Clock, fem: Browser
) -> None:
    seen = dict.fromkeys(map(str, told.meetings), 0)
    for _time in range(2):
        make.left(told, noor)
        later(time)
        make.joins(told, noor)
        later(time)
        for letter in mailbox.to(NOOR):
            for key, (_method, sequence) in asked(letter).items():
                assert sequence > seen[key]
                seen[key] = sequence
        mailbox.server.letters.clear()
    assert {method for method, _sequence in asked(letter).values()} == {"REQUEST"}
    # What changes after that is higher still, also for who never left.
    move(fem, told, 2, day="2027-02-18")
    later(time)
    letters = {each.to: asked(each)[str(told.meetings[1])] for each in mailbox.deliver()}
    assert len(letters) == 2
    assert all(sequence > seen[str(told.meetings[1])] for _method, sequence in letters.values())


def test_who_is_back_within_a_quarter_of_an_hour_hears_no_goodbye(
    make: Maker, told: Trajectory, noor: Someone, mailbox: Mailbox, time: Clock
) -> None:
    make.left(told, noor)
    make.joins(told, noor)
    later(time)
    [letter] = mailbox.to(NOOR)
    assert {method for method, _sequence in asked(letter).values()} == {"REQUEST"}


def test_who_begins_to_lead_it_keeps_the_dates(
    make: Maker, told: Trajectory, noor: Someone, mailbox: Mailbox, time: Clock
) -> None:
    make.person(noor.name, Role.FACILITATOR, email=noor.email)
    make.lead(told, noor)
    later(time)
    [letter] = mailbox.to(NOOR)
    assert "Je begeleidt het traject Growing." in letter.text
    assert {method for method, _sequence in asked(letter).values()} == {"REQUEST"}


def test_a_facilitator_who_leaves_is_told_as_such(
    make: Maker, told: Trajectory, facilitator: Someone, mailbox: Mailbox, time: Clock
) -> None:
    other = make.person("Flip", Role.FACILITATOR, language="en")
    make.lead(told, other)
    later(time)
    mailbox.deliver()
    mailbox.server.letters.clear()
    make.left(told, other)
    later(time)
    letters = mailbox.deliver()
    assert [each.to for each in letters] == [other.email]
    assert "You no longer lead the trajectory Growing." in letters[0].text
    assert "What you wrote" not in letters[0].text
    assert set(asked(letters[0]).values()) == {("CANCEL", 1)}


def test_what_changed_just_before_they_left_leaves_their_calendar_as_well(
    make: Maker, fem: Browser, told: Trajectory, noor: Someone, mailbox: Mailbox, time: Clock
) -> None:
    cancel(fem, told, 3)
    move(fem, told, 2, day="2027-02-18")
    fem.get(f"{told.path}/dates").send({"day": "2027-07-07"})
    make.left(told, noor)
    # And what happens to it while the mail waits.
    cancel(fem, told, 2)
    later(time)
    [letter] = mailbox.to(NOOR)
    # As it was told, and not the one of which they never heard.
    assert "Meeting 2: Wednesday, 17 February 2027" in letter.text
    assert asked(letter).keys() == set(map(str, told.meetings))
    assert {method for method, _sequence in asked(letter).values()} == {"CANCEL"}


def test_whoever_never_had_the_dates_is_told_nothing(
    make: Maker, group: Trajectory, noor: Someone, mailbox: Mailbox, time: Clock
) -> None:
    make.left(group, noor)
    later(time)
    assert mailbox.to(NOOR) == []


def test_no_goodbye_leaves_for_what_is_over(
    make: Maker, told: Trajectory, noor: Someone, mailbox: Mailbox, time: Clock
) -> None:
    make.left(told, noor)
    time.move_to(datetime(2027, 7, 1, 9, tzinfo=UTC))
    assert mailbox.to(NOOR) == []


def test_a_trajectory_that_is_closed_early_leaves_the_calendar_of_who_led_it(
    make: Maker,
    fem: Browser,
    told: Trajectory,
    noor: Someone,
    facilitator: Someone,
    mailbox: Mailbox,
    time: Clock,
) -> None:
    make.left(told, noor)
    for _time in range(2):
        later(time)
        mailbox.deliver()
        mailbox.server.letters.clear()
        fem.get(f"{told.path}/closing").send(form=f"{told.path}/closing/close")
        later(time)
        [letter] = mailbox.deliver()
        assert letter.to == facilitator.email
        assert "Growing is gesloten" in letter.text
        cancelled = asked(letter)
        assert {method for method, _sequence in cancelled.values()} == {"CANCEL"}
        mailbox.server.letters.clear()
        fem.get(f"{told.path}/closing").send(form=f"{told.path}/closing/reopen")
        later(time)
        [letter] = mailbox.deliver()
        for key, (method, sequence) in asked(letter).items():
            assert method == "REQUEST"
            assert sequence > cancelled[key][1]


def test_two_who_let_somebody_leave_at_once_are_one_goodbye(
    make: Maker,
    told: Trajectory,
    noor: Someone,
    facilitator: Someone,
    browse: Browse,
    mailbox: Mailbox,
    time: Clock,
) -> None:
    browsers = [browse(facilitator), browse(facilitator), browse(noor)]
    paths = [*[f"{told.path}/people/{noor.id}/end"] * 2, f"{told.path}/leave"]
    pages = [each.get(path) for each, path in zip(browsers, paths, strict=True)]
    with ThreadPoolExecutor(3) as pool:
        list(pool.map(lambda page: page.send(), pages))
    later(time)
    [letter] = mailbox.to(NOOR)
    assert set(asked(letter).values()) == {("CANCEL", 1)}


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


def test_a_change_goes_to_all_who_are_in_it_and_to_nobody_else(
    make: Maker,
    fem: Browser,
    told: Trajectory,
    noor: Someone,
    facilitator: Someone,
    mailbox: Mailbox,
    time: Clock,
) -> None:
    cas = make.person("Cas", Role.SUPERVISOR)
    lex = make.person("Lex", Role.SUPERVISOR)
    make.joined(told, cas, lex)
    make.trajectory(make.person("Flip", Role.FACILITATOR), make.person("Vos", Role.SUPERVISOR))
    later(time)
    mailbox.deliver()
    make.left(told, lex)
    later(time)
    mailbox.deliver()
    mailbox.server.letters.clear()
    page = fem.get(f"{told.path}/settings")
    assert page.send({"title": "Growing on"}).status == 303
    later(time)
    # A new name alone is no reason to write to everybody.
    assert mailbox.deliver() == []
    move(fem, told, 2, day="2027-02-18")
    later(time)
    letters = mailbox.deliver()
    assert sorted(each.to for each in letters) == sorted([NOOR, cas.email, facilitator.email])
    for letter in letters:
        [(method, event)] = events(letter)
        assert (method, str(event["UID"])) == ("REQUEST", str(told.meetings[1]))
        assert str(event["SUMMARY"]).endswith("2: Growing on")
        assert event["ATTENDEE"] == f"mailto:{letter.to}"


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
    # Who left hears that they did, and of no other place.
    assert not [each for each in mailbox.to(NOOR) if "Room 9" in each.text]


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


def test_a_goodbye_leaves_in_school_time(
    strict: Maker, mail_server: MailServer, time: Clock
) -> None:
    noor = strict.person("Noor Note", Role.SUPERVISOR, language="en", email=NOOR)
    fem = strict.person("Fem Facilitator", Role.FACILITATOR)
    group = strict.trajectory(fem, noor, first_day=clock.today() + timedelta(days=28))
    mailbox = Mailbox(strict.app, mail_server)
    later(time)
    mailbox.deliver()
    mailbox.server.letters.clear()
    # A Saturday.
    time.move_to(datetime(2027, 1, 9, 9, tzinfo=UTC))
    strict.left(group, noor)
    later(time)
    assert mailbox.deliver() == []
    time.move_to(datetime(2027, 1, 11, 7, 1, tzinfo=UTC))
    [letter] = mailbox.deliver()
    assert {method for method, _sequence in asked(letter).values()} == {"CANCEL"}


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
