"""The pages with which an administrator looks after people."""

import uuid

from flask import Blueprint, flash, render_template, request, url_for
from flask.typing import ResponseReturnValue

from zetwpo.accounts.actors import Role
from zetwpo.accounts.address_change import service as addresses
from zetwpo.accounts.address_change.letters import CONFIRM
from zetwpo.accounts.address_change.queries import ChangeCard, find_change
from zetwpo.accounts.admission import Admitted
from zetwpo.accounts.guard import authorised, get_actor, needs
from zetwpo.accounts.policy import MANAGE_PEOPLE
from zetwpo.accounts.queries import PartnershipCard, find_partnership_card
from zetwpo.clock import now
from zetwpo.edits import Fields, Overtaken
from zetwpo.i18n import gettext as _
from zetwpo.mail.queries import find_failures, find_last
from zetwpo.mail.service import leaves_at
from zetwpo.partnerships.people import service
from zetwpo.partnerships.people.forms import (
    WITHOUT_ROLE,
    CorrectForm,
    GiveForm,
    InviteForm,
    OtherAddressForm,
    as_query,
    read_wanted,
    role_choices,
)
from zetwpo.partnerships.people.letters import WELCOME
from zetwpo.partnerships.people.queries import (
    MembershipCard,
    PersonHere,
    find_person_here,
    list_people,
    schools_to_choose,
    was_administrator,
)
from zetwpo.partnerships.people.service import (
    HasCome,
    LastAdministrator,
    NoSuchSchool,
    RolesChanged,
)
from zetwpo.partnerships.people.words import ASKED
from zetwpo.web import local_path, see_other

routes = Blueprint("people", __name__, url_prefix="/partnerships/<uuid:partnership_id>/people")


@routes.get("")
@needs(MANAGE_PEOPLE)
def overview(partnership_id: uuid.UUID) -> ResponseReturnValue:
    """Everybody, or whom somebody looks for, a page of them."""
    partnership = authorised(find_partnership_card(partnership_id))
    schools = schools_to_choose(partnership_id)
    wanted = read_wanted(request.args, schools)
    return render_template(
        "partnerships/people/overview.html",
        partnership=partnership,
        wanted=wanted,
        query=as_query(wanted),
        schools=schools,
        roles=role_choices(),
        without_role=WITHOUT_ROLE,
        people=list_people(partnership_id, wanted),
    )


# ------------------------------------------------------------------------------------ inviting


@routes.get("/invite")
@needs(MANAGE_PEOPLE)
def ask_invite(partnership_id: uuid.UUID) -> ResponseReturnValue:
    """Whom to invite, and as what."""
    partnership = authorised(find_partnership_card(partnership_id))
    return _invite(partnership, InviteForm(formdata=None))


@routes.post("/invite")
@needs(MANAGE_PEOPLE)
def invite(partnership_id: uuid.UUID) -> ResponseReturnValue:
    """Invite one person."""
    partnership = authorised(find_partnership_card(partnership_id))
    form = InviteForm()
    form.school.offer(schools_to_choose(partnership_id))
    if not form.validate():
        return _invite(partnership, form), 422
    newcomer = form.newcomer
    try:
        admitted = service.invite(partnership_id, newcomer, get_actor().person_id)
    except NoSuchSchool:
        form.school.errors = [_("Choose a school from the list. This one closed.")]
        return _invite(partnership, form), 409
    person = find_person_here(partnership_id, admitted.person_id)
    if person is not None:
        _tell(person, admitted, newcomer.name)
    return see_other(_path(partnership_id, admitted.person_id))


def _tell(person: PersonHere, admitted: Admitted, name: str) -> None:
    if admitted.is_new:
        flash(_("%(name)s is invited.", name=person.name))
    elif admitted.given:
        flash(_("%(name)s was here already, and has got the role.", name=person.name))
    else:
        flash(_("%(name)s was here already with this role. Nothing changed.", name=person.name))
    if not admitted.is_new:
        _tell_name(person, name)


def _tell_name(person: PersonHere, written: str) -> None:
    """Where somebody is here under another name than the one that was written."""
    if person.name != written:
        flash(
            _(
                "You wrote %(written)s. The name that this person has here stays: %(name)s.",
                written=written,
                name=person.name,
            )
        )


def _invite(partnership: PartnershipCard, form: InviteForm) -> str:
    form.school.offer(schools_to_choose(partnership.id))
    moment = now()
    return render_template(
        "partnerships/people/invite.html",
        partnership=partnership,
        form=form,
        asked={role.value: words for role, words in ASKED.items()},
        leaves_at=leaves_at(moment),
        leaves_now=leaves_at(moment) == moment,
    )


# ---------------------------------------------------------------------------------- one person


@routes.get("/<uuid:person_id>")
@needs(MANAGE_PEOPLE)
def person(partnership_id: uuid.UUID, person_id: uuid.UUID) -> ResponseReturnValue:
    """What somebody is here and was here, and what can be changed about it."""
    return _person(*_open(partnership_id, person_id), GiveForm(formdata=None))


