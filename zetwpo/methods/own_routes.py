"""The methods that a partnership keeps itself: made, changed, published and withdrawn."""

import re
import uuid

from flask import Blueprint, flash, jsonify, render_template, request, url_for
from flask.typing import ResponseReturnValue

from zetwpo.accounts.guard import get_actor, needs
from zetwpo.accounts.policy import EDIT_METHODS
from zetwpo.accounts.queries import PartnershipCard
from zetwpo.edits import Fields, Overtaken
from zetwpo.errors import BadInput
from zetwpo.fields import StrangeButton
from zetwpo.i18n import gettext as _
from zetwpo.library import service as content
from zetwpo.library.kinds import METHOD, made_key
from zetwpo.library.method_words import card_words
from zetwpo.library.methods import Method, phases
from zetwpo.library.problems import Unreadable, advice, to_mend
from zetwpo.library.queries import DraftView, check
from zetwpo.library.rules import MOST_STEPS, MOST_VARIANTS
from zetwpo.library.service import NoDraft, NothingNew, NotReady
from zetwpo.library.service import Overtaken as DraftOvertaken
from zetwpo.methods import queries, service
from zetwpo.methods.document import DOWN, UP, VARIANT, Row, fields_of, new_keys, step_keys, write
from zetwpo.methods.forms import MethodForm, form_for
from zetwpo.methods.places import place, seen_revision
from zetwpo.web import see_other

routes = Blueprint("own", __name__, url_prefix="/own")

MADE = re.compile(r"made_[0-9a-f]{32}")
PLACES = {"up": UP, "down": DOWN}
# Steps that a page may send: those that fit, and those that somebody else added meanwhile.
MOST_ROWS = 3 * MOST_STEPS
# Where a draft that nobody keeps yet is shown in a preview.
PREVIEWED = "preview"


@routes.get("")
@needs(EDIT_METHODS)
def overview(partnership_id: uuid.UUID) -> ResponseReturnValue:
    """What is being made, what stands in the library, and what was taken out of it."""
    here = place(partnership_id)
    return render_template(
        "methods/own.html", partnership=here, own=queries.own_overview(partnership_id)
    )


@routes.get("/new")
@needs(EDIT_METHODS)
def new(partnership_id: uuid.UUID) -> ResponseReturnValue:
    """An empty page for a new one."""
    here = place(partnership_id)
    form = _form({})
    form.show(fields_of({}))
    return _page(here, form, made_key())


@routes.post("/new")
@needs(EDIT_METHODS)
def begin(partnership_id: uuid.UUID) -> ResponseReturnValue:
    """Keep it as a draft."""
    here = place(partnership_id)
    key = request.form.get("key", "")
    if not MADE.fullmatch(key):
        raise BadInput(
            _("This form does not belong to this page"),
            _("Open the page for a new method once more, and send it from there."),
        )
    form = _form({})
    if not form.validate():
        return _page(here, form, key), 422
    try:
        draft = service.begin(partnership_id, key, form.sent, get_actor().person_id)
    except Unreadable as error:
        form.place(error.problems)
        return _page(here, form, key), 422
    except Overtaken as clash:
        return _page(here, form, key, elsewhere=form.let_choose(clash)), 409
    return _saved(draft)


@routes.post("/from/<key>")
@needs(EDIT_METHODS)
def begin_with(partnership_id: uuid.UUID, key: str) -> ResponseReturnValue:
    """Change an own one, or make one of the own after one of the product's."""
    place(partnership_id)
    found = queries.get_method(partnership_id, key)
    own = found.key if service.is_own(found) else made_key()
    draft = service.begin_with(partnership_id, found, own, get_actor().person_id)
    return see_other(url_for(".edit", partnership_id=partnership_id, key=draft.key))


@routes.get("/<key>")
@needs(EDIT_METHODS)
def edit(partnership_id: uuid.UUID, key: str) -> ResponseReturnValue:
    """The draft, to change it."""
    here = place(partnership_id)
    draft = service.get_draft(partnership_id, key)
    form = _form(fields_of(draft.document))
    form.show(fields_of(draft.document))
    return _page(here, form, key, draft)


@routes.post("/<key>")
@needs(EDIT_METHODS)
def save(partnership_id: uuid.UUID, key: str) -> ResponseReturnValue:
    """Keep what was sent, and show the card that it makes."""
    answer = _save(place(partnership_id), key)
    return _saved(answer) if isinstance(answer, DraftView) else answer


