"""What goes into the database and comes out, and how SQLite keeps its journal."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.dialects import postgresql, sqlite

from tests.unit.conftest import DatabaseTouched
from zetwpo.database.engine import journal_mode
from zetwpo.database.tables import Moment
from zetwpo.extensions import db

MOMENT = Moment()
SQLITE, POSTGRESQL = sqlite.dialect(), postgresql.dialect()
ZONES = st.integers(-12 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
TIMES = st.builds(
    lambda since, zone: (datetime(2000, 1, 1, tzinfo=UTC) + since).astimezone(zone),
    st.timedeltas(timedelta(0), timedelta(days=20000)),
    ZONES,
)
NOON = datetime(2027, 3, 3, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("version", "mode"),
    [
        ((3, 7, 0), "TRUNCATE"),
        ((3, 40, 1), "TRUNCATE"),
        ((3, 44, 5), "TRUNCATE"),
        ((3, 44, 6), "WAL"),
        ((3, 44, 9), "WAL"),
        ((3, 45, 0), "TRUNCATE"),
        ((3, 49, 99), "TRUNCATE"),
        ((3, 50, 6), "TRUNCATE"),
        ((3, 50, 7), "WAL"),
        ((3, 51, 0), "TRUNCATE"),
        ((3, 51, 2), "TRUNCATE"),
        ((3, 51, 3), "WAL"),
        ((3, 52, 0), "WAL"),
        ((4, 0, 0), "WAL"),
    ],
)
def test_wal_only_where_its_race_was_repaired(version: tuple[int, int, int], mode: str) -> None:
    assert journal_mode(version) == mode


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        MOMENT.process_bind_param(NOON.replace(tzinfo=None), SQLITE)


@given(TIMES)
def test_a_moment_is_stored_in_utc(moment: datetime) -> None:
    stored = MOMENT.process_bind_param(moment, SQLITE)
    assert stored is not None
    assert stored.tzinfo is UTC
    assert stored == moment


@given(TIMES, ZONES)
def test_a_moment_comes_back_the_same_from_either_database(
    moment: datetime, zone: timezone
) -> None:
    stored = MOMENT.process_bind_param(moment, SQLITE)
    assert stored is not None
    # SQLite forgets the zone; PostgreSQL answers in the zone of its session.
    naive, elsewhere = stored.replace(tzinfo=None), stored.astimezone(zone)
    for found in (
        MOMENT.process_result_value(naive, SQLITE),
        MOMENT.process_result_value(elsewhere, POSTGRESQL),
    ):
        assert found == moment
        assert found.tzinfo is UTC


def test_no_moment_stays_none() -> None:
    assert MOMENT.process_bind_param(None, SQLITE) is None
    assert MOMENT.process_result_value(None, SQLITE) is None


def test_a_unit_test_that_asks_the_database_is_told_off() -> None:
    with pytest.raises(DatabaseTouched):
        db.session.commit()
    with pytest.raises(DatabaseTouched):
        db.engine.connect()