@routes.post("/<uuid:person_id>/roles")
@needs(MANAGE_PEOPLE)
def give(partnership_id: uuid.UUID, person_id: uuid.UUID) -> ResponseReturnValue:
    """Give another role; where somebody else was faster, show that first."""
    partnership, found = _open(partnership_id, person_id)
    form = GiveForm()
    form.school.offer(schools_to_choose(partnership_id))
    if not form.validate():
        return _person(partnership, found, form), 422
    try:
        service.give(found, form.grant, form.seen.data or "", get_actor().person_id)
    except NoSuchSchool:
        form.school.errors = [_("Choose a school from the list. This one closed.")]
        return _person(partnership, found, form), 409
    except RolesChanged:
        form.role.errors = [
            _(
                "Somebody else changed the roles in the meantime; see above. Click once more to "
                "give this one."
            )
        ]
        return _person(partnership, found, form), 409
    flash(_("%(name)s has this role: %(role)s.", name=found.name, role=form.grant.role.label))
    return see_other(_path(partnership_id, person_id))


@routes.get("/<uuid:person_id>/roles/<uuid:membership_id>/end")
@needs(MANAGE_PEOPLE)
def ask_end(
    partnership_id: uuid.UUID, person_id: uuid.UUID, membership_id: uuid.UUID
) -> ResponseReturnValue:
    """Say what ending a role means, and ask once more."""
    partnership, found = _open(partnership_id, person_id)
    membership = _membership(found, membership_id)
    if not membership.is_held:
        return see_other(_path(partnership_id, person_id))
    return _end(partnership, found, membership)


@routes.post("/<uuid:person_id>/roles/<uuid:membership_id>/end")
@needs(MANAGE_PEOPLE)
def end(
    partnership_id: uuid.UUID, person_id: uuid.UUID, membership_id: uuid.UUID
) -> ResponseReturnValue:
    """End a role."""
    partnership, found = _open(partnership_id, person_id)
    membership = _membership(found, membership_id)
    actor_id = get_actor().person_id
    try:
        service.end(found, membership, request.form.get("seen", ""), actor_id)
    except RolesChanged:
        return _end(partnership, found, membership, is_changed=True), 409
    except LastAdministrator:
        return _end(partnership, found, membership, is_last=True), 409
    role = membership.role
    flash(_("%(name)s no longer has this role: %(role)s.", name=found.name, role=role.label))
    if person_id == actor_id and role is Role.ADMINISTRATOR:
        # This page may be closed to them by now.
        return see_other(url_for("home.start"))
    return see_other(_path(partnership_id, person_id))


@routes.post("/<uuid:person_id>/welcome")
@needs(MANAGE_PEOPLE)
def welcome(partnership_id: uuid.UUID, person_id: uuid.UUID) -> ResponseReturnValue:
    """Send the welcome once more; back to the page on which the button stood."""
    _partnership, found = _open(partnership_id, person_id)
    back = local_path(request.form.get("next"), _path(partnership_id, person_id))
    try:
        is_sent = service.welcome_again(found, get_actor().person_id)
    except HasCome:
        flash(_("%(name)s has signed in meanwhile, and needs no welcome.", name=found.name))
        return see_other(back)
    if is_sent:
        flash(_("The welcome to %(name)s goes out once more.", name=found.name))
    else:
        flash(_("The welcome to %(name)s is on its way already.", name=found.name))
    return see_other(back)


# ---------------------------------------------------------------------- names and addresses


@routes.get("/<uuid:person_id>/mend")
@needs(MANAGE_PEOPLE)
def ask_mend(partnership_id: uuid.UUID, person_id: uuid.UUID) -> ResponseReturnValue:
    """Mend an invitation; of somebody who is here, another address can be asked for."""
    partnership, found = _open(partnership_id, person_id)
    if found.has_come:
        return see_other(
            url_for(".other_address", partnership_id=partnership_id, person_id=person_id)
        )
    form = CorrectForm(formdata=None)
    form.show(found.fields)
    return _correct(partnership, found, form)


@routes.post("/<uuid:person_id>/mend")
@needs(MANAGE_PEOPLE)
def mend(partnership_id: uuid.UUID, person_id: uuid.UUID) -> ResponseReturnValue:
    """Store what was mended in an invitation that nobody has answered."""
    partnership, found = _open(partnership_id, person_id)
    form = CorrectForm()
    is_valid = form.validate()
    if found.has_come:
        return _has_come(partnership, found, form), 409
    if not is_valid:
        return _correct(partnership, found, form), 422
    try:
        now_invited = service.correct(found, form.sent, get_actor().person_id)
    except HasCome:
        return _has_come(partnership, found, form), 409
    except Overtaken as clash:
        return _correct(partnership, found, form, form.let_choose(clash)), 409
    if now_invited == person_id:
        flash(_("The invitation is mended."))
    else:
        flash(_("The invitation is mended. A welcome goes to the new address."))
        after = find_person_here(partnership_id, now_invited)
        if after is not None:
            _tell_name(after, form.name.data or "")
    return see_other(_path(partnership_id, now_invited))


