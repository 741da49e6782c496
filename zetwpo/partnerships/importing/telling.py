"""What a page and a file say about a list and its rows."""

from collections.abc import Iterable

from openpyxl.utils import get_column_letter

from zetwpo.accounts.actors import Role
from zetwpo.characters import set_apart
from zetwpo.i18n import gettext as _
from zetwpo.i18n import lazy_gettext, listed, ngettext
from zetwpo.partnerships.importing.queries import ListCard
from zetwpo.partnerships.importing.rules import Outcome, Problem, Row, RowPlan, Trouble
from zetwpo.partnerships.importing.tables import MOST_COLUMNS, MOST_ROWS
from zetwpo.partnerships.importing.tables import Trouble as ListTrouble
from zetwpo.spreadsheets import Row as Cells

READERS = lazy_gettext(
    "Only you see this list here, and for one day at most. Other administrators see the people "
    "whom you invite."
)
# Of the other rows of a problem so many are named.
MOST_NAMED = 5

WHOLE: dict[ListTrouble, str] = {
    ListTrouble.EMPTY: lazy_gettext("There is nothing in it. Is it the right file?"),
    ListTrouble.TOO_MANY_ROWS: lazy_gettext(
        "This list has more than %(most)s rows. Divide it into two lists.", most=MOST_ROWS
    ),
    ListTrouble.TOO_MANY_COLUMNS: lazy_gettext(
        "This list has more than %(most)s columns. Leave out the columns that are not needed: "
        "name, email address, role and school are enough.",
        most=MOST_COLUMNS,
    ),
    ListTrouble.TOO_LARGE_INSIDE: lazy_gettext(
        "This file becomes far too large when it is unpacked. Copy the list to a new, empty "
        "spreadsheet and save that."
    ),
    ListTrouble.PASSWORD: lazy_gettext(
        "This file has a password, so we cannot read it. Save it without a password, or copy the "
        "rows and paste them here."
    ),
    ListTrouble.OLD_EXCEL: lazy_gettext(
        "This is a file of an old Excel (.xls), or of another old program. Save it as .xlsx or "
        "CSV, or copy the rows and paste them here."
    ),
    ListTrouble.OTHER_SHEET: lazy_gettext(
        "This is no Excel file. Save the list as .xlsx or CSV, or copy the rows and paste them "
        "here."
    ),
    ListTrouble.DOCUMENT: lazy_gettext(
        "This is a document, not a list. Save the list as .xlsx or CSV, or copy the rows and paste "
        "them here."
    ),
    ListTrouble.IMAGE: lazy_gettext(
        "This is a picture, and we cannot read a list from it. Choose the list itself: .xlsx or "
        "CSV."
    ),
    ListTrouble.WEB_PAGE: lazy_gettext(
        "This is a web page under the name of a list. Open it in your spreadsheet program and save "
        "it as .xlsx or CSV."
    ),
    ListTrouble.BROKEN: lazy_gettext(
        "This file is damaged: we cannot read it. Open it in your spreadsheet program and save it "
        "again, or copy the rows and paste them here."
    ),
    ListTrouble.NO_TEXT: lazy_gettext(
        "This is no list that we can read. Save it as .xlsx or CSV, or copy the rows and paste "
        "them here."
    ),
}

