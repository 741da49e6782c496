"""The pages on which the words of a draft are changed, with a preview that follows them."""

import re
import uuid

from flask import Blueprint, flash, jsonify, render_template, request, url_for
from flask.typing import ResponseReturnValue

from zetwpo.accounts.guard import get_actor, needs
from zetwpo.accounts.policy import EDIT_QUESTIONNAIRE
from zetwpo.accounts.queries import PartnershipCard
from zetwpo.edits import Overtaken, to_choose
from zetwpo.i18n import gettext as _
from zetwpo.library.kinds import QUESTIONNAIRE
from zetwpo.library.problems import Unreadable
from zetwpo.library.queries import DraftView
from zetwpo.questionnaires import queries, rules, service
from zetwpo.questionnaires.forms import StatementForm, WordsForm
from zetwpo.questionnaires.outline import place_of
from zetwpo.questionnaires.places import place, where
from zetwpo.questionnaires.preview import Preview, preview_of_behaviour, preview_of_words
from zetwpo.questionnaires.subjects import Subject, form_title, said
from zetwpo.web import local_path, see_other

routes = Blueprint("editing", __name__, url_prefix="/draft")

KINDS = 'any("statement", "new-statement", "behaviour", "new-behaviour", "part")'
ITEM = f"/<{KINDS}:kind>/<key>"
EXAMPLE = re.compile(r"example_(\d{1,3})_nl")


@routes.get(ITEM)
@needs(EDIT_QUESTIONNAIRE)
def show(partnership_id: uuid.UUID, kind: str, key: str) -> ResponseReturnValue:
    """The words as they stand, with a preview."""
    here = place(partnership_id)
    draft = service.get_draft(partnership_id)
    subject = service.get_subject(draft, kind, key)
    form = subject.form_class(formdata=None)
    form.key.data = subject.new_key
    form.show(subject.fields, subject.fields)
    return _page(here, draft, kind, key, subject, form)


@routes.post(ITEM)
@needs(EDIT_QUESTIONNAIRE)
def save(partnership_id: uuid.UUID, kind: str, key: str) -> ResponseReturnValue:
    """Keep the words in the draft, unless somebody else changed the same ones."""
    here = place(partnership_id)
    draft = service.get_draft(partnership_id)
    subject, form = _sent(draft, kind, key)
    if not form.validate():
        return _page(here, draft, kind, key, subject, form), 422
    actor_id = get_actor().person_id
    name = form.key.data or ""
    try:
        if subject.new_key:
            service.add(partnership_id, actor_id, kind, key, form.fields, name)
        else:
            service.write(partnership_id, actor_id, kind, key, form.sent)
    except Unreadable as error:
        form.place(error.problems)
        return _page(here, draft, kind, key, subject, form), 422
    except Overtaken as clash:
        form.show(to_choose(form.sent, clash.stored), clash.stored)
        return _page(here, draft, kind, key, subject, form, clash), 409
    flash(_("Saved in the draft."))
    anchor = f"behaviour-{name}" if kind == "new-behaviour" else subject.anchor
    return see_other(f"{where(draft)}#{anchor}")


@routes.post(f"{ITEM}/preview")
@needs(EDIT_QUESTIONNAIRE)
def preview(partnership_id: uuid.UUID, kind: str, key: str) -> ResponseReturnValue:
    """The page with what was typed and a preview of it; nothing is stored."""
    here = place(partnership_id)
    draft = service.get_draft(partnership_id)
    subject, form = _sent(draft, kind, key)
    form.validate()
    return _page(here, draft, kind, key, subject, form)


@routes.post(f"{ITEM}/card")
@needs(EDIT_QUESTIONNAIRE)
def card(partnership_id: uuid.UUID, kind: str, key: str) -> ResponseReturnValue:
    """The preview of what was typed, for the script of the page; nothing is stored."""
    place(partnership_id)
    draft = service.get_draft(partnership_id)
    subject, form = _sent(draft, kind, key)
    found, problems = _preview(draft, subject, form)
    return jsonify(
        html=render_template("questionnaires/card.html", preview=found, problems=problems)
    )