@routes.post("/<key>/steps/<step>/move")
@needs(EDIT_METHODS)
def move(partnership_id: uuid.UUID, key: str, step: str) -> ResponseReturnValue:
    """Keep what was sent, and move a step one place up or down."""
    here = place(partnership_id)
    places = PLACES.get(request.form.get("places", ""))
    if places is None:
        raise StrangeButton(_("Go back to the method and choose again. Nothing changed."))
    answer = _save(here, key)
    if not isinstance(answer, DraftView):
        return answer
    service.move(partnership_id, key, step, places, get_actor().person_id)
    return _back_to_step(here, key, step)


@routes.post("/<key>/steps/<step>/drop")
@needs(EDIT_METHODS)
def drop(partnership_id: uuid.UUID, key: str, step: str) -> ResponseReturnValue:
    """Keep what was sent, and drop a step."""
    here = place(partnership_id)
    answer = _save(here, key)
    if not isinstance(answer, DraftView):
        return answer
    left = service.drop(partnership_id, key, step, get_actor().person_id)
    if step in step_keys(fields_of(left.document)):
        flash(_("A method has one step at least. Write another one first."), "error")
        return _back_to_step(here, key, step)
    flash(_("The step is dropped."))
    return see_other(f"{url_for('.edit', partnership_id=partnership_id, key=key)}#steps")


@routes.post("/new/preview")
@routes.post("/<key>/preview")
@needs(EDIT_METHODS)
def preview(partnership_id: uuid.UUID, key: str = "") -> ResponseReturnValue:
    """The page with what was typed and its card; nothing is stored."""
    here = place(partnership_id)
    draft = service.get_draft(partnership_id, key) if key else None
    form = _form(fields_of(draft.document) if draft else {})
    form.validate()
    return _page(here, form, key or request.form.get("key", ""), draft)


@routes.post("/new/card")
@routes.post("/<key>/card")
@needs(EDIT_METHODS)
def card(partnership_id: uuid.UUID, key: str = "") -> ResponseReturnValue:
    """The card of what was typed, for the script of the page; nothing is stored."""
    place(partnership_id)
    draft = service.get_draft(partnership_id, key) if key else None
    form = _form(fields_of(draft.document) if draft else {})
    return jsonify(html=render_template("methods/preview.html", **_preview(form, draft)))


@routes.get("/<key>/look")
@needs(EDIT_METHODS)
def look(partnership_id: uuid.UUID, key: str) -> ResponseReturnValue:
    """The card as it will look, and the way to publish it."""
    return _look_page(place(partnership_id), service.get_draft(partnership_id, key))


@routes.post("/<key>/look")
@needs(EDIT_METHODS)
def publish(partnership_id: uuid.UUID, key: str) -> ResponseReturnValue:
    """Put it in the library. A second click finds that it happened."""
    here = place(partnership_id)
    library = url_for("methods.method", partnership_id=partnership_id, key=key)
    try:
        content.publish(partnership_id, seen_revision(), get_actor().person_id, METHOD, key)
    except NoDraft:
        flash(_("This draft was published or thrown away already. Below is what there is now."))
        return see_other(url_for(".overview", partnership_id=partnership_id))
    except NothingNew:
        flash(_("This says the same as what stands in the library."))
        return see_other(url_for(".look", partnership_id=partnership_id, key=key))
    except DraftOvertaken as overtaken:
        return _look_page(here, overtaken.draft, is_overtaken=True), overtaken.status
    except NotReady as unready:
        return _look_page(here, service.get_draft(partnership_id, key)), unready.status
    flash(_("It stands in the library now, for everybody with a role in your partnership."))
    return see_other(library)


@routes.get("/<key>/discard")
@needs(EDIT_METHODS)
def ask_to_discard(partnership_id: uuid.UUID, key: str) -> ResponseReturnValue:
    """Ask once more, and say whose work it is."""
    here = place(partnership_id)
    draft = service.get_draft(partnership_id, key)
    return render_template(
        "methods/discard.html",
        partnership=here,
        draft=draft,
        title=fields_of(draft.document)["title"],
        changed_by=queries.changed_by(draft),
    )


@routes.post("/<key>/discard")
@needs(EDIT_METHODS)
def discard(partnership_id: uuid.UUID, key: str) -> ResponseReturnValue:
    """Throw the draft away as it was shown."""
    place(partnership_id)
    back = url_for(".overview", partnership_id=partnership_id)
    try:
        actor_id = get_actor().person_id
        content.discard_draft(partnership_id, seen_revision(), actor_id, METHOD, key)
    except NoDraft:
        flash(_("This draft was published or thrown away already. Below is what there is now."))
        return see_other(back)
    flash(_("The draft is thrown away. What was published stays."))
    return see_other(back)


@routes.get("/<key>/withdraw")
@needs(EDIT_METHODS)
def ask_to_withdraw(partnership_id: uuid.UUID, key: str) -> ResponseReturnValue:
    """Ask once more, and say what stays."""
    here = place(partnership_id)
    found = service.get_own(partnership_id, key)
    return render_template("methods/withdraw.html", partnership=here, method=found)


