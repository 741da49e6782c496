"""The pages of the schools and institutes of a partnership."""

import uuid

from flask import Blueprint, flash, render_template, url_for
from flask.typing import ResponseReturnValue

from zetwpo.accounts.guard import authorised, get_actor, needs
from zetwpo.accounts.policy import MANAGE_SCHOOLS
from zetwpo.accounts.queries import PartnershipCard, find_partnership_card
from zetwpo.edits import Fields, Overtaken
from zetwpo.i18n import gettext as _
from zetwpo.partnerships.schools import service
from zetwpo.partnerships.schools.forms import SchoolForm
from zetwpo.partnerships.schools.queries import SchoolCard, find_school, schools_of
from zetwpo.partnerships.schools.service import NameTaken, TooMany
from zetwpo.web import see_other

routes = Blueprint("schools", __name__, url_prefix="/partnerships/<uuid:partnership_id>/schools")


@routes.get("")
@needs(MANAGE_SCHOOLS)
def overview(partnership_id: uuid.UUID) -> ResponseReturnValue:
    """All of them, with a form to add one."""
    partnership = authorised(find_partnership_card(partnership_id))
    return _list(partnership, SchoolForm(formdata=None))


@routes.post("")
@needs(MANAGE_SCHOOLS)
def add(partnership_id: uuid.UUID) -> ResponseReturnValue:
    """Add one."""
    partnership = authorised(find_partnership_card(partnership_id))
    form = SchoolForm()
    if not form.validate():
        return _list(partnership, form), 422
    name, kind = form.name.data or "", form.kind.data
    try:
        service.add(partnership_id, name, kind, get_actor().person_id)
    except NameTaken as taken:
        form.name.errors = [_name_taken(taken.other)]
        return _list(partnership, form), 422
    except TooMany:
        form.name.errors = [_("There is no room for more. Ask for help to make room.")]
        return _list(partnership, form), 422
    flash(_("%(name)s is added.", name=name))
    return see_other(url_for(".overview", partnership_id=partnership_id))


@routes.get("/<uuid:school_id>")
@needs(MANAGE_SCHOOLS)
def edit(partnership_id: uuid.UUID, school_id: uuid.UUID) -> ResponseReturnValue:
    """Its name and kind, to change them; and the way to close it."""
    partnership, school = _open(partnership_id, school_id)
    form = SchoolForm(formdata=None)
    form.show(school.fields)
    return _one(partnership, school, form)


@routes.post("/<uuid:school_id>")
@needs(MANAGE_SCHOOLS)
def change(partnership_id: uuid.UUID, school_id: uuid.UUID) -> ResponseReturnValue:
    """Change its name or kind; where somebody else was faster, let the sender choose."""
    partnership, school = _open(partnership_id, school_id, to_write=True)
    form = SchoolForm()
    if not form.validate():
        return _one(partnership, school, form), 422
    try:
        service.change(school, form.sent, get_actor().person_id)
    except NameTaken as taken:
        form.name.errors = [_name_taken(taken.other)]
        return _one(partnership, school, form), 422
    except Overtaken as clash:
        return _one(partnership, school, form, form.let_choose(clash)), 409
    flash(_("Saved."))
    return see_other(url_for(".overview", partnership_id=partnership_id))


@routes.get("/<uuid:school_id>/close")
@needs(MANAGE_SCHOOLS)
def ask_close(partnership_id: uuid.UUID, school_id: uuid.UUID) -> ResponseReturnValue:
    """Say what closing it means, and ask once more."""
    partnership, school = _open(partnership_id, school_id)
    if school.is_closed:
        return see_other(url_for(".edit", partnership_id=partnership_id, school_id=school_id))
    return render_template(
        "partnerships/schools/close.html", partnership=partnership, school=school
    )


@routes.post("/<uuid:school_id>/close")
@needs(MANAGE_SCHOOLS)
def close(partnership_id: uuid.UUID, school_id: uuid.UUID) -> ResponseReturnValue:
    """Close it."""
    _partnership, school = _open(partnership_id, school_id, to_write=True)
    service.close(school, get_actor().person_id)
    flash(_("%(name)s is closed.", name=school.name))
    return see_other(url_for(".overview", partnership_id=partnership_id))


@routes.post("/<uuid:school_id>/reopen")
@needs(MANAGE_SCHOOLS)
def reopen(partnership_id: uuid.UUID, school_id: uuid.UUID) -> ResponseReturnValue:
    """Open it again."""
    _partnership, school = _open(partnership_id, school_id, to_write=True)
    service.reopen(school, get_actor().person_id)
    flash(_("%(name)s is open again.", name=school.name))
    return see_other(url_for(".overview", partnership_id=partnership_id))


def _open(
    partnership_id: uuid.UUID, school_id: uuid.UUID, *, to_write: bool = False
) -> tuple[PartnershipCard, SchoolCard]:
    partnership = authorised(find_partnership_card(partnership_id))
    found = find_school(school_id, to_write=to_write)
    # Of another partnership of the same administrator: here there is no such school.
    is_here = found is not None and found.partnership_id == partnership_id
    return partnership, authorised(found if is_here else None)


def _name_taken(other: SchoolCard) -> str:
    if other.is_closed:
        return _(
            "%(name)s is in the list already, closed. Open it again, or take another name.",
            name=other.name,
        )
    return _("%(name)s is in the list already.", name=other.name)


def _list(partnership: PartnershipCard, form: SchoolForm) -> str:
    return render_template(
        "partnerships/schools/overview.html",
        partnership=partnership,
        form=form,
        schools=schools_of(partnership.id),
    )


def _one(
    partnership: PartnershipCard,
    school: SchoolCard,
    form: SchoolForm,
    elsewhere: Fields | None = None,
) -> str:
    return render_template(
        "partnerships/schools/school.html",
        partnership=partnership,
        school=school,
        form=form,
        elsewhere=elsewhere or {},
    )
