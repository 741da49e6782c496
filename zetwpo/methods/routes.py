"""The library of methods: found, read and printed as cards; and the question kit."""

import re
import uuid

from flask import Blueprint, abort, render_template, request
from flask.typing import ResponseReturnValue

from zetwpo.accounts.guard import get_actor, needs
from zetwpo.accounts.policy import EDIT_METHODS, READ_METHODS
from zetwpo.accounts.queries import PartnershipCard
from zetwpo.library.method_words import card_words
from zetwpo.library.methods import Method, phases
from zetwpo.library.question_kit import question_kit
from zetwpo.methods import queries
from zetwpo.methods.own_routes import routes as own_routes
from zetwpo.methods.places import place
from zetwpo.methods.seeking import address_of, read_search
from zetwpo.methods.service import is_own
from zetwpo.methods.way_back import find_way_back

routes = Blueprint("methods", __name__, url_prefix="/partnerships/<uuid:partnership_id>/methods")
routes.register_blueprint(own_routes)

KEY = re.compile(r"[a-z][a-z0-9_]{1,39}")
# Cards on one page of paper, as the address says it.
SIZES = ("two", "one")


@routes.before_request
def refuse_strange_keys() -> None:
    """Answer 404 for what is no key of a method, before anybody looks for it."""
    key = (request.view_args or {}).get("key")
    if key is not None and not KEY.fullmatch(key):
        abort(404)


@routes.get("")
@needs(READ_METHODS)
def library(partnership_id: uuid.UUID) -> ResponseReturnValue:
    """What there is, or what of it somebody looks for."""
    here = place(partnership_id)
    search = read_search(request.args)
    page = render_template(
        "methods/library.html",
        partnership=here,
        search=search,
        found=queries.search(partnership_id, search.wanted),
        address_of=address_of,
        phases=phases(),
        is_own=is_own,
        may_edit=may_edit(here),
        way_back=find_way_back(partnership_id),
        **card_words(),
    )
    return page, 422 if search.errors else 200


@routes.get("/<key>")
@needs(READ_METHODS)
def method(partnership_id: uuid.UUID, key: str) -> ResponseReturnValue:
    """One method, as it is now."""
    return _method_page(place(partnership_id), queries.get_method(partnership_id, key))


@routes.get("/<key>/versions/<int:number>")
@needs(READ_METHODS)
def version(partnership_id: uuid.UUID, key: str, number: int) -> ResponseReturnValue:
    """The same in the version with which something was made, whatever became of it since."""
    here = place(partnership_id)
    return _method_page(here, queries.get_method(partnership_id, key, number))


@routes.get("/cards")
@needs(READ_METHODS)
def cards(partnership_id: uuid.UUID) -> ResponseReturnValue:
    """Those that were chosen, as cards to print, with their work sheets where that is wanted."""
    here = place(partnership_id)
    keys = request.args.getlist("card")
    size = request.args.get("size", "")
    return render_template(
        "methods/cards.html",
        partnership=here,
        chosen=queries.chosen_methods(partnership_id, keys),
        size=size if size in SIZES else SIZES[0],
        with_sheets="sheets" in request.args or not keys,
        way_back=find_way_back(partnership_id),
        **card_words(),
    )


@routes.get("/questions")
@needs(READ_METHODS)
def questions(partnership_id: uuid.UUID) -> ResponseReturnValue:
    """The question kit: choose an angle, and a question for the moment."""
    return render_template(
        "methods/questions.html",
        partnership=place(partnership_id),
        kit=question_kit(),
        way_back=find_way_back(partnership_id),
    )


@routes.get("/questions/cards")
@needs(READ_METHODS)
def question_cards(partnership_id: uuid.UUID) -> ResponseReturnValue:
    """The same as cards to print and cut out, of the angles that were chosen or of all."""
    kit = question_kit()
    wanted = set(request.args.getlist("angle"))
    chosen = [angle for angle in kit.angles if angle.key in wanted] or list(kit.angles)
    return render_template(
        "methods/question_cards.html",
        partnership=place(partnership_id),
        kit=kit,
        chosen=chosen,
    )


def may_edit(here: PartnershipCard) -> bool:
    """True for whoever keeps own methods here."""
    return EDIT_METHODS.opens_to(get_actor(), here.facts)


def _method_page(here: PartnershipCard, found: Method) -> str:
    newest = queries.get_method(here.id, found.key)
    return render_template(
        "methods/method.html",
        partnership=here,
        method=found,
        newest=newest,
        is_own=is_own(found),
        may_edit=may_edit(here),
        way_back=find_way_back(here.id),
        **card_words(),
    )
