"""The address from which a calendar fetches somebody's meetings, until it is renewed."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
import sqlalchemy as sa
import time_machine
from icalendar import Calendar

from tests.application import Stored
from tests.factories import Maker, Someone, Trajectory
from tests.pages.client import Browser
from tests.pages.statements import statements
from tests.people import Browse
from zetwpo.accounts.actors import Role
from zetwpo.cycle.calendar.models import CalendarAddress
from zetwpo.cycle.calendar.queries import WORDS

NOW = datetime(2027, 1, 4, 9, tzinfo=UTC)
PAGE = "/my-account/calendar"


@pytest.fixture(autouse=True)
def time() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOW) as traveller:
        yield traveller


@pytest.fixture
def noor(make: Maker) -> Someone:
    return make.person("Noor Note", Role.SUPERVISOR, language="en")


@pytest.fixture
def hers(browse: Browse, noor: Someone) -> Browser:
    return browse(noor)


@pytest.fixture
def group(make: Maker, facilitator: Someone, noor: Someone) -> Trajectory:
    return make.trajectory(facilitator, noor, title="Growing", first_day=date(2027, 1, 20))


def make_address(browser: Browser) -> str:
    """Make an address, or renew it, and give its path."""
    page = browser.get(PAGE).send(form="renew").follow()
    [shown] = [each.text for each in page.main.all("code")]
    assert shown.startswith("http://127.0.0.1/calendar/")
    return str(shown.removeprefix("http://127.0.0.1"))


def fetch(browse: Browse, path: str) -> Any:
    return browse(language=None).client.get(path)


def events(text: str) -> list[Any]:
    return list(Calendar.from_ical(text).walk("VEVENT"))


def test_a_calendar_fetches_all_meetings_and_nobodys_name(
    hers: Browser, browse: Browse, make: Maker, group: Trajectory, noor: Someone
) -> None:
    other = make.person("Otto Other", Role.FACILITATOR)
    make.trajectory(other, noor, title="Again", first_day=date(2027, 1, 27), count=1)
    make.trajectory(other, title="Of others", first_day=date(2027, 1, 27))
    answer = fetch(browse, make_address(hers))
    assert (answer.status_code, answer.mimetype) == (200, "text/calendar")
    found = events(answer.text)
    titles = [str(each["SUMMARY"]) for each in found]
    assert titles[:3] == ["Meeting 1: Growing", "Meeting 1: Again", "Meeting 2: Growing"]
    assert len(titles) == 7
    assert str(found[0]["UID"]) == str(group.meetings[0])
    assert (found[0]["LOCATION"], found[0]["URL"]) == ("Room 12", f"http://127.0.0.1{group.path}")
    for name in ("Noor", "Fem", "Otto", "ATTENDEE", "school.example"):
        assert name not in answer.text


def test_whoever_leads_has_them_in_their_own_language(
    browse: Browse, group: Trajectory, facilitator: Someone
) -> None:
    answer = fetch(browse, make_address(browse(facilitator)))
    assert [str(each["SUMMARY"]) for each in events(answer.text)][0] == "Bijeenkomst 1: Growing"


def test_a_program_gets_no_cookie_and_asks_cheaply_again(
    hers: Browser, browse: Browse, make: Maker, group: Trajectory, noor: Someone
) -> None:
    path = make_address(hers)
    answer = fetch(browse, path)
    assert "Set-Cookie" not in answer.headers
    assert answer.headers["Cache-Control"] == "private, no-cache"
    client = browse(language=None).client
    seen = {"If-None-Match": answer.headers["ETag"]}
    assert client.get(path, headers=seen).status_code == 304
    assert client.head(path).status_code == 200
    with statements(hers.app) as taken:
        client.get(path)
    few = len(taken)
    for number in range(3):
        make.trajectory(make.person(f"Fa {number}", Role.FACILITATOR), noor)
    assert client.get(path, headers=seen).status_code == 200
    with statements(hers.app) as taken:
        client.get(path)
    assert len(taken) == few


def test_renewed_or_deleted_the_old_address_opens_nothing(
    hers: Browser, browse: Browse, group: Trajectory
) -> None:
    first = make_address(hers)
    second = make_address(hers)
    assert first != second
    assert fetch(browse, first).status_code == 404
    assert fetch(browse, second).status_code == 200
    assert "The address is deleted." in hers.get(PAGE).send(form="stop").follow().text
    assert fetch(browse, second).status_code == 404
    third = make_address(hers)
    assert third not in {first, second}
    assert fetch(browse, third).status_code == 200


def test_looking_makes_no_address(hers: Browser, stored: Stored) -> None:
    page = hers.get(PAGE)
    assert not page.main.all("code")
    assert stored.count(CalendarAddress) == 0
    assert "Set up my calendar" in hers.get("/my-account").text


def test_what_is_stored_opens_nothing(
    hers: Browser, browse: Browse, group: Trajectory, stored: Stored
) -> None:
    path = make_address(hers)
    [word] = stored.values(sa.select(CalendarAddress.word))
    for guess in (str(word), word.hex, f"{word.hex}.x", "made-up"):
        assert fetch(browse, f"/calendar/{guess}.ics").status_code == 404
    with hers.app.app_context():
        assert path == f"/calendar/{WORDS.word_for(word)}.ics"
    # One that is signed for something else.
    forged = path.replace("/calendar/", "/calendar/a")
    assert fetch(browse, forged).status_code == 404


def test_who_left_fetches_it_no_more(
    hers: Browser, browse: Browse, make: Maker, group: Trajectory, noor: Someone
) -> None:
    path = make_address(hers)
    make.left(group, noor)
    answer = fetch(browse, path)
    assert (answer.status_code, events(answer.text)) == (200, [])


def test_a_role_that_ended_closes_it_here_too(
    hers: Browser, browse: Browse, make: Maker, group: Trajectory, noor: Someone
) -> None:
    path = make_address(hers)
    make.without_role(noor, Role.SUPERVISOR)
    assert events(fetch(browse, path).text) == []


def test_each_has_an_address_of_their_own(
    hers: Browser, browse: Browse, group: Trajectory, stranger: Someone
) -> None:
    path = make_address(browse(stranger))
    assert path != make_address(hers)
    assert events(fetch(browse, path).text) == []
    # With another sign-in in the same browser it is the same calendar.
    assert len(events(browse(stranger).client.get(make_address(hers)).text)) == 6


def test_two_clicks_at_once_are_one_address(hers: Browser, stored: Stored) -> None:
    page = hers.get(PAGE)
    for _click in range(2):
        assert page.send(form="renew").status == 303
    assert stored.count(CalendarAddress) == 1
