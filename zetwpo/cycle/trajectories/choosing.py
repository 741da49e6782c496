"""Whom a facilitator can choose for a trajectory."""

from collections.abc import Callable, Collection
from dataclasses import dataclass

from zetwpo.accounts.actors import PARTICIPANTS, Actor, Role
from zetwpo.accounts.colleagues import Colleague, get_colleagues, people_to_choose
from zetwpo.characters import words_sought
from zetwpo.cycle.trajectories.queries import TrajectoryCard
from zetwpo.sharing.naming import told_apart

# So many names are offered; whoever looks for somebody else types more of the name.
MOST_OFFERED = 20
FACILITATORS = frozenset({Role.FACILITATOR})


@dataclass(frozen=True)
class Offer:
    """People with a name like what was typed."""

    people: tuple[Colleague, ...] = ()
    has_more: bool = False


def possible_participants(trajectory: TrajectoryCard, words: str) -> Offer:
    """Those with these words in their names who could take part, and do not yet."""
    return _offer(trajectory, words, PARTICIPANTS, trajectory.opens_to_participant)


def possible_facilitators(trajectory: TrajectoryCard, words: str) -> Offer:
    """Those with these words in their names who could lead it, and do not yet."""
    return _offer(trajectory, words, FACILITATORS, trajectory.opens_to_facilitator)


def _offer(
    trajectory: TrajectoryCard,
    words: str,
    roles: Collection[Role],
    may_be: Callable[[Actor], bool],
) -> Offer:
    sought = words_sought(words)
    if not sought:
        return Offer()
    there = {each.id for each in trajectory.present}
    place = trajectory.partnership_id
    # Those who are in it already may be among them.
    ids = people_to_choose(place, sought, MOST_OFFERED + 1 + len(there), roles)
    people = get_colleagues(ids, place)
    found = [people[key] for key in ids if key in people and key not in there]
    open_to = [each for each in found if may_be(each.actor)]
    offered = told_apart(open_to[:MOST_OFFERED], place)
    return Offer(tuple(offered), len(open_to) > MOST_OFFERED)
