"""Who asks too much too fast waits; what was typed comes back."""

from collections.abc import Callable

import pytest
from flask import Flask

from tests.application import wipe
from tests.pages.client import Browser


@pytest.fixture
def strict(
    make_app: Callable[..., Flask], new_database: Callable[[str], str], database: str
) -> Browser:
    app = make_app(
        database_url=new_database(database), sign_in_limit="2 per hour", link_limit="3 per hour"
    )
    wipe(app)
    return Browser(app)


@pytest.mark.parametrize("path", ["/sign-in", "/feedback/lost-link"])
def test_asking_for_mails_has_a_limit(strict: Browser, path: str) -> None:
    fields = {"email": "somebody@school.example"}
    assert [strict.post(path, fields).status for _time in range(2)] == [303, 303]
    page = strict.post(path, fields)
    assert page.status == 429
    assert fields["email"] in page.text


def test_guessing_codes_has_a_limit(strict: Browser) -> None:
    statuses = [strict.post("/sign-in/code", {"code": "123456"}).status for _time in range(4)]
    assert statuses == [303, 303, 303, 429]


def test_looking_at_pages_has_no_limit(strict: Browser) -> None:
    assert {strict.get("/sign-in").status for _time in range(10)} == {200}
