"""The school breaks of a partnership: typed in, changed, deleted, and taken from a calendar."""

import uuid
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from io import BytesIO

import pytest
import sqlalchemy as sa
import time_machine

from tests.application import Stored
from tests.factories import Maker, Someone
from tests.pages.client import Browser, Page
from tests.pages.statements import statements
from tests.people import Browse
from tests.unit.partnerships.test_calendar_file import calendar
from zetwpo.accounts.actors import Role
from zetwpo.partnerships.breaks import service
from zetwpo.partnerships.breaks.forms import LARGEST_CALENDAR
from zetwpo.partnerships.breaks.models import SchoolBreak
from zetwpo.partnerships.breaks.queries import breaks_of

KERST = {"name": "Kerstvakantie", "first_day": "2026-12-19", "last_day": "2027-01-03"}
KERST_DAYS = (date(2026, 12, 19), date(2027, 1, 3))


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    """A day on which these breaks are still to come."""
    with time_machine.travel(datetime(2026, 11, 26, 11, tzinfo=UTC)):
        yield


@pytest.fixture
def place(make: Maker, programme_leader: Someone) -> uuid.UUID:
    return make.partnership()


@pytest.fixture
def path(place: uuid.UUID) -> str:
    return f"/partnerships/{place}/breaks"


@pytest.fixture
def piet(browse: Browse, programme_leader: Someone) -> Browser:
    return browse(programme_leader)


@pytest.fixture
def kerst(make: Maker, place: uuid.UUID) -> uuid.UUID:
    return make.school_break(place, "Kerstvakantie", *KERST_DAYS)


def rows(stored: Stored) -> list[tuple[str, date, date]]:
    query = sa.select(SchoolBreak.name, SchoolBreak.first_day, SchoolBreak.last_day)
    return [tuple(row) for row in stored.rows(query.order_by(SchoolBreak.first_day))]


def event(uid: str, name: str, first: str, end: str) -> str:
    return f"UID:{uid}\nSUMMARY:{name}\nDTSTART;VALUE=DATE:{first}\nDTEND;VALUE=DATE:{end}"


SCHOOL_YEAR = calendar(
    event("k", "Kerstvakantie", "20261219", "20270104"),
    event("r", "Rapportvergadering", "20270112", "20270113"),
    event("m", "Meivakantie", "20270424", "20270510"),
    event("h", "Herfstvakantie", "20261017", "20261026"),
)


def bring_in(browser: Browser, path: str, content: bytes = b"", pasted: str = "") -> Page:
    """Send a calendar, as a file or pasted."""
    fields = {"csrf_token": browser.token(), "pasted": pasted}
    data = {**fields, "file": (BytesIO(content), "school.ics" if content else "")}
    answer = browser.client.post(
        f"{path}/import", data=data, headers={"Origin": "http://localhost"}
    )
    return Page(browser, answer, f"{path}/import")


def ticked(page: Page) -> list[str]:
    """The places of what is ticked."""
    boxes = page.main.all("input", type="checkbox")
    return [each.get("value") for each in boxes if "checked" in each.attributes]


# -------------------------------------------------------------------------------------- typed in


@pytest.mark.parametrize("who", ["programme_leader", "administrator"])
def test_a_break_is_added(
    browse: Browse, path: str, who: str, request: pytest.FixtureRequest, stored: Stored
) -> None:
    browser = browse(request.getfixturevalue(who))
    page = browser.get(path)
    assert "No break is coming up" in page.text
    done = page.send(KERST).follow()
    assert "Kerstvakantie is added." in done.text
    assert "19 December 2026 up to and including 3 January 2027" in done.text
    assert rows(stored) == [("Kerstvakantie", *KERST_DAYS)]


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"name": ""}, "Fill in a name"),
        ({"name": "x" * 121}, "room for 120"),
        ({"first_day": ""}, "Choose the first day"),
        ({"first_day": "soon"}, "Choose the first day"),
        ({"last_day": "2027-02-30"}, "Choose the last day"),
        ({"last_day": "2026-12-18"}, "before the first one"),
        ({"last_day": "2028-01-03"}, "more than 100 days"),
        ({"last_day": "0207-01-03"}, "before the first one"),
    ],
)
def test_what_is_no_break_is_said_at_its_field_and_kept(
    piet: Browser, path: str, typed: dict[str, str], words: str, stored: Stored
) -> None:
    page = piet.get(path).send(KERST | typed)
    assert page.status == 422
    assert page.errors == [*typed]
    assert words in page.text
    assert page.text.count("Not a valid date") == 0
    for name, value in (KERST | typed).items():
        assert page.value(name) == value
    assert rows(stored) == []


