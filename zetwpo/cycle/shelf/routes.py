"""The pages of the shelf of a trajectory."""

import uuid

from flask import Blueprint, flash, render_template
from flask.typing import ResponseReturnValue

from zetwpo.accounts.guard import authorised, get_actor, gives_file, needs, takes_file
from zetwpo.accounts.policy import CHANGE_ON_SHELF, PUT_ON_SHELF, READ_SHELF, TAKE_OFF_SHELF
from zetwpo.cycle.shelf import pages, service, words
from zetwpo.cycle.shelf.forms import PassOnForm
from zetwpo.cycle.shelf.queries import Shelf, ShelvedItem, find_on_trajectory, shelf_of
from zetwpo.cycle.shelf.rules import LARGEST_FILE
from zetwpo.cycle.shelf.service import Full, NotKept, TooMany
from zetwpo.cycle.trajectories.queries import find_trajectory
from zetwpo.i18n import gettext as _
from zetwpo.library.queries import areas_in
from zetwpo.web import see_other

routes = Blueprint("shelf", __name__)


@routes.get("/trajectories/<uuid:trajectory_id>/shelf")
@needs(READ_SHELF)
def show(trajectory_id: uuid.UUID) -> ResponseReturnValue:
    """What lies on it."""
    return pages.show_shelf(_shelf(trajectory_id))


@routes.get("/trajectories/<uuid:trajectory_id>/shelf/new")
@needs(PUT_ON_SHELF)
def ask_put(trajectory_id: uuid.UUID) -> ResponseReturnValue:
    """Ask what is put there."""
    return pages.ask_put(_shelf(trajectory_id))


@routes.post("/trajectories/<uuid:trajectory_id>/shelf/new")
@takes_file(LARGEST_FILE)
@needs(PUT_ON_SHELF)
def put(trajectory_id: uuid.UUID) -> ResponseReturnValue:
    """Put it there."""
    return pages.put(_shelf(trajectory_id))


@routes.get("/shelf/<uuid:item_id>")
@needs(READ_SHELF)
def item(item_id: uuid.UUID) -> ResponseReturnValue:
    """One thing that lies there."""
    return pages.show_item(authorised(find_on_trajectory(item_id)))


@routes.get("/shelf/<uuid:item_id>/file")
@gives_file(on="shelf.item")
@needs(READ_SHELF)
def file(item_id: uuid.UUID) -> ResponseReturnValue:
    """Its file, to save."""
    return pages.send(authorised(find_on_trajectory(item_id)))


@routes.get("/shelf/<uuid:item_id>/edit")
@needs(CHANGE_ON_SHELF)
def edit(item_id: uuid.UUID) -> ResponseReturnValue:
    """Its words, to change."""
    return pages.edit(authorised(find_on_trajectory(item_id)))


@routes.post("/shelf/<uuid:item_id>/edit")
@needs(CHANGE_ON_SHELF)
def change(item_id: uuid.UUID) -> ResponseReturnValue:
    """Change them."""
    return pages.change(_to_write(item_id))


@routes.get("/shelf/<uuid:item_id>/take-off")
@needs(TAKE_OFF_SHELF)
def ask_take_off(item_id: uuid.UUID) -> ResponseReturnValue:
    """Ask once more."""
    return pages.ask_take_off(authorised(find_on_trajectory(item_id)))


@routes.post("/shelf/<uuid:item_id>/take-off")
@needs(TAKE_OFF_SHELF)
def take_off(item_id: uuid.UUID) -> ResponseReturnValue:
    """Take it off."""
    return pages.take_off(_to_write(item_id))


@routes.get("/shelf/<uuid:item_id>/pass-on")
@needs(CHANGE_ON_SHELF)
def ask_pass_on(item_id: uuid.UUID) -> ResponseReturnValue:
    """Ask where it lies on the shelf of the partnership."""
    found = authorised(find_on_trajectory(item_id))
    return _pass_on_page(found, PassOnForm(formdata=None))


@routes.post("/shelf/<uuid:item_id>/pass-on")
@needs(CHANGE_ON_SHELF)
def pass_on(item_id: uuid.UUID) -> ResponseReturnValue:
    """Let a copy of one's own thing lie there as well."""
    found = authorised(find_on_trajectory(item_id))
    form = PassOnForm()
    form.area.offer(areas_in(found.shelf.partnership.id))
    if not form.validate():
        return _pass_on_page(found, form), 422
    try:
        service.pass_on(found, form.key_in(item_id), form.area.data or "", get_actor().person_id)
    except TooMany:
        form.area.errors = [pages.too_many()]
        return _pass_on_page(found, form), 409
    except (Full, NotKept) as refused:
        form.area.errors = [pages.no_room(refused)]
        return _pass_on_page(found, form), 409
    flash(_("It lies on the shelf of the partnership as well."))
    return see_other(pages.address(Shelf(found.shelf.partnership, None), "show"))


def _shelf(trajectory_id: uuid.UUID) -> Shelf:
    return authorised(shelf_of(find_trajectory(trajectory_id)))


def _to_write(item_id: uuid.UUID) -> ShelvedItem:
    return authorised(find_on_trajectory(item_id, to_write=True))


def _pass_on_page(found: ShelvedItem, form: PassOnForm) -> str:
    form.area.offer(areas_in(found.shelf.partnership.id))
    return render_template(
        "cycle/shelf/pass_on.html",
        trajectory=found.shelf.trajectory,
        partnership=found.shelf.partnership,
        item=found.item,
        form=form,
        readers_words=words.PARTNERSHIP,
    )
