"""Who stands at the door of the demo: by the group that they are in, with what that group does."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from zetwpo.accounts import queries as accounts
from zetwpo.accounts.actors import Role
from zetwpo.accounts.queries import PersonCard
from zetwpo.clock import now
from zetwpo.cycle.common_question.queries import current_questions
from zetwpo.cycle.meetings.queries import MeetingRow, meetings_of_all
from zetwpo.cycle.meetings.rules import Standing, next_of
from zetwpo.cycle.trajectories.queries import TrajectoryCard, trajectories_in
from zetwpo.demo.content import demo_content
from zetwpo.library.content_file import LocalText


@dataclass(frozen=True)
class Visitor:
    """Somebody as whom one can step in."""

    person: PersonCard
    school: str | None = None
    # None for whoever was let in after the demo was laid out.
    about: LocalText | None = None


@dataclass(frozen=True)
class Group:
    """A trajectory with its people, and how far it is."""

    trajectory: TrajectoryCard
    been: int
    meetings: int
    next_meeting: MeetingRow | None
    # What it works on, or worked on last.
    questions: Sequence[str]
    leading: Sequence[Visitor]
    taking_part: Sequence[Visitor]


@dataclass(frozen=True)
class Door:
    """Everybody, each once: in the group that goes on first, or outside of both."""

    groups: Sequence[Group]
    others: Sequence[Visitor]


def find_door() -> Door:
    """Who stands at the door at this moment."""
    visitors = _visitors()
    keeper_id = accounts.find_person_id(demo_content().keeper.email)
    places = accounts.partnerships_of(keeper_id, Role.ADMINISTRATOR) if keeper_id else []
    trajectories = [each for place in places for each in trajectories_in(place.id)]
    meetings = meetings_of_all([each.id for each in trajectories])
    groups = []
    for each in trajectories:
        here = [*each.facts.leaders, *each.facts.members]
        there = {key: visitors.pop(key) for key in list(visitors) if key in here}
        groups.append(_group(each, meetings[each.id], there))
    return Door([each for each in groups if each.leading or each.taking_part], [*visitors.values()])


def _visitors() -> dict[uuid.UUID, Visitor]:
    """By their keys, in the order in which the demo tells of them."""
    there = {each.email: each for each in accounts.demo_people()}
    told = [
        Visitor(there.pop(each.email), each.school, each.about)
        for each in demo_content().people.people
        if each.email in there
    ]
    return {each.person.id: each for each in (*told, *map(Visitor, there.values()))}


def _group(
    trajectory: TrajectoryCard,
    meetings: Sequence[MeetingRow],
    visitors: Mapping[uuid.UUID, Visitor],
) -> Group:
    moment = now()
    return Group(
        trajectory,
        sum(each.standing(moment) is Standing.BEEN for each in meetings),
        len(meetings),
        next_of(meetings, moment),
        [each.text for each in current_questions(trajectory.id)],
        [each for key, each in visitors.items() if key in trajectory.facts.leaders],
        [each for key, each in visitors.items() if key in trajectory.facts.members],
    )
