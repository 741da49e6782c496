"""An upgrade never eats data: every step up and down with rows, on both databases (promise 14)."""

import hashlib
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask

from tests.application import Stored
from tests.factories import Maker
from tests.guards.tables import (
    NOON,
    ROWS,
    Contents,
    Row,
    common,
    contents,
    counts,
    empty,
    fill,
    reflected,
    sample,
)
from tests.guards.world import NOBODY, World, build
from tests.pages.client import Browser
from tests.people import sign_in
from zetwpo.accounts.actors import Role
from zetwpo.config import ROOT
from zetwpo.database.tables import Base
from zetwpo.extensions import db, migrate
from zetwpo.mail.models import OutboxMail
from zetwpo.mail.worker import send_due
from zetwpo.privacy.service import erase
from zetwpo.scan.feedback.models import Invitation

STEPS = [
    step.revision
    for step in reversed(list(ScriptDirectory(str(ROOT / "migrations")).walk_revisions()))
]


FIRST_STEP = "f2ee898b0657998efcb6c40f9623c827088c07f477383c0421a4432f4539fd0c"


def config() -> Config:
    found: Config = migrate.get_config()
    return found


def test_the_models_say_what_the_migrations_make(fresh: Flask) -> None:
    with db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []


def test_the_first_step_stays_as_it_is() -> None:
    """It was taken on machines of others: whoever changes it changes nothing there."""
    text = (ROOT / "migrations" / "versions" / "001_first_tables.py").read_bytes()
    assert hashlib.sha256(text).hexdigest() == FIRST_STEP


def test_every_step_keeps_what_stands_in_every_table(fresh: Flask) -> None:
    """One walk up; each step begins with rows of its own, and goes down and up once more."""
    command.downgrade(config(), "base")
    for step in STEPS:
        is_first = step == STEPS[0]
        if not is_first:
            fill()
        below = contents()
        command.upgrade(config(), step)
        above = contents()
        assert common(above, below) == common(below, above), step
        if is_first:
            fill()
            above = contents()
        command.downgrade(config(), "-1")
        remains = contents()
        assert set(remains) == set(below), step
        assert common(remains, above) == common(above, remains), step
        empty()
        command.upgrade(config(), step)
        empty()


def test_every_step_keeps_what_its_own_tables_hold_on_the_way_down_and_up_again(
    fresh: Flask,
) -> None:
    """One walk down; each step begins with rows of its own."""
    for step in reversed(STEPS):
        fill()
        above = as_it_goes_down(contents())
        command.downgrade(config(), "-1")
        below = as_it_goes_down(contents())
        assert common(below, above) == common(above, below), step
        command.upgrade(config(), step)
        again = as_it_goes_down(contents())
        assert common(again, below) == common(below, again), step
        empty()
        command.downgrade(config(), "-1")
        empty()


def test_every_table_is_filled_and_every_column_has_a_value_somewhere(fresh: Flask) -> None:
    fill()
    for name, rows in contents().items():
        assert len(rows) == ROWS, name
        assert all(value is not None for value in rows[0].values()), name


def test_going_down_leaves_no_table_behind(fresh: Flask) -> None:
    command.downgrade(config(), "base")
    assert counts() == {}


# What they hold lasts ten minutes, or a day, and the first step had other tables for it: whoever
# waits for a mail to sign in asks again.
SHORT_LIVED = frozenset({"sign_in_request", "sign_in_letter", "counter", "people_list"})
# Before its step there is no place for a question that is still being written, nor for what a
# question rests on, nor for what a person wants with an address and with mails, nor for what is
# opened to somebody, nor for content of a partnership's own, nor for a calendar that fetches.
UNFINISHED = frozenset(
    {
        *("learning_question_draft", "taken_item", "learning_question_ground"),
        *("address_change", "stopped_mail", "share"),
        *("published_content", "content_draft", "calendar_address"),
    }
)
# Nor for when schools are closed, and for what a partnership says of itself.
OF_PARTNERSHIP = frozenset({"school_break", "partnership_identity"})
# Nor for trajectories, with all that belongs to them.
OF_TRAJECTORIES = frozenset(
    {
        *("trajectory", "participation", "facilitation", "trajectory_invitation"),
        *("meeting", "agenda_block", "meeting_preparation"),
        *("meeting_agreements", "homework_bringer", "attendance"),
        *("recap", "recap_correction"),
        *("brought_question", "common_question", "question_proposal", "question_round"),
        *("question_subgroup", "question_subgroup_member", "pair", "pair_member"),
        *("plan", "plan_question", "practice_note", "reflection", "reflection_answer"),
        *("portfolio", "portfolio_item", "certificate", "certificate_leader"),
        *("shelf_item", "shelf_file", "shelf_reading"),
        *("halfway_reminder", "halfway_gap"),
        *("team_message", "team_message_voice", "team_message_release", "rescan_call"),
    }
)
# Made anew from who belongs where: whoever was here stays known by the own name.
MADE_ANEW = frozenset({"welcome"})
# Nor is there for what these columns hold.
LATER = {
    "invitation": frozenset({"held_from", "retracted_at"}),
    "membership": frozenset({"given_at", "given_by_id", "ended_at", "ended_by_id"}),
    "outbox_mail": frozenset({"partnership_id", "failure"}),
    "scan": frozenset({"partnership_id"}),
    "sign_in": frozenset({"browser", "system"}),
}
# What a mail that is given up has had, in every step.
GIVEN_UP = {"attempts": 20}