_TROUBLES: dict[Trouble, str] = {
    Trouble.NO_NAME: lazy_gettext("There is no name."),
    Trouble.NAME_IS_DATE: lazy_gettext("“%(words)s” is a date, not a name."),
    Trouble.NAME_IS_NUMBER: lazy_gettext("“%(words)s” is not a name."),
    Trouble.NAME_IS_ADDRESS: lazy_gettext("“%(words)s” stands where the name should be."),
    Trouble.NAME_TOO_LONG: lazy_gettext("The name is too long."),
    Trouble.FORMULA: lazy_gettext(
        "Here stands a formula (%(words)s), and we do not work those out. Copy the column and "
        "paste it as values."
    ),
    Trouble.NO_ADDRESS: lazy_gettext("There is no email address."),
    Trouble.INCOMPLETE_ADDRESS: lazy_gettext("“%(words)s” is not a complete email address."),
    Trouble.SEVERAL_ADDRESSES: lazy_gettext(
        "“%(words)s”: here stands more than one email address. One is enough."
    ),
    Trouble.SPACE_IN_ADDRESS: lazy_gettext("“%(words)s”: there is a space in this email address."),
    Trouble.NO_ROLE: lazy_gettext("There is no role. Choose one above for rows without a role."),
    Trouble.UNKNOWN_ROLE: lazy_gettext("“%(words)s” is not a role that we know."),
    Trouble.ADMINISTRATOR: lazy_gettext(
        "Nobody becomes an administrator through a list. Give that role to each person separately."
    ),
    Trouble.UNKNOWN_SCHOOL: lazy_gettext("“%(words)s” is not one of your schools."),
    Trouble.CLOSED_SCHOOL: lazy_gettext("“%(words)s” is closed."),
    Trouble.SCHOOL_TOO_LONG: lazy_gettext("The name of the school is too long."),
    Trouble.SHARED_ADDRESS: lazy_gettext(
        "%(words)s stands with another name in %(rows)s. Everybody needs an address of their own."
    ),
}

OUTCOMES: dict[Outcome, str] = {
    Outcome.NEW: lazy_gettext("new: gets an invitation"),
    Outcome.GETS_ROLE: lazy_gettext("gets a role as well"),
    Outcome.HERE: lazy_gettext("already here: nothing changes"),
    Outcome.REPEATED: lazy_gettext("double: nothing happens"),
    Outcome.UNREADABLE: lazy_gettext("cannot be read"),
}
DONE: dict[Outcome, str] = OUTCOMES | {
    Outcome.NEW: lazy_gettext("new: invited"),
    Outcome.GETS_ROLE: lazy_gettext("got a role as well"),
    Outcome.HERE: lazy_gettext("was already here: nothing changed"),
    Outcome.REPEATED: lazy_gettext("double: nothing happened"),
    Outcome.UNREADABLE: lazy_gettext("left out"),
}


def problem_words(problem: Problem) -> str:
    """One sentence about what is wrong with a row."""
    values = {"words": set_apart(problem.words), "rows": rows_words(problem.rows)}
    return str(_TROUBLES[problem.trouble]) % values


def rows_words(rows: tuple[int, ...]) -> str:
    """For example 'row 3', or 'rows 3, 7 and 9'."""
    if len(rows) > MOST_NAMED:
        return ngettext("%(num)s row", "%(num)s rows", len(rows))
    named = listed([str(number) for number in rows])
    return ngettext("row %(named)s", "rows %(named)s", len(rows), named=named)


def role_words(row: Row) -> str:
    """The roles of a row, as people call them."""
    return ", ".join(sorted(Role(role).label for role in row.roles))


def notes(each: RowPlan) -> list[str]:
    """What else there is to know about a row."""
    found = []
    if each.outcome is not Outcome.UNREADABLE and each.same_as:
        found.append(_("The same person stands in row %(number)s.", number=each.same_as))
    if each.kept_name:
        found.append(_("Is here as %(name)s, and keeps that name.", name=each.kept_name))
    if each.row.is_cleaned:
        found.append(_("We left out invisible characters of the name."))
    return found


def as_cells(plans: Iterable[RowPlan]) -> list[Cells]:
    """What happened with each row, as a table to take along."""
    head: Cells = [
        *(_("Name"), _("Email address"), _("Role"), _("School"), _("Row")),
        *(_("What happened"), _("Why")),
    ]
    return [head, *map(_cells, plans)]


def _cells(each: RowPlan) -> Cells:
    row = each.row
    why = " ".join([*map(problem_words, each.problems), *notes(each)])
    return [
        *(row.name, row.email, role_words(row), row.school, float(row.number)),
        *(str(DONE[each.outcome]), why),
    ]


def column_titles(found: ListCard) -> list[str]:
    """What to call each column: its letter, as in a spreadsheet, and its heading or first cell."""
    titles = found.choices.layout.titles(found.table)
    below = found.choices.layout.below(found.table)
    first = below[0] if below else None
    return [
        f"{get_column_letter(place + 1)}: {title or (first.cell(place) if first else '')}"[:60]
        for place, title in enumerate(titles)
    ]
