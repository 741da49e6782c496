"""When a mail may leave: at decent hours, in summer and winter and on the days between.

And only while it is of use to somebody.
"""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from zetwpo.mail.rules import (
    AT_ANY_TIME,
    CLAIM_LASTS,
    FIRST_RETRY,
    LONGEST_LOOK,
    LONGEST_RETRY,
    LONGEST_SEND,
    MOST_ATTEMPTS,
    DecentHours,
    Terms,
    look_after,
)

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
USUAL = DecentHours(7, 21)
NIGHTS_OF_CHANGE = (datetime(2027, 3, 28, tzinfo=UTC), datetime(2027, 10, 31, tzinfo=UTC))
AROUND_A_CHANGE = st.builds(
    lambda night, minutes: night + timedelta(minutes=minutes),
    st.sampled_from(NIGHTS_OF_CHANGE),
    st.integers(-48 * 60, 48 * 60),
)
ANY_TIME = AROUND_A_CHANGE | st.timedeltas(timedelta(0), timedelta(days=7000)).map(
    lambda since: datetime(2020, 1, 1, tzinfo=UTC) + since
)
ANY_HOURS = st.builds(DecentHours, st.integers(0, 23), st.integers(1, 24)).filter(
    lambda hours: hours.from_hour < hours.until_hour
)


ANY_TERMS = st.builds(Terms, st.booleans(), st.none() | ANY_TIME)


def at(hour: int, minute: int = 0, day: int = 3, month: int = 3) -> datetime:
    """A time on a Dutch clock."""
    return datetime(2027, month, day, hour, minute, tzinfo=AMSTERDAM)


def is_decent(hours: DecentHours, moment: datetime) -> bool:
    return hours.from_hour <= moment.astimezone(AMSTERDAM).hour < hours.until_hour


@pytest.mark.parametrize(
    ("wanted", "leaves"),
    [
        (at(7), at(7)),
        (at(12, 30), at(12, 30)),
        (at(20, 59), at(20, 59)),
        (at(21), at(7, day=4)),
        (at(23, 59), at(7, day=4)),
        (at(0), at(7)),
        (at(6, 59), at(7)),
        (at(22, day=31, month=12), at(7, day=1, month=1).replace(year=2028)),
    ],
)
def test_a_mail_waits_for_the_morning(wanted: datetime, leaves: datetime) -> None:
    assert USUAL.earliest(wanted.astimezone(UTC)) == leaves


@pytest.mark.parametrize(
    ("wanted", "leaves"),
    [
        (datetime(2027, 3, 27, 23, tzinfo=UTC), datetime(2027, 3, 28, 5, tzinfo=UTC)),
        (datetime(2027, 3, 28, 20, tzinfo=UTC), datetime(2027, 3, 29, 5, tzinfo=UTC)),
        (datetime(2027, 3, 26, 23, tzinfo=UTC), datetime(2027, 3, 27, 6, tzinfo=UTC)),
        (datetime(2027, 10, 30, 23, tzinfo=UTC), datetime(2027, 10, 31, 6, tzinfo=UTC)),
        (datetime(2027, 10, 29, 23, tzinfo=UTC), datetime(2027, 10, 30, 5, tzinfo=UTC)),
    ],
)
def test_seven_in_the_morning_is_seven_on_the_wall(wanted: datetime, leaves: datetime) -> None:
    assert USUAL.earliest(wanted) == leaves


@given(ANY_HOURS, ANY_TIME)
def test_a_mail_leaves_at_the_first_decent_moment_and_not_before_its_time(
    hours: DecentHours, wanted: datetime
) -> None:
    # In spring the hour from two to three is left out: nothing is decent that night.
    assume((hours.from_hour, hours.until_hour) != (2, 3))
    leaves = hours.earliest(wanted)
    assert is_decent(hours, leaves)
    assert leaves >= wanted
    if leaves > wanted:
        quarters = int((leaves - wanted) / timedelta(minutes=15))
        waited = [wanted + timedelta(minutes=15) * count for count in range(quarters)]
        assert not any(is_decent(hours, each) for each in waited)
        assert not is_decent(hours, leaves - timedelta(microseconds=1))


