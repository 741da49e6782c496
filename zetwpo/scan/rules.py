"""Rules of a scan as a whole, without a database."""

import enum


class Company(enum.Enum):
    """Who else looks at the supervisor, when the own scan is finished."""

    NOBODY_ASKED = "nobody asked"
    # Whether they began is theirs to tell (trust: rule 4).
    ASKED = "asked"
    SHARED = "shared"


def company(asked: int, shared: int) -> Company:
    """Who else looks, by how many people shared or still can, and how many of these did."""
    if shared:
        return Company.SHARED
    return Company.ASKED if asked else Company.NOBODY_ASKED


def is_untouched(*, submitted: bool, filled_in: bool, asked: int) -> bool:
    """True while deleting a scan loses nothing: nothing stands in it and nobody was asked."""
    return not (submitted or filled_in or asked)
