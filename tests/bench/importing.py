"""How long an administrator waits who invites 3,000 people from one workbook."""

import html
import io
import re
import time
import uuid
from pathlib import Path

import sqlalchemy as sa
from flask.testing import FlaskClient
from openpyxl import Workbook

from tests.bench.table import Row
from zetwpo.accounts.actors import Role
from zetwpo.accounts.guard import SIGN_IN_KEY
from zetwpo.accounts.models import Partnership, Person
from zetwpo.accounts.service import add_person, open_session
from zetwpo.application import create_app
from zetwpo.cli import upgrade_database
from zetwpo.config import Settings
from zetwpo.extensions import db

PEOPLE = 3000
# Seconds for all steps; and for one, longer than which a page would have to show how far it is.
ALL_STEPS, ONE_STEP = 10, 2
HEADINGS = [
    *("Roepnaam", "Tussenvoegsel", "Achternaam", "E-mailadres", "Functie", "School"),
    *(f"Kolom {number}" for number in range(14)),
]


def measure(folder: Path) -> list[Row]:
    """The processor time of each step: nearly all of what its sender waits for, and steadier."""
    visitor, place = _administrator(folder)
    path = f"/partnerships/{place}/people/import"
    found: list[tuple[str, float]] = []

    def step(what: str, address: str, fields: dict[str, object] | None = None) -> str:
        begun = time.thread_time()
        answer = visitor.post(address, data=fields) if fields else visitor.get(address)
        found.append((what, time.thread_time() - begun))
        assert answer.status_code == (303 if fields else 200), answer.text
        return answer.location or answer.text

    token = _hidden(step("the empty form", path), "csrf_token")
    file = (io.BytesIO(_workbook()), "people.xlsx")
    here = step("reading the file", path, {"csrf_token": token, "text": "", "file": file})
    choices = {"csrf_token": token, "first": 0, "infix": 1, "last": 2, "email": 3, "role": 4}
    more = {"name": "", "school": 5, "default_role": "", "adds_schools": "y"}
    step("correcting how it is read", f"{here}/columns", choices | more)
    page = step("looking it through", here)
    assert f"Nodig {PEOPLE}" in html.unescape(page)
    step("inviting everybody", f"{here}/invite", {"csrf_token": token, "left_out": ""})
    step("looking at what became of it", here)
    step("taking that along", f"{here}/outcome.csv")
    with visitor.application.app_context():
        assert db.session.scalar(sa.select(sa.func.count(Person.id))) == PEOPLE + 1
    return _rows(found)


def _rows(found: list[tuple[str, float]]) -> list[Row]:
    total = sum(seconds for _what, seconds in found)
    longest = max(seconds for _what, seconds in found)
    detail = "; ".join(f"{what} {seconds:.2f} s" for what, seconds in found)
    return [
        Row(f"importing {PEOPLE} people", total, ALL_STEPS, "s", detail),
        Row("- the longest step of it", longest, ONE_STEP, "s"),
    ]


def _administrator(folder: Path) -> tuple[FlaskClient, uuid.UUID]:
    app = create_app(Settings(mode="demo", instance=folder))
    with app.app_context():
        upgrade_database()
        person_id = add_person("Ad", "ad@school.example", [Role.ADMINISTRATOR], "Here")
        token = open_session(person_id)
        place = db.session.scalars(sa.select(Partnership.id)).one()
        db.session.commit()
    visitor = app.test_client()
    with visitor.session_transaction() as session:
        session[SIGN_IN_KEY] = token
    return visitor, place


def _hidden(page: str, name: str) -> str:
    [value] = re.findall(rf'name="{name}" value="([^"]*)"', page)[:1]
    return html.unescape(value)


def _workbook() -> bytes:
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.append(HEADINGS)
    for number in range(PEOPLE):
        email = f"persoon{number}@school{number % 9}.example"
        role = "SO" if number % 7 else "WPB, facilitator"
        known = [f"Jan{number}", "van der", f"Dijk{number}", email, role, f"School {number % 12}"]
        sheet.append(known + [f"iets anders {number}"] * 14)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()
