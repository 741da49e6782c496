"""An administrator turns a list into people with accounts: all of them, or nobody."""

import csv
import io
import uuid
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any
from unittest.mock import Mock

import pytest
import sqlalchemy as sa
import time_machine
from openpyxl import load_workbook

from tests.application import Stored
from tests.factories import Maker, Someone
from tests.mailbox import Mailbox
from tests.pages.client import Browser, Page
from tests.people import Browse
from tests.unit.partnerships.test_reading import as_xlsx
from zetwpo import clock
from zetwpo.accounts.actors import Role
from zetwpo.accounts.models import Membership, Partnership, Person, School
from zetwpo.audit import AuditEntry
from zetwpo.extensions import db
from zetwpo.mail.models import OutboxMail
from zetwpo.partnerships.importing import service
from zetwpo.partnerships.importing.models import PeopleList
from zetwpo.partnerships.people.service import NoSuchSchool
from zetwpo.partnerships.schools.rules import MOST_SCHOOLS
from zetwpo.partnerships.schools.service import NameTaken
from zetwpo.privacy.service import erase
from zetwpo.privacy.tidying import tidy

ELSEWHERE = "Partnership of others"
LIST = """naam\te-mail\trol\tschool
Jan de Vries\tjan@school.example\twpb\tDe Brug
Vries, Piet de\tpiet@school.example\tSO / facilitator\t
"""


@pytest.fixture
def place(make: Maker, administrator: Someone) -> uuid.UUID:
    """The partnership of the administrator, with one school."""
    key = make.partnership()
    with make.request():
        db.session.add(School(name="De Brug", partnership_id=key))
    return key


@pytest.fixture
def ada(browse: Browse, administrator: Someone, place: uuid.UUID) -> Browser:
    return browse(administrator)


def start(place: uuid.UUID) -> str:
    return f"/partnerships/{place}/people/import"


def bring(browser: Browser, place: uuid.UUID, text: str) -> Page:
    """Paste this list."""
    return browser.get(start(place)).send({"text": text})


def upload(browser: Browser, place: uuid.UUID, content: bytes, name: str = "list.xlsx") -> Page:
    """Choose this file."""
    fields = {"csrf_token": browser.token(), "text": "", "file": (io.BytesIO(content), name)}
    headers = {"Origin": "http://localhost"}
    response = browser.client.post(start(place), data=fields, headers=headers)
    return Page(browser, response, start(place))


def invite(page: Page, **fields: str) -> Page:
    return page.send(fields, form="/invite")


def happens(page: Page) -> list[str]:
    [found] = [each for each in page.main.all("ul") if each.get("class") == "what-happens"]
    return [each.text for each in found.all("li")]


def is_open(page: Page) -> bool:
    """Whether the choice of columns stands open."""
    return "open" in page.main.all("details")[0].attributes


def members(stored: Stored) -> set[tuple[str, str, str, str | None]]:
    """Who has a role, by address, which, and at which school."""
    query = (
        sa.select(Person.email, Person.name, Membership.role, School.name)
        .join(Membership, Membership.person_id == Person.id)
        .outerjoin(School, School.id == Membership.school_id)
        .where(Membership.ended_at.is_(None))
    )
    return {tuple(row) for row in stored.rows(query)}


JAN = ("jan@school.example", "Jan de Vries", "supervisor", "De Brug")
PIET = {
    ("piet@school.example", "Piet de Vries", role, None)
    for role in ("school_trainer", "facilitator")
}


def test_a_list_becomes_people_who_can_sign_in(
    ada: Browser, place: uuid.UUID, stored: Stored, mailbox: Mailbox, browse: Browse
) -> None:
    before = members(stored)
    page = bring(ada, place, LIST).follow()
    assert happens(page) == ["2 new: gets an invitation"]
    assert members(stored) == before
    done = invite(page).follow()
    assert done.heading == "The people are invited"
    assert happens(done) == ["2 new: invited"]
    assert members(stored) == before | {JAN} | PIET
    letters = {each.to: each for each in mailbox.deliver()}
    assert set(letters) == {"jan@school.example", "piet@school.example"}
    assert "Ad Administrator" in letters["jan@school.example"].text
    jan = browse()
    jan.get("/sign-in").send({"email": "Jan@school.example"})
    [welcome, letter] = mailbox.to("jan@school.example")
    assert welcome.subject != letter.subject


