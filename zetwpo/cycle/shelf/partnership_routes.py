"""The pages of the shelf of a partnership, by competence area."""

import uuid

from flask import Blueprint
from flask.typing import ResponseReturnValue

from zetwpo.accounts.guard import authorised, gives_file, needs, takes_file
from zetwpo.accounts.policy import (
    KEEP_PARTNERSHIP_SHELF,
    READ_PARTNERSHIP_SHELF,
    TAKE_OFF_PARTNERSHIP_SHELF,
)
from zetwpo.accounts.queries import find_partnership_card
from zetwpo.cycle.shelf import pages
from zetwpo.cycle.shelf.queries import Shelf, ShelvedItem, find_on_partnership
from zetwpo.cycle.shelf.rules import LARGEST_FILE

routes = Blueprint("partnership_shelf", __name__)


@routes.get("/partnerships/<uuid:partnership_id>/shelf")
@needs(READ_PARTNERSHIP_SHELF)
def show(partnership_id: uuid.UUID) -> ResponseReturnValue:
    """What lies on it."""
    return pages.show_shelf(_shelf(partnership_id))


@routes.get("/partnerships/<uuid:partnership_id>/shelf/new")
@needs(KEEP_PARTNERSHIP_SHELF)
def ask_put(partnership_id: uuid.UUID) -> ResponseReturnValue:
    """Ask what is put there."""
    return pages.ask_put(_shelf(partnership_id))


@routes.post("/partnerships/<uuid:partnership_id>/shelf/new")
@takes_file(LARGEST_FILE)
@needs(KEEP_PARTNERSHIP_SHELF)
def put(partnership_id: uuid.UUID) -> ResponseReturnValue:
    """Put it there."""
    return pages.put(_shelf(partnership_id))


@routes.get("/partnership-shelf/<uuid:item_id>")
@needs(READ_PARTNERSHIP_SHELF)
def item(item_id: uuid.UUID) -> ResponseReturnValue:
    """One thing that lies there."""
    return pages.show_item(authorised(find_on_partnership(item_id)))


@routes.get("/partnership-shelf/<uuid:item_id>/file")
@gives_file(on="partnership_shelf.item")
@needs(READ_PARTNERSHIP_SHELF)
def file(item_id: uuid.UUID) -> ResponseReturnValue:
    """Its file, to save."""
    return pages.send(authorised(find_on_partnership(item_id)))


@routes.get("/partnership-shelf/<uuid:item_id>/edit")
@needs(KEEP_PARTNERSHIP_SHELF)
def edit(item_id: uuid.UUID) -> ResponseReturnValue:
    """Its words, to change."""
    return pages.edit(authorised(find_on_partnership(item_id)))


@routes.post("/partnership-shelf/<uuid:item_id>/edit")
@needs(KEEP_PARTNERSHIP_SHELF)
def change(item_id: uuid.UUID) -> ResponseReturnValue:
    """Change them."""
    return pages.change(_to_write(item_id))


@routes.get("/partnership-shelf/<uuid:item_id>/take-off")
@needs(TAKE_OFF_PARTNERSHIP_SHELF)
def ask_take_off(item_id: uuid.UUID) -> ResponseReturnValue:
    """Ask once more."""
    return pages.ask_take_off(authorised(find_on_partnership(item_id)))


@routes.post("/partnership-shelf/<uuid:item_id>/take-off")
@needs(TAKE_OFF_PARTNERSHIP_SHELF)
def take_off(item_id: uuid.UUID) -> ResponseReturnValue:
    """Take it off."""
    return pages.take_off(_to_write(item_id))


def _shelf(partnership_id: uuid.UUID) -> Shelf:
    partnership = find_partnership_card(partnership_id)
    return authorised(Shelf(partnership, None) if partnership else None)


def _to_write(item_id: uuid.UUID) -> ShelvedItem:
    return authorised(find_on_partnership(item_id, to_write=True))
