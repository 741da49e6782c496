"""What will happen with each row of a list, before anything does."""

import enum
import re
import uuid
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from zetwpo import addresses
from zetwpo.accounts.rules import LONGEST_NAME, as_compared
from zetwpo.addresses import NotAnAddress, clean_address, normal_address
from zetwpo.characters import as_read, is_blank
from zetwpo.partnerships.importing.columns import NAME_PARTS, Layout
from zetwpo.partnerships.importing.headings import ROLE_OF, Field
from zetwpo.partnerships.importing.tables import Line, Table
from zetwpo.partnerships.importing.words import (
    has_hidden,
    in_speaking_order,
    is_date,
    is_formula,
    read_roles,
    tidy,
    words_for_roles,
)

# The key of the one role that no list gives.
ADMINISTRATOR = "administrator"
_NOTHING_CHOSEN: Mapping[str, str] = MappingProxyType({})
# Of the words that name no role somebody chooses for so many; a longer text is a remark.
MOST_WORDS, LONGEST_WORDS = 20, 80
# Around it stands the name, where a mail program wrote the list.
_NAMED = re.compile(r"\s*\"?([^<>\"]*?)\"?\s*<[^<>]*>\s*")


class Trouble(enum.StrEnum):
    """Why a row cannot be read."""

    NO_NAME = "no name"
    NAME_IS_DATE = "name is date"
    NAME_IS_NUMBER = "name is number"
    NAME_IS_ADDRESS = "name is address"
    NAME_TOO_LONG = "name too long"
    FORMULA = "formula"
    NO_ADDRESS = "no address"
    INCOMPLETE_ADDRESS = "incomplete address"
    SEVERAL_ADDRESSES = "several addresses"
    SPACE_IN_ADDRESS = "space in address"
    NO_ROLE = "no role"
    UNKNOWN_ROLE = "unknown role"
    ADMINISTRATOR = "administrator"
    UNKNOWN_SCHOOL = "unknown school"
    CLOSED_SCHOOL = "closed school"
    SCHOOL_TOO_LONG = "school too long"
    SHARED_ADDRESS = "shared address"


_ADDRESS_TROUBLES = {
    addresses.Problem.INCOMPLETE: Trouble.INCOMPLETE_ADDRESS,
    addresses.Problem.SEVERAL: Trouble.SEVERAL_ADDRESSES,
    addresses.Problem.SPACE: Trouble.SPACE_IN_ADDRESS,
}


