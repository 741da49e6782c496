"""Who is around a participant, and who therefore reads what they opened.

Asked in one place, for the page that shows something and for the words that say who reads it.
"""

import uuid
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from zetwpo.accounts.actors import Facts
from zetwpo.accounts.colleagues import Colleague
from zetwpo.accounts.policy import READ_OPENED
from zetwpo.cycle.audience.rules import Audience, Circle, Since, meant
from zetwpo.cycle.pairs.queries import partners_in
from zetwpo.cycle.trajectories.queries import TrajectoryCard, get_trajectories


@dataclass(frozen=True)
class Surroundings:
    """A trajectory with who is a pair in it, at this moment."""

    trajectory: TrajectoryCard
    partners: Mapping[uuid.UUID, Since]

    def circle(self, owner_id: uuid.UUID) -> Circle:
        """Who is around this participant."""
        facts, since = self.trajectory.facts, self.trajectory.since
        return Circle(
            owner_id,
            {each: since[each] for each in facts.members},
            {each: since[each] for each in facts.leaders},
            self.partners.get(owner_id, {}),
        )

    def facts(self, owner_id: uuid.UUID, audiences: Mapping[Audience, datetime]) -> Facts:
        """What a decision has to know of something of this participant.

        It was opened to these audiences at these moments.
        """
        facts = self.trajectory.facts
        return Facts(
            owner_id=owner_id,
            partnership_id=facts.partnership_id,
            members=facts.members,
            leaders=facts.leaders,
            shared_with=meant(audiences, self.circle(owner_id)),
        )

    def held(self, owner_id: uuid.UUID, audience: Audience, chosen_at: datetime) -> Audience:
        """What is left of a choice of this participant: nobody else where they left since."""
        is_held = self.trajectory.stayed_since(owner_id, chosen_at)
        return audience if is_held else Audience.ONLY_ME

    def readers(
        self, owner_id: uuid.UUID, audiences: Mapping[Audience, datetime]
    ) -> list[Colleague]:
        """Who reads it now besides its owner, by name."""
        facts = self.facts(owner_id, audiences)
        people = {each.id: each for each in self.people if each.id in facts.shared_with}
        return [each for each in people.values() if READ_OPENED.opens_to(each.actor, facts)]

    @property
    def people(self) -> tuple[Colleague, ...]:
        """Everybody in the trajectory."""
        return (*self.trajectory.participants, *self.trajectory.facilitators)

    def find_person(self, person_id: uuid.UUID | None) -> Colleague | None:
        """Somebody in the trajectory by their key; None for who is there no more."""
        return next((each for each in self.people if each.id == person_id), None)


@dataclass(frozen=True, kw_only=True)
class Own:
    """Something that a participant wrote after a meeting."""

    id: uuid.UUID
    owner_id: uuid.UUID
    meeting_id: uuid.UUID
    # Of the meeting, counted from 1.
    number: int
    around: Surroundings = field(repr=False)

    @property
    def audiences(self) -> Mapping[Audience, datetime]:
        """To whom its owner opened it, and when."""
        raise NotImplementedError

    @property
    def facts(self) -> Facts:
        """Whose it is, and who may read it."""
        return self.around.facts(self.owner_id, self.audiences)

    @property
    def readers(self) -> list[Colleague]:
        """Who reads it now besides its owner, by name."""
        return self.around.readers(self.owner_id, self.audiences)

    @property
    def trajectory(self) -> TrajectoryCard:
        """Where it was written."""
        return self.around.trajectory

    @property
    def owner(self) -> Colleague | None:
        """Its author; None for who takes part no more."""
        return self.around.find_person(self.owner_id)


def around_all(trajectory_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, Surroundings]:
    """The surroundings in each of these trajectories, in a constant number of statements."""
    cards = get_trajectories(trajectory_ids)
    partners = partners_in(cards.values())
    return {key: Surroundings(card, partners[key]) for key, card in cards.items()}


def around(trajectory: TrajectoryCard) -> Surroundings:
    """The surroundings in this trajectory."""
    return Surroundings(trajectory, partners_in([trajectory])[trajectory.id])
