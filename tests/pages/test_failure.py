"""Something breaks in our own code: the sender keeps the text, and the log learns nothing of it."""

import logging
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from tests.application import Stored
from tests.factories import Asked
from tests.pages.client import Browser
from zetwpo.extensions import db

TEXT = "text-feed_forward-pedagogical"
WORDS = "Words of a student"


def refuse(_connection: Any, _cursor: Any, statement: str, values: Any, *_rest: Any) -> None:
    if "open_answer" in statement and statement.startswith("INSERT"):
        raise LookupError(f"cannot store {values}")


@pytest.fixture
def broken(app: Flask) -> Any:
    """Storing a text fails in a way that nobody thought of."""
    app.config["PROPAGATE_EXCEPTIONS"] = False
    with app.app_context():
        engine = db.engine
    sa.event.listen(engine, "before_cursor_execute", refuse)
    yield
    sa.event.remove(engine, "before_cursor_execute", refuse)
    app.config["PROPAGATE_EXCEPTIONS"] = True


@pytest.mark.usefixtures("broken")
def test_the_log_says_where_it_broke_and_nothing_of_what_was_sent(
    student: Browser, asked: Asked, stored: Stored, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    before = stored.everything()
    refused = student.get(f"{asked.path}/part/1").send({TEXT: WORDS})
    assert refused.status == 500
    assert WORDS in refused.text
    assert stored.everything() == before
    log = "\n".join(logging.Formatter().format(each) for each in caplog.records)
    assert "LookupError" in log
    assert "zetwpo/scan/responses/service.py" in log
    assert WORDS not in log
    assert asked.token not in log
