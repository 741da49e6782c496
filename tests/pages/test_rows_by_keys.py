"""Rows with one of many keys, and a row that is changed by its key, on each database."""

import uuid
from collections.abc import Callable, Collection

import pytest
import sqlalchemy as sa
from flask import Flask

from tests.factories import Maker
from tests.pages.statements import statements
from zetwpo.accounts.actors import Role
from zetwpo.accounts.models import Person
from zetwpo.database.keys import among
from zetwpo.database.statements import change_row
from zetwpo.extensions import db, read

NAMED = sa.select(Person.name).where(among(Person.id)).order_by(Person.name)
KINDS: dict[str, Callable[[list[uuid.UUID]], Collection[uuid.UUID]]] = {
    "list": list,
    "set": set,
    "frozenset": frozenset,
    "keys": dict.fromkeys,
    "twice": lambda keys: [*keys, *keys],
}


def test_the_statement_is_the_same_however_many_keys(app: Flask, make: Maker) -> None:
    people = [make.person(f"P{number}", Role.SUPERVISOR).id for number in range(3)]
    with statements(app) as texts, app.app_context():
        found = [read(NAMED, ids=people[:many]).scalars().all() for many in range(4)]
    assert found == [[], ["P0"], ["P0", "P1"], ["P0", "P1", "P2"]]
    assert len(texts) == 4
    assert len({*texts}) == 1


@pytest.mark.parametrize("kind", KINDS)
def test_any_collection_of_keys_will_do(app: Flask, make: Maker, kind: str) -> None:
    people = [make.person(name, Role.SUPERVISOR).id for name in ("Ann", "Bo", "Cas")]
    with app.app_context():
        assert read(NAMED, ids=KINDS[kind](people[1:])).scalars().all() == ["Bo", "Cas"]
        assert read(NAMED, ids=KINDS[kind]([uuid.uuid4()])).scalars().all() == []


def test_one_row_is_changed_and_no_other(app: Flask, make: Maker) -> None:
    ann, bo = (make.person(name, Role.SUPERVISOR).id for name in ("Ann", "Bo"))
    with app.app_context():
        change_row(db.session(), Person, ann, {"name": "Anna"})
        change_row(db.session(), Person, bo, {"name": "Bob", "language": "en"})
        change_row(db.session(), Person, uuid.uuid4(), {"name": "Nobody"})
        db.session.commit()
        assert read(NAMED, ids=[ann, bo]).scalars().all() == ["Anna", "Bob"]
        languages = sa.select(Person.id, Person.language)
        assert dict(read(languages).all())[bo] == "en"


def test_what_waits_to_be_stored_is_changed_as_well(app: Flask, make: Maker) -> None:
    ann = make.person("Ann", Role.SUPERVISOR).id
    with app.app_context():
        person = db.session.get_one(Person, ann)
        person.name = "Anna"
        change_row(db.session(), Person, ann, {"name": "Annie"})
        db.session.commit()
        assert read(NAMED, ids=[ann]).scalars().all() == ["Annie"]