@pytest.mark.parametrize("year", ["2036", "2024"])
def test_a_year_that_nobody_means_is_refused(
    piet: Browser, path: str, year: str, stored: Stored
) -> None:
    days = {"first_day": f"{year}-10-10", "last_day": f"{year}-10-18"}
    page = piet.get(path).send(KERST | days)
    assert page.status == 422
    assert "Check the year" in page.text
    assert rows(stored) == []


def test_the_same_break_twice_is_there_once(piet: Browser, path: str, stored: Stored) -> None:
    page = piet.get(path)
    page.send(KERST)
    assert "in the list already, on the same days" in page.send(KERST).follow().text
    assert len(rows(stored)) == 1


def test_breaks_that_share_days_are_told_and_not_refused(
    piet: Browser, path: str, kerst: uuid.UUID, stored: Stored
) -> None:
    other = {"name": "Kerst Zuid", "first_day": "2027-01-03", "last_day": "2027-01-05"}
    done = piet.get(path).send(other).follow()
    assert "It shares days with Kerstvakantie" in done.text
    assert len(rows(stored)) == 2
    after = {"name": "Winter", "first_day": "2027-01-06", "last_day": "2027-01-06"}
    assert "shares days" not in piet.get(path).send(after).follow().text


def test_there_is_room_for_so_many(
    piet: Browser,
    path: str,
    kerst: uuid.UUID,
    monkeypatch: pytest.MonkeyPatch,
    stored: Stored,
) -> None:
    monkeypatch.setattr(service, "MOST_BREAKS", 1)
    page = piet.get(path).send(KERST | {"name": "Another"})
    assert (page.status, page.errors) == (422, ["name"])
    preview = bring_in(piet, path, SCHOOL_YEAR)
    page = preview.send({"take": ["1", "2"]}, form="choose")
    assert page.status == 422
    assert "There is room for" in page.text
    assert len(rows(stored)) == 1


def test_a_break_is_changed(piet: Browser, path: str, kerst: uuid.UUID, stored: Stored) -> None:
    page = piet.get(f"{path}/{kerst}")
    assert page.value("last_day") == "2027-01-03"
    done = page.send({"name": "Kerst", "last_day": "2027-01-10"}).follow()
    assert "Saved." in done.text
    assert rows(stored) == [("Kerst", KERST_DAYS[0], date(2027, 1, 10))]


def test_a_change_that_is_no_break_is_refused(
    piet: Browser, path: str, kerst: uuid.UUID, place: uuid.UUID, make: Maker, stored: Stored
) -> None:
    make.school_break(place, "Winter", *KERST_DAYS)
    before = rows(stored)
    for typed, words in (({"last_day": ""}, "Choose the last"), ({"name": "Winter"}, "Another")):
        page = piet.get(f"{path}/{kerst}").send(typed)
        assert page.status == 422
        assert words in page.text
    assert rows(stored) == before


def test_two_who_change_one_break_get_a_choice(
    browse: Browse,
    administrator: Someone,
    piet: Browser,
    path: str,
    kerst: uuid.UUID,
    stored: Stored,
) -> None:
    pages = [piet.get(f"{path}/{kerst}"), browse(administrator).get(f"{path}/{kerst}")]
    assert pages[0].send({"last_day": "2027-01-04"}).status == 303
    clash = pages[1].send({"last_day": "2027-01-05"})
    assert clash.status == 409
    assert "up to and including 4 January 2027" in clash.text
    assert clash.value("last_day") == "2027-01-05"
    assert rows(stored)[0][2] == date(2027, 1, 4)
    assert clash.send().status == 303
    assert rows(stored)[0][2] == date(2027, 1, 5)