def test_the_same_list_again_changes_nothing(
    ada: Browser, place: uuid.UUID, stored: Stored, mailbox: Mailbox
) -> None:
    invite(bring(ada, place, LIST).follow())
    mails = mailbox.deliver()
    before = {name: rows for name, rows in stored.everything().items() if name != "people_list"}
    page = bring(ada, place, LIST).follow()
    assert happens(page) == ["2 already here: nothing changes"]
    assert not [each for each in page.main.all("form") if "/invite" in each.get("action")]
    ada.post(f"{page.path}/invite").follow()
    after = {name: rows for name, rows in stored.everything().items() if name != "people_list"}
    assert after == before
    assert mailbox.deliver() == mails


def test_two_clicks_invite_once(ada: Browser, place: uuid.UUID, stored: Stored) -> None:
    page = bring(ada, place, LIST).follow()
    first, second = invite(page), invite(page)
    assert first.location == second.location == page.path
    assert stored.count(OutboxMail) == 2
    assert stored.count(AuditEntry, AuditEntry.action == "people imported") == 1


def test_a_file_is_read_as_well(ada: Browser, place: uuid.UUID, stored: Stored) -> None:
    rows = [["Personeel"], [], ["Naam", "E-mailadres", "Functie"], ["Jan", "j@x.nl", "WPB"]]
    page = upload(ada, place, as_xlsx(rows)).follow()
    assert happens(page) == ["1 new: gets an invitation"]
    assert "Row 4" in page.text
    content = "naam;e-mail\r\nJosé;jose@x.nl".encode("cp1252")
    page = upload(ada, place, content, "list.csv").follow()
    assert "José, jose@x.nl" in page.text


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "Paste the rows of your list here"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(90), "old Excel"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "has a password",
        ),
        (as_xlsx([["naam"]])[:-50], "damaged"),
        (b"%PDF-1.7", "a document"),
        (b"\x89PNG\r\n\x1a\n", "a picture"),
        (b" ", "nothing in it"),
        (b"a;b\n" * 5001, "more than 5000 rows"),
        (b";".join([b"x"] * 61), "more than 60 columns"),
        (b"x" * (5 * 1024 * 1024 + 1), "too large"),
    ],
)
def test_what_is_no_list_is_refused_at_its_field(
    ada: Browser, place: uuid.UUID, stored: Stored, content: bytes, words: str
) -> None:
    page = upload(ada, place, content, "list.csv" if content else "")
    assert page.status == 422
    assert page.errors == ["file" if content else "text"]
    assert words in page.text
    assert stored.count(PeopleList) == 0


def test_a_file_of_thirty_megabytes_has_a_page(ada: Browser, place: uuid.UUID) -> None:
    page = upload(ada, place, b"x" * (30 * 1024 * 1024), "list.csv")
    assert (page.status, page.heading) == (413, "This file is too large")


def test_a_workbook_with_forty_columns_formulas_and_dates(
    ada: Browser, place: uuid.UUID, stored: Stored
) -> None:
    more = [f"Kolom {number}" for number in range(37)]
    rows = [
        ["Naam", *more, "E-mailadres", "Functie"],
        ["Jan", *["=1+1"] * 37, "jan@school.example", "WPB"],
        [date(2026, 3, 4), *[None] * 37, "datum@school.example", "WPB"],
        ['=HYPERLINK("https://evil.example";"Els")', *[None] * 37, "els@school.example", "WPB"],
        ["Mien", *[None] * 37, '="mien@school.example"', "WPB"],
    ]
    page = upload(ada, place, as_xlsx(rows)).follow()
    assert happens(page) == ["3 cannot be read", "1 new: gets an invitation"]
    assert "is a date, not a name." in page.text
    assert "evil.example" not in "".join(page.links)
    before = members(stored)
    invite(page, agrees="y", left_out="3 4 5")
    assert {email for email, *_rest in members(stored) - before} == {"jan@school.example"}


