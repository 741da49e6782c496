"""What can be taken along from a result, without a database."""

import enum
from typing import NamedTuple

# Of all that a result shows, a question rests on a few things; a script that takes everything
# finds an end.
MOST_TAKEN = 12


class Kind(enum.StrEnum):
    """As what something stood on the result."""

    STRENGTH = "strength"
    DIFFERENCE = "difference"
    ATTENTION = "attention"
    TIP = "tip"


class Item(NamedTuple):
    """One thing on a result: a behaviour, or the tip of one person with one axis.

    `key` is that of the behaviour or the axis; `source` is the key of the form in which a tip
    stands, and empty for a behaviour. Equal to a plain tuple of the three.
    """

    kind: str
    key: str
    source: str = ""