def test_a_second_click_on_save_is_no_conflict(
    piet: Browser, path: str, kerst: uuid.UUID, stored: Stored
) -> None:
    page = piet.get(f"{path}/{kerst}")
    assert [page.send({"name": "Kerst"}).status for _click in range(2)] == [303, 303]


def test_a_break_is_deleted(piet: Browser, path: str, kerst: uuid.UUID, stored: Stored) -> None:
    page = piet.get(f"{path}/{kerst}")
    assert "Kerstvakantie is deleted." in page.send(form="delete").follow().text
    assert rows(stored) == []
    assert page.send(form="delete").status == 404
    assert page.send({"name": "Mine"}).status == 404


def test_what_somebody_else_changed_is_not_deleted_unseen(
    piet: Browser, path: str, kerst: uuid.UUID, stored: Stored
) -> None:
    page = piet.get(f"{path}/{kerst}")
    page.send({"name": "Kerst Noord"})
    clash = page.send(form="delete")
    assert clash.status == 409
    assert "Kerst Noord" in clash.heading
    assert len(rows(stored)) == 1
    assert clash.send(form="delete").status == 303
    assert rows(stored) == []


def test_what_is_over_is_folded(
    piet: Browser, path: str, make: Maker, place: uuid.UUID, kerst: uuid.UUID
) -> None:
    make.school_break(place, "Herfst", date(2026, 10, 17), date(2026, 10, 25))
    page = piet.get(path)
    [folded] = page.main.all("details")
    assert "Herfst" in folded.text
    assert "Kerstvakantie" not in folded.text


def test_the_breaks_between_two_days_are_those_that_share_one(
    make: Maker, place: uuid.UUID, kerst: uuid.UUID
) -> None:
    first, last = KERST_DAYS
    make.person("Outa", Role.ADMINISTRATOR, partnership="Others")
    day = timedelta(days=1)
    with make.request():
        for days, found in (
            ((first - day, first - day), False),
            ((first - day, first), True),
            ((first + day, first + day), True),
            ((last, last + day), True),
            ((last + day, last + day), False),
        ):
            assert bool(breaks_of(place, *days)) == found, days
    elsewhere = make.partnership("Others")
    with make.request():
        assert breaks_of(elsewhere, first, last) == []


# --------------------------------------------------------------------------------- from a calendar


@pytest.mark.parametrize("is_pasted", [False, True])
def test_what_is_chosen_of_a_calendar_is_added(
    piet: Browser, path: str, stored: Stored, is_pasted: bool
) -> None:
    if is_pasted:
        preview = bring_in(piet, path, pasted=SCHOOL_YEAR.decode().replace("\n", "\r\n"))
    else:
        preview = bring_in(piet, path, SCHOOL_YEAR)
    assert preview.status == 200
    assert "3 events in the calendar" in preview.text
    assert "1 event is over." in preview.text
    # What is called a break is proposed.
    assert ticked(preview) == ["0", "2"]
    assert rows(stored) == []
    done = preview.send({"take": ["0", "2"]}, form="choose").follow()
    assert "2 breaks are added." in done.text
    assert [name for name, _first, _last in rows(stored)] == ["Kerstvakantie", "Meivakantie"]
    assert rows(stored)[0] == ("Kerstvakantie", *KERST_DAYS)


def test_the_same_calendar_twice_changes_nothing(piet: Browser, path: str, stored: Stored) -> None:
    for _time in range(2):
        preview = bring_in(piet, path, SCHOOL_YEAR)
        done = preview.send({"take": ["0", "1", "2"]}, form="choose").follow()
    assert preview.text.count("in the list already") == 3
    assert ticked(preview) == []
    assert "Everything that you ticked is in the list already." in done.text
    assert len(rows(stored)) == 3


