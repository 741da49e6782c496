"""Every address times every kind of person times every object: the permission table decides."""

from collections.abc import Callable

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from tests.application import Stored
from tests.factories import Maker
from tests.guards.addresses import Address, addresses
from tests.guards.world import ACCOUNTS, KINDS, World
from tests.pages.client import Browser
from tests.people import sign_in
from zetwpo.accounts.guard import UnaskedObject, needs
from zetwpo.accounts.policy import READ_RESULT, SEE_OWN_START, Actor, Facts

IN, SIGN_IN, CLOSED = "in", "sign in", "closed"


def expected(world: World, who: str, address: Address) -> str:
    """What the permission table says."""
    permission = address.permission
    if permission is None:
        # Nobody opens the link of somebody whom they asked.
        return CLOSED if address.owner == who else IN
    if who not in ACCOUNTS:
        return SIGN_IN
    actor = Actor(world.people[who].id, who, "en", frozenset({ACCOUNTS[who]}))
    facts = Facts(world.people[address.owner].id) if address.owner else None
    return IN if permission.opens_to(actor, facts) else CLOSED


def outcome(response: TestResponse, address: Address) -> str:
    """What happened, in the same words; never a mistake of ours."""
    location = response.location or ""
    if response.status_code == 401 or location.startswith("/sign-in?next="):
        return SIGN_IN
    if response.status_code == 404 and "made-up" not in address.path:
        return CLOSED
    assert response.status_code in {200, 302, 303, 400, 403, 404, 409, 410, 422}
    return IN


class Visitor:
    """Somebody who tries every address."""

    def __init__(self, world: World, who: str) -> None:
        self.world, self.who = world, who
        self.browser = world.browser(who, language=None)
        self.token = self.browser.token()

    def knock(self, address: Address, method: str) -> TestResponse:
        data = {"csrf_token": self.token} if method == "POST" else None
        response = self.browser.client.open(address.path, method=method, data=data)
        is_out = method == "POST" and address.endpoint == "accounts.sign_out"
        if is_out and self.who in ACCOUNTS:
            sign_in(self.browser, self.world.people[self.who])
            self.token = self.browser.token()
        return response


@pytest.mark.parametrize("who", KINDS)
def test_every_address_answers_as_the_permission_table_says(
    worlds: Callable[[str, str], World], database: str, who: str
) -> None:
    world = worlds("to walk through", database)
    visitor = Visitor(world, who)
    for address in addresses(world, "drafter", "sharer"):
        for method in sorted(address.methods & {"GET", "POST"}):
            response = visitor.knock(address, method)
            found = outcome(response, address)
            what = f"{who}: {method} {address.path} of {address.owner}: {response.status_code}"
            assert found == expected(world, who, address), what
            # Whatever the table says: this is the promise.
            is_owners = address.owner == "owner" and address.path.startswith("/scan/")
            assert found != IN or who == "owner" or not is_owners, what


@pytest.mark.parametrize("who", ["owner", "nobody"])
def test_other_methods_neither_show_nor_change_anything(world: World, who: str) -> None:
    visitor, stored = Visitor(world, who), Stored(world.app)
    before = stored.everything()
    for address in addresses(world, "drafter"):
        for method in ("HEAD", "OPTIONS", "PUT", "DELETE", "PATCH", "TRACE"):
            response = visitor.knock(address, method)
            assert response.status_code < 500
            assert response.status_code != 200 or not response.data
    assert stored.everything() == before


def test_every_route_names_a_permission_or_says_why_it_is_open(
    app: Flask, make_app: Callable[..., Flask], new_database: Callable[[str], str]
) -> None:
    demo = make_app(mode="demo", base_url="", database_url=new_database("sqlite"))
    for each in (app, demo):
        for rule in each.url_map.iter_rules():
            view = each.view_functions[rule.endpoint]
            permission = getattr(view, "permission", None)
            reason = getattr(view, "open_because", None)
            assert bool(permission) != bool(reason), rule.endpoint


@pytest.fixture
def with_mistakes(make_app: Callable[..., Flask], new_database: Callable[[str], str]) -> Flask:
    """An application to which somebody added routes in a hurry."""
    app = make_app(database_url=new_database("sqlite"))
    app.add_url_rule("/unmarked", "unmarked", lambda: "secret")
    app.add_url_rule("/unasked", "unasked", needs(READ_RESULT)(lambda: "secret"))
    app.add_url_rule("/fine", "fine", needs(SEE_OWN_START)(lambda: "fine"))
    return app


@pytest.fixture
def insider(with_mistakes: Flask) -> Browser:
    """Somebody with every role there is."""
    browser = Browser(with_mistakes)
    sign_in(browser, Maker(with_mistakes).person("Olga", *ACCOUNTS.values()))
    return browser


def test_a_route_that_says_nothing_is_closed_to_everybody(insider: Browser) -> None:
    assert insider.get("/fine").response.text == "fine"
    assert insider.get("/unmarked").status == 403
    assert Browser(insider.app).get("/unmarked").status == 403


def test_a_route_that_forgets_to_ask_whose_it_is_shows_nothing(insider: Browser) -> None:
    with pytest.raises(UnaskedObject):
        insider.get("/unasked")
