"""Lays out the demo: invented people, a group in the middle of its trajectory and one before it."""

from dataclasses import dataclass
from datetime import timedelta

import click

from zetwpo import clock
from zetwpo.accounts import queries as accounts
from zetwpo.cycle.meetings.closed_days import free_days
from zetwpo.database.statements import one_at_a_time
from zetwpo.demo.content import DemoContent, demo_content
from zetwpo.demo.dates import days_before, days_in_the_middle
from zetwpo.demo.people import lay_out_people, person_id_of
from zetwpo.demo.scans import ask, lay_out_begun, newest_scan
from zetwpo.demo.trajectories import lay_out_trajectory
from zetwpo.errors import StartRefused
from zetwpo.extensions import db
from zetwpo.library.respondents import AskedRole
from zetwpo.mail import service as mails
from zetwpo.scan.feedback import queries as feedback
from zetwpo.scan.feedback.links import token_for
from zetwpo.scan.self_scan import queries as scans

# As far back as breaks are laid out.
BREAKS_FROM = timedelta(days=366)


def refuse_real_people() -> None:
    """Raise StartRefused among real people: whoever opens the demo reads all mail."""
    if accounts.has_real_people():
        raise StartRefused(
            "There are real people in this database, and the demo opens all doors. Start it with "
            "ZETWPO_INSTANCE set to another folder."
        )


def load_demo(content: DemoContent | None = None) -> None:
    """Store the demo, unless it is there already: a second start keeps everything."""
    one_at_a_time(db.session.connection(), "demo")
    if accounts.demo_people():
        return
    click.echo("Laying out the demo ...", err=True)
    told, start = content or demo_content(), clock.now()
    place = lay_out_people(told.people, start)
    today = clock.dutch(start).date()
    is_free = free_days(place.id, today - BREAKS_FROM)
    days = days_in_the_middle(today, is_free)
    earlier = days_before(days[0], is_free)
    before = lay_out_trajectory(told, place, told.finished, earlier, start)
    lay_out_trajectory(told, place, told.current, days, start, before.trajectory_id)
    lay_out_begun(told, told.people.begun, start)
    # What was mailed in the past was read in the past.
    mails.drop_waiting(start)
    supervisor = person_id_of(told.supervisor)
    for each in told.people.waiting:
        ask(newest_scan(supervisor), supervisor, each)


@dataclass(frozen=True)
class Waiting:
    """Somebody who was asked and has not answered, with the word in the link from the mail."""

    name: str
    role: AskedRole
    token: str


def find_waiting() -> Waiting | None:
    """Whoever was asked and has not answered, for the demo door."""
    told = demo_content()
    supervisor = accounts.find_person_id(told.supervisor.email)
    if supervisor is None:
        return None
    for scan in scans.scans_of(supervisor):
        for asked in feedback.asked_for(scan.id):
            if asked.email == told.people.waiting[0].email:
                return Waiting(asked.name, asked.role, token_for(asked.id))
    return None