def test_what_was_pasted_comes_back(ada: Browser, place: uuid.UUID) -> None:
    text = "\tx\n" * 5001
    page = bring(ada, place, text)
    assert page.status == 422
    assert page.value("text").replace("\r\n", "\n") == text


BAD = """naam;e-mail;rol;school
Jan;jan@school.example;wpb;De Brug
;niemand@school.example;wpb;
2026-03-04;datum@school.example;wpb;
=A1;formule@school.example;wpb;
Kees;geen adres;wpb;
Mien;mien@school.example;docent;
An;samen@school.example;wpb;
Bo;samen@school.example;wpb;
Ad;ad@school.example;beheerder;
Els;els@school.example;wpb;De Dijk
"""


def test_rows_that_cannot_be_read_are_left_out_only_where_somebody_says_so(
    ada: Browser, place: uuid.UUID, stored: Stored
) -> None:
    before = members(stored)
    page = bring(ada, place, BAD).follow()
    assert happens(page) == ["9 cannot be read", "1 new: gets an invitation"]
    for words in (
        "There is no name.",
        "“2026-03-04” is a date, not a name.",
        "a formula (=A1)",
        "“geen adres” is not a complete email address.",
        "“docent” is not a role that we know.",
        "samen@school.example stands with another name in row 9.",
        "Nobody becomes an administrator through a list.",
        "“De Dijk” is not one of your schools.",
    ):
        assert words in page.text
    refused = invite(page)
    assert (refused.status, refused.errors) == (422, ["agrees"])
    assert members(stored) == before
    done = invite(page, agrees="y").follow()
    assert happens(done) == ["9 left out", "1 new: invited"]
    assert {email for email, *_rest in members(stored) - before} == {"jan@school.example"}


def test_rows_that_cannot_be_read_since_the_page_was_shown_are_not_left_out_unseen(
    ada: Browser, place: uuid.UUID, stored: Stored, make: Maker
) -> None:
    before = members(stored)
    page = bring(ada, place, LIST).follow()
    with make.request():
        db.session.execute(sa.update(School).values(closed_at=clock.now()))
    refused = invite(page)
    assert (refused.status, refused.errors) == (409, ["agrees"])
    assert "“De Brug” is closed." in refused.text
    assert members(stored) == before
    assert stored.values(sa.select(PeopleList.done_at)) == [None]
    assert invite(refused, agrees="y").status == 303


@pytest.mark.parametrize("refusal", [NoSuchSchool(), NameTaken(Mock())])
def test_a_school_that_closes_or_comes_at_this_very_moment_is_a_choice_and_no_failure(
    ada: Browser,
    place: uuid.UUID,
    stored: Stored,
    monkeypatch: pytest.MonkeyPatch,
    refusal: Exception,
) -> None:
    before = members(stored)
    page = bring(ada, place, LIST).follow()
    with monkeypatch.context() as patched:
        patched.setattr(service, "invite_all", Mock(side_effect=refusal))
        refused = invite(page)
    assert (refused.status, refused.errors) == (409, ["agrees"])
    assert members(stored) == before
    assert stored.values(sa.select(PeopleList.done_at)) == [None]
    assert invite(refused).status == 303


def test_schools_are_added_where_somebody_says_so(
    ada: Browser, place: uuid.UUID, stored: Stored
) -> None:
    text = LIST.replace("De Brug", "De Dijk") + "Els\tels@x.nl\twpb\tde dijk\n"
    page = bring(ada, place, text).follow()
    assert "De Dijk (rows 2 and 4)" in page.text
    assert happens(page) == ["2 cannot be read", "1 new: gets an invitation"]
    page = page.send({"adds_schools": "y"}, form="/columns").follow()
    assert happens(page) == ["3 new: gets an invitation"]
    assert stored.values(sa.select(School.name)) == ["De Brug"]
    invite(page)
    assert set(stored.values(sa.select(School.name))) == {"De Brug", "De Dijk"}
    at_school = {name for *_who, role, name in members(stored) if role == "supervisor"}
    assert at_school == {"De Dijk"}


