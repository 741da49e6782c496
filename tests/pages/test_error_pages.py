"""Whatever goes wrong: a page that says so, and what was typed comes back to its author."""

from collections.abc import Iterator

import pytest
from flask import Flask

from tests.application import Stored
from tests.factories import Asked, Scan
from tests.forms import Form
from tests.pages.client import Browser
from tests.pages.test_scan_parts import RELATIONSHIP, TEXT, texts
from zetwpo.extensions import db
from zetwpo.library.questionnaires import load
from zetwpo.scan.responses.models import OpenAnswer

KEYS = [statement.key for statement in load().current.forms[Form.SELF].parts[0].statements]


def test_an_unknown_address_has_a_page_with_a_way_out(student: Browser) -> None:
    page = student.get("/no-such-page")
    assert page.status == 404
    assert "/" in page.links


def test_a_wrong_way_of_asking_has_a_page(student: Browser, olga: Browser) -> None:
    assert student.get("/sign-out").status == 405
    assert olga.get("/scan/start").status == 405
    assert student.post("/who-reads-what", {"text": "Typed here"}).status == 405


def test_an_expired_token_gives_the_text_back_and_the_button_sends_it(
    olga: Browser, draft: Scan, stored: Stored
) -> None:
    path = f"{draft.path}/part/1"
    page = olga.post(path, {TEXT: "Typed\nfor long", RELATIONSHIP: "5"}, token="too old")
    assert page.status == 400
    assert "Typed for long" in page.text
    assert texts(stored) == []
    assert page.send().location == f"{draft.path}/part/2"
    assert texts(stored) == ["Typed\nfor long"]


@pytest.mark.parametrize("path", ["/sign-in", "/language", "/feedback/lost-link"])
def test_where_no_cookie_comes_along_the_page_says_that_one_is_needed(
    app: Flask, path: str
) -> None:
    no_cookies = Browser(app, None)
    no_cookies.client = app.test_client(use_cookies=False)
    page = no_cookies.post(path, {"email": "olga@school.example", "language": "nl"})
    for _time in range(2):
        assert page.status == 400
        assert page.heading == "Je browser stuurde ons geen cookie"
        assert "olga@school.example" in page.text
        page = page.send()


def test_a_part_behind_a_link_gives_the_text_back_where_cookies_are_off(
    app: Flask, asked: Asked
) -> None:
    no_cookies = Browser(app, None)
    no_cookies.client = app.test_client(use_cookies=False)
    page = no_cookies.get(f"{asked.path}/part/1").send({TEXT: "Typed for long"})
    assert page.status == 400
    assert "Typed for long" in page.text
    assert page.heading == "Je browser stuurde ons geen cookie"


@pytest.mark.parametrize("cookie", ["garbled", "e30.x.y"])
def test_a_cookie_that_no_longer_fits_is_not_one_that_is_missing(
    student: Browser, asked: Asked, cookie: str
) -> None:
    """For instance after the key of the site was changed."""
    page = student.get(f"{asked.path}/part/1")
    student.cookie, student.language = cookie, None
    refused = page.send({TEXT: "Typed for long"})
    assert refused.heading == "Deze pagina stond te lang open"
    assert "Typed for long" in refused.text


def test_a_button_without_fields_is_not_promised_to_come_back(olga: Browser) -> None:
    page = olga.post("/sign-out", token="too old")
    assert page.status == 400
    assert not page.main.all("form")
    assert "below" not in page.main.text


def test_answers_are_counted_so_that_they_do_not_look_lost(olga: Browser, draft: Scan) -> None:
    path = f"{draft.path}/part/1"
    five = dict(zip(KEYS, ("1", "7", "3", "4", "cannot_judge"), strict=True))
    page = olga.post(path, {TEXT: "Typed for long"} | five, token="too old")
    assert "And 5 answers to statements." in page.main.text
    assert "cannot_judge" not in page.main.text
    page = olga.post(path, {TEXT: "Typed for long"}, token="too old")
    assert "answer to" not in page.main.text
    page = olga.post(path, {KEYS[0]: "6"}, token="too old")
    assert "1 answer to a statement." in page.main.text
    assert "And" not in page.main.text


def test_a_form_from_another_site_gets_no_button_that_makes_it_count(
    olga: Browser, draft: Scan, stored: Stored
) -> None:
    for headers in ({"Origin": "https://evil.example"}, {"Origin": "null"}, {}):
        response = olga.client.post(f"{draft.path}/part/1", data={TEXT: "Forged"}, headers=headers)
        assert response.status_code == 400
        assert "Forged" not in response.text
    assert texts(stored) == []


def test_what_was_typed_is_shown_and_not_run(olga: Browser, draft: Scan) -> None:
    nasty = '<script>alert("x")</script>"><input onfocus=x>'
    page = olga.post(f"{draft.path}/part/1", {TEXT: nasty}, token="too old")
    assert page.main.all("blockquote")[0].text == nasty
    assert not page.main.all("script")


@pytest.fixture
def failing(app: Flask) -> Iterator[None]:
    """An application with a mistake in it: the table of texts is away."""
    app.config["PROPAGATE_EXCEPTIONS"] = False
    views = app.view_functions
    working = views["self_scan.save_part"]

    def broken(**_arguments: object) -> str:
        db.session.add(OpenAnswer())
        raise RuntimeError("a mistake")

    broken.permission = working.permission  # type: ignore[attr-defined]
    views["self_scan.save_part"] = broken
    yield
    views["self_scan.save_part"] = working
    app.config["PROPAGATE_EXCEPTIONS"] = True


@pytest.mark.usefixtures("failing")
def test_a_mistake_of_ours_gives_the_text_back_and_stores_nothing(
    olga: Browser, draft: Scan, stored: Stored
) -> None:
    page = olga.post(f"{draft.path}/part/1", {TEXT: "Typed for long"})
    assert page.status == 500
    assert "Typed for long" in page.text
    assert texts(stored) == []


def test_refusals_carry_the_same_protection_as_pages(student: Browser) -> None:
    for response in (student.client.get("/no-such-page"), student.client.get("/health")):
        for header in ("Referrer-Policy", "X-Content-Type-Options", "X-Frame-Options"):
            assert response.headers[header]
        assert "default-src 'none'" in response.headers["Content-Security-Policy"]