def lasting(rows: dict[str, Any]) -> dict[str, Any]:
    """What has to be there again after all steps down and up."""
    lost = SHORT_LIVED | UNFINISHED | OF_PARTNERSHIP | OF_TRAJECTORIES | MADE_ANEW
    return {name: found for name, found in rows.items() if name not in lost}


def test_what_people_made_goes_down_to_the_first_step_and_up_again(
    make_app: Callable[..., Flask], new_database: Callable[[str], str], database: str
) -> None:
    app = make_app(database_url=new_database(database))
    world = build(Maker(app))
    world.browser("owner")
    sign_in = world.browser(NOBODY).get("/sign-in")
    for who in ("nobody@school.example", world.people["owner"].email):
        sign_in.send({"email": who})
    with app.app_context():
        send_due()
        _say_what_the_first_step_can_say()
    before = _everything(app)
    assert {name for name, rows in before.items() if not rows} == set()
    with app.app_context():
        made = without_later(lasting(contents()))
        for step in reversed(STEPS[:-1]):
            command.downgrade(config(), step)
            found = lasting(contents())
            assert common(found, made) == common(made, found), step
        for step in STEPS[1:]:
            command.upgrade(config(), step)
            found = lasting(contents())
            assert common(found, made) == common(made, found), step
    after = _everything(app)
    assert set(after) == set(before)
    for name, rows in lasting(before).items():
        assert after[name] == rows, name


def as_it_goes_down(rows: Contents) -> Contents:
    """The same without roles that ended, and with what failed tried as often as a mail ever is.

    Where that cannot be said, roles would open doors again and mails would be sent once more.
    """
    changed: dict[str, Callable[[Row], Row | None]] = {
        "membership": lambda row: None if row.get("ended_at") else row,
        "outbox_mail": lambda row: {**row, **GIVEN_UP} if row.get("failure") else row,
    }
    return {
        name: [
            kept
            for row in found
            if (kept := changed[name](row) if name in changed else row) is not None
        ]
        for name, found in rows.items()
    }


def _say_what_the_first_step_can_say() -> None:
    """Before their steps there is no word for a role that ended, nor for why a mail failed."""
    tables = reflected().tables
    ended, mail = tables["membership"], tables["outbox_mail"]
    failed = sa.update(mail).where(mail.c.failure.is_not(None))
    with db.engine.begin() as connection:
        connection.execute(sa.delete(ended).where(ended.c.ended_at.is_not(None)))
        connection.execute(failed.values(failure="gave_up", **GIVEN_UP))


def without_later(rows: Contents) -> Contents:
    """The same without the columns for which there is no place before their step."""
    return {
        name: [
            {key: value for key, value in row.items() if key not in LATER.get(name, ())}
            for row in found
        ]
        for name, found in rows.items()
    }


def _everything(app: Flask) -> dict[str, list[tuple[Any, ...]]]:
    """All rows, without those columns."""

    def always_there(table: sa.Table) -> sa.Select[Any]:
        later = LATER.get(table.name, frozenset())
        return sa.select(*(column for column in table.columns if column.name not in later))

    with app.app_context(), db.engine.connect() as connection:
        return {
            table.name: sorted(map(tuple, connection.execute(always_there(table))), key=repr)
            for table in Base.metadata.sorted_tables
        }


def test_what_was_retracted_is_still_so_after_a_step_down_and_up(
    make_app: Callable[..., Flask], new_database: Callable[[str], str], database: str
) -> None:
    app = make_app(database_url=new_database(database))
    world = build(Maker(app))
    with app.app_context():
        command.downgrade(config(), STEPS[STEPS.index("007") - 1])
        command.upgrade(config(), "head")
    with app.app_context():
        retracted = sa.select(Invitation.id).where(Invitation.retracted_at.is_not(None))
        assert db.session.scalars(retracted).all() == [world.asked["retracter"].id]