def test_a_school_that_is_missing_says_how_many_rows_wait_for_it(
    ada: Browser, place: uuid.UUID
) -> None:
    text = LIST.replace("De Brug", "De Dijk") + "Els\tels@x.nl\twpb\tDe Dijk\n\tx\twpb\tDe Dijk\n"
    page = bring(ada, place, text).follow()
    assert "2 rows wait for this alone" in page.text
    assert not is_open(page)
    page = page.send({"adds_schools": "y"}, form="/columns").follow()
    assert "wait for this alone" not in page.text


def test_the_choice_of_a_role_stands_open_where_a_row_lacks_one(
    ada: Browser, place: uuid.UUID
) -> None:
    page = bring(ada, place, "naam;e-mail;rol\nJan;jan@x.nl;wpb\nEls;els@x.nl;\n").follow()
    assert is_open(page)
    page = page.send({"default_role": "supervisor"}, form="/columns").follow()
    assert not is_open(page)


def test_words_of_an_office_for_a_role_are_told_once(
    ada: Browser, place: uuid.UUID, stored: Stored
) -> None:
    rows = ["Jan;jan@x.nl;Docent", "Els;els@x.nl;docent / mentor", "Ben;ben@x.nl;conci\u00ebrge"]
    page = bring(ada, place, "\n".join(["naam;e-mail;functie", *rows])).follow()
    assert happens(page) == ["3 cannot be read"]
    assert "Docent (rows 2 and 3)" in page.text
    for wrong in ("administrator", "x"):
        refused = page.send({"word-docent": wrong}, form="/columns")
        assert (refused.status, refused.errors) == (422, ["word-docent"])
    said = {"word-docent": "supervisor", "word-mentor": "none"}
    page = page.send(said, form="/columns").follow()
    assert happens(page) == ["1 cannot be read", "2 new: gets an invitation"]
    chosen = {
        each.get("name"): option.get("value")
        for each in page.main.all("select", form="choices")
        for option in each.all("option")
        if "selected" in option.attributes
    }
    assert chosen == said | {"word-conciërge": ""}
    # Another choice on the same page leaves them as they are.
    page = page.send({"default_role": "facilitator"}, form="/columns").follow()
    assert happens(page) == ["1 cannot be read", "2 new: gets an invitation"]
    invite(page, agrees="y")
    roles = {who: role for who, _name, role, _school in members(stored)}
    assert roles["jan@x.nl"] == roles["els@x.nl"] == "supervisor"
    assert "ben@x.nl" not in roles


def test_there_is_room_for_so_many_schools_and_no_more(
    ada: Browser, place: uuid.UUID, stored: Stored
) -> None:
    rows = [f"P{number};p{number}@x.nl;wpb;School {number}" for number in range(MOST_SCHOOLS)]
    page = bring(ada, place, "\n".join(["naam;e-mail;rol;school", *rows])).follow()
    refused = invite(page.send({"adds_schools": "y"}, form="/columns").follow())
    assert (refused.status, refused.errors) == (422, ["agrees"])
    assert stored.values(sa.select(School.name)) == ["De Brug"]


def test_the_choice_of_columns_can_be_corrected(ada: Browser, place: uuid.UUID) -> None:
    page = bring(ada, place, "Jan Wit;jan@x.nl;Piet Zwart\n").follow()
    assert page.value("email") == "1"
    assert "Jan Wit, jan@x.nl" in page.text
    page = page.send({"name": "2", "default_role": "supervisor"}, form="/columns").follow()
    assert "Piet Zwart, jan@x.nl" in page.text
    assert happens(page) == ["1 new: gets an invitation"]
    refused = page.send({"name": "", "email": ""}, form="/columns")
    assert (refused.status, refused.errors) == (422, ["name", "email"])
    for wrong in ("9", "-1", "x"):
        assert page.send({"email": wrong}, form="/columns").status == 422


