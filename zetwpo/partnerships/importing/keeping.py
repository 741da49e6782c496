"""A list and its outcome as they are kept for a day: plain lists and words, and back again."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from zetwpo.partnerships.importing.columns import Layout, find_layout
from zetwpo.partnerships.importing.headings import Field
from zetwpo.partnerships.importing.rules import Grant, Outcome, Problem, Row, RowPlan, Trouble
from zetwpo.partnerships.importing.tables import Line, Table


@dataclass(frozen=True)
class Choices:
    """How a list is read: what was found, until somebody corrects it."""

    layout: Layout
    # The key of the role of rows that name none.
    default_role: str | None = None
    adds_schools: bool = False
    # What words for roles that we do not know mean here, by `as_read`: the key of a role, or
    # nothing for words that are to be passed over.
    words: Mapping[str, str] = field(default_factory=dict)


def first_choices(table: Table) -> Choices:
    """What a list itself says."""
    return Choices(find_layout(table))


def lines_to_keep(table: Table) -> list[Any]:
    """The lines as JSON has them."""
    return [[line.number, list(line.cells)] for line in table.lines]


def kept_table(kept: Iterable[Any]) -> Table:
    """The table of these lines."""
    return Table(tuple(Line(number, tuple(cells)) for number, cells in kept))


def choices_to_keep(choices: Choices) -> dict[str, Any]:
    """The choices as JSON has them."""
    return {
        "heading": choices.layout.heading,
        "columns": {str(each): column for each, column in choices.layout.columns.items()},
        "default_role": choices.default_role,
        "adds_schools": choices.adds_schools,
        "words": dict(choices.words),
    }


def kept_choices(kept: dict[str, Any]) -> Choices:
    """The choices that were kept."""
    columns = {Field(each): column for each, column in kept["columns"].items()}
    layout = Layout(kept["heading"], columns)
    return Choices(layout, kept["default_role"], kept["adds_schools"], kept["words"])


def outcome_to_keep(plans: Iterable[RowPlan]) -> list[Any]:
    """What happened with each row, as JSON has it."""
    return [
        {
            "row": [each.row.number, each.row.name, each.row.email, each.row.school],
            "roles": sorted(each.row.roles),
            "is_cleaned": each.row.is_cleaned,
            "outcome": str(each.outcome),
            "grants": [[grant.role, grant.school] for grant in each.grants],
            "problems": [[str(one.trouble), one.words, list(one.rows)] for one in each.problems],
            "kept_name": each.kept_name,
            "same_as": each.same_as,
        }
        for each in plans
    ]


def kept_outcome(kept: Iterable[Any]) -> list[RowPlan]:
    """What happened with each row, as it was kept."""
    return [_kept_plan(each) for each in kept]


def _kept_plan(kept: dict[str, Any]) -> RowPlan:
    number, name, email, school = kept["row"]
    roles = frozenset(kept["roles"])
    problems = tuple(
        Problem(Trouble(trouble), words, tuple(rows)) for trouble, words, rows in kept["problems"]
    )
    row = Row(number, name, email, "", roles, school, problems, kept["is_cleaned"])
    grants = tuple(Grant(role, place) for role, place in kept["grants"])
    outcome = Outcome(kept["outcome"])
    return RowPlan(row, outcome, grants, problems, kept["kept_name"], kept["same_as"])