def test_what_was_there_twice_is_there_once_and_nobody_loses_a_role(fresh: Flask) -> None:
    command.downgrade(config(), STEPS[STEPS.index("004") - 1])
    tables = reflected().tables
    key = {name: [_key(fresh, f"{name} {n}") for n in range(6)] for name in tables}
    home, person, school = key["partnership"], key["person"], key["school"]
    people = [
        sample(tables["person"], n, id=person[n], email=f"{n}@x.example", created_at=NOON)
        | {"normal_email": f"{n}@x.example"}
        for n in range(2)
    ]
    held = [
        (person[0], home[0], None, "supervisor"),
        (person[0], home[1], None, "supervisor"),
        (person[0], home[1], None, "facilitator"),
        (person[1], home[2], school[0], "supervisor"),
        (person[1], home[3], None, "supervisor"),
        (person[1], home[3], None, "supervisor"),
    ]
    names = ("person_id", "partnership_id", "school_id", "role")
    with db.engine.begin() as connection:
        for name, rows in {
            "partnership": [
                {"id": home[n], "name": name, "is_demo": False}
                for n, name in enumerate(["Noord", "Noord", "Noord", "Zuid"])
            ],
            "school": [{"id": school[0], "partnership_id": home[2], "name": "De Linde"}],
            "person": people,
            "membership": [
                {"id": key["membership"][n]} | dict(zip(names, row, strict=True))
                for n, row in enumerate(held)
            ],
        }.items():
            connection.execute(sa.insert(tables[name]), rows)
    command.upgrade(config(), "head")
    assert sorted(row["name"] for row in contents()["partnership"]) == ["Noord", "Zuid"]
    homes = {row["id"]: row["name"] for row in contents()["partnership"]}
    assert sorted(
        (row["person_id"] == person[0], homes[row["partnership_id"]], row["role"])
        for row in contents()["membership"]
    ) == [
        (False, "Noord", "supervisor"),
        (False, "Zuid", "supervisor"),
        (True, "Noord", "facilitator"),
        (True, "Noord", "supervisor"),
    ]
    assert homes[contents()["school"][0]["partnership_id"]] == "Noord"


def test_schools_whose_names_read_the_same_are_told_apart_by_a_number(fresh: Flask) -> None:
    command.downgrade(config(), STEPS[STEPS.index("012") - 1])
    tables = reflected().tables
    key = [_key(fresh, f"school {number}") for number in range(7)]
    places = [
        {"id": key[number], "name": name, "is_demo": False}
        for number, name in enumerate(["Noord", "Zuid"])
    ]
    long = "x" * 120
    names = ["De Linde", "de-linde", "DE LINDE", "De Linde (2)", long, long]
    schools = [
        {"id": key[number], "partnership_id": key[0], "name": name, "kind": "school"}
        for number, name in enumerate(names)
    ]
    schools.append(schools[0] | {"id": key[6], "partnership_id": key[1]})
    with db.engine.begin() as connection:
        connection.execute(sa.insert(tables["partnership"]), places)
        connection.execute(sa.insert(tables["school"]), schools)
    command.upgrade(config(), "012")
    rows = contents()["school"]
    assert {row["id"] for row in rows} == set(key)
    here = [row for row in rows if row["partnership_id"] == key[0]]
    assert len({row["normal_name"] for row in here}) == len(here)
    assert sorted(row["name"][:5] for row in rows) == sorted(
        each[:5] for each in ["De Linde", *names]
    )
    assert {len(row["name"]) for row in rows} <= set(range(121))
    [elsewhere] = [row for row in rows if row["partnership_id"] == key[1]]
    assert elsewhere["name"] == "De Linde"


def test_addresses_get_the_form_in_which_they_are_compared(fresh: Flask) -> None:
    command.downgrade(config(), "002")
    tables = reflected().tables
    addresses = ["noor@school.example", "noor@straße.example", "noor@xn--strae-oqa.example", "odd"]
    people = [
        {"id": _key(fresh, f"person {address}"), "name": "P", "email": address}
        | {"language": "nl", "created_at": NOON}
        for address in addresses
    ]
    mail = {"kind": "k", "language": "nl", "values": {}, "queued_at": NOON, "due_at": NOON}
    mails = [
        mail
        | {"id": _key(fresh, f"mail {attempts}"), "reason": _key(fresh, f"why {attempts}")}
        | {"recipient": addresses[1], "at_decent_hours": False, "attempts": attempts}
        for attempts in (0, 19, 20)
    ]
    with db.engine.begin() as connection:
        connection.execute(sa.insert(tables["person"]), people)
        connection.execute(sa.insert(tables["outbox_mail"]), mails)
    command.upgrade(config(), "003")
    found = {row["email"]: row["normal_email"] for row in contents()["person"]}
    assert found[addresses[0]] == addresses[0]
    assert found["odd"] == "odd"
    # Two spellings of one address had an account each: both keep theirs.
    assert [found[address] for address in addresses[1:3]] == addresses[1:3]
    after = {row["attempts"]: row for row in contents()["outbox_mail"]}
    assert {row["normal_recipient"] for row in after.values()} == {addresses[2]}
    assert {n: row["failure"] for n, row in after.items()} == {0: None, 19: None, 20: "gave_up"}


