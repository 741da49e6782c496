"""Every address times every kind of person times every object: the permission table decides."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from tests.application import Stored
from tests.factories import Maker, Someone
from tests.guards.addresses import (
    CLOSED,
    IN,
    ROLE_ENDED,
    SIGN_IN,
    Address,
    addresses,
    expected,
)
from tests.guards.test_markers import each_reader, found_in, strange_to, words_in
from tests.guards.world import ACCOUNTS, HELD, KINDS, World
from tests.pages.client import Browser
from tests.people import sign_in
from zetwpo.accounts.guard import (
    MARKS,
    UnaskedLink,
    UnaskedObject,
    answered_by_link,
    by_link,
    needs,
    open_to_all,
    opened_by_link,
)
from zetwpo.accounts.policy import READ_RESULT, SEE_OWN_START
from zetwpo.accounts.service import set_language

# In either language: some of the addresses choose one.
ROLE_WORDS = ("belongs to a role that you do not have", "hoort bij een rol die je hier niet hebt")


def outcome(response: TestResponse, address: Address) -> str:
    """What happened, in the same words; never a mistake of ours."""
    location = response.location or ""
    if response.status_code == 401 or location.startswith("/sign-in?next="):
        return SIGN_IN
    if response.status_code == 404 and "made-up" not in address.path:
        return CLOSED
    if response.status_code == 403 and any(words in response.text for words in ROLE_WORDS):
        return ROLE_ENDED
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
        if is_out and self.who in HELD:
            sign_in(self.browser, self.world.people[self.who])
            self.token = self.browser.token()
        return response


# Whoever can take things away walks through a world of their own: the next one finds all there.
WITH_THEIR_OWN = {"administrator", "programme_leader", "outsider", "owner", "facilitator"}
WITH_THEIR_OWN |= {"institute_trainer", "trainer", "stranger", "other_facilitator", "two_hats"}
# What takes something away that other addresses are about, in the order in which that works.
TAKES_AWAY = (
    *("questionnaires.drop", "questionnaires.discard", "breaks.delete", "sharing.take_back"),
    *("importing.throw_away", "people.end"),
    *("subgroups.join", "common_question.undo", "questions.take_back"),
    *("meetings.cancel", "calendar.renew", "calendar.stop"),
    *("plan_reading.take_back", "practice.delete", "plans.close", "pairs.dissolve"),
    "certificate.withdraw",
    *("shelf.take_off", "partnership_shelf.take_off"),
    *("team_message.take_back", "closing.close", "closing.reopen"),
    *("trajectory_people.end", "trajectory_people.leave"),
)


def steps(found: list[Address]) -> list[tuple[Address, str]]:
    """Every address with each of its methods: looking first, and what takes away last."""
    gets = [(each, "GET") for each in found if "GET" in each.methods]
    posts = [(each, "POST") for each in found if "POST" in each.methods]
    last = {endpoint: place for place, endpoint in enumerate(TAKES_AWAY, 1)}
    return gets + sorted(posts, key=lambda step: last.get(step[0].endpoint, 0))


@pytest.mark.parametrize(("who", "database"), each_reader(KINDS))
def test_every_address_answers_as_the_permission_table_says(
    worlds: Callable[[str, str], World], database: str, who: str
) -> None:
    """A refusal holds words of nobody else: test_markers.py searches what opens."""
    purpose = f"to walk through{' as ' + who if who in WITH_THEIR_OWN else ''}"
    world = worlds(purpose, database)
    visitor = Visitor(world, who)
    for address, method in steps(addresses(world, "drafter", "sharer", "outsider")):
        response = visitor.knock(address, method)
        found = outcome(response, address)
        what = f"{who}: {method} {address.path} of {address.owner}: {response.status_code}"
        assert found == expected(world, who, address), what
        assert found == IN or not strange_to(who, found_in(words_in(response))), what
        # Whatever the table says: this is the promise.
        is_owners = address.owner == "owner" and address.path.startswith("/scan/")
        assert found != IN or who == "owner" or not is_owners, what


@pytest.mark.parametrize(("who", "database"), each_reader(["owner", "nobody"]))
def test_other_methods_neither_show_nor_change_anything(world: World, who: str) -> None:
    visitor, stored = Visitor(world, who), Stored(world.app)
    before = stored.everything()
    found = addresses(world, "drafter")
    # HEAD asks the view, about each object; to the others the route says no, whatever it is about.
    knocks = [(each, "HEAD") for each in found]
    one_of_each = {each.endpoint: each for each in found}.values()
    for method in ("OPTIONS", "PUT", "DELETE", "PATCH", "TRACE"):
        knocks += [(each, method) for each in one_of_each]
    for address, method in knocks:
        response = visitor.knock(address, method)
        assert response.status_code < 500
        assert response.status_code != 200 or not response.data
    assert stored.everything() == before


@pytest.fixture
def all_apps(
    app: Flask, make_app: Callable[..., Flask], new_database: Callable[[str], str]
) -> tuple[Flask, Flask]:
    """The application, and the one that shows a demo."""
    demo = make_app(mode="demo", base_url="", database_url=new_database("sqlite"))
    return app, demo


def test_every_route_says_once_to_whom_it_opens(all_apps: tuple[Flask, Flask]) -> None:
    for app in all_apps:
        for rule in app.url_map.iter_rules():
            view = app.view_functions[rule.endpoint]
            assert sum(bool(getattr(view, mark, None)) for mark in MARKS) == 1, rule.endpoint


def test_every_route_with_a_word_or_a_key_in_its_address_asks_about_it(
    all_apps: tuple[Flask, Flask],
) -> None:
    for app in all_apps:
        for rule in app.url_map.iter_rules():
            view = app.view_functions[rule.endpoint]
            assert ("token" in rule.arguments) == hasattr(view, "by_link"), rule.endpoint
            about = getattr(getattr(view, "permission", None), "whom", None)
            is_about_one = any(name.endswith("_id") for name in rule.arguments)
            assert is_about_one == bool(about) or rule.endpoint.startswith("demo."), rule.endpoint


@pytest.mark.parametrize("second", MARKS)
@pytest.mark.parametrize("first", MARKS)
def test_a_view_that_says_twice_to_whom_it_opens_is_refused(first: str, second: str) -> None:
    marks = dict(zip(MARKS, (needs(READ_RESULT), by_link("link"), open_to_all("all")), strict=True))
    with pytest.raises(TypeError, match="already says"):
        marks[second](marks[first](lambda: "secret"))


@dataclass(frozen=True)
class Behind:
    """Something behind a link, about somebody or about nobody."""

    closed_to: uuid.UUID | None
    partnership_id: uuid.UUID | None = None


@pytest.fixture
def with_mistakes(make_app: Callable[..., Flask], new_database: Callable[[str], str]) -> Flask:
    """An application to which somebody added routes in a hurry."""

    def forgets_and_writes(token: str) -> str:
        set_language(uuid.UUID(token), "en")
        return "done"

    app = make_app(database_url=new_database("sqlite"))
    app.add_url_rule("/unmarked", "unmarked", lambda: "secret")
    app.add_url_rule("/unasked", "unasked", needs(READ_RESULT)(lambda: "secret"))
    app.add_url_rule("/fine", "fine", needs(SEE_OWN_START)(lambda: "fine"))
    for path, view in (
        ("forgets", lambda token: "secret"),
        ("nothing", lambda token: f"secret {opened_by_link(None)}"),
        ("about", lambda token: f"fine {opened_by_link(Behind(uuid.UUID(token)))}"),
        ("answers", lambda token: f"fine {answered_by_link(False)}"),
        ("writes", forgets_and_writes),
    ):
        methods = ["GET", "POST"]
        app.add_url_rule(f"/{path}/<token>", path, by_link("in a hurry")(view), methods=methods)
    return app


@pytest.fixture
def everybody(with_mistakes: Flask) -> Someone:
    """Somebody with every role there is."""
    return Maker(with_mistakes).person("Olga", *ACCOUNTS.values())


@pytest.fixture
def insider(with_mistakes: Flask, everybody: Someone) -> Browser:
    """Their browser, signed in."""
    browser = Browser(with_mistakes)
    sign_in(browser, everybody)
    return browser


def test_a_route_that_says_nothing_is_closed_to_everybody(insider: Browser) -> None:
    assert insider.get("/fine").response.text == "fine"
    assert insider.get("/unmarked").status == 403
    assert Browser(insider.app).get("/unmarked").status == 403


def test_a_route_that_forgets_to_ask_whose_it_is_shows_nothing(insider: Browser) -> None:
    with pytest.raises(UnaskedObject):
        insider.get("/unasked")


@pytest.mark.parametrize("method", ["GET", "HEAD", "POST"])
def test_a_route_by_link_that_forgets_to_ask_shows_nothing(insider: Browser, method: str) -> None:
    for browser in (insider, Browser(insider.app)):
        data = {"csrf_token": browser.token()} if method == "POST" else None
        with pytest.raises(UnaskedLink):
            browser.client.open("/forgets/word", method=method, data=data)


def test_a_route_by_link_that_forgets_to_ask_stores_nothing(
    insider: Browser, everybody: Someone
) -> None:
    before = Stored(insider.app).everything()
    with pytest.raises(UnaskedLink):
        insider.post(f"/writes/{everybody.id}")
    assert Stored(insider.app).everything() == before


def test_a_link_opens_neither_nothing_nor_what_is_about_the_reader(
    insider: Browser, everybody: Someone
) -> None:
    for browser in (insider, Browser(insider.app)):
        assert browser.get("/nothing/word").status == 404
        assert browser.get("/answers/word").response.text == "fine False"
        assert browser.get(f"/about/{uuid.uuid4()}").response.text.startswith("fine")
    assert insider.get(f"/about/{everybody.id}").status == 404
    assert Browser(insider.app).get(f"/about/{everybody.id}").status == 200