def test_whoever_is_here_keeps_their_name_and_hears_of_the_role_alone(
    ada: Browser, place: uuid.UUID, stored: Stored, make: Maker
) -> None:
    make.person("Johanna Zee", Role.SUPERVISOR, email="jo@school.example")
    text = "naam;e-mail;rol\nJo van Zee;JO@school.example;SO\n"
    page = bring(ada, place, text).follow()
    assert happens(page) == ["1 gets a role as well"]
    assert "Is here as Johanna Zee, and keeps that name." in page.text
    invite(page)
    assert ("jo@school.example", "Johanna Zee", "school_trainer", None) in members(stored)
    assert stored.values(sa.select(OutboxMail.kind)) == ["role_given"]


def test_nobody_learns_from_a_list_who_has_an_account_elsewhere(
    ada: Browser, place: uuid.UUID, stored: Stored, make: Maker, mailbox: Mailbox
) -> None:
    make.person("Secret Name", Role.SUPERVISOR, email="known@x.example", partnership=ELSEWHERE)
    pages = []
    for address in ("known@x.example", "fresh@x.example"):
        page = bring(ada, place, f"naam;e-mail;rol\nJo;{address};SO\n").follow()
        done = invite(page).follow()
        files = [ada.get(f"{page.path}/outcome.{ending}").response.data for ending in ("csv",)]
        text = "\n".join([page.main.text, done.main.text, *map(bytes.decode, files)])
        assert "Secret" not in text
        pages.append(text.replace(address, "..."))
    assert pages[0] == pages[1]
    # Nothing of the account changed, and its owner is welcomed as everybody is.
    known = ("known@x.example", "Secret Name", "school_trainer", None)
    assert known in members(stored)
    assert {each.to for each in mailbox.deliver()} == {"known@x.example", "fresh@x.example"}


def test_what_became_of_each_row_can_be_taken_along(ada: Browser, place: uuid.UUID) -> None:
    text = 'naam;e-mail;rol;school\n"+Jan";jan@x.nl;wpb;@school\n;x;wpb;\n'
    page = bring(ada, place, text).follow()
    for ending in ("csv", "xlsx"):
        assert ada.get(f"{page.path}/outcome.{ending}").status == 409
    page = page.send({"adds_schools": "y"}, form="/columns").follow()
    invite(page, agrees="y")
    rows = list(csv.reader(io.StringIO(ada.get(f"{page.path}/outcome.csv").response.text[1:])))
    assert rows[1] == [
        *("'+Jan", "jan@x.nl", "workplace supervisor", "'@school", "2.0", "new: invited", "")
    ]
    assert rows[2][5] == "left out"
    assert "There is no name." in rows[2][6]
    book = load_workbook(io.BytesIO(ada.get(f"{page.path}/outcome.xlsx").response.data))
    cells = [[cell.value for cell in row] for row in book.worksheets[0].iter_rows()]
    assert cells[1][:4] == ["+Jan", "jan@x.nl", "workplace supervisor", "@school"]
    assert {cell.data_type for row in book.worksheets[0].iter_rows() for cell in row} <= {"s", "n"}


def test_a_long_list_shows_a_part_at_a_time(ada: Browser, place: uuid.UUID) -> None:
    people = "".join(f"P{number};p{number}@x.nl\n" for number in range(120))
    page = bring(ada, place, "naam;e-mail\n" + people).follow()
    page = page.send({"default_role": "supervisor"}, form="/columns").follow()
    assert "Page 1 of 3" in page.text
    third = ada.get(f"{page.path}?show=new&page=3")
    assert "p119@x.nl" in third.text
    assert "p50@x.nl" not in third.text
    for strange in ("page=99", "page=0", "page=x", "page=-1", "show=x", "show=here"):
        assert ada.get(f"{page.path}?{strange}").status == 200


def test_a_list_is_only_for_whoever_brought_it(
    ada: Browser,
    place: uuid.UUID,
    browse: Browse,
    make: Maker,
    colleague: Someone,
    administrator: Someone,
) -> None:
    page = bring(ada, place, LIST).follow()
    others = [
        make.person("Other Administrator", Role.ADMINISTRATOR),
        make.person("Outsider", *Role, partnership=ELSEWHERE),
        *([colleague] if colleague.id != administrator.id else []),
    ]
    for other in others:
        browser = browse(other)
        assert browser.get(page.path).status in {403, 404}
        for act in ("columns", "invite", "throw-away"):
            assert browser.post(f"{page.path}/{act}").status in {403, 404}
        for ending in ("csv", "xlsx"):
            assert browser.get(f"{page.path}/outcome.{ending}").status in {403, 404}
    assert browse(others[1]).get(start(place)).status == 404
    assert browse().get(page.path).status == 303


