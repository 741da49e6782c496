"""What somebody has to know about who keeps their data, without a database."""

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field

from zetwpo import marks

# What stands in the fields of the page, by their names.
Fields = Mapping[str, str]
# A mark stands for what a page showed in a field; a field that showed nothing has none.
Marks = Mapping[str, str]

LONGEST_LINE = 200
LONGEST_PHONE = 40


class Ground(enum.StrEnum):
    """On which legal ground the data are kept (GDPR, article 6, first paragraph).

    Consent is none of them: a student or an employee cannot freely refuse it here.
    """

    LEGITIMATE_INTEREST = "legitimate_interest"
    PUBLIC_TASK = "public_task"


@dataclass(frozen=True)
class Identity:
    """Who "we" are, for the people of one partnership, or wherever nobody knows which it is."""

    # The organisation that answers for the data, and where it is.
    controller: str
    address: str
    help_name: str
    help_email: str
    help_phone: str
    privacy_name: str
    privacy_email: str
    # Where to complain first; empty where that is the contact for privacy.
    complaint: str
    ground: str = Ground.LEGITIMATE_INTEREST
    # The name of the partnership; empty for the whole installation.
    partnership: str = ""

    @property
    def fields(self) -> Fields:
        """What somebody fills in, by the names of the fields."""
        return {name: getattr(self, name) for name in NAMES}


NAMES = (
    *("controller", "address", "help_name", "help_email", "help_phone"),
    *("privacy_name", "privacy_email", "complaint", "ground"),
)


@dataclass(frozen=True)
class Sent:
    """What came in from the page, with the marks of what it showed before."""

    fields: Fields
    seen: Marks = field(default_factory=dict)


def marks_of(fields: Fields) -> Marks:
    """What a page shows, for it to send back."""
    return marks.showing(_marks(fields))


def overtaken(sent: Sent, stored: Fields) -> set[str]:
    """The fields that somebody else changed after this page was shown, and differ from it."""
    return marks.overtaken(sent.seen, _marks(stored), _marks(sent.fields))


def _marks(fields: Fields) -> dict[str, str]:
    return {name: marks.digest(value) for name, value in fields.items()}
