"""Unit tests are about rules: they need no application, and no database."""

from typing import Any, NoReturn

import pytest
from hypothesis import settings

from zetwpo.extensions import db

# How long an example takes says more about the machine than about a rule; and all rules together
# take seconds, so that one runs them after every change.
settings.register_profile("unit", deadline=None, max_examples=50)
settings.load_profile("unit")


class DatabaseTouched(RuntimeError):
    """A unit test asked the database: it belongs in tests/pages, or a rule is not pure."""


def refuse(*_args: Any, **_names: Any) -> NoReturn:
    raise DatabaseTouched


@pytest.fixture(autouse=True)
def no_database(monkeypatch: pytest.MonkeyPatch) -> None:
    """Closes the two ways to the database, of which all others are made."""
    monkeypatch.setattr(db.session, "registry", refuse)
    monkeypatch.setattr(type(db), "engines", property(refuse))
