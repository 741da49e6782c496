"""What stands in one cell: a name, roles, a formula."""

import re
from collections.abc import Mapping
from types import MappingProxyType

from zetwpo.characters import (
    as_read,
    is_blank,
    is_invisible,
    without_controls,
    without_invisible,
)
from zetwpo.partnerships.importing.headings import ROLE_OF, known_heading

# Also what a spreadsheet shows where a formula gives nothing.
_FORMULA = re.compile(
    r"\s*(=|#(REF!|N/A|VALUE!|NAME\?|DIV/0!|NULL!|NUM!|WAARDE!|VERW!|N/B|NAAM\?))"
)
_DATE = re.compile(
    r"\d{1,4}[-/. ](\d{1,2}|[a-z]{3,9}\.?)([-/. ]\d{1,4})?([ t]\d{1,2}:\d{2}.*)?", re.IGNORECASE
)
# Behind the comma of "Jansen, MSc" is no first name.
_TITLES = frozenset(
    "ba bc bed bsc dr drs ing ir jr llb llm ma mba med mr msc phd prof sr".split()  # noqa: SIM905
)
_ASIDE = re.compile(r"\(([^()]*)\)")
_BETWEEN_ROLES = re.compile(r"[,;/+&|\n]|\b(?:en|and)\b", re.IGNORECASE)


def tidy(cell: str) -> str:
    """The words of a cell on one line, without what cannot be seen."""
    return " ".join(without_invisible(without_controls(cell)).split())


def has_hidden(cell: str) -> bool:
    """True where something in it cannot be seen, and is no space or line end either."""
    return any(is_invisible(each) for each in cell.strip("\ufeff")) and not is_blank(cell)


def is_formula(cell: str) -> bool:
    """True for what a spreadsheet would work out, or could not."""
    return _FORMULA.match(cell) is not None


def is_date(text: str) -> bool:
    """True for a date, as spreadsheets make of what they take for one."""
    return _DATE.fullmatch(text.strip()) is not None


def is_name(cell: str) -> bool:
    """True for what could be somebody's name, to guess by."""
    name = tidy(cell)
    return (
        any(each.isalpha() for each in name)
        and not any(each.isdigit() for each in name)
        and "@" not in name
        and not is_formula(cell)
        and known_heading(name) is None
        and as_read(name) not in ROLE_OF
    )


def in_speaking_order(name: str) -> str:
    """'Jan de Vries' for 'Vries, Jan de' and for 'Vries, de, Jan'; all else stays as it is."""
    parts = [part.strip() for part in name.split(",")]
    if not 2 <= len(parts) <= 3 or not all(parts) or as_read(parts[-1]) in _TITLES:
        return name
    return " ".join(reversed(parts))


def read_roles(
    cell: str, chosen: Mapping[str, str] = MappingProxyType({})
) -> tuple[frozenset[str], str]:
    """The keys of the roles that a cell names, and the first words in it that name none.

    `chosen` holds what somebody said of words that we do not know, by `as_read`: the key of a
    role, or nothing for words that are to be passed over.
    """
    role_of = {**chosen, **ROLE_OF}
    roles = set()
    for words in words_for_roles(cell):
        role = role_of.get(as_read(words))
        if role is None:
            return frozenset(), words
        if role:
            roles.add(role)
    return frozenset(roles), ""


def words_for_roles(cell: str) -> list[str]:
    """The words of a cell that should name roles, known or not.

    Of what stands between brackets only the roles: "(new)" says nothing about them.
    """
    if as_read(cell) in ROLE_OF:
        return [tidy(cell)]
    asides = _between(" , ".join(_ASIDE.findall(cell)))
    return _between(_ASIDE.sub(" ", cell)) + [each for each in asides if as_read(each) in ROLE_OF]


def _between(cell: str) -> list[str]:
    return [tidy(words) for words in _BETWEEN_ROLES.split(cell) if as_read(words)]