def test_a_calendar_that_changed_changes_what_was_taken_from_it(
    piet: Browser, path: str, stored: Stored
) -> None:
    bring_in(piet, path, SCHOOL_YEAR).send({"take": ["0"]}, form="choose")
    moved = calendar(event("k", "Kerstvakantie", "20261226", "20270111"))
    preview = bring_in(piet, path, moved)
    assert "changes what is in the list: Kerstvakantie, 19 December 2026" in preview.text
    done = preview.send({"take": ["0"]}, form="choose").follow()
    assert "1 break is changed." in done.text
    assert rows(stored) == [("Kerstvakantie", date(2026, 12, 26), date(2027, 1, 10))]


def test_what_is_typed_in_already_is_not_added_again(
    piet: Browser, path: str, kerst: uuid.UUID, stored: Stored
) -> None:
    preview = bring_in(piet, path, SCHOOL_YEAR)
    assert ticked(preview) == ["2"]
    preview.send({"take": ["0", "2"]}, form="choose")
    assert len(rows(stored)) == 2


def test_the_preview_tells_what_shares_days(
    piet: Browser, path: str, make: Maker, place: uuid.UUID
) -> None:
    make.school_break(place, "Kerst Zuid", date(2026, 12, 21), date(2027, 1, 1))
    assert "shares days with Kerst Zuid" in bring_in(piet, path, SCHOOL_YEAR).text


def test_nothing_ticked_is_said_and_the_list_stays(
    piet: Browser, path: str, stored: Stored
) -> None:
    preview = bring_in(piet, path, SCHOOL_YEAR)
    fields = {key: value for key, value in preview.fields("choose").items() if key != "take"}
    page = piet.post(f"{path}/import/choose", fields)
    assert page.status == 422
    assert page.errors == ["take-0"]
    assert len(page.main.all("input", type="checkbox")) == 3
    assert ticked(page) == []
    assert rows(stored) == []


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "Choose a file, or paste"),
        (b"<!doctype html><title>Vakanties</title>", "This is a web page"),
        (b"naam;datum", "This is not a calendar"),
        (b"BEGIN:VCALENDAR\nBEGIN:VEVENT\n", "cannot be read"),
        (calendar(*["SUMMARY:X"] * 2001), "too many events"),
        (calendar(), "There is no event in this calendar"),
        (calendar(event("h", "Herfst", "20261017", "20261026")), "1 event is over"),
        (
            calendar(
                "UID:1\nSUMMARY:Mentoruur\nDTSTART:20261201T100000Z\nRRULE:FREQ=WEEKLY", "UID:2"
            ),
            "1 event comes back in a way",
        ),
        (b"x" * (LARGEST_CALENDAR + 1), "This file is too large"),
        (bytes(range(256)) * 10, "This is not a calendar"),
    ],
)
def test_what_is_no_calendar_with_breaks_is_said(
    piet: Browser, path: str, content: bytes, words: str, stored: Stored
) -> None:
    page = bring_in(piet, path, content)
    assert page.status == 422
    assert page.errors == ["file"]
    assert words in page.text
    assert rows(stored) == []


def test_what_was_pasted_is_kept_where_it_cannot_be_read(piet: Browser, path: str) -> None:
    page = bring_in(piet, path, pasted="BEGIN:VCALENDAR\noops")
    assert page.status == 422
    assert "oops" in page.value("pasted")


def test_a_file_of_many_megabytes_is_not_taken_in(piet: Browser, path: str) -> None:
    page = bring_in(piet, path, b"x" * (LARGEST_CALENDAR + 5 * 1024 * 1024))
    assert page.status == 413


@pytest.mark.parametrize(
    "sent",
    [
        {"rows": ""},
        {"rows": "nonsense"},
        {"rows": "name=A&first=2027-01-01&last=2026-01-01&source="},
        {"rows": "name=A&first=2027-01-01&last=2027-01-02&source=mine"},
        {"rows": "name=&first=2027-01-01&last=2027-01-02&source="},
        {"rows": f"name={'x' * 121}&first=2027-01-01&last=2027-01-02&source="},
        {"rows": "name=A&first=2027-01-01&last=9027-01-02&source="},
        {"rows": " ".join(["name=A&first=2027-01-01&last=2027-01-02&source="] * 151)},
    ],
)
def test_what_no_page_of_ours_carries_along_is_refused(
    piet: Browser, path: str, sent: dict[str, str], stored: Stored
) -> None:
    page = piet.post(f"{path}/import/choose", sent | {"take": "0"})
    assert page.status == 400
    assert "Nothing was stored" in page.text
    assert rows(stored) == []


