"""What the pages of both shelves have in common: one mechanism, two places."""

import uuid
from functools import partial

from flask import Response, abort, flash, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue

from zetwpo.accounts.guard import get_actor
from zetwpo.accounts.policy import (
    CHANGE_ON_SHELF,
    KEEP_PARTNERSHIP_SHELF,
    PUT_ON_SHELF,
    READ_PARTNERSHIP_SHELF,
    READ_SHELF,
    TAKE_OFF_PARTNERSHIP_SHELF,
    TAKE_OFF_SHELF,
)
from zetwpo.cycle.shelf import files, service, words
from zetwpo.cycle.shelf.forms import ItemForm, PutForm
from zetwpo.cycle.shelf.queries import (
    ItemCard,
    Shelf,
    ShelvedItem,
    items_on,
    meetings_to_read_for,
)
from zetwpo.cycle.shelf.rules import LONG, MOST_ITEMS, Section, fits
from zetwpo.cycle.shelf.service import Full, NotKept, TooMany
from zetwpo.cycle.trajectories.changing import require_open
from zetwpo.edits import Fields, Overtaken
from zetwpo.errors import NextPage, NotFound
from zetwpo.i18n import gettext as _
from zetwpo.library.queries import areas_in
from zetwpo.web import see_other, settings

# Of the words that somebody looks for, in characters.
LONGEST_SEARCH = 120
# A file is for the disk of whoever saves it: in a browser it may do nothing at all.
FILE_POLICY = "default-src 'none'; sandbox"


def address(shelf: Shelf, page: str, item_id: uuid.UUID | None = None) -> str:
    """The address of a page of this shelf, or of a thing on it."""
    place = "shelf" if shelf.trajectory else "partnership_shelf"
    if item_id:
        return url_for(f"{place}.{page}", item_id=item_id)
    if shelf.trajectory:
        return url_for(f"{place}.{page}", trajectory_id=shelf.id)
    return url_for(f"{place}.{page}", partnership_id=shelf.id)


def show_shelf(shelf: Shelf) -> ResponseReturnValue:
    """What lies on it, or what of it somebody looks for."""
    sought = request.args.get("q", "").strip()[:LONGEST_SEARCH]
    there = items_on(shelf)
    found = [each for each in there if fits(sought, _texts(each))] if sought else there
    may_put = PUT_ON_SHELF if shelf.trajectory else KEEP_PARTNERSHIP_SHELF
    return _render(
        "shelf",
        shelf,
        groups=_groups(shelf, found),
        total=len(there),
        found=len(found),
        sought=sought,
        is_long=len(there) >= LONG,
        may_put=not shelf.is_closed and may_put.opens_to(get_actor(), shelf.facts),
        meetings=meetings_to_read_for(shelf.id) if shelf.trajectory else {},
    )


def _texts(item: ItemCard) -> list[str]:
    return [item.title, item.text, item.host, item.file.name if item.file else ""]


def _groups(shelf: Shelf, items: list[ItemCard]) -> list[tuple[str, str, list[ItemCard]]]:
    """What is found, in the parts of this shelf, each with its title and what belongs there."""
    if shelf.trajectory:
        parts = [(words.SECTIONS[each], words.ABOUT[each], each) for each in Section]
        return [
            (str(title), str(about), [item for item in items if item.section is section])
            for title, about, section in parts
        ]
    return [
        (title, "", [item for item in items if item.area == area])
        for area, title in areas_in(shelf.partnership.id).items()
    ]


def open_to_put(shelf: Shelf) -> Shelf:
    """The shelf, where something may be added. Raises IsClosed where its trajectory has ended."""
    if shelf.trajectory:
        require_open(
            shelf.trajectory,
            _("What lies on its shelf stays there, and everybody in it can read it."),
            NextPage("shelf.show", _("To the shelf"), {"trajectory_id": shelf.id}),
        )
    return shelf


def new_form(shelf: Shelf, form: PutForm) -> PutForm:
    """The form for this shelf."""
    form.say_readers(words.readers(shelf))
    if not shelf.trajectory:
        form.area.offer(areas_in(shelf.partnership.id))
    return form


def ask_put(shelf: Shelf) -> ResponseReturnValue:
    """An empty form."""
    return _put_page(open_to_put(shelf), new_form(shelf, PutForm(formdata=None)))


def put(shelf: Shelf) -> ResponseReturnValue:
    """Put something there."""
    form = new_form(open_to_put(shelf), PutForm())
    if not form.validate():
        return _put_page(shelf, form), 422
    try:
        service.put(shelf, form.key_in(shelf.id), form.fields, form.new_file, get_actor().person_id)
    except TooMany:
        form.title.errors = [too_many()]
        return _put_page(shelf, form), 409
    except (Full, NotKept) as refused:
        form.file.errors = [no_room(refused)]
        return _put_page(shelf, form), 409
    flash(str(words.PUT_THERE))
    return see_other(address(shelf, "show"))