class Outcome(enum.StrEnum):
    """What happens with a row."""

    NEW = "new"
    GETS_ROLE = "gets role"
    HERE = "here"
    REPEATED = "repeated"
    UNREADABLE = "unreadable"


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong with a row, and the words of the row that it is about."""

    trouble: Trouble
    words: str = ""
    # Of the other rows that it is about.
    rows: tuple[int, ...] = ()


@dataclass(frozen=True)
class Row:
    """One row of a list, as it was understood."""

    number: int
    name: str
    # As somebody typed it, and empty where it is none.
    email: str
    # The same, as addresses are compared.
    address: str
    roles: frozenset[str]
    school: str
    problems: tuple[Problem, ...] = ()
    # The name was cleared of characters that nobody sees.
    is_cleaned: bool = False


@dataclass(frozen=True, order=True)
class Grant:
    """A role, and the school at which it is held, as that is compared; empty for none."""

    role: str
    school: str = ""


@dataclass(frozen=True)
class KnownPerson:
    """Somebody who belongs to this partnership now."""

    name: str
    grants: frozenset[Grant]


@dataclass(frozen=True)
class KnownSchool:
    """A school of this partnership."""

    id: uuid.UUID
    name: str
    is_closed: bool = False


@dataclass(frozen=True)
class Known:
    """What there is in this partnership, and in no other.

    Whoever plans is not told of accounts elsewhere, so that no preview can tell of them either.
    """

    # By the address, as addresses are compared.
    people: Mapping[str, KnownPerson] = field(default_factory=dict)
    # By the name, as names are compared.
    schools: Mapping[str, KnownSchool] = field(default_factory=dict)


@dataclass(frozen=True)
class RowPlan:
    """What happens with one row."""

    row: Row
    outcome: Outcome
    grants: tuple[Grant, ...] = ()
    problems: tuple[Problem, ...] = ()
    # The name by which this person is here already, where the list has another; it stays.
    kept_name: str = ""
    # The first row that gives this person something.
    same_as: int | None = None


@dataclass(frozen=True)
class Invited:
    """Somebody to whom something is given."""

    name: str
    email: str
    grants: tuple[Grant, ...]


# ----------------------------------------------------------------------- reading the rows


def read_rows(
    table: Table,
    layout: Layout,
    default: str | None = None,
    chosen: Mapping[str, str] = _NOTHING_CHOSEN,
) -> list[Row]:
    """The rows of a table; `default` is the role of those that name none.

    `chosen` is what `read_roles` takes: the roles of words that we do not know.
    """
    return [_read_row(line, layout.columns, default, chosen) for line in layout.below(table)]


def unknown_words(table: Table, layout: Layout) -> dict[str, tuple[int, ...]]:
    """The words that stand for a role and name none, and in which rows; most rows first."""
    column = layout.columns.get(Field.ROLE)
    spelled: dict[str, str] = {}
    found: defaultdict[str, list[int]] = defaultdict(list)
    for line in layout.below(table) if column is not None else ():
        cell = line.cell(column)
        words = () if is_formula(cell) else words_for_roles(cell)
        for key in dict.fromkeys(map(as_read, words)):
            if key not in ROLE_OF:
                found[key].append(line.number)
        for each in words:
            spelled.setdefault(as_read(each), each)
    short = [key for key in found if len(spelled[key]) <= LONGEST_WORDS]
    most = sorted(short, key=lambda key: -len(found[key]))[:MOST_WORDS]
    return {spelled[key]: tuple(found[key]) for key in most}


def _read_row(
    line: Line, columns: Mapping[Field, int], default: str | None, chosen: Mapping[str, str]
) -> Row:
    cells = {each: line.cell(column) for each, column in columns.items()}
    if any(is_formula(cell) for cell in cells.values()):
        words = next(tidy(cell) for cell in cells.values() if is_formula(cell))
        return Row(line.number, "", "", "", frozenset(), "", (Problem(Trouble.FORMULA, words),))
    raw = _raw_name(cells)
    name = tidy(raw)
    email, wrong_email = _read_email(cells.get(Field.EMAIL, ""))
    roles, wrong_role = _read_roles(cells.get(Field.ROLE, ""), default, chosen)
    school = tidy(cells.get(Field.SCHOOL, ""))
    wrong_school = Problem(Trouble.SCHOOL_TOO_LONG) if len(school) > LONGEST_NAME else None
    problems = (_problem_of_name(name), wrong_email, wrong_role, wrong_school)
    found = tuple(problem for problem in problems if problem)
    address = normal_address(email) if email else ""
    return Row(line.number, name, email, address, roles, school, found, has_hidden(raw))


def _raw_name(cells: Mapping[Field, str]) -> str:
    if not is_blank(cells.get(Field.NAME, "")):
        return in_speaking_order(cells[Field.NAME])
    parts = {each: cells.get(each, "") for each in NAME_PARTS}
    parts[Field.LAST] = in_speaking_order(parts[Field.LAST])
    joined = " ".join(part for part in parts.values() if not is_blank(part))
    named = _NAMED.fullmatch(cells.get(Field.EMAIL, ""))
    return joined or (in_speaking_order(named[1]) if named else "")


def _problem_of_name(name: str) -> Problem | None:
    if is_blank(name):
        return Problem(Trouble.NO_NAME)
    if len(name) > LONGEST_NAME:
        return Problem(Trouble.NAME_TOO_LONG)
    if is_date(name):
        return Problem(Trouble.NAME_IS_DATE, name)
    if "@" in name:
        return Problem(Trouble.NAME_IS_ADDRESS, name)
    return None if any(map(str.isalpha, name)) else Problem(Trouble.NAME_IS_NUMBER, name)


def _read_email(cell: str) -> tuple[str, Problem | None]:
    if is_blank(cell):
        return "", Problem(Trouble.NO_ADDRESS)
    try:
        return clean_address(cell), None
    except NotAnAddress as refusal:
        return "", Problem(_ADDRESS_TROUBLES[refusal.problem], tidy(cell))


def _read_roles(
    cell: str, default: str | None, chosen: Mapping[str, str]
) -> tuple[frozenset[str], Problem | None]:
    roles, unknown = read_roles(cell, chosen)
    if unknown:
        return frozenset(), Problem(Trouble.UNKNOWN_ROLE, unknown)
    if not roles and default:
        roles = frozenset({default})
    if ADMINISTRATOR in roles:
        # Too much for a word in a list: at many schools it is who looks after the building.
        return frozenset(), Problem(Trouble.ADMINISTRATOR)
    return roles, None if roles else Problem(Trouble.NO_ROLE)


# --------------------------------------------------------------------------- planning


def plan(rows: Sequence[Row], known: Known, *, add_schools: bool = False) -> list[RowPlan]:
    """What happens with each row, in their order.

    In whichever order they stand, the same people get the same. With `add_schools` the schools
    that the rows name are made where there are none.
    """
    checked = _checked_together([_checked(row, known, add_schools) for row in rows])
    readable = [row for row in checked if not row.problems]
    gets = _what_each_gets(readable, known)
    giving = [row for row in readable if _grants(row) & gets[row.address]]
    first = {row.address: row.number for row in reversed(giving)}
    given: set[tuple[str, Grant]] = set()
    return [_plan_one(row, known, gets, first, given) for row in checked]


def _grants(row: Row) -> set[Grant]:
    return {Grant(role, as_compared(row.school)) for role in row.roles}


def _what_each_gets(rows: Iterable[Row], known: Known) -> Mapping[str, set[Grant]]:
    """What is new for each address, of all that its rows give.

    Who has a role at a school, or gets it there, does not get it without a school as well.
    """
    wanted: defaultdict[str, set[Grant]] = defaultdict(set)
    for row in rows:
        wanted[row.address] |= _grants(row)
    return {
        address: grants - _covered(grants, known.people.get(address))
        for address, grants in wanted.items()
    }


def _covered(grants: set[Grant], person: KnownPerson | None) -> set[Grant]:
    held = set(person.grants) if person else set()
    return held | {Grant(grant.role) for grant in grants | held if grant.school}


def _plan_one(
    row: Row,
    known: Known,
    gets: Mapping[str, set[Grant]],
    first: Mapping[str, int],
    given: set[tuple[str, Grant]],
) -> RowPlan:
    if row.problems:
        return RowPlan(row, Outcome.UNREADABLE, problems=row.problems)
    person, same_as = known.people.get(row.address), first.get(row.address)
    grants = tuple(
        grant
        for grant in sorted(_grants(row) & gets[row.address])
        if (row.address, grant) not in given
    )
    given.update((row.address, grant) for grant in grants)
    is_first = same_as == row.number
    if grants:
        outcome = Outcome.NEW if is_first and person is None else Outcome.GETS_ROLE
    else:
        outcome = Outcome.HERE if person else Outcome.REPEATED
    is_other = person is not None and as_read(person.name) != as_read(row.name)
    kept = person.name if person and is_other else ""
    return RowPlan(row, outcome, grants, (), kept, None if is_first else same_as)


def _checked(row: Row, known: Known, add_schools: bool) -> Row:
    """The row with what is wrong about its school, if anything is."""
    school = as_compared(row.school)
    found = known.schools.get(school)
    if not school or (found and not found.is_closed) or (found is None and add_schools):
        return row
    trouble = Trouble.CLOSED_SCHOOL if found else Trouble.UNKNOWN_SCHOOL
    return replace(row, problems=(*row.problems, Problem(trouble, row.school)))


def _checked_together(rows: Sequence[Row]) -> list[Row]:
    """The rows, where different people have one address each with that as its problem."""
    names: dict[str, dict[str, list[int]]] = {}
    for row in rows:
        if row.address and row.name:
            of_address = names.setdefault(row.address, {})
            of_address.setdefault(as_read(row.name), []).append(row.number)
    return [_checked_against(row, names.get(row.address, {})) for row in rows]


def _checked_against(row: Row, names: Mapping[str, list[int]]) -> Row:
    others = [
        number for name, numbers in names.items() if name != as_read(row.name) for number in numbers
    ]
    if not others or not row.name:
        return row
    problem = Problem(Trouble.SHARED_ADDRESS, row.email, tuple(sorted(others)))
    return replace(row, problems=(*row.problems, problem))


def invited(plans: Iterable[RowPlan]) -> list[Invited]:
    """To whom something is given, each address once; with the name and the spelling of the list."""
    by_address: dict[str, list[RowPlan]] = {}
    for each in plans:
        if each.outcome is not Outcome.UNREADABLE:
            by_address.setdefault(each.row.address, []).append(each)
    found = [
        Invited(
            # Whichever stands first in the list, the same one.
            min(each.row.name for each in group),
            min(each.row.email for each in group),
            tuple(sorted({grant for each in group for grant in each.grants})),
        )
        for group in by_address.values()
    ]
    return [each for each in found if each.grants]


def new_schools(rows: Iterable[Row], known: Known) -> dict[str, tuple[int, ...]]:
    """The schools that the rows name and that are not there, and in which rows they stand."""
    spelled: dict[str, list[str]] = {}
    found: dict[str, list[int]] = {}
    for row in rows:
        key = as_compared(row.school)
        if key and key not in known.schools and len(row.school) <= LONGEST_NAME:
            spelled.setdefault(key, []).append(row.school)
            found.setdefault(key, []).append(row.number)
    return {min(spelled[key]): tuple(numbers) for key, numbers in found.items()}


def count_waiting(plans: Iterable[RowPlan]) -> int:
    """How many rows cannot be read for no other reason than a school that is not here yet."""
    return sum(
        {each.trouble for each in plan.problems} == {Trouble.UNKNOWN_SCHOOL} for plan in plans
    )


def count_outcomes(plans: Iterable[RowPlan]) -> Counter[Outcome]:
    """How many rows there are of each outcome."""
    return Counter(each.outcome for each in plans)