def test_a_mail_that_failed_is_not_sent_once_more_after_a_step_down(fresh: Flask) -> None:
    world = build(Maker(fresh))
    key = world.asked["drafter"].id
    command.downgrade(config(), "002")
    [mail] = [row for row in contents()["outbox_mail"] if uuid.UUID(str(row["about_id"])) == key]
    assert mail["attempts"] == GIVEN_UP["attempts"]
    command.upgrade(config(), "head")
    with fresh.app_context():
        found = sa.select(OutboxMail.failure).where(OutboxMail.about_id == key)
        assert db.session.scalars(found).all() == ["gave_up"]


@pytest.mark.parametrize("table", ["practice_note", "reflection_answer"])
def test_who_reads_it_was_chosen_when_it_was_written_last(fresh: Flask, table: str) -> None:
    command.downgrade(config(), "026")
    fill()
    command.upgrade(config(), "027")
    rows = contents()[table]
    assert len(rows) == ROWS
    assert all(row["chosen_at"] == row["written_at"] for row in rows)


def _key(app: Flask, what: str) -> uuid.UUID | str:
    """A key as the tables of this database have it."""
    made = uuid.uuid5(uuid.NAMESPACE_OID, what)
    return made.hex if app.config["SQLALCHEMY_DATABASE_URI"].startswith("sqlite") else made


def test_right_after_a_migration_what_belongs_to_a_person_goes_with_that_person(
    fresh: Flask,
) -> None:
    world: World = build(Maker(fresh))
    for each in world.people.values():
        erase(each.id)
    db.session.commit()
    db.session.close()
    left = {name: count for name, count in counts().items() if count}
    of_partnerships = {"partnership", "published_content", "content_draft"}
    # How often something was done is under a hash, and goes after a day.
    of_partnerships |= {"shelf_item", "shelf_file"}
    assert set(left) <= {"audit_entry", "counter", "school"} | of_partnerships | OF_PARTNERSHIP


def test_a_step_that_would_leave_rows_that_refer_to_nothing_changes_nothing(
    make_app: Callable[..., Flask], new_database: Callable[[str], str], tmp_path: Path
) -> None:
    app = make_app(database_url=new_database("sqlite"))
    build(Maker(app))
    before = Stored(app).everything()
    (tmp_path / "900_mistake.py").write_text(
        "from alembic import op\n"
        f"revision, down_revision = '900', '{STEPS[-1]}'\n"
        "def upgrade():\n    op.execute('DELETE FROM person')\n"
    )
    with app.app_context():
        wrong = config()
        own = ROOT / "migrations" / "versions"
        wrong.set_main_option("version_locations", f"{own} {tmp_path}")
        wrong.set_main_option("path_separator", "space")
        with pytest.raises(RuntimeError):
            command.upgrade(wrong, "900")
    assert Stored(app).everything() == before
    with app.app_context(), db.engine.connect() as connection:
        assert MigrationContext.configure(connection).get_current_revision() == STEPS[-1]
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1


def test_whoever_is_here_is_known_by_name_and_whoever_signed_in_has_come(
    make_app: Callable[..., Flask], new_database: Callable[[str], str], database: str
) -> None:
    app = make_app(database_url=new_database(database))
    make = Maker(app)
    make.person("Zoë de Wit", Role.SUPERVISOR, Role.FACILITATOR)
    otto = make.person("Otto", Role.SUPERVISOR)
    make.without_role(otto, Role.SUPERVISOR)
    sign_in(Browser(app), otto)
    with app.app_context():
        command.downgrade(config(), "012")
        command.upgrade(config(), "head")
        rows = {row["name"]: row for row in contents()["welcome"]}
        people = {row["name"]: row for row in contents()["person"]}
    assert set(rows) == {"Zoë de Wit", "Otto"}
    for name, row in rows.items():
        same = ("email", "normal_email")
        assert [row[each] for each in same] == [people[name][each] for each in same]
    assert rows["Zoë de Wit"]["sought_name"] == "zoedewit"
    assert rows["Zoë de Wit"]["came_at"] is None
    assert rows["Otto"]["came_at"] == people["Otto"]["last_sign_in_at"]