@routes.post("/theirs")
@needs(EDIT_QUESTIONNAIRE)
def keep_theirs(partnership_id: uuid.UUID) -> ResponseReturnValue:
    """Leave out what was typed, where somebody else changed the same: theirs is stored already."""
    place(partnership_id)
    flash(_("Your words are left out. The draft says what the other wrote."))
    back = url_for("questionnaires.draft", partnership_id=partnership_id)
    return see_other(local_path(request.form.get("next"), back))


def _sent(draft: DraftView, kind: str, key: str) -> tuple[Subject, WordsForm]:
    """What the page is about, and the form that it sent."""
    numbers = [int(found[1]) for name in request.form if (found := EXAMPLE.fullmatch(name))]
    subject = service.get_subject(draft, kind, key, max(numbers, default=-1) + 1)
    form = subject.form_class()
    if isinstance(form, StatementForm):
        form.offer(subject.offered)
    return subject, form


def _preview(
    draft: DraftView, subject: Subject, form: WordsForm
) -> tuple[Preview | None, list[str]]:
    """What the words of the form look like, or what is in the way of that."""
    blank = {f"{each.name}_nl": "…" for each in subject.asked if each.is_required}
    fields = {**subject.fields, **form.fields}
    fields |= {name: dots for name, dots in blank.items() if not fields.get(name)}
    try:
        document = subject.write(draft.document, fields)
        questionnaire = QUESTIONNAIRE.parse(document)
    except (rules.NotThere, ValueError):
        return None, [_("Choose behaviours of one part to see a preview.")]
    except Unreadable as error:
        return None, [*dict.fromkeys(str(each.message) for each in error.problems)]
    if subject.behaviour:
        behaviour = fields.get("behaviour") or subject.behaviour
        axis = rules.get_behaviour(document, behaviour)["axis"]
        return preview_of_behaviour(questionnaire, axis, behaviour, subject.form), []
    return preview_of_words(questionnaire, subject.axis), []


def _page(
    here: PartnershipCard,
    draft: DraftView,
    kind: str,
    key: str,
    subject: Subject,
    form: WordsForm,
    clash: Overtaken | None = None,
) -> str:
    if isinstance(form, StatementForm):
        form.offer(subject.offered)
    found, problems = _preview(draft, subject, form)
    document = draft.document
    notes = queries.notes_on(document)
    address = {"partnership_id": here.id, "kind": kind, "key": key}
    return render_template(
        f"questionnaires/{kind.removeprefix('new-')}.html",
        partnership=here,
        draft=draft,
        kind=kind,
        key=key,
        address=address,
        subject=subject,
        form=form,
        clash=clash,
        elsewhere=_elsewhere(document, clash),
        changed_by=queries.changed_by(draft) if clash else "",
        notes=[
            each for each in [*notes.to_mend, *notes.advice] if place_of(each) == subject.anchor
        ],
        behaviours=_behaviours(document),
        about=_names(document).get(subject.behaviour, ""),
        preview=found,
        problems=problems,
        titles={one: form_title(document, one) for one in document["forms"]},
        said=said,
    )


def _elsewhere(document: rules.Document, clash: Overtaken | None) -> dict[str, str]:
    """What somebody else wrote in these fields, in words."""
    if clash is None:
        return {}
    names = _names(document)
    return {name: names.get(clash.stored[name], clash.stored[name]) for name in clash.names}


def _names(document: rules.Document) -> dict[str, str]:
    """What the behaviours are called."""
    behaviours = rules.behaviours_of(document)
    return {each["key"]: said(rules.words_of(each["name"])) for each in behaviours}


def _behaviours(document: rules.Document) -> list[tuple[str, list[tuple[str, str]]]]:
    """The behaviours to choose from, under their parts."""
    return [
        (
            said(rules.words_of(axis["title"])),
            [
                (each["key"], said(rules.words_of(each["name"])))
                for each in rules.behaviours_of(document, axis["key"])
            ],
        )
        for axis in rules.axes_of(document)
    ]
