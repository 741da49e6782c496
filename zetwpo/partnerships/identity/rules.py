"""What somebody has to know about who keeps their data, without a database."""

import enum
from dataclasses import dataclass

from zetwpo.edits import Fields

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
# Of a partnership that said nothing yet.
NOTHING_SAID: Fields = dict.fromkeys(NAMES, "")
