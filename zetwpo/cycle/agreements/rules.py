"""What a meeting leaves behind, without a database."""

import uuid
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from zetwpo.cycle.meetings.rules import NextStep
from zetwpo.edits import Fields


@dataclass(frozen=True)
class Agreements:
    """What a group noted and agreed; each part may be empty."""

    notes: str = ""
    homework: str = ""
    # Who brings the homework in next time.
    bringers: frozenset[uuid.UUID] = frozenset()
    next_step: NextStep = NextStep.UNDECIDED

    @property
    def is_empty(self) -> bool:
        """True where nothing was noted and nothing agreed."""
        return self == Agreements()

    @property
    def fields(self) -> Fields:
        """The same by the names of the fields."""
        return {
            "notes": self.notes,
            "homework": self.homework,
            "bringers": as_field(self.bringers),
            "next_step": str(self.next_step),
        }


# What can be changed of them, in the order of the page.
LONGEST_HOMEWORK = 2000
NAMES = ("notes", "homework", "bringers", "next_step")


def as_field(keys: Iterable[uuid.UUID]) -> str:
    """Keys as one field holds them: in an order that does not depend on who ticked first."""
    return " ".join(sorted(map(str, keys)))


def read_field(text: str, known: Collection[uuid.UUID]) -> frozenset[uuid.UUID]:
    """The known keys that a field holds; whoever left in the meantime is not among them."""
    by_text = {str(key): key for key in known}
    return frozenset(by_text[each] for each in text.split() if each in by_text)


def agreements_in(fields: Fields, known: Collection[uuid.UUID]) -> Agreements:
    """What these fields say; they were checked, and `known` are those who take part."""
    return Agreements(
        fields["notes"],
        fields["homework"],
        read_field(fields["bringers"], known),
        NextStep(fields["next_step"]),
    )
