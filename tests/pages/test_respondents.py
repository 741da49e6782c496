"""Everybody who can be asked, on every page, mail and file that names them: whoever that is.

With a row more than the product has: nothing but that row and its words makes somebody a
respondent.
"""

import io
import json
from pathlib import Path

import openpyxl
import pytest
from flask import Flask

from tests.application import Stored
from tests.factories import Maker, Scan, Someone
from tests.forms import INSTITUTE_TRAINER, SCHOOL_TRAINER, STUDENT, table
from tests.mailbox import Mailbox
from tests.pages.client import Browser, Page
from tests.pages.result_page import result
from tests.pages.result_page import table as table_of
from tests.people import Browse
from tests.respondents import COLLEAGUE, load, rows
from zetwpo.accounts.actors import Role
from zetwpo.errors import StartRefused
from zetwpo.extensions import db
from zetwpo.i18n import LANGUAGE_NAMES
from zetwpo.library.respondents import AskedRole, Respondents
from zetwpo.scan.feedback.queries import check_roles

KEYS = [*(role.key for role in table()), COLLEAGUE["key"]]
each_role = pytest.mark.parametrize("key", KEYS)
each_language = pytest.mark.parametrize("language", LANGUAGE_NAMES)


@pytest.fixture(autouse=True)
def roles(app: Flask, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Respondents:
    found = load([*rows(), COLLEAGUE], tmp_path)
    monkeypatch.setitem(app.extensions, "respondents", found)
    return found


def drawn(page: Page) -> str:
    """The page as it came, with the looks of its charts."""
    return page.response.get_data(as_text=True)


@pytest.fixture
def role(roles: Respondents, key: str) -> AskedRole:
    return roles.get(key)


@each_role
@each_language
def test_somebody_is_asked_and_answers(
    browse: Browse, owner: Someone, scan: Scan, mailbox: Mailbox, role: AskedRole, language: str
) -> None:
    """From the form of the supervisor by the mail to the page behind its link."""
    supervisor = browse(owner, language=language)
    page = supervisor.get(f"{scan.path}/feedback")
    assert role.choice.in_language(language) in page.text
    assert role.yours.in_language(language) in page.text
    sent = page.fields("/feedback") | {
        "role": role.key,
        "name": "Robin",
        "email": "robin@mail.example",
        "mail_language": language,
    }
    assert supervisor.post(f"{scan.path}/feedback", sent).status == 303
    listed = supervisor.get(f"{scan.path}/feedback").text
    assert f"Robin, {role.label.in_language(language)}" in listed
    [letter] = mailbox.to("robin@mail.example")
    asks = role.mail.in_language(language).replace("{supervisor}", owner.name)
    for body in (letter.text, letter.html):
        assert asks in " ".join(body.split())
        assert f" {role.minutes} " in body
    landing = browse(language=language).get(letter.link)
    assert role.request.in_language(language).startswith("{supervisor}")
    assert role.request.in_language(language).removeprefix("{supervisor}") in landing.text
    assert f" {role.minutes} " in landing.text


@each_role
def test_only_who_is_assessed_by_the_supervisor_reads_about_that(
    student: Browser, scan: Scan, make: Maker, role: AskedRole
) -> None:
    asked = make.asked(scan, "Robin", role.key)
    landing = student.get(asked.path).text
    assert ("Does this count for my assessment?" in landing) is role.is_assessed
    assert ("Does this count for an assessment?" in landing) is not role.is_assessed
    preview = student.get(f"{make.drafted(asked).path}/preview").text
    assert ("For instance after your assessment." in preview) is role.is_assessed


@each_role
@each_language
def test_their_own_pages_and_file_say_as_what_they_answered(
    browse: Browse, scan: Scan, make: Maker, role: AskedRole, language: str
) -> None:
    asked = make.asked(scan, "Robin", role.key, language=language)
    label = role.label.in_language(language)
    browser = browse(language=language)
    assert f"Robin – {label}" in browser.get(f"{make.drafted(asked).path}/preview").text
    make.shared(asked)
    assert f"Robin – {label}" in browser.get(f"{asked.path}/shared").text
    file = browser.get(f"{asked.path}/shared.html").response.get_data(as_text=True)
    assert f"– {label}</h2>" in file


@each_role
@each_language
def test_the_result_draws_and_names_them(
    browse: Browse, owner: Someone, scan: Scan, make: Maker, role: AskedRole, language: str
) -> None:
    make.shared(make.asked(scan, "Robin", role.key), 6, feed_forward={"gatekeeper": "A tip"})
    supervisor = browse(owner, language=language)
    page = result(supervisor, scan)
    label = role.label.in_language(language)
    assert f"Robin ({label})" in table_of(page, 0)[0][2]
    assert f"look-{role.looks}-1" in drawn(page)
    caption = " ".join(each.text for each in page.main.all("p") if each.get("class") == "caption")
    assert f" {label}:" in caption
    figures = supervisor.get(f"{scan.path}/result/figures.json").response.get_json()
    assert "Robin" in json.dumps(figures)
    make.shared(make.asked(scan, "Robin", role.key, email="another@mail.example"), 2)
    page = result(supervisor, scan)
    assert f"2 {role.many.in_language(language)}:" in page.text
    assert {f"Robin ({label} 1)", f"Robin ({label} 2)"} <= set(table_of(page, 0)[0][2:])


@each_role
@each_language
def test_the_files_of_the_result_name_them(
    browse: Browse, owner: Someone, scan: Scan, make: Maker, role: AskedRole, language: str
) -> None:
    make.shared(make.asked(scan, "Robin", role.key), 6)
    make.retracted(make.asked(scan, "Kim", role.key))
    supervisor = browse(owner, language=language)
    data = json.loads(supervisor.get(f"{scan.path}/result.json").response.data)
    assert [view["role"] for view in data["views"]] == ["supervisor", role.key]
    assert data["views"][1]["form"] == role.form
    content = supervisor.get(f"{scan.path}/result.xlsx").response.data
    book = openpyxl.load_workbook(io.BytesIO(content))
    assert book.worksheets[1].cell(1, 3).value == "Robin"
    label = role.label.in_language(language)
    assert f"Kim ({label}): " in result(supervisor, scan).text
    everything = supervisor.get("/my-data/all.html").response.get_data(as_text=True)
    assert f"<bdi>Robin</bdi>, {label}" in everything
    stored = json.loads(supervisor.get("/my-data/all.json").response.data)
    assert {each["role"] for each in stored["scans"][0]["asked"]} == {role.key}


@each_role
def test_what_was_asked_of_somebody_with_an_account_is_in_their_own_data(
    browse: Browse, scan: Scan, make: Maker, role: AskedRole
) -> None:
    robin = make.person("Robin", Role.FACILITATOR)
    make.drafted(make.asked(scan, "Robin", role.key, email=robin.email))
    file = browse(robin, language="en").get("/my-data/all.html").response.get_data(as_text=True)
    assert f"({role.label.en}, " in file


@each_language
def test_everybody_is_named_where_all_are(
    browse: Browse, roles: Respondents, language: str
) -> None:
    browser = browse(language=language)
    for path in ("/", "/who-reads-what"):
        text = browser.get(path).text
        for role in roles:
            assert role.many.in_language(language) in text


def test_they_stand_in_the_order_of_the_table_whoever_was_asked_first(
    olga: Browser, scan: Scan, make: Maker
) -> None:
    for key in reversed(KEYS):
        make.shared(make.asked(scan, f"{key}-b", key))
        make.shared(make.asked(scan, f"{key}-a", key))
    names = [heading.split(" (")[0] for heading in table_of(result(olga, scan), 0)[0][2:]]
    assert names == [f"{key}-{letter}" for key in KEYS for letter in "ba"]


def test_two_roles_of_one_family_are_told_apart(olga: Browser, scan: Scan, make: Maker) -> None:
    """A colleague is drawn in the family of the school trainers, after them."""
    make.shared(make.asked(scan, "Colin", "colleague"))
    make.shared(make.asked(scan, "Tess", SCHOOL_TRAINER))
    page = result(olga, scan)
    assert "look-trainer-1" in drawn(page)
    assert "look-trainer-2" in drawn(page)
    assert "one school trainer and that of one colleague" in page.text


def test_two_trainers_of_one_name_are_told_apart(olga: Browser, scan: Scan, make: Maker) -> None:
    make.shared(make.asked(scan, "Tess", SCHOOL_TRAINER, email="tess@school.example"))
    make.shared(make.asked(scan, "Tess", INSTITUTE_TRAINER, email="tess@institute.example"))
    heads = table_of(result(olga, scan), 0)[0][2:]
    assert heads == ["Tess (school trainer)", "Tess (institute trainer)"]


def test_somebody_may_be_asked_in_two_roles_and_in_each_once(
    olga: Browser, scan: Scan, make: Maker
) -> None:
    make.asked(scan, "Tess", SCHOOL_TRAINER, email="tess@mail.example")
    statuses = []
    for _time in range(2):
        sent = olga.get(f"{scan.path}/feedback").fields("/feedback")
        sent |= {"role": INSTITUTE_TRAINER, "name": "Tess", "email": "tess@mail.example"}
        statuses.append(olga.post(f"{scan.path}/feedback", sent).status)
    assert statuses == [303, 422]


@pytest.mark.parametrize("key", ["", "supervisor", "headteacher", "self"])
def test_nobody_is_asked_in_a_role_that_is_not_in_the_table(
    olga: Browser, scan: Scan, stored: Stored, key: str
) -> None:
    before = stored.everything()
    sent = olga.get(f"{scan.path}/feedback").fields("/feedback")
    sent |= {"role": key, "name": "Robin", "email": "robin@mail.example", "mail_language": "nl"}
    page = olga.post(f"{scan.path}/feedback", sent)
    assert page.status == 422
    assert "Choose who you ask." in page.text
    assert stored.everything() == before


@pytest.mark.parametrize(
    ("held", "may_be_asked"),
    [
        (Role.STUDENT, True),
        (Role.SCHOOL_TRAINER, True),
        (Role.INSTITUTE_TRAINER, True),
        (Role.SCHOOL_LEADER, False),
        (Role.ADMINISTRATOR, False),
    ],
)
def test_whoever_can_be_asked_reads_how_a_request_comes(
    browse: Browse, make: Maker, held: Role, may_be_asked: bool
) -> None:
    reader = browse(make.person("Robin", held), language="en")
    assert ("Feedback that was asked of you" in reader.get("/start").text) is may_be_asked
    about = reader.get(f"/who-reads-what/{held.value}").text
    assert ("Whoever is asked for feedback gets a link" in about) is may_be_asked


def test_a_role_goes_from_the_table_only_with_its_requests(
    app: Flask, monkeypatch: pytest.MonkeyPatch, scan: Scan, make: Maker
) -> None:
    make.asked(scan, "Colin", "colleague")
    make.asked(scan, "Noor", STUDENT)
    with app.app_context():
        check_roles()
        monkeypatch.setitem(app.extensions, "respondents", table())
        with pytest.raises(StartRefused) as refused:
            check_roles()
        db.session.rollback()
    assert "these roles, which are not in respondents.yaml: colleague." in str(refused.value)
