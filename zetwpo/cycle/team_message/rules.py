"""What a group tells the team, without a database: what a version is, and who agrees with it."""

import enum
import hashlib
import json
import uuid
from collections.abc import Collection, Iterable
from dataclasses import asdict, dataclass
from datetime import timedelta

from zetwpo.edits import Fields

LONGEST = 2000
LONGEST_OBJECTION = 600
# From its release on, for whom it was released to: as long as schools are closed in summer, since
# many groups end before that. Who read it is written down nowhere.
NEW_FOR = timedelta(weeks=6)


class Told(enum.StrEnum):
    """To whom a group opens its message. Part of what everybody agrees with."""

    # It is on paper, or told aloud: nobody outside the group finds it here.
    ON_PAPER = "on_paper"
    PROGRAMME = "programme"
    SCHOOLS = "schools"
    BOTH = "both"


@dataclass(frozen=True)
class Message:
    """What a group tells; each text may be empty."""

    question: str = ""
    different: str = ""
    proposal: str = ""
    celebration: str = ""
    told: Told = Told.ON_PAPER

    @property
    def fields(self) -> Fields:
        """The same by the names of the fields."""
        return {name: str(value) for name, value in asdict(self).items()}

    @property
    def version(self) -> str:
        """What changes with every word, and with whom it is for: 64 characters."""
        return hashlib.sha256(json.dumps(self.fields).encode()).hexdigest()

    @property
    def says_something(self) -> bool:
        """False where there is nothing but the question, which stands there by itself."""
        return bool(self.different or self.proposal or self.celebration)


# In the order of the page.
NAMES = tuple(Message().fields)


def message_in(fields: Fields) -> Message:
    """What these fields say; they were checked."""
    texts = {name: fields[name] for name in NAMES if name != "told"}
    return Message(**texts, told=Told(fields["told"]))


@dataclass(frozen=True)
class Voice:
    """What one person of the group says of one version: yes, or what should change first."""

    person_id: uuid.UUID
    version: str
    agrees: bool
    # Empty for whoever agrees.
    words: str = ""


@dataclass(frozen=True)
class Agreement:
    """Where a group stands with its message at this moment."""

    # Who agrees with the text as it is now.
    agreed: frozenset[uuid.UUID]
    # What people want changed first, also where it was said of an earlier version.
    objections: tuple[Voice, ...]
    # Who has not said anything of the text as it is now.
    silent: frozenset[uuid.UUID]
    is_whole: bool


def agreement(
    message: Message, voices: Iterable[Voice], members: Collection[uuid.UUID]
) -> Agreement:
    """Who of those who take part now agrees with the message as it is now.

    It is whole where everybody does, there is at least one of them, and it says something. Whoever
    left does not count, and neither does a yes to other words.
    """
    there = [each for each in voices if each.person_id in members]
    agreed = frozenset(
        each.person_id for each in there if each.agrees and each.version == message.version
    )
    objections = tuple(each for each in there if not each.agrees)
    spoken = agreed | {each.person_id for each in objections if each.version == message.version}
    return Agreement(
        agreed,
        objections,
        frozenset(members) - spoken,
        bool(members) and agreed == frozenset(members) and message.says_something,
    )


def is_asked(message: Message, found: Agreement, person_id: uuid.UUID) -> bool:
    """True where this person is asked to read it: somebody else said that it is right.

    Before that the group still writes, and nobody has to be called.
    """
    return bool(found.agreed) and person_id in found.silent and message.says_something
