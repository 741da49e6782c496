"""The demo door and mailbox: for invented people, on this machine, and nowhere else."""

import uuid
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from flask import Flask

from tests.application import Stored
from tests.factories import Maker
from tests.pages.client import Browser, Page
from tests.people import Browse, sign_in
from zetwpo.accounts.actors import Role
from zetwpo.accounts.models import Person
from zetwpo.accounts.queries import find_person_id
from zetwpo.application import create_app
from zetwpo.config import Settings
from zetwpo.database.schema import upgrade_database
from zetwpo.demo.content import demo_content
from zetwpo.demo.data import load_demo
from zetwpo.extensions import db
from zetwpo.mail.worker import send_due
from zetwpo.scan.self_scan.models import Scan

PATHS = ("/demo/", "/demo/mailbox")
PEOPLE = demo_content().people.people


@pytest.fixture(scope="session")
def demos(
    make_app: Callable[..., Flask], new_database: Callable[[str], str]
) -> Callable[[str, bool], Flask]:
    """The application in demo mode, with and without the invented people."""

    @cache
    def make(kind: str, with_people: bool) -> Flask:
        app = make_app(mode="demo", base_url="", database_url=new_database(kind))
        if with_people:
            load(app)
        return app

    return make


@pytest.fixture
def demo(demos: Callable[[str, bool], Flask], database: str) -> Flask:
    """The demo as `make run` starts it; its people stay for all tests."""
    return demos(database, True)


@pytest.fixture
def empty(demos: Callable[[str, bool], Flask], database: str) -> Flask:
    """An application in demo mode, without the invented people."""
    return demos(database, False)


def load(app: Flask) -> None:
    with app.app_context():
        load_demo()
        db.session.commit()


@pytest.fixture(params=[False, True])
def mixed(
    make_app: Callable[..., Flask],
    new_database: Callable[[str], str],
    database: str,
    request: pytest.FixtureRequest,
) -> Flask:
    """A database of its own with a real person in it, without and with the invented people."""
    app = make_app(mode="demo", base_url="", database_url=new_database(database))
    if request.param:
        load(app)
    Maker(app).person("Robin Real", Role.SUPERVISOR)
    return app


def test_among_real_people_no_demo_opens(mixed: Flask) -> None:
    before = Stored(mixed).everything()
    for command in ("check", "tidy", "worker"):
        result = mixed.test_cli_runner().invoke(args=[command])
        assert result.exit_code == 1
        assert "ZETWPO_INSTANCE" in result.output
        assert "robin" not in result.output.lower()
    assert Stored(mixed).everything() == before


def test_nobody_real_is_added_to_the_demo(empty: Flask) -> None:
    words = ["add-person", "Robin", "robin@school.example", "--partnership", "De Linde"]
    result = empty.test_cli_runner().invoke(args=words)
    assert result.exit_code == 1
    assert "demo" in result.output
    assert Stored(empty).count(Person) == 0


def test_nobody_steps_in_as_somebody_real(mixed: Flask) -> None:
    with mixed.app_context():
        robin = find_person_id("robin.real@school.example")
    for key in (robin, uuid.uuid4()):
        assert Browser(mixed).post(f"/demo/step-in/{key}").status == 404
    for path in PATHS:
        assert Browser(mixed).get(path).status == 404


def test_the_first_page_is_the_door_with_everybody(demo: Flask) -> None:
    page = Browser(demo).open("/")
    assert page.path == "/demo/"
    doors = [each.get("action") for each in page.main.all("form")]
    assert len(doors) == len(PEOPLE) + 1
    assert doors[-1] == "/demo/open-link"
    texts = [each.text for each in page.main.all("li") if each.all("form")]
    for role in ("school leader", "administrator", "facilitator", "institute trainer"):
        assert [text for text in texts if role in text], role


def test_everybody_can_step_in(demo: Flask) -> None:
    door = Browser(demo).get("/demo/")
    for form in door.main.all("form")[:-1]:
        page = Browser(demo).get("/demo/").send(form=form.get("action")).follow()
        assert form.parent
        [button] = form.all("button")
        assert button.text.split(" as ")[-1] in page.heading.split()


def test_the_student_comes_in_by_link_whoever_was_signed_in(demo: Flask) -> None:
    browser = Browser(demo)
    browser.get("/demo/").send()
    page = browser.get("/demo/").send(form="/demo/open-link").follow()
    assert page.heading == "Sanne de Vries asks for your feedback"
    assert browser.get("/start").location.startswith("/sign-in")


def step_in(demo: Flask, name: str) -> Page:
    """The first page of this person."""
    door = Browser(demo).get("/demo/")
    [form] = [each for each in door.main.all("form") if each.text.endswith(f"as {name}")]
    return door.send(form=form.get("action")).follow()