@pytest.mark.parametrize("take", ["7", "-1", "x", "\u0663", "9" * 5000])
def test_a_tick_at_nothing_is_no_tick(piet: Browser, path: str, take: str, stored: Stored) -> None:
    row = "name=A&first=2027-01-01&last=2027-01-02&source="
    assert piet.post(f"{path}/import/choose", {"rows": row, "take": take}).status == 422
    assert rows(stored) == []


def test_a_calendar_with_more_than_a_page_shows_the_first_of_it(piet: Browser, path: str) -> None:
    days = [date(2027, 1, 1) + timedelta(days=number) for number in range(160)]
    many = calendar(
        *[
            event(str(day), "Vrij", f"{day:%Y%m%d}", f"{day + timedelta(days=1):%Y%m%d}")
            for day in days
        ]
    )
    page = bring_in(piet, path, many)
    assert len(page.main.all("input", type="checkbox")) == 150
    assert "There are more events after these" in page.text
    done = page.send({"take": [str(number) for number in range(90)]}, form="choose")
    assert done.status == 303


# ------------------------------------------------------------------------------------- who may not


@pytest.mark.parametrize("who", ["owner", "trainer", "school_leader", "facilitator"])
def test_nobody_else_plans_breaks(
    browse: Browse,
    path: str,
    kerst: uuid.UUID,
    who: str,
    request: pytest.FixtureRequest,
    stored: Stored,
) -> None:
    browser = browse(request.getfixturevalue(who))
    for address in (path, f"{path}/{kerst}", f"{path}/import"):
        assert browser.get(address).status == 403
        assert browser.post(address, KERST | {"name": "Mine"}).status == 403
    assert browser.post(f"{path}/{kerst}/delete").status == 403
    assert bring_in(browser, path, SCHOOL_YEAR).status == 403
    assert rows(stored) == [("Kerstvakantie", *KERST_DAYS)]


def test_the_breaks_of_another_partnership_are_not_there(
    browse: Browse, make: Maker, path: str, kerst: uuid.UUID, stored: Stored
) -> None:
    outa = browse(make.person("Outa", *Role, partnership="Others"))
    others = f"/partnerships/{make.partnership('Others')}/breaks"
    for address in (path, f"{path}/{kerst}", f"{path}/import", f"{others}/{kerst}"):
        assert outa.get(address).status == 404, address
        assert outa.post(address, KERST | {"name": "Mine"}).status == 404, address
    for address in (path, others):
        assert outa.post(f"{address}/{kerst}/delete").status == 404
    assert outa.post(f"{path}/import/choose", {"rows": "x", "take": "0"}).status == 404
    assert "Kerstvakantie" not in outa.get(others).text
    assert rows(stored) == [("Kerstvakantie", *KERST_DAYS)]


def test_who_plans_in_two_partnerships_finds_each_break_in_its_own(
    browse: Browse, make: Maker, programme_leader: Someone, path: str, kerst: uuid.UUID
) -> None:
    piet = programme_leader
    make.person(piet.name, Role.PROGRAMME_LEADER, email=piet.email, partnership="Others")
    others = f"/partnerships/{make.partnership('Others')}/breaks"
    browser = browse(piet)
    assert browser.get(f"{path}/{kerst}").status == 200
    assert browser.get(f"{others}/{kerst}").status == 404
    assert browser.post(f"{others}/{kerst}", KERST).status == 404
    assert browser.post(f"{others}/{kerst}/delete").status == 404


def test_a_list_costs_as_much_however_long_it_is(
    piet: Browser, path: str, make: Maker, place: uuid.UUID, kerst: uuid.UUID
) -> None:
    with statements(piet.app) as few:
        piet.get(path)
    for number in range(20):
        make.school_break(place, "Vrij", date(2027, 3, 1) + timedelta(days=number))
    with statements(piet.app) as many:
        piet.get(path)
    assert len(many) == len(few)
