"""Groups whose reminder halfway is due, and two workers that are killed while they send it."""

import random
import time
import uuid
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from datetime import time as time_of_day

import sqlalchemy as sa
from flask import Flask

from tests.serving import start_in_time
from tests.strict_mail import Post
from tests.waiting import wait_until
from zetwpo import clock
from zetwpo.accounts.actors import Role
from zetwpo.accounts.admission import Grant, Newcomer, admit
from zetwpo.accounts.colleagues import get_colleagues
from zetwpo.accounts.models import Partnership
from zetwpo.accounts.service import add_person
from zetwpo.cycle.halfway.service import REMINDER
from zetwpo.cycle.meetings.queries import meetings_of
from zetwpo.cycle.plans.models import Plan
from zetwpo.cycle.plans.rules import Status
from zetwpo.cycle.setting_up.service import Dates, set_up
from zetwpo.cycle.trajectories import service as trajectories
from zetwpo.cycle.trajectories.queries import find_trajectory
from zetwpo.database.turns import reading
from zetwpo.extensions import db
from zetwpo.mail.models import OutboxMail
from zetwpo.mail.rules import CLAIM_LASTS

# Reminders come while people are at school: on a Wednesday in the morning they all leave.
AT_SCHOOL = datetime(2027, 3, 10, 9, tzinfo=clock.AMSTERDAM)
IN_A_GROUP = 12
TWO_WEEKS = timedelta(weeks=2)
WORKERS = 2
# Seconds in which all has to have arrived: a machine may be ten times slower than another one.
LONGEST = 4 * 3600
# A worker that died so long ago is found out about soon.
ALMOST = CLAIM_LASTS - timedelta(seconds=2)


@dataclass(frozen=True)
class Outcome:
    """What came of it."""

    lost: int
    duplicates: int
    kills: int
    seconds: float


def lay_out(app: Flask, people: int) -> list[str]:
    """So many people in groups of twelve, each with an open plan; their addresses.

    It was halfway an hour ago, and nothing waits in the outbox. They leave `AT_SCHOOL`.
    """
    with app.app_context():
        leader = add_person("Fem", "fem@school.example", [Role.FACILITATOR], "Here")
        place = db.session.scalars(sa.select(Partnership.id)).one()
        found = []
        for first in range(0, people, IN_A_GROUP):
            numbers = range(first, min(first + IN_A_GROUP, people))
            found += _group(place, leader, numbers)
            db.session.execute(sa.delete(OutboxMail))
            db.session.commit()
        db.engine.dispose()
    return found


def _group(place: uuid.UUID, leader: uuid.UUID, numbers: Sequence[int]) -> list[str]:
    begun = clock.now() - TWO_WEEKS
    with clock.as_if(begun - TWO_WEEKS):
        newcomers = [
            Newcomer(
                f"Persoon {number}",
                f"persoon{number}@school.example",
                frozenset({Grant(Role.SUPERVISOR)}),
            )
            for number in numbers
        ]
        ids = [each.person_id for each in admit(place, newcomers).values()]
        key = uuid.uuid4()
        first = clock.dutch(begun - timedelta(hours=1))
        set_up(
            key,
            place,
            trajectories.Frame(f"Group {numbers[0]}", False, 180, 4),
            Dates(first.date(), time_of_day(first.hour, first.minute), 2, ""),
            leader,
        )
        trajectory = find_trajectory(key, to_write=True)
        assert trajectory
        trajectories.add_participants(trajectory, get_colleagues(ids, place), leader)
    meeting = meetings_of(key)[0]
    db.session.execute(
        sa.insert(Plan),
        [
            {
                "id": uuid.uuid4(),
                "owner_id": each,
                "meeting_id": meeting.id,
                "what": "I ask one more question before I answer.",
                "status": Status.GOING,
                "written_at": clock.now(),
            }
            for each in ids
        ],
    )
    return [each.email for each in newcomers]


def send_under_fire(
    app: Flask,
    post: Post,
    people: Sequence[str],
    most_between: int,
    most_kills: int = 10_000,
    *,
    is_long_ago: bool = False,
) -> Outcome:
    """Let two workers queue and send what is due to these people, until all of it has left.

    After so many mails at most, one of them is killed (`kill -9`) and started anew: which one,
    after how many, and at what it is then, is chance. `post` is the mail server to which they send.
    What a killed worker was at is sent when its claim is over, within a minute; where the kill
    `is_long_ago`, that is within seconds.
    """
    chance = random.Random(len(people))
    kills, begun = 0, time.monotonic()
    workers = [start_in_time(app, "worker") for _number in range(WORKERS)]
    try:
        next_kill = chance.randint(1, most_between)
        while post.handed_over < len(people) or _have_left(app) < len(people):
            assert time.monotonic() - begun < LONGEST, "it took too long"
            time.sleep(chance.uniform(0.02, 0.1))
            if kills < most_kills and post.handed_over >= next_kill:
                place = chance.randrange(WORKERS)
                workers[place].kill()
                workers[place].wait()
                if is_long_ago:
                    _let_it_be_long_ago(app, len(people))
                workers[place] = start_in_time(app, "worker")
                kills += 1
                next_kill = post.handed_over + chance.randint(1, most_between)
    finally:
        for each in workers:
            each.kill()
            each.wait()
    arrived = Counter(post.recipients)
    duplicates = arrived.total() - len(arrived)
    return Outcome(len(set(people) - arrived.keys()), duplicates, kills, time.monotonic() - begun)


def _let_it_be_long_ago(app: Flask, count: int) -> None:
    """Let the claim of a killed worker be nearly over, before it is started anew.

    The other one is at one mail at a time: since it claimed another one, what was claimed before
    and has not left can only be of the dead. Where all that many are claimed already, the claim
    takes its time.
    """
    before = _claimed(app)
    wait_until(lambda: len(_claimed(app)) > len(before) or len(before) == count)
    if len(before) < count:
        of_the_dead = sa.and_(OutboxMail.id.in_(before), OutboxMail.sent_at.is_(None))
        moment = clock.now() - ALMOST
        with app.app_context():
            db.session.execute(sa.update(OutboxMail).where(of_the_dead).values(claimed_at=moment))
            db.session.commit()


def _claimed(app: Flask) -> list[uuid.UUID]:
    """Which reminders a worker was or is at; a look for which no worker waits."""
    claimed = sa.and_(OutboxMail.kind == REMINDER, OutboxMail.claimed_at.is_not(None))
    with app.app_context(), reading():
        return list(db.session.scalars(sa.select(OutboxMail.id).where(claimed)))


def _have_left(app: Flask) -> int:
    """How many are written down as sent; a look for which no worker waits."""
    sent = sa.select(sa.func.count()).where(
        OutboxMail.kind == REMINDER, OutboxMail.sent_at.is_not(None)
    )
    with app.app_context(), reading():
        return db.session.scalar(sent) or 0
