"""The pages around a partnership's questionnaire: its versions, its draft, and publishing."""

import uuid

from flask import Blueprint, flash, render_template, request, url_for
from flask.typing import ResponseReturnValue

from zetwpo.accounts.guard import get_actor, needs
from zetwpo.accounts.policy import EDIT_QUESTIONNAIRE
from zetwpo.accounts.queries import PartnershipCard
from zetwpo.errors import BadInput
from zetwpo.fields import StrangeButton
from zetwpo.i18n import gettext as _
from zetwpo.library import service as content
from zetwpo.library.kinds import QUESTIONNAIRE
from zetwpo.library.queries import DraftView, current_for
from zetwpo.library.service import NoDraft, NotReady, Overtaken
from zetwpo.questionnaires import queries, rules, service
from zetwpo.questionnaires.differences import differences
from zetwpo.questionnaires.editing_routes import routes as editing_routes
from zetwpo.questionnaires.file_routes import routes as file_routes
from zetwpo.questionnaires.outline import outline_of, place_of
from zetwpo.questionnaires.places import place, seen_revision, where
from zetwpo.questionnaires.preview import preview_of_part
from zetwpo.questionnaires.rules import DOWN, UP, SpeaksOfMore
from zetwpo.questionnaires.subjects import form_title, said
from zetwpo.web import see_other

routes = Blueprint(
    "questionnaires", __name__, url_prefix="/partnerships/<uuid:partnership_id>/questionnaire"
)
routes.register_blueprint(editing_routes)
routes.register_blueprint(file_routes)

ITEM = "<any(statement, behaviour):kind>/<key>"
STEPS = {"up": UP, "down": DOWN}


@routes.get("")
@needs(EDIT_QUESTIONNAIRE)
def overview(partnership_id: uuid.UUID) -> ResponseReturnValue:
    """What new scans use, what is being written, and every version before."""
    here = place(partnership_id)
    return render_template(
        "questionnaires/overview.html", partnership=here, page=queries.overview_of(partnership_id)
    )


@routes.get("/versions/<int:number>")
@needs(EDIT_QUESTIONNAIRE)
def version(partnership_id: uuid.UUID, number: int) -> ResponseReturnValue:
    """Every statement of a version that was published; number 0 is the product's."""
    here = place(partnership_id)
    found = queries.document_of(queries.get_version(partnership_id, number))
    versions = queries.overview_of(partnership_id).versions
    return render_template(
        "questionnaires/version.html",
        partnership=here,
        number=number,
        published=next((each for each in versions if each.number == number), None),
        outline=outline_of(found),
        titles=_titles(found),
        said=said,
    )


@routes.post("/start")
@needs(EDIT_QUESTIONNAIRE)
def start(partnership_id: uuid.UUID) -> ResponseReturnValue:
    """Begin with what new scans use now, or go on with the draft that there is."""
    place(partnership_id)
    return see_other(where(content.start_draft(partnership_id, get_actor().person_id)))


@routes.post("/versions/<int:number>/start")
@needs(EDIT_QUESTIONNAIRE)
def start_from(partnership_id: uuid.UUID, number: int) -> ResponseReturnValue:
    """Begin with this version; a draft that there is stays as it is."""
    place(partnership_id)
    found = queries.get_version(partnership_id, number)
    if queries.overview_of(partnership_id).draft:
        flash(_("There is a draft already. It stays as it is; throw it away first."), "error")
        return see_other(url_for(".overview", partnership_id=partnership_id))
    actor_id = get_actor().person_id
    new = content.start_draft(partnership_id, actor_id)
    document = queries.document_of(found)
    return see_other(where(content.save_draft(partnership_id, document, new.revision, actor_id)))


@routes.get("/draft")
@needs(EDIT_QUESTIONNAIRE)
def draft(partnership_id: uuid.UUID) -> ResponseReturnValue:
    """The whole draft: each part, its behaviours, and what each form asks about them."""
    here = place(partnership_id)
    found = service.get_draft(partnership_id)
    notes = queries.notes_on(found.document)
    outline = outline_of(found.document, [*notes.to_mend, *notes.advice])
    return render_template(
        "questionnaires/draft.html",
        partnership=here,
        draft=found,
        changed_by=queries.changed_by(found),
        notes=notes,
        outline=outline,
        names=outline.names,
        place_of=place_of,
        titles=_titles(found.document),
        said=said,
    )


@routes.post(f"/draft/{ITEM}/move")
@needs(EDIT_QUESTIONNAIRE)
def move(partnership_id: uuid.UUID, kind: str, key: str) -> ResponseReturnValue:
    """One place up or down."""
    place(partnership_id)
    step = STEPS.get(request.form.get("step", ""))
    if step is None:
        raise _strange()
    form, _dash, name = key.partition("-")
    found = service.edit(
        partnership_id,
        get_actor().person_id,
        lambda document: (
            rules.move_statement(document, form, name, step)
            if kind == "statement"
            else rules.move_behaviour(document, key, step)
        ),
    )
    return see_other(f"{where(found)}#{kind}-{key}")


@routes.post("/draft/behaviour/<key>/to")
@needs(EDIT_QUESTIONNAIRE)
def move_to(partnership_id: uuid.UUID, key: str) -> ResponseReturnValue:
    """To another part, with its statements."""
    place(partnership_id)
    axis = request.form.get("part", "")
    try:
        found = service.edit(
            partnership_id,
            get_actor().person_id,
            lambda document: rules.move_behaviour_to(document, key, axis),
        )
    except SpeaksOfMore as error:
        flash(
            _(
                "This stays where it is: “%(statement)s” is also about another behaviour. "
                "Let that statement be about one of the two first.",
                statement=said(rules.words_of(error.statement["text"])),
            ),
            "error",
        )
        here = url_for(".draft", partnership_id=partnership_id)
        return see_other(here)
    return see_other(f"{where(found)}#behaviour-{key}")


