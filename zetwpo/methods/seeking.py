"""What somebody looks for in the library, as it stands in the address of its page."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from zetwpo.i18n import lazy_gettext as _
from zetwpo.library.methods import phases
from zetwpo.library.rules import LONGEST_METHOD_MINUTES, MOST_PEOPLE
from zetwpo.methods.rules import LONGEST_SEARCH, NUMBERS, Wanted

# By the names of the fields.
MOST = {"minutes": LONGEST_METHOD_MINUTES, "people": MOST_PEOPLE}
MESSAGES = {
    "minutes": _("Type a whole number of minutes, such as 30."),
    "people": _("Type a whole number of people, such as 8."),
}


@dataclass(frozen=True)
class Search:
    """What was typed, what of it could be read, and what is wrong with the rest."""

    typed: Mapping[str, str]
    wanted: Wanted
    errors: Mapping[str, str] = field(default_factory=dict)


def read_search(sent: Mapping[str, str]) -> Search:
    """Read an address; more minutes than a meeting has are all minutes that there are."""
    typed = {name: sent.get(name, "").strip() for name in ("text", "phase", "minutes", "people")}
    known = {phase.key for phase in phases()}
    numbers = {name: _number(typed[name], MOST[name]) for name in NUMBERS if typed[name]}
    wanted = Wanted(
        text=typed["text"][:LONGEST_SEARCH],
        phase=typed["phase"] if typed["phase"] in known else "",
        minutes=numbers.get("minutes"),
        people=numbers.get("people"),
    )
    errors = {name: MESSAGES[name] for name, number in numbers.items() if number is None}
    return Search(typed, wanted, errors)


def address_of(wanted: Wanted) -> dict[str, str]:
    """What goes into the address of the library to look for this."""
    return {name: str(getattr(wanted, name)) for name in wanted.conditions}


def _number(text: str, most: int) -> int | None:
    is_number = text.isascii() and text.isdigit() and len(text) < 6 and int(text) > 0
    return min(int(text), most) if is_number else None
