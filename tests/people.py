"""The standing people of the tests, and a browser for each of them."""

from collections.abc import Callable

import pytest
from flask import Flask

from tests.factories import Maker, Someone
from tests.pages.client import Browser
from zetwpo.accounts import service
from zetwpo.accounts.actors import Role

Browse = Callable[..., Browser]

# What is somebody else's: by the role, or by whose it is. Both say no more than that.
CLOSED = frozenset({403, 404})


@pytest.fixture
def owner(make: Maker) -> Someone:
    """The supervisor whom the test is about."""
    return make.person("Olga Owner", Role.SUPERVISOR)


@pytest.fixture
def stranger(make: Maker) -> Someone:
    """Another supervisor."""
    return make.person("Sven Stranger", Role.SUPERVISOR)


@pytest.fixture
def trainer(make: Maker) -> Someone:
    return make.person("Tess Trainer", Role.SCHOOL_TRAINER)


@pytest.fixture
def facilitator(make: Maker) -> Someone:
    return make.person("Fem Facilitator", Role.FACILITATOR)


@pytest.fixture
def programme_leader(make: Maker) -> Someone:
    return make.person("Piet Programme", Role.PROGRAMME_LEADER)


@pytest.fixture
def school_leader(make: Maker) -> Someone:
    return make.person("Lena Leader", Role.SCHOOL_LEADER)


@pytest.fixture
def administrator(make: Maker) -> Someone:
    return make.person("Ad Administrator", Role.ADMINISTRATOR)


@pytest.fixture(
    params=["trainer", "facilitator", "programme_leader", "school_leader", "administrator"]
)
def colleague(request: pytest.FixtureRequest) -> Someone:
    """Each of the people with an account who are no supervisor, one after the other."""
    found: Someone = request.getfixturevalue(request.param)
    return found


@pytest.fixture
def browse(app: Flask) -> Browse:
    """Opens a browser: signed in as somebody, or as nobody."""

    def open_browser(person: Someone | None = None, language: str | None = "en") -> Browser:
        browser = Browser(app, language)
        if person:
            sign_in(browser, person)
        return browser

    return open_browser


def sign_in(browser: Browser, person: Someone) -> None:
    """Be signed in, without the mail that test_sign_in.py is about."""
    with browser.app.app_context():
        token = service.open_session(person.id)
        service.db.session.commit()
    with browser.client.session_transaction() as session:
        session["sign_in"] = token