@routes.get(f"/draft/{ITEM}/drop")
@needs(EDIT_QUESTIONNAIRE)
def ask_to_drop(partnership_id: uuid.UUID, kind: str, key: str) -> ResponseReturnValue:
    """Ask once more, with what goes along."""
    here = place(partnership_id)
    draft = service.get_draft(partnership_id)
    subject, document = service.get_subject(draft, kind, key), draft.document
    gone = {
        form: [
            rules.words_of(each["text"])
            for each in rules.statements_about(document, form, key)
            if each["behaviours"] == [key]
        ]
        for form in document["forms"]
        if kind == "behaviour"
    }
    return render_template(
        "questionnaires/drop.html",
        partnership=here,
        kind=kind,
        key=key,
        subject=subject,
        gone=gone,
        titles=_titles(document),
        said=said,
    )


@routes.post(f"/draft/{ITEM}/drop")
@needs(EDIT_QUESTIONNAIRE)
def drop(partnership_id: uuid.UUID, kind: str, key: str) -> ResponseReturnValue:
    """No longer ask this. What was published keeps it."""
    place(partnership_id)
    subject = service.get_subject(service.get_draft(partnership_id), kind, key)
    form, _dash, name = key.partition("-")
    found = service.edit(
        partnership_id,
        get_actor().person_id,
        lambda new: (
            rules.drop_statement(new, form, name)
            if kind == "statement"
            else rules.drop_behaviour(new, key)
        ),
    )
    flash(_("Dropped. Versions that were published keep it."))
    after = f"behaviour-{subject.behaviour}" if kind == "statement" else f"part-{subject.axis}"
    return see_other(f"{where(found)}#{after}")


@routes.get("/draft/preview")
@needs(EDIT_QUESTIONNAIRE)
def preview(partnership_id: uuid.UUID) -> ResponseReturnValue:
    """A part of the three forms as on a phone, and the spider."""
    here = place(partnership_id)
    found = service.get_draft(partnership_id)
    questionnaire = QUESTIONNAIRE.parse(found.document)
    known = [axis.key for axis in questionnaire.axes]
    wanted = request.args.get("part", "")
    axis = wanted if wanted in known else known[0]
    return render_template(
        "questionnaires/preview.html",
        partnership=here,
        axes=questionnaire.axes,
        axis=axis,
        preview=preview_of_part(questionnaire, axis),
    )


@routes.get("/draft/publish")
@needs(EDIT_QUESTIONNAIRE)
def ask_to_publish(partnership_id: uuid.UUID) -> ResponseReturnValue:
    """What changes, what has to be mended, and what publishing means."""
    return _publish_page(place(partnership_id), service.get_draft(partnership_id))


@routes.post("/draft/publish")
@needs(EDIT_QUESTIONNAIRE)
def publish(partnership_id: uuid.UUID) -> ResponseReturnValue:
    """Let new scans use it from now on. A second click finds that it happened."""
    here = place(partnership_id)
    back = url_for(".overview", partnership_id=partnership_id)
    try:
        number = content.publish(partnership_id, seen_revision(), get_actor().person_id)
    except NoDraft:
        flash(_("This draft was published or thrown away already. Below is what there is now."))
        return see_other(back)
    except Overtaken as overtaken:
        return _publish_page(here, overtaken.draft, is_overtaken=True), overtaken.status
    except NotReady as unready:
        return _publish_page(here, service.get_draft(partnership_id)), unready.status
    flash(_("Version %(number)s is published. New scans use it from now on.", number=number))
    return see_other(back)


@routes.get("/draft/discard")
@needs(EDIT_QUESTIONNAIRE)
def ask_to_discard(partnership_id: uuid.UUID) -> ResponseReturnValue:
    """Ask once more, and say whose work it is."""
    here = place(partnership_id)
    found = service.get_draft(partnership_id)
    return render_template(
        "questionnaires/discard.html",
        partnership=here,
        draft=found,
        changed_by=queries.changed_by(found),
    )


@routes.post("/draft/discard")
@needs(EDIT_QUESTIONNAIRE)
def discard(partnership_id: uuid.UUID) -> ResponseReturnValue:
    """Throw the draft away as it was shown."""
    place(partnership_id)
    content.discard_draft(partnership_id, seen_revision(), get_actor().person_id)
    flash(_("The draft is thrown away. New scans use what they used before."))
    return see_other(url_for(".overview", partnership_id=partnership_id))


def _publish_page(here: PartnershipCard, found: DraftView, *, is_overtaken: bool = False) -> str:
    used = queries.document_of(current_for(here.id))
    notes = queries.notes_on(found.document)
    return render_template(
        "questionnaires/publish.html",
        partnership=here,
        draft=found,
        changed_by=queries.changed_by(found),
        is_overtaken=is_overtaken,
        notes=notes,
        names=outline_of(found.document).names,
        place_of=place_of,
        changes=differences(used, found.document),
        axis_titles={
            axis["key"]: said(rules.words_of(axis["title"]))
            for axis in rules.axes_of(found.document)
        },
        titles=_titles(found.document),
        said=said,
    )


def _titles(document: rules.Document) -> dict[str, str]:
    """What each form is called, in the language of the page."""
    return {form: form_title(document, form) for form in document["forms"]}


def _strange() -> BadInput:
    return StrangeButton(_("Go back to the draft and choose again. Nothing changed."))
