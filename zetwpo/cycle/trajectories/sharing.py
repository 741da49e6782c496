"""A trajectory as a group to which somebody can open something of their own."""

import uuid
from collections.abc import Collection

from zetwpo.cycle.trajectories.queries import get_trajectories, led_by, trajectories_of
from zetwpo.sharing.items import Group, GroupKind


def _find(ids: Collection[uuid.UUID]) -> dict[uuid.UUID, Group]:
    """Whoever takes part in it or leads it at this moment: who leaves reads no more of it."""
    return {
        each.id: Group(each.id, each.title, each.partnership_id, each.since)
        for each in get_trajectories(ids).values()
    }


def _of_person(person_id: uuid.UUID) -> list[uuid.UUID]:
    return [each.id for each in (*trajectories_of(person_id), *led_by(person_id))]


GROUP = GroupKind("trajectory", _find, _of_person)
