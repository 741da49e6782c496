"""An upgrade never eats data: every step up and down with rows, on both databases (promise 14)."""

from collections.abc import Callable
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask

from tests.application import Stored
from tests.factories import Maker
from tests.guards.tables import counts, fill
from tests.guards.world import World, build
from zetwpo.config import ROOT
from zetwpo.database import Base
from zetwpo.extensions import db, migrate
from zetwpo.privacy.service import erase

STEPS = [
    step.revision
    for step in reversed(list(ScriptDirectory(str(ROOT / "migrations")).walk_revisions()))
]


def config() -> Config:
    found: Config = migrate.get_config()
    return found


def test_the_models_say_what_the_migrations_make(fresh: Flask) -> None:
    with db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []


@pytest.mark.parametrize("step", STEPS)
def test_every_step_keeps_the_rows_on_its_way_up_and_down(fresh: Flask, step: str) -> None:
    command.downgrade(config(), "base")
    before = STEPS[: STEPS.index(step)]
    if before:
        command.upgrade(config(), before[-1])
        fill()
    kept = counts() if before else {}
    command.upgrade(config(), step)
    assert {name: count for name, count in counts().items() if name in kept} == kept
    if not before:
        fill()
    above = counts()
    command.downgrade(config(), "-1")
    remaining = counts()
    assert remaining == {name: count for name, count in above.items() if name in remaining}
    command.upgrade(config(), "head")


def test_going_down_leaves_no_table_behind(fresh: Flask) -> None:
    command.downgrade(config(), "base")
    assert counts() == {}


def test_a_full_database_survives_going_over_all_steps_again(
    make_app: Callable[..., Flask], new_database: Callable[[str], str], database: str
) -> None:
    app = make_app(database_url=new_database(database))
    build(Maker(app))
    before = Stored(app).everything()
    with app.app_context():
        command.stamp(config(), "head")
        command.upgrade(config(), "head")
    assert Stored(app).everything() == before


def test_right_after_a_migration_what_belongs_to_a_person_goes_with_that_person(
    fresh: Flask,
) -> None:
    world: World = build(Maker(fresh))
    for each in world.people.values():
        erase(each.id)
    db.session.commit()
    db.session.close()
    left = {name: count for name, count in counts().items() if count}
    assert set(left) <= {"audit_entry", "partnership"}


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
