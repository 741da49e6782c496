"""What somebody in a trajectory writes and does not open changes no page that others see.

Not by its words, and not by a count, an order or a date either (trust, rule 1 and promise 10).
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from flask import Flask

from tests.factories import PARTNERSHIP, Maker, Scan, Someone, Trajectory
from tests.guards.test_byte_for_byte import ONE_TIME
from tests.mailbox import Mailbox
from tests.pages.client import Browser
from tests.pages.group import autosave
from tests.people import Browse, sign_in
from zetwpo import clock
from zetwpo.accounts.actors import Role
from zetwpo.cycle import sweeping

# Who looks, and at which address.
Place = tuple[str, str]
# What the pages of a group are called below its own address, and below that of a meeting.
OF_GROUP = ("", "/people", "/questions", "/questions/board", "/questions/decide", "/subgroups")
OF_GROUP += ("/dates", "/mine", "/shared", "/shared?after=1", "/pairs", "/readiness")
OF_GROUP += ("/shelf", "/halfway", "/team-message", "/team-message/paper", "/closing", "/next")
OF_GROUP += ("/team-message/released", "/then-and-now")
OF_MEETING = ("", "/agenda", "/preparation", "/attendance", "/agreements", "/print", "/wall")
OF_MEETING += ("/wall?block=0", "/next-question", "/recap", "/recap/preview", "/reading")
OF_ALL = ("/start", "/desk", "/shared", "/my-data/all.json")


@dataclass(frozen=True)
class Room:
    """A group with three who take part, one who left, and who leads it; two meetings have been."""

    make: Maker
    group: Trajectory
    scan: Scan
    people: Mapping[str, Someone]
    browsers: Mapping[str, Browser]
    # When everybody looks.
    moment: datetime

    def everything(self) -> dict[Place, bytes]:
        """All that everybody but Olga finds at any of these addresses."""
        found = self.look([(who, path) for who in self.browsers for path in self.paths()])
        return {place: page for place, page in found.items() if page.startswith(b"200")}

    def look(self, places: Iterable[Place]) -> dict[Place, bytes]:
        """What there is to see there, without words that are new on every page."""
        with time_machine.travel(self.moment, tick=False):
            return {
                (who, path): self._bytes(self.browsers[who], path)
                for who, path in places
                if who != "olga"
            }

    def changed(self, before: Mapping[Place, bytes]) -> set[Place]:
        """What looks in another way by now."""
        after = self.look(before)
        return {place for place in before if before[place] != after[place]}

    def paths(self) -> Iterator[str]:
        yield from OF_ALL
        yield from (f"{self.group.path}{ending}" for ending in OF_GROUP)
        for meeting in self.group.meetings[:3]:
            yield from (f"/meetings/{meeting}{ending}" for ending in OF_MEETING)
        yield f"/partnerships/{self.make.partnership()}/trajectories"
        yield f"/partnerships/{self.make.partnership()}/names"

    @staticmethod
    def _bytes(browser: Browser, path: str) -> bytes:
        page = browser.client.get(path)
        assert page.status_code < 500
        return f"{page.status_code}\n".encode() + ONE_TIME.sub(b"", page.data)


# The pages are the same on both, and there are many of them.
pytestmark = pytest.mark.parametrize("database", ["sqlite"])


@pytest.fixture
def room(make: Maker, browse: Browse) -> Room:
    return _room(make, browse, clock.today() - timedelta(weeks=6))


@pytest.fixture
def over(make: Maker, browse: Browse) -> Room:
    """The last meeting was two weeks ago: people take along what is theirs."""
    room = _room(make, browse, clock.today() - timedelta(weeks=22))
    for number in range(1, 7):
        for who in ("olga", "bo"):
            make.noted(room.group, number, room.people[who], "present")
    return room


def _room(make: Maker, browse: Browse, first_day: date) -> Room:
    people = {
        "olga": make.person("Olga", Role.SUPERVISOR),
        "bo": make.person("Bo", Role.SUPERVISOR),
        "vera": make.person("Vera", Role.SUPERVISOR),
        "lex": make.person("Lex", Role.SUPERVISOR),
        "fem": make.person("Fem", Role.FACILITATOR),
        "fleur": make.person("Fleur", Role.FACILITATOR),
        "piet": make.person("Piet", Role.PROGRAMME_LEADER),
        "sol": make.person("Sol", Role.SCHOOL_LEADER),
        "ad": make.person("Ad", Role.ADMINISTRATOR),
    }
    olga, bo, vera, lex = (people[who] for who in ("olga", "bo", "vera", "lex"))
    with clock.as_if(clock.start_of(first_day) - timedelta(weeks=1)):
        group = make.trajectory(people["fem"], olga, bo, vera, lex, first_day=first_day)
    make.left(group, lex)
    # What there is already, so that every page shows something.
    make.pair(group, olga, bo)
    make.plan(group, olga, "An earlier plan", is_open=True)
    make.plan(group, bo, "The plan of Bo", is_open=True, number=2)
    make.note(group, bo, "A note of Bo", "group", number=2)
    make.brought_in(group, bo, "What does Bo ask?")
    scan = make.scan(olga)
    browsers = {who: browse(each) for who, each in people.items()}
    return Room(make, group, scan, people, browsers, clock.now() + timedelta(hours=1))


def plan(room: Room, olga: Browser) -> Iterator[str]:
    page = olga.post(f"/meetings/{room.group.meetings[1]}/plan").follow()
    autosave(page, {"what": "Nobody reads this"})
    page.send({"at": "On Monday", "sign": "They ask", "minutes": "90"})
    yield "wrote a plan"
    olga.post(f"{page.path}/let_go")
    yield "let it go where nobody was to read it"


def note(room: Room, olga: Browser) -> Iterator[str]:
    page = olga.post(f"/meetings/{room.group.meetings[1]}/practice-notes").follow()
    autosave(page, {"text": "Nobody reads this"})
    page.send({"text": "Nobody reads this either"})
    olga.get(f"{page.path}/readers").send({"audience": "me"})
    yield "wrote a note for nobody else"
    olga.get(f"{page.path}/delete").send(form="delete")
    yield "deleted it"


def reflection(room: Room, olga: Browser) -> Iterator[str]:
    page = olga.post(f"/meetings/{room.group.meetings[1]}/reflection").follow()
    autosave(page, {"hard": "Nobody reads this"})
    page.send({"gained": "Nobody reads this either"})
    olga.get(f"{page.path}/hard/readers").send({"audience": "me"})
    yield "looked back for nobody else"


def own_question(room: Room, olga: Browser) -> Iterator[str]:
    """Nothing of it is in a group before its author brings it in."""
    page = olga.get(f"{room.scan.path}/learning-question")
    fields = {"axis": "gatekeeper", "text": "What do I ask?"}
    autosave(page, fields)
    yield "drafted a question"


def another_scan(room: Room, olga: Browser) -> Iterator[str]:
    room.make.draft_scan(room.people["olga"], 5)
    yield "began another scan"


def scan_once_more(room: Room, _olga: Browser) -> Iterator[str]:
    room.make.scan(room.people["olga"], 6)
    yield "handed in another scan"


def plan_that_ends(room: Room, olga: Browser) -> Iterator[str]:
    page = olga.post(f"/meetings/{room.group.meetings[1]}/plan").follow()
    for way in ("done", "going", "let_go"):
        assert olga.post(f"{page.path}/{way}").status == 303
        yield f"said of a plan of hers: {way}"


def no_more_mails(_room: Room, olga: Browser) -> Iterator[str]:
    for kind in ("halfway_reminder", "rescan_invitation"):
        assert olga.post("/my-account/mails/stop", {"kind": kind}).status == 303
    yield "stopped mails"


def portfolio(room: Room, olga: Browser) -> Iterator[str]:
    path = f"{room.group.path}/portfolio"
    page = olga.get(path)
    autosave(page, {"introduction": "Nobody reads this"})
    yield "introduced a portfolio"
    assert olga.post(f"{path}/all").status == 303
    assert olga.get(f"{path}/print").status == 200
    yield "chose what goes in"


def calendar(_room: Room, olga: Browser) -> Iterator[str]:
    olga.get("/my-account/calendar").send(form="renew")
    yield "made an address for a calendar"


DOINGS = (plan, plan_that_ends, note, reflection, own_question, another_scan, calendar)


def test_what_is_not_opened_changes_no_page_of_anybody_else(room: Room) -> None:
    before = room.everything()
    assert {who for who, _path in before} == {*room.people} - {"olga"}
    assert room.changed(before) == set()
    for doing in DOINGS:
        for done in doing(room, room.browsers["olga"]):
            assert room.changed(before) == set(), done


def certificate(room: Room, olga: Browser) -> Iterator[str]:
    claimed = olga.post(f"{room.group.path}/certificate")
    assert claimed.status == 303
    yield "claimed a certificate"
    olga.get(f"{claimed.location}/withdraw").send(form="/withdraw")
    yield "withdrew it"


def test_what_somebody_takes_along_at_the_end_changes_no_page_of_anybody_else(over: Room) -> None:
    before = over.everything()
    for doing in (scan_once_more, no_more_mails, portfolio, certificate):
        for done in doing(over, over.browsers["olga"]):
            assert over.changed(before) == set(), done


def test_whoever_agrees_with_what_the_group_tells_changes_nothing_outside_the_group(
    room: Room,
) -> None:
    write = {"different": "We ask first.", "told": "both"}
    olga, path = room.browsers["olga"], f"{room.group.path}/team-message"
    before = room.everything()
    olga.get(path).send(write, form="/team-message")
    olga.get(path).send({"words": "More cake"}, form="/object")
    for who in ("olga", "bo", "vera"):
        _signed_in(room, room.people[who]).get(path).send(form="/approve")
    assert {who for who, _path in room.changed(before)} <= {"bo", "vera", "fem"}
    olga.get(path).send(form="/release")
    readers = {who for who, _path in room.changed(before)} - {"bo", "vera", "fem"}
    assert readers == {"piet", "sol"}
    olga.get(path).send(form="/take-back")
    assert {who for who, _path in room.changed(before)} <= {"bo", "vera", "fem"}


def test_before_the_group_opens_its_questions_only_who_leads_it_sees_what_is_brought_in(
    room: Room,
) -> None:
    before = room.everything()
    room.make.brought_in(room.group, room.people["olga"], "What does Olga ask?")
    changed = room.changed(before)
    # That it is there shows as well where she looks for what to do.
    assert {who for who, _path in changed} == {"fem"}
    assert {path.rsplit("/", 1)[-1] for _who, path in changed} == {"board"}


def test_nobody_sees_who_of_a_pair_agreed_first(room: Room) -> None:
    looks = []
    for agreed in (0, 1):
        vera, tom = room.people["vera"], room.make.person(f"Tom {agreed}", Role.SUPERVISOR)
        room.make.joined(room.group, tom)
        room.make.pair(room.group, vera, tom, agreed=agreed)
        page = _signed_in(room, room.people["fem"]).get(f"{room.group.path}/pairs")
        [line] = [each.text for each in page.main.all("li") if tom.name in each.text]
        looks.append(line.replace(tom.name, ""))
        page.send(form=page.main.all("form", method="post")[1].get("action"))
    assert looks[0] == looks[1]
    assert "proposed, not agreed by all" in looks[0]


def test_somebody_who_agreed_changes_nothing_for_the_others_before_all_did(room: Room) -> None:
    vera, tom = room.people["vera"], room.make.person("Tom", Role.SUPERVISOR)
    room.make.joined(room.group, tom)
    room.make.pair(room.group, tom, vera, agreed=0)
    before = room.everything()
    page = _signed_in(room, tom).get(f"{room.group.path}/mine")
    page.send(form="/agree")
    assert room.changed(before) == set()


OPENINGS = {
    "pair": {"bo"},
    "facilitators": {"fem"},
    "group": {"bo", "vera", "fem"},
}


def test_what_is_opened_changes_only_the_page_of_whom_it_is_opened_to(room: Room) -> None:
    olga = room.browsers["olga"]
    page = olga.post(f"/meetings/{room.group.meetings[1]}/practice-notes").follow()
    page.send({"text": "Somebody reads this"})
    before = room.everything()
    for audience, readers in OPENINGS.items():
        olga.get(f"{page.path}/readers").send({"audience": audience})
        changed = room.changed(before)
        assert {who for who, _path in changed} == readers
        assert {path.rsplit("/", 1)[-1] for _who, path in changed} == {"shared"}
    olga.get(f"{page.path}/readers").send({"audience": "me"})
    assert room.changed(before) == set()


def test_whoever_leaves_takes_along_all_that_was_theirs(room: Room) -> None:
    """As if it had never been there: the pages are those of a group in which nobody wrote it."""
    make, group = room.make, room.group
    tom = make.person("Tom", Role.SUPERVISOR)
    make.joined(group, tom)
    make.left(group, tom)
    before = room.everything()
    make.joined(group, tom)
    make.plan(group, tom, "A plan of Tom", is_open=True, number=2)
    make.note(group, tom, "A note of Tom", "group", number=2)
    make.reflection(group, tom, {"hard": "It was"}, "group", number=2, sentence="Ask once more")
    make.brought_in(group, tom, "What does Tom ask?")
    assert room.changed(before)
    make.left(group, tom)
    changed = room.changed(before)
    # Who led the meetings notes who was there.
    assert {path.rsplit("/", 1)[-1] for _who, path in changed} <= {"attendance"}


# A Wednesday in March, with the clock put forward before the second meeting; a Monday in the three
# weeks before the last one.
FIRST_DAY, LAST_WEEKS = date(2027, 3, 3), datetime(2027, 7, 12, 9, tzinfo=UTC)
BEGINS = datetime(2027, 3, 3, 14, 30, tzinfo=UTC)
KEY = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def test_what_somebody_does_with_their_own_changes_no_mail_of_anybody_else(
    app: Flask, make: Maker, browse: Browse, mailbox: Mailbox
) -> None:
    """Of two groups of people of the same names, in one of which Olga keeps things to herself."""
    with time_machine.travel(BEGINS - timedelta(weeks=8), tick=False) as time:
        groups = [_same_group(make, place) for place in (PARTNERSHIP, "Elsewhere")]
        time.move_to(BEGINS + timedelta(days=1))
        for group in groups:
            make.agreements(group.trajectory, 1, "What we want to remember")
            make.plan(group.trajectory, group.people["bo"], "I wait longer")
        plans = [make.plan(each.trajectory, each.people["olga"], "I ask more") for each in groups]
        olga = browse(groups[0].people["olga"])
        assert olga.post(f"/plans/{plans[0]}/done").status == 303
        for kind in ("halfway_reminder", "rescan_invitation"):
            olga.post("/my-account/mails/stop", {"kind": kind})
        for group in groups:
            look = browse(group.people["fem"]).get(
                f"/meetings/{group.trajectory.meetings[0]}/recap/preview"
            )
            assert look.send(form="send").status == 303
        for moment in (BEGINS + timedelta(weeks=2), LAST_WEEKS):
            time.move_to(moment)
            with app.app_context():
                sweeping.sweep_all()
            mailbox.deliver()
    mine, theirs = (
        [_letters(mailbox, group.people[who]) for who in ("bo", "vera", "fem")] for group in groups
    )
    assert mine == theirs
    assert [len(each) for each in mine] == [5, 3, 2]
    to_olga = [len(_letters(mailbox, group.people["olga"])) for group in groups]
    assert to_olga == [2, 5]


def _signed_in(room: Room, person: Someone) -> Browser:
    browser = Browser(room.make.app)
    sign_in(browser, person)
    return browser


@dataclass(frozen=True)
class SameGroup:
    """A group whose people are called as those of another one."""

    trajectory: Trajectory
    people: Mapping[str, Someone]


def _same_group(make: Maker, place: str) -> SameGroup:
    roles = {"olga": Role.SUPERVISOR, "bo": Role.SUPERVISOR, "vera": Role.SUPERVISOR}
    roles |= {"fem": Role.FACILITATOR}
    people = {
        who: make.person(
            who.title(),
            role,
            email=f"{who}@{place.lower().replace(' ', '-')}.example",
            partnership=place,
        )
        for who, role in roles.items()
    }
    members = [people[who] for who in ("olga", "bo", "vera")]
    for each in members:
        make.scan(each)
    made = make.trajectory(people["fem"], *members, first_day=FIRST_DAY, partnership=place)
    return SameGroup(made, people)


def _letters(mailbox: Mailbox, person: Someone) -> list[str]:
    """What somebody got, without the keys in addresses."""
    found = (f"{each.subject}\n{each.text}\n{each.html}" for each in mailbox.to(person.email))
    return sorted(KEY.sub("", each) for each in found)