def test_a_trainer_finds_what_waits_what_was_shared_and_what_became_of_it(demo: Flask) -> None:
    page = step_in(demo, "Els")
    assert "Mark Jansen" in page.main.text
    assert "Sanne de Vries: shared on" in page.main.text
    shared = page.browser.get("/shared")
    [link] = [each for each in shared.links if each.startswith("/shared/")]
    assert "Sanne" in page.browser.get(link).main.text


def test_an_administrator_finds_everybody_with_a_role_and_at_a_school(demo: Flask) -> None:
    page = step_in(demo, "Karin")
    assert "Nothing waits for you" in page.main.text
    [people] = [link for link in page.links if link.endswith("/people")]
    found = page.browser.get(people).main.text
    assert f"{len(PEOPLE)} people" in found
    assert "institute trainer (Hogeschool Rivierenland)" in found
    assert "not signed in yet" not in found
    assert "Look at the questionnaire" in step_in(demo, "Robert").main.text


def test_the_supervisor_finds_a_rich_result(demo: Flask) -> None:
    start = step_in(demo, "Sanne")
    [result, *_earlier] = [link for link in start.links if link.endswith("/result")]
    page = start.browser.get(result)
    heads = [cell.text for cell in page.main.all("table")[0].all("th")]
    assert {"Noor (student)", "Daan (student)", "Els Bakker (school trainer)"} <= set(heads)
    for key in ("strong", "differ", "attention", "growth"):
        assert page.main.all(id=key)


def test_the_mailbox_shows_every_mail_with_its_link(demo: Flask) -> None:
    browser = Browser(demo)
    with demo.app_context():
        send_due()
    browser.get("/sign-in").send({"email": "sanne@demo.example"})
    with demo.app_context():
        send_due()
    mailbox = browser.get("/demo/mailbox")
    letters = [browser.get(link) for link in mailbox.links if "/demo/mailbox/" in link]
    # Three questions, a result opened to somebody, and this link: what came before was read before.
    assert len(letters) == 5
    [link] = [link for link in letters[0].links if "/sign-in/link/" in link]
    page = browser.get(link.removeprefix("http://127.0.0.1:8000")).send()
    assert page.location == "/start"


def test_a_second_start_keeps_everything(demo: Flask) -> None:
    load(demo)
    with demo.app_context():
        assert db.session.query(Scan).count() == len(demo_content().scans)


def test_a_first_start_tells_each_step_and_a_second_has_none(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def start() -> list[str]:
        app = create_app(Settings(mode="demo", instance=tmp_path))
        with app.app_context():
            upgrade_database()
            db.session.rollback()
        load(app)
        told = capsys.readouterr()
        assert not told.out
        return told.err.splitlines()

    assert start() == [
        "Collecting the files for the browser ...",
        "Bringing the database up to date ...",
        "Laying out the demo ...",
    ]
    assert start() == []


@pytest.mark.parametrize(
    "environment",
    [
        {"REMOTE_ADDR": "192.168.1.5"},
        {"REMOTE_ADDR": "192.168.1.5", "HTTP_X_FORWARDED_FOR": "127.0.0.1"},
        {"HTTP_HOST": "demo.example"},
        {"HTTP_HOST": "127.0.0.1.evil.example"},
        {"HTTP_HOST": "localhost.evil.example:80"},
        {"HTTP_HOST": "evil.example", "HTTP_X_FORWARDED_HOST": "localhost"},
    ],
)
def test_it_is_closed_from_elsewhere_and_under_other_names(
    demo: Flask, environment: dict[str, str]
) -> None:
    client = demo.test_client()
    for path in PATHS:
        assert client.get(path, environ_overrides=environment).status_code == 404


@pytest.mark.parametrize("host", ["localhost", "localhost:8000", "127.0.0.1:8000", "[::1]:8000"])
def test_it_is_open_on_this_machine(demo: Flask, host: str) -> None:
    assert demo.test_client().get("/demo/", headers={"Host": host}).status_code == 200


def test_without_the_invented_people_there_is_no_door(empty: Flask) -> None:
    for path in PATHS:
        assert Browser(empty).get(path).status == 404


def test_in_production_there_is_no_door(browse: Browse, make: Maker) -> None:
    person = make.person("Sanne", Role.SUPERVISOR)
    browser = browse()
    for path in PATHS:
        assert browser.get(path).status == 404
    assert browser.post(f"/demo/step-in/{person.id}").status == 404
    sign_in(browser, person)
    assert "/demo/mailbox" not in browser.get("/start").links


def test_stepping_out_leaves_nothing_behind(demo: Flask) -> None:
    browser = Browser(demo)
    browser.get("/demo/").send()
    browser.post("/sign-out")
    assert browser.get("/start").location.startswith("/sign-in")