@routes.post("/<key>/withdraw")
@needs(EDIT_METHODS)
def withdraw(partnership_id: uuid.UUID, key: str) -> ResponseReturnValue:
    """Take it out of the library."""
    place(partnership_id)
    service.withdraw(partnership_id, key, get_actor().person_id)
    flash(_("It is taken out of the library. Where it was used, it stays."))
    return see_other(url_for(".overview", partnership_id=partnership_id))


@routes.post("/<key>/bring-back")
@needs(EDIT_METHODS)
def bring_back(partnership_id: uuid.UUID, key: str) -> ResponseReturnValue:
    """Put it in the library again."""
    place(partnership_id)
    service.bring_back(partnership_id, key, get_actor().person_id)
    flash(_("It stands in the library again."))
    return see_other(url_for(".overview", partnership_id=partnership_id))


def _save(here: PartnershipCard, key: str) -> DraftView | ResponseReturnValue:
    """Keep what the page sent; where that cannot be, the page that says why."""
    draft = service.get_draft(here.id, key)
    form = _form(fields_of(draft.document))
    if not form.validate():
        return _page(here, form, key, draft), 422
    try:
        return service.save(here.id, key, form.sent, get_actor().person_id)
    except Unreadable as error:
        form.place(error.problems)
        return _page(here, form, key, draft), 422
    except Overtaken as clash:
        return _page(here, form, key, draft, form.let_choose(clash)), 409


def _saved(draft: DraftView) -> ResponseReturnValue:
    return see_other(url_for(".look", partnership_id=draft.partnership_id, key=draft.key))


def _back_to_step(here: PartnershipCard, key: str, step: str) -> ResponseReturnValue:
    return see_other(f"{url_for('.edit', partnership_id=here.id, key=key)}#step-{step}")


def _form(stored: Fields) -> MethodForm:
    """The form with the steps that are stored, those that came in, and room for more."""
    known = step_keys(stored)
    sent = [key for key in step_keys(request.form) if key not in known]
    taken = [*known, *sent][:MOST_ROWS]
    room = new_keys(str(get_actor().person_id), taken)[: max(0, MOST_STEPS - len(taken))]
    rows = [Row(key, key in known) for key in (*taken, *room)]
    return form_for(rows)() if request.method == "POST" else form_for(rows)(formdata=None)


def _page(
    here: PartnershipCard,
    form: MethodForm,
    key: str,
    draft: DraftView | None = None,
    elsewhere: Fields | None = None,
) -> str:
    return render_template(
        "methods/edit.html",
        partnership=here,
        form=form,
        key=key,
        draft=draft,
        elsewhere=elsewhere or {},
        changed_by=queries.changed_by(draft) if draft and elsewhere else "",
        phases=phases(),
        **_preview(form, draft),
    )


def _preview(form: MethodForm, draft: DraftView | None) -> dict[str, object]:
    """The card of what stands in the form, with dots for what is not there yet."""
    fields = {name: str(form[name].data or "") for name in form.edited}
    document = write(draft.document if draft else {}, _dotted(fields))
    try:
        found = METHOD.parse(METHOD.known_as(document, PREVIEWED, 1))
    except Unreadable as error:
        return {"previewed": None, "problems": _messages(error), **card_words()}
    return {"previewed": found, "problems": [], **card_words()}


def _dotted(fields: Fields) -> Fields:
    """The same with dots in what has to stand there."""
    dots = {name: "…" for name in ("title", "good_for", "what") if not fields[name]}
    if not fields["phases"]:
        dots["phases"] = phases()[0].key
    rows = [Row(key).names() for key in step_keys(fields)]
    begun = [row for row in rows if any(fields[name] for name in row.values())]
    told = [[f"variant_{number}_{name}" for name in VARIANT] for number in range(MOST_VARIANTS)]
    for names in told:
        if any(fields[name] for name in names):
            dots |= {name: "…" for name in names if not fields[name]}
    for row in begun or rows[:1]:
        dots |= {row[name]: "…" for name in ("title", "text") if not fields[row[name]]}
    return {**fields, **dots}


def _messages(error: Unreadable) -> list[str]:
    return list(dict.fromkeys(str(each.message) for each in error.problems))


def _look_page(here: PartnershipCard, draft: DraftView, *, is_overtaken: bool = False) -> str:
    found: Method = METHOD.parse(draft.document)
    problems = check(draft.document, METHOD)
    return render_template(
        "methods/look.html",
        partnership=here,
        draft=draft,
        method=found,
        changed_by=queries.changed_by(draft),
        is_overtaken=is_overtaken,
        to_mend=to_mend(problems),
        advice=advice(problems),
        **card_words(),
    )
