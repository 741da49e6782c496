"""What one does with `flask`: people, the check, and the refusals to start."""

import socket
from collections.abc import Callable

import pytest
import sqlalchemy as sa
from alembic import command as alembic
from click.testing import Result
from flask import Flask

from tests.application import Stored
from tests.browser.ports import free_port
from tests.mailbox import Mailbox
from tests.people import Browse
from zetwpo.accounts.models import Membership, Partnership, Person
from zetwpo.extensions import db, migrate


def run(app: Flask, *words: str) -> Result:
    return app.test_cli_runner().invoke(args=list(words))


def add(app: Flask, *roles: str) -> Result:
    options = [word for role in roles for word in ("--role", role)]
    names = ("Nina New", "Nina@School.example")
    return run(app, "add-person", *names, *options, "--partnership", "De Linde")


def test_somebody_who_is_added_can_sign_in(app: Flask, browse: Browse, mailbox: Mailbox) -> None:
    assert add(app, "supervisor").exit_code == 0
    browser = browse()
    browser.get("/sign-in").send({"email": "nina@school.example"})
    [letter] = mailbox.deliver()
    assert "Nina" in browser.get(letter.link).send().follow().heading


def test_adding_somebody_again_adds_roles_only(app: Flask, stored: Stored) -> None:
    add(app, "supervisor")
    add(app, "supervisor", "facilitator")
    assert stored.count(Person) == 1
    assert sorted(stored.values(sa.select(Membership.role))) == ["facilitator", "supervisor"]


def start(app: Flask, name: str = "De Linde", person: str = "Ada Beheer") -> Result:
    return run(app, "start-partnership", name, person, "Ada@School.example")


def test_a_partnership_begins_with_an_administrator_who_is_welcomed(
    app: Flask, browse: Browse, mailbox: Mailbox, stored: Stored
) -> None:
    result = start(app)
    assert result.exit_code == 0
    assert "De Linde is there. Ada Beheer is its administrator" in result.output
    [welcome] = mailbox.deliver()
    assert (welcome.to, welcome.subject) == ("Ada@School.example", "Welkom bij De Linde")
    assert "beheerder" in welcome.text
    browser = browse()
    browser.get(welcome.link).send({"email": "ada@school.example"})
    page = browser.get(mailbox.deliver()[-1].link).send().follow()
    assert "Ada" in page.heading
    [place] = stored.values(sa.select(Partnership.id))
    assert browser.get(f"/partnerships/{place}/people").status == 200


def test_a_partnership_begins_once(app: Flask, stored: Stored, mailbox: Mailbox) -> None:
    start(app)
    again = start(app, person="Bea")
    assert again.exit_code == 1
    assert again.output.startswith("There is a partnership called De Linde already.")
    assert stored.values(sa.select(Person.name)) == ["Ada Beheer"]
    assert len(mailbox.deliver()) == 1


def test_who_has_an_account_begins_another_partnership_under_the_own_name(
    app: Flask, stored: Stored
) -> None:
    start(app)
    result = start(app, "De Eik", "Ada Anders")
    assert result.exit_code == 0
    assert "It stays on the name of Ada Beheer." in result.output
    assert stored.values(sa.select(Person.name)) == ["Ada Beheer"]
    assert stored.count(Membership, Membership.role == "administrator") == 2


@pytest.mark.parametrize(
    ("name", "person", "address"),
    [(" ", "Ada", "a@x.nl"), ("De Linde", "", "a@x.nl"), ("De Linde", "Ada", "x")],
)
def test_a_beginning_without_a_name_or_an_address_is_refused(
    app: Flask, stored: Stored, name: str, person: str, address: str
) -> None:
    assert run(app, "start-partnership", name, person, address).exit_code == 2
    assert stored.count(Person) == 0


def test_an_unknown_role_is_refused(app: Flask, stored: Stored) -> None:
    result = add(app, "king")
    assert result.exit_code == 2
    assert "king" in result.output
    assert stored.count(Person) == 0


@pytest.mark.parametrize(
    ("name", "email", "partnership"),
    [
        (" ", "nina@school.example", "De Linde"),
        ("N" * 121, "nina@school.example", "De Linde"),
        ("Nina", "nina@school", "De Linde"),
        ("\u200b\u3164", "nina@school.example", "De Linde"),
        ("Nina", "nina @school.example", "De Linde"),
        ("Nina", "nina@school.example", "\u2060"),
        ("Nina", "nina@school.example", ""),
    ],
)
def test_what_is_no_person_is_refused(
    app: Flask, stored: Stored, name: str, email: str, partnership: str
) -> None:
    result = run(app, "add-person", name, email, "--partnership", partnership)
    assert result.exit_code == 2
    assert "Invalid value" in result.output
    assert stored.count(Person) == 0


def test_the_check_says_that_all_is_in_order(app: Flask) -> None:
    result = run(app, "check")
    assert (result.exit_code, len(result.output.splitlines())) == (0, 1)


@pytest.fixture
def newer(
    make_app: Callable[..., Flask], new_database: Callable[[str], str], database: str
) -> Flask:
    """An application whose database was brought further by a newer version."""
    app = make_app(database_url=new_database(database), port=free_port())
    with app.app_context(), db.engine.begin() as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = '999'"))
    return app


@pytest.mark.parametrize("command", ["check", "serve", "worker", "tidy"])
def test_a_database_from_a_newer_version_is_not_touched(newer: Flask, command: str) -> None:
    result = run(newer, command)
    assert result.exit_code == 1
    assert "newer version" in result.output
    assert "999" in result.output
    assert "Traceback" not in result.output


@pytest.fixture
def older(
    make_app: Callable[..., Flask], new_database: Callable[[str], str], database: str
) -> Flask:
    """An application whose database lacks the last step."""
    app = make_app(database_url=new_database(database))
    with app.app_context():
        alembic.downgrade(migrate.get_config(), "-1")
    return app


ADD = ["add-person", "Nina", "nina@school.example", "--partnership", "De Linde"]


@pytest.mark.parametrize("words", [["worker"], ["tidy"], ADD])
def test_only_serve_and_check_bring_a_database_up_to_date(older: Flask, words: list[str]) -> None:
    before = step_of(older)
    result = run(older, *words)
    assert result.exit_code == 1
    assert "`check` first" in result.output
    assert len(result.output.splitlines()) == 1
    assert step_of(older) == before
    assert run(older, "check").exit_code == 0
    assert step_of(older) != before


def step_of(app: Flask) -> str:
    with app.app_context(), db.engine.connect() as connection:
        found = connection.execute(sa.text("SELECT version_num FROM alembic_version"))
        return str(found.scalar_one())


def test_a_busy_port_gets_one_clear_sentence(
    make_app: Callable[..., Flask], new_database: Callable[[str], str]
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        app = make_app(database_url=new_database("sqlite"), port=port)
        result = run(app, "serve")
    assert result.exit_code == 1
    assert str(port) in result.output
    assert len(result.output.splitlines()) == 1
