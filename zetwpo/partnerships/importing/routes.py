"""The pages of inviting many: bring a list, look it through, invite, and what became of it."""

import uuid

from flask import Blueprint, flash, render_template, url_for
from flask.typing import ResponseReturnValue

from zetwpo.accounts.guard import authorised, get_actor, gives_file, needs, takes_file
from zetwpo.accounts.policy import IMPORT_PEOPLE, MANAGE_PEOPLE
from zetwpo.accounts.queries import PartnershipCard, find_partnership_card
from zetwpo.errors import BadInput, Refusal
from zetwpo.i18n import decimal_mark, lazy_gettext
from zetwpo.i18n import gettext as _
from zetwpo.partnerships.importing import service, telling
from zetwpo.partnerships.importing.forms import InviteForm, ListForm, choices_form
from zetwpo.partnerships.importing.page import show_list
from zetwpo.partnerships.importing.queries import ListCard, find_list
from zetwpo.partnerships.importing.reading import LARGEST_FILE
from zetwpo.partnerships.importing.service import NotAsShown
from zetwpo.partnerships.schools.service import TooMany
from zetwpo.spreadsheets import CSV_TYPE, XLSX_TYPE, as_csv, as_xlsx
from zetwpo.web import download, see_other

routes = Blueprint("importing", __name__)


@routes.get("/partnerships/<uuid:partnership_id>/people/import")
@needs(MANAGE_PEOPLE)
def start(partnership_id: uuid.UUID) -> ResponseReturnValue:
    """Ask for a list."""
    partnership = authorised(find_partnership_card(partnership_id))
    return _start(partnership, ListForm(formdata=None))


@routes.post("/partnerships/<uuid:partnership_id>/people/import")
@takes_file(LARGEST_FILE)
@needs(MANAGE_PEOPLE)
def bring(partnership_id: uuid.UUID) -> ResponseReturnValue:
    """Read a list, and keep it for whoever brought it."""
    partnership = authorised(find_partnership_card(partnership_id))
    form = ListForm()
    table = form.read()
    if table is None:
        return _start(partnership, form), 422
    list_id = service.bring(partnership_id, table, get_actor().person_id)
    return see_other(url_for(".look_through", list_id=list_id))


@routes.get("/people-lists/<uuid:list_id>")
@needs(IMPORT_PEOPLE)
def look_through(list_id: uuid.UUID) -> ResponseReturnValue:
    """What will happen with each row, and afterwards what did."""
    return show_list(_found(list_id))


@routes.post("/people-lists/<uuid:list_id>/columns")
@needs(IMPORT_PEOPLE)
def correct(list_id: uuid.UUID) -> ResponseReturnValue:
    """Read the columns in another way."""
    found = _found(list_id)
    if found.done_at:
        return see_other(url_for(".look_through", list_id=list_id))
    form = choices_form(found.unknown_words)(telling.column_titles(found), found.choices)
    if not form.validate():
        return show_list(found, choices=form), 422
    service.correct(found, form.choices)
    return see_other(url_for(".look_through", list_id=list_id))


@routes.post("/people-lists/<uuid:list_id>/invite")
@needs(IMPORT_PEOPLE)
def invite(list_id: uuid.UUID) -> ResponseReturnValue:
    """Invite everybody on the list."""
    found = _found(list_id)
    form = InviteForm()
    if not form.validate():
        return show_list(found, invite=form), 422
    try:
        service.import_people(found, form.rows)
    except ValueError:
        raise BadInput(_("We could not read this"), _("Go back and try it from there.")) from None
    except NotAsShown:
        form.agrees.errors = [
            _("Something changed here meanwhile, so other rows cannot be read now. Look again.")
        ]
        return show_list(found, invite=form), 409
    except TooMany:
        form.agrees.errors = [_("There is no room for so many schools. Ask for help to make room.")]
        return show_list(found, invite=form), 422
    return see_other(url_for(".look_through", list_id=list_id))


@routes.get("/people-lists/<uuid:list_id>/outcome.csv")
@gives_file(on="importing.look_through")
@needs(IMPORT_PEOPLE)
def outcome_csv(list_id: uuid.UUID) -> ResponseReturnValue:
    """What happened with each row, as text that spreadsheets of this language read."""
    delimiter = ";" if decimal_mark() == "," else ","
    cells = telling.as_cells(_done(list_id).outcome)
    return download(as_csv(cells, delimiter), _file_name("csv"), CSV_TYPE)


@routes.get("/people-lists/<uuid:list_id>/outcome.xlsx")
@gives_file(on="importing.look_through")
@needs(IMPORT_PEOPLE)
def outcome_xlsx(list_id: uuid.UUID) -> ResponseReturnValue:
    """What happened with each row, as a workbook."""
    cells = telling.as_cells(_done(list_id).outcome)
    return download(as_xlsx([(_("People"), cells)]), _file_name("xlsx"), XLSX_TYPE)


@routes.post("/people-lists/<uuid:list_id>/throw-away")
@needs(IMPORT_PEOPLE)
def throw_away(list_id: uuid.UUID) -> ResponseReturnValue:
    """Forget the list at once."""
    found = _found(list_id)
    service.throw_away(found)
    flash(_("The list is gone."))
    return see_other(url_for(".start", partnership_id=found.partnership_id))


def _file_name(ending: str) -> str:
    name = _("invited-people")
    return f"{name}.{ending}"


def _found(list_id: uuid.UUID) -> ListCard:
    return authorised(find_list(list_id))


def _done(list_id: uuid.UUID) -> ListCard:
    found = _found(list_id)
    if not found.done_at:
        raise Refusal(*NOT_DONE)
    return found


NOT_DONE = (
    lazy_gettext("There is nothing to download yet"),
    lazy_gettext("Look through the list first, and invite its people."),
)


def _start(partnership: PartnershipCard, form: ListForm) -> str:
    return render_template("partnerships/importing/start.html", partnership=partnership, form=form)
