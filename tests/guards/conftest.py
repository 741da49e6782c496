"""What the guards start from."""

from collections.abc import Callable, Iterator
from functools import cache

import pytest
from flask import Flask

from tests.factories import Maker
from tests.guards.world import World, build


@pytest.fixture
def fresh(
    make_app: Callable[..., Flask], new_database: Callable[[str], str], database: str
) -> Iterator[Flask]:
    """An application with a database of its own, for this test alone."""
    app = make_app(database_url=new_database(database))
    with app.app_context():
        yield app


@pytest.fixture
def world(make: Maker) -> World:
    """A world for one test."""
    return build(make)


@pytest.fixture(scope="session")
def worlds(
    make_app: Callable[..., Flask], new_database: Callable[[str], str]
) -> Callable[[str, str], World]:
    """Worlds that stay, one for each purpose and kind of database: to build one takes long."""
    return cache(lambda _purpose, kind: build(Maker(make_app(database_url=new_database(kind)))))
