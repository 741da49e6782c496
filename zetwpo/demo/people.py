"""Lays out the people of the demo and what their partnership keeps: schools and breaks."""

import uuid
from collections.abc import Iterator
from datetime import date, datetime, timedelta

from dateutil.relativedelta import SA, relativedelta

from zetwpo import clock
from zetwpo.accounts import queries as accounts
from zetwpo.accounts import service as account_service
from zetwpo.accounts.actors import Role
from zetwpo.accounts.admission import Grant, Newcomer, admit
from zetwpo.accounts.queries import PartnershipCard
from zetwpo.demo.content import DemoBreak, DemoPerson, PeopleFile
from zetwpo.edits import Sent
from zetwpo.partnerships.breaks import service as breaks
from zetwpo.partnerships.breaks.rules import OLDEST, Event
from zetwpo.partnerships.identity import service as identity
from zetwpo.partnerships.schools import service as schools
from zetwpo.partnerships.schools.queries import schools_of

# Before anything else that the demo tells.
HERE_SINCE = timedelta(days=500)
# So far ahead meetings are planned around breaks.
AHEAD = timedelta(days=366)


def person_id_of(person: DemoPerson) -> uuid.UUID:
    """The key of somebody who was laid out. Raises LookupError."""
    found = accounts.find_person_id(person.email)
    if found is None:
        raise LookupError(person.email)
    return found


def lay_out_people(content: PeopleFile, start: datetime) -> PartnershipCard:
    """Let everybody in, with who they are, their schools and their breaks."""
    [first] = [each for each in content.people if each.key == content.keeper]
    with clock.as_if(start - HERE_SINCE):
        keeper_id = account_service.add_person(
            first.name, first.email, first.roles, content.partnership, is_demo=True
        )
        [place] = accounts.partnerships_of(keeper_id, Role.ADMINISTRATOR)
        identity.describe(place.id, Sent(content.about), keeper_id)
        for school in content.schools:
            schools.add(place.id, school.name, school.kind, keeper_id)
        _admit(content, place.id, keeper_id)
    for person in content.people:
        # All of them were here before.
        person_id = person_id_of(person)
        account_service.sign_out(account_service.open_session(person_id), person_id)
    for event in break_days(content.breaks, clock.dutch(start).date()):
        breaks.add(place.id, event, keeper_id)
    return place


def _admit(content: PeopleFile, partnership_id: uuid.UUID, keeper_id: uuid.UUID) -> None:
    at_school = {each.name: each.id for each in schools_of(partnership_id)}
    newcomers = [
        Newcomer(
            each.name,
            each.email,
            frozenset(Grant(role, at_school.get(each.school or "")) for role in each.roles),
        )
        for each in content.people
        if each.key != content.keeper
    ]
    admit(partnership_id, newcomers, keeper_id)


def break_days(content: tuple[DemoBreak, ...], today: date) -> Iterator[Event]:
    """The days of these breaks from a year ago to a year ahead, each from a Saturday on."""
    for year in range(today.year - 2, today.year + 2):
        for each in content:
            first = date(year, each.month, each.day) + relativedelta(weekday=SA(-1))
            last = first + timedelta(days=each.days - 1)
            if last >= today - OLDEST and first <= today + AHEAD:
                yield Event(each.name, first, last)
