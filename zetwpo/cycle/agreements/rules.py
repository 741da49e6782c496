"""What a meeting leaves behind, without a database."""

import enum
import uuid
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from zetwpo.edits import Fields


class NextStep(enum.StrEnum):
    """What the group works on after this meeting; the words of a question stand elsewhere."""

    UNDECIDED = "undecided"
    DEEPEN = "deepen"
    FOLLOW_UP = "follow_up"
    NEW_SAME_AREA = "new_same_area"
    NEW_OTHER_AREA = "new_other_area"

    @property
    def asks_question(self) -> bool:
        """True where the group has another question to word."""
        return self not in {NextStep.UNDECIDED, NextStep.DEEPEN}

    @property
    def is_new(self) -> bool:
        """True where the question does not come from the one before it."""
        return self in {NextStep.NEW_SAME_AREA, NextStep.NEW_OTHER_AREA}

    @property
    def keeps_area(self) -> bool:
        """True where the question stays in the competence area of the one before it."""
        return self is not NextStep.NEW_OTHER_AREA


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