@routes.get("/<uuid:person_id>/address")
@needs(MANAGE_PEOPLE)
def other_address(partnership_id: uuid.UUID, person_id: uuid.UUID) -> ResponseReturnValue:
    """Another address of somebody who has come; an invitation is mended at once."""
    partnership, found = _open(partnership_id, person_id)
    if not found.has_come:
        return see_other(url_for(".ask_mend", partnership_id=partnership_id, person_id=person_id))
    return _ask_address(partnership, found, OtherAddressForm(formdata=None))


@routes.post("/<uuid:person_id>/address")
@needs(MANAGE_PEOPLE)
def ask_address(partnership_id: uuid.UUID, person_id: uuid.UUID) -> ResponseReturnValue:
    """Let a mail be sent to another address, which takes effect once it is confirmed there."""
    partnership, found = _open(partnership_id, person_id)
    form = OtherAddressForm()
    if not form.validate():
        return _ask_address(partnership, found, form), 422
    if not found.has_come:
        return see_other(url_for(".ask_mend", partnership_id=partnership_id, person_id=person_id))
    actor_id = get_actor().person_id
    if addresses.ask_address_change(person_id, form.email.data or "", actor_id):
        flash(_("We sent an email to the new address, and one to the old one."))
    else:
        flash(_("This is the address that we have already. From now on we write it like this."))
    return see_other(_path(partnership_id, person_id))


@routes.post("/<uuid:person_id>/address/keep")
@needs(MANAGE_PEOPLE)
def keep_address(partnership_id: uuid.UUID, person_id: uuid.UUID) -> ResponseReturnValue:
    """Take back that another address was asked for."""
    _partnership, found = _open(partnership_id, person_id)
    if _change(found):
        addresses.take_back(person_id, get_actor().person_id)
        flash(_("The email address stays as it is."))
    return see_other(_path(partnership_id, person_id))


# ------------------------------------------------------------------------------------- helpers


def _open(partnership_id: uuid.UUID, person_id: uuid.UUID) -> tuple[PartnershipCard, PersonHere]:
    partnership = authorised(find_partnership_card(partnership_id))
    return partnership, authorised(find_person_here(partnership_id, person_id))


def _membership(found: PersonHere, membership_id: uuid.UUID) -> MembershipCard:
    own = (each for each in found.memberships if each.id == membership_id)
    return authorised(next(own, None))


def _path(partnership_id: uuid.UUID, person_id: uuid.UUID) -> str:
    return url_for(".person", partnership_id=partnership_id, person_id=person_id)


def _person(partnership: PartnershipCard, found: PersonHere, form: GiveForm) -> str:
    form.seen.data = found.mark
    form.school.offer(schools_to_choose(partnership.id))
    change = _change(found)
    return render_template(
        "partnerships/people/person.html",
        partnership=partnership,
        person=found,
        form=form,
        asked=ASKED,
        welcome=None if found.has_come else find_last(WELCOME, found.welcome_id),
        change=change,
        change_failure=find_failures(CONFIRM, [found.id]).get(found.id) if change else None,
    )


def _change(found: PersonHere) -> ChangeCard | None:
    """The new address that an administrator of this partnership asked for, while it waits.

    What somebody asks for themselves, or in another partnership, is not shown here.
    """
    change = find_change(found.id) if found.has_come else None
    if change is None or not change.is_waiting or change.asked.is_own:
        return None
    return change if was_administrator(found.partnership_id, change.asked_by_id) else None


def _end(
    partnership: PartnershipCard,
    found: PersonHere,
    membership: MembershipCard,
    *,
    is_changed: bool = False,
    is_last: bool = False,
) -> str:
    return render_template(
        "partnerships/people/end.html",
        partnership=partnership,
        person=found,
        membership=membership,
        is_changed=is_changed,
        is_last=is_last,
        is_own=found.id == get_actor().person_id,
    )


def _correct(
    partnership: PartnershipCard,
    found: PersonHere,
    form: CorrectForm,
    elsewhere: Fields | None = None,
) -> str:
    return render_template(
        "partnerships/people/correct.html",
        partnership=partnership,
        person=found,
        form=form,
        elsewhere=elsewhere or {},
    )


def _ask_address(partnership: PartnershipCard, found: PersonHere, form: OtherAddressForm) -> str:
    return render_template(
        "partnerships/people/address.html", partnership=partnership, person=found, form=form
    )


def _has_come(partnership: PartnershipCard, found: PersonHere, form: CorrectForm) -> str:
    """What was typed stands on the page that is left to do it with."""
    other = OtherAddressForm(formdata=None, data={"email": form.email.data})
    other.email.errors = [
        _(
            "%(name)s signed in meanwhile. The name is theirs from now on; another address takes "
            "effect once they confirm it.",
            name=found.name,
        )
    ]
    return _ask_address(partnership, found, other)