def too_many() -> str:
    """What to do where there lies much."""
    return _("There lie %(most)s things on this shelf. Take some off first.", most=MOST_ITEMS)


def no_room(refused: Full | NotKept) -> str:
    """What to do where a file cannot lie there."""
    if isinstance(refused, Full):
        return _(
            "The files on all shelves of your partnership take %(most)s MB, and there is no room "
            "for this one. Make it smaller, give a link to it, or take off what nobody needs.",
            most=settings().shelf_megabytes,
        )
    return _("We could not keep this file. What you typed is still here: try it again in a minute.")


def _put_page(shelf: Shelf, form: PutForm) -> str:
    return _render("put", shelf, form=form)


def show_item(found: ShelvedItem) -> ResponseReturnValue:
    """One thing, whole, with what this reader may do with it."""
    actor, shelf, facts = get_actor(), found.shelf, found.facts
    change = CHANGE_ON_SHELF if shelf.trajectory else KEEP_PARTNERSHIP_SHELF
    take_off = TAKE_OFF_SHELF if shelf.trajectory else TAKE_OFF_PARTNERSHIP_SHELF
    may_change = not shelf.is_closed and change.opens_to(actor, facts)
    return _render(
        "item",
        shelf,
        item=found.item,
        may_change=may_change,
        may_take_off=take_off.opens_to(actor, facts),
        may_pass_on=bool(shelf.trajectory) and CHANGE_ON_SHELF.opens_to(actor, facts),
        is_mine=actor.person_id == found.item.put_by_id,
        meetings=meetings_to_read_for(shelf.id).get(found.id, []) if shelf.trajectory else [],
        area=areas_in(shelf.partnership.id).get(found.item.area, ""),
    )


def edit_form(found: ShelvedItem, form: ItemForm) -> ItemForm:
    """The form for the words of this thing."""
    form.say_readers(words.readers(found.shelf))
    form.has_file = found.item.file is not None
    if not found.shelf.trajectory:
        form.area.offer(areas_in(found.shelf.partnership.id))
    return form


def edit(found: ShelvedItem) -> ResponseReturnValue:
    """A form with what is stored."""
    open_to_put(found.shelf)
    form = edit_form(found, ItemForm(formdata=None))
    form.show(found.item.fields)
    return _edit_page(found, form)


def change(found: ShelvedItem) -> ResponseReturnValue:
    """Change its words; where somebody else was faster, let the sender choose."""
    open_to_put(found.shelf)
    form = edit_form(found, ItemForm())
    if not form.validate():
        return _edit_page(found, form), 422
    try:
        service.change(found, form.sent, get_actor().person_id)
    except Overtaken as clash:
        return _edit_page(found, form, form.let_choose(clash)), 409
    flash(_("Saved."))
    return see_other(address(found.shelf, "item", item_id=found.id))


def _edit_page(found: ShelvedItem, form: ItemForm, elsewhere: Fields | None = None) -> str:
    return _render("edit", found.shelf, item=found.item, form=form, elsewhere=elsewhere or {})


def ask_take_off(found: ShelvedItem) -> ResponseReturnValue:
    """Say what taking it off means, and ask once more."""
    return _render("take_off", found.shelf, item=found.item)


def take_off(found: ShelvedItem) -> ResponseReturnValue:
    """Take it off."""
    actor = get_actor()
    service.take_off(found, actor.person_id)
    flash(_("“%(title)s” is off the shelf.", title=found.item.title))
    read = READ_SHELF if found.shelf.trajectory else READ_PARTNERSHIP_SHELF
    is_in = read.opens_to(actor, found.shelf.facts)
    return see_other(address(found.shelf, "show") if is_in else url_for("home.start"))


def send(found: ShelvedItem) -> Response:
    """The file of a thing, to save. It can do nothing in a browser, whatever is in it."""
    file = found.item.file
    if file is None:
        abort(404)
    path = files.path_of(file.id)
    if not path.is_file():
        raise NotFound(
            _("This file is not here any more"),
            _("Ask whoever put it on the shelf for it, or an administrator: a backup may have it."),
        )
    response = send_file(
        path,
        mimetype=file.kind.mimetype,
        as_attachment=True,
        download_name=file.name,
        conditional=False,
        etag=False,
        max_age=None,
    )
    response.headers["Content-Security-Policy"] = FILE_POLICY
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _render(page: str, shelf: Shelf, **values: object) -> str:
    return render_template(
        f"cycle/shelf/{page}.html",
        layout="cycle/base.html" if shelf.trajectory else "partnerships/base.html",
        shelf=shelf,
        trajectory=shelf.trajectory,
        partnership=shelf.partnership,
        to=partial(address, shelf),
        sections=words.SECTIONS,
        size=words.size,
        **values,
    )