@given(ANY_HOURS, ANY_TIME)
def test_a_mail_that_waited_does_not_wait_again(hours: DecentHours, wanted: datetime) -> None:
    assume((hours.from_hour, hours.until_hour) != (2, 3))
    leaves = hours.earliest(wanted)
    assert hours.earliest(leaves) == leaves


@given(ANY_TIME)
def test_around_the_clock_nothing_waits(wanted: datetime) -> None:
    assert DecentHours(0, 24).earliest(wanted) == wanted


@pytest.mark.parametrize(
    ("terms", "wanted", "leaves"),
    [
        (Terms(False, None), at(22), at(22)),
        (Terms(True, None), at(22), at(7, day=4)),
        (Terms(False, at(22, 10)), at(22, 9), at(22, 9)),
        (Terms(False, at(22, 10)), at(22, 10), None),
        (Terms(False, at(22, 10)), at(22, 11), None),
        # By the morning it is too late.
        (Terms(True, at(7, day=4)), at(22), None),
        (Terms(True, at(7, 1, day=4)), at(22), at(7, day=4)),
    ],
)
def test_a_mail_leaves_only_while_it_is_of_use(
    terms: Terms, wanted: datetime, leaves: datetime | None
) -> None:
    assert terms.earliest(wanted, USUAL) == leaves


@given(ANY_TERMS, ANY_HOURS, ANY_TIME)
def test_a_mail_keeps_all_its_terms_or_does_not_leave(
    terms: Terms, hours: DecentHours, wanted: datetime
) -> None:
    assume((hours.from_hour, hours.until_hour) != (2, 3))
    leaves = terms.earliest(wanted, hours)
    waited = hours.earliest(wanted) if terms.at_decent_hours else wanted
    if leaves is None:
        assert terms.useful_until
        assert terms.useful_until <= waited
        return
    assert leaves == waited
    assert not terms.useful_until or leaves < terms.useful_until
    # The worker that comes by at that moment finds it due.
    assert terms.earliest(leaves, hours) == leaves


def test_pauses_grow_and_stay_bounded() -> None:
    pauses = [AT_ANY_TIME.retry_after(attempts) for attempts in range(1, MOST_ATTEMPTS + 1)]
    assert pauses[0] == FIRST_RETRY
    assert pauses[-1] == LONGEST_RETRY
    assert pauses == sorted(pauses)
    assert all(
        later == min(2 * sooner, LONGEST_RETRY)
        for sooner, later in zip(pauses, pauses[1:], strict=False)
    )


def test_a_mail_is_tried_for_about_three_days() -> None:
    pauses = [AT_ANY_TIME.retry_after(attempts) for attempts in range(1, MOST_ATTEMPTS)]
    assert timedelta(days=2.5) < sum(pauses, timedelta()) < timedelta(days=3.5)


def test_after_those_days_it_is_not_tried_again() -> None:
    assert AT_ANY_TIME.may_try_again(MOST_ATTEMPTS - 1)
    assert not AT_ANY_TIME.may_try_again(MOST_ATTEMPTS)


def test_who_waits_gets_another_try_within_seconds_for_as_long_as_it_helps() -> None:
    waiting = Terms(useful_until=at(12), is_urgent=True)
    pauses = [waiting.retry_after(attempts) for attempts in range(1, 100)]
    assert max(pauses) <= timedelta(seconds=15)
    assert all(waiting.may_try_again(attempts) for attempts in range(1, 100))
    assert not Terms(is_urgent=True).may_try_again(MOST_ATTEMPTS)


def test_a_server_that_is_out_of_order_is_looked_at_again_within_minutes() -> None:
    looks = [look_after(troubles, is_urgent=False) for troubles in range(1, 10_000)]
    assert looks == sorted(looks)
    assert looks[-1] == LONGEST_LOOK <= timedelta(minutes=2)
    assert look_after(10_000, is_urgent=True) <= timedelta(seconds=15)


def test_a_claim_lasts_longer_than_a_send_and_less_than_a_minute() -> None:
    assert LONGEST_SEND < CLAIM_LASTS < timedelta(minutes=1)