def test_a_role_that_ended_closes_the_open_tab(
    ada: Browser, place: uuid.UUID, make: Maker, administrator: Someone, stored: Stored
) -> None:
    page = bring(ada, place, LIST).follow()
    make.without_role(administrator, Role.ADMINISTRATOR)
    before = members(stored)
    assert invite(page).status == 403
    assert ada.get(page.path).status == 403
    assert members(stored) == before


def test_a_list_goes_when_somebody_says_so_or_after_a_day(
    ada: Browser, place: uuid.UUID, stored: Stored
) -> None:
    page = bring(ada, place, LIST).follow()
    assert page.send(form="/throw-away").location == start(place)
    assert stored.count(PeopleList) == 0
    assert ada.get(page.path).status == 404
    bring(ada, place, LIST)
    for later, left in ((timedelta(hours=23), 1), (timedelta(hours=25), 0)):
        with ada.app.app_context(), time_machine.travel(clock.now() + later):
            tidy()
        assert stored.count(PeopleList) == left


def test_once_its_people_are_invited_the_lines_are_gone(
    ada: Browser, place: uuid.UUID, stored: Stored
) -> None:
    page = bring(ada, place, LIST).follow()
    invite(page)
    assert stored.values(sa.select(PeopleList.lines)) == [[]]
    # What is done stays done.
    ada.post(f"{page.path}/columns", {"name": "0", "email": "1"})
    assert ada.get(page.path).heading == "The people are invited"


@pytest.mark.parametrize("is_done", [False, True])
def test_who_deletes_everything_stands_on_no_list_either(
    ada: Browser, place: uuid.UUID, stored: Stored, make: Maker, is_done: bool
) -> None:
    jan = make.person("Jan", Role.SUPERVISOR, email="jan@school.example")
    page = bring(ada, place, LIST).follow()
    if is_done:
        invite(page)
    with make.request():
        erase(jan.id)
    assert stored.count(PeopleList) == 0


def test_who_brings_a_list_reads_of_it_in_their_own_data(ada: Browser, place: uuid.UUID) -> None:
    invite(bring(ada, place, LIST).follow())
    file = ada.get("/my-data/all.json").json
    [found] = file["lists"]
    assert found["done_at"]
    assert "jan@school.example" not in str(file)


def counted(app: Any, act: Any) -> int:
    statements: list[str] = []
    with app.app_context():
        engine = db.engine

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        statements.append(statement)

    sa.event.listen(engine, "before_cursor_execute", note)
    act()
    sa.event.remove(engine, "before_cursor_execute", note)
    return len(statements)


def test_a_long_list_takes_no_more_statements_than_a_short_one(
    ada: Browser, place: uuid.UUID
) -> None:
    def statements(numbers: Iterable[int]) -> tuple[int, int]:
        text = "".join(f"P{number};p{number}@x.nl;wpb\n" for number in numbers)
        page = bring(ada, place, "naam;e-mail;rol\n" + text).follow()
        looks = counted(ada.app, lambda: ada.get(page.path))
        return looks, counted(ada.app, lambda: invite(page))

    assert statements(range(2)) == statements(range(100, 400))


def test_another_partnership_of_the_same_name_of_school_is_left_alone(
    ada: Browser, place: uuid.UUID, make: Maker, stored: Stored
) -> None:
    make.person("Outsider", Role.ADMINISTRATOR, partnership=ELSEWHERE)
    with make.request():
        other = db.session.scalars(sa.select(Partnership.id).where(Partnership.name == ELSEWHERE))
        db.session.add(School(name="De Dijk", partnership_id=other.one()))
    page = bring(ada, place, LIST.replace("De Brug", "De Dijk")).follow()
    assert "“De Dijk” is not one of your schools." in page.text
