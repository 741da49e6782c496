"""The pages of a reflection."""

import uuid

from flask import Blueprint, abort, flash, render_template, url_for
from flask.typing import ResponseReturnValue

from zetwpo.accounts.guard import authorised, get_actor, needs
from zetwpo.accounts.policy import READ_OWN_WORK, TAKE_BACK_OWN, TAKE_PART, WRITE_OWN_WORK
from zetwpo.cycle.audience.forms import ReadersForm
from zetwpo.cycle.audience.words import read_by
from zetwpo.cycle.meetings.queries import find_meeting
from zetwpo.cycle.reflection import service
from zetwpo.cycle.reflection.forms import ReflectionForm, SentenceForm, reflection_form
from zetwpo.cycle.reflection.queries import AnswerCard, ReflectionCard, find_reflection
from zetwpo.edits import Fields, Overtaken
from zetwpo.i18n import gettext as _
from zetwpo.library.reflections import reflection_questions
from zetwpo.web import see_other

routes = Blueprint("reflection", __name__)


@routes.post("/meetings/<uuid:meeting_id>/reflection")
@needs(TAKE_PART)
def begin(meeting_id: uuid.UUID) -> ResponseReturnValue:
    """Go to one's own reflection on this meeting."""
    meeting = authorised(find_meeting(meeting_id))
    reflection_id = service.begin(meeting, get_actor().person_id)
    return see_other(url_for(".show", reflection_id=reflection_id))


@routes.get("/reflections/<uuid:reflection_id>")
@needs(READ_OWN_WORK)
def show(reflection_id: uuid.UUID) -> ResponseReturnValue:
    """The questions, with what is answered."""
    reflection = authorised(find_reflection(reflection_id))
    return _page(reflection)


@routes.post("/reflections/<uuid:reflection_id>")
@needs(WRITE_OWN_WORK)
def save(reflection_id: uuid.UUID) -> ResponseReturnValue:
    """Keep what is answered."""
    reflection = authorised(find_reflection(reflection_id, to_write=True))
    form = reflection_form(reflection_questions())()
    taken = form.take_in(_stored(reflection, form))
    service.keep(reflection, taken.fields)
    if taken.status >= 400:
        elsewhere = form.show_refused(taken)
        return _page(reflection, form, elsewhere=elsewhere), taken.status
    flash(_("Saved."))
    return see_other(url_for(".show", reflection_id=reflection_id))


@routes.post("/reflections/<uuid:reflection_id>/autosave")
@needs(WRITE_OWN_WORK)
def autosave(reflection_id: uuid.UUID) -> ResponseReturnValue:
    """Keep the answers that changed, while somebody writes."""
    reflection = authorised(find_reflection(reflection_id, to_write=True))
    form = reflection_form(reflection_questions())()
    taken = form.take_in(_stored(reflection, form))
    service.keep(reflection, taken.fields)
    return form.outcome(taken)


@routes.get("/reflections/<uuid:reflection_id>/<question>/readers")
@needs(TAKE_BACK_OWN)
def readers(reflection_id: uuid.UUID, question: str) -> ResponseReturnValue:
    """Who reads one answer, and who else could."""
    answer = _answer(authorised(find_reflection(reflection_id)), question)
    form = ReadersForm(formdata=None, audience=answer.audience)
    form.offer(answer)
    return _readers_page(answer, form)


@routes.post("/reflections/<uuid:reflection_id>/<question>/readers")
@needs(TAKE_BACK_OWN)
def choose_readers(reflection_id: uuid.UUID, question: str) -> ResponseReturnValue:
    """Let others read one answer, or nobody any more."""
    answer = _answer(authorised(find_reflection(reflection_id, to_write=True)), question)
    form = ReadersForm()
    form.offer(answer)
    if not form.validate():
        return _readers_page(answer, form), 422
    service.let_read(answer, form.chosen)
    flash(_("Saved. It holds from now on."))
    return see_other(url_for(".show", reflection_id=reflection_id, _anchor=f"at-{question}"))


@routes.post("/reflections/<uuid:reflection_id>/sentence")
@needs(WRITE_OWN_WORK)
def bring(reflection_id: uuid.UUID) -> ResponseReturnValue:
    """Bring one sentence to the next meeting."""
    reflection = authorised(find_reflection(reflection_id, to_write=True))
    form = SentenceForm()
    if not form.validate():
        return _page(reflection, sentence=form), 422
    try:
        service.bring(reflection, form.sent)
    except Overtaken as clash:
        elsewhere = form.let_choose(clash)
        return _page(reflection, sentence=form, elsewhere=elsewhere), 409
    flash(_("Your sentence goes along to the next meeting."))
    return see_other(url_for(".show", reflection_id=reflection_id, _anchor="along"))


@routes.post("/reflections/<uuid:reflection_id>/sentence/leave")
@needs(TAKE_BACK_OWN)
def leave(reflection_id: uuid.UUID) -> ResponseReturnValue:
    """Not bring it along after all."""
    reflection = authorised(find_reflection(reflection_id, to_write=True))
    service.leave(reflection)
    flash(_("Your sentence does not go along any more."))
    return see_other(url_for(".show", reflection_id=reflection_id, _anchor="along"))


def _answer(reflection: ReflectionCard, question: str) -> AnswerCard:
    if question not in reflection.answers:
        abort(404)
    return reflection.answers[question]


def _stored(reflection: ReflectionCard, form: ReflectionForm) -> Fields:
    return {key: reflection.texts.get(key, "") for key in form.edited}


def _page(
    reflection: ReflectionCard,
    form: ReflectionForm | None = None,
    sentence: SentenceForm | None = None,
    elsewhere: Fields | None = None,
) -> str:
    questions = reflection_questions()
    if form is None:
        form = reflection_form(questions)(formdata=None)
        form.show(_stored(reflection, form))
    if sentence is None:
        sentence = SentenceForm(formdata=None)
        sentence.show(reflection.fields)
    elsewhere = elsewhere or {}
    for key in form.edited:
        form[key].readers = read_by(reflection.answer_to(key))
    return render_template(
        "cycle/reflection/reflection.html",
        trajectory=reflection.trajectory,
        reflection=reflection,
        questions=questions,
        # What nobody wrote anything in yet is folded: four questions at a time.
        filled=[
            part
            for part in questions.parts
            if any(
                form[each.key].data or form[each.key].errors or each.key in elsewhere
                for each in part.questions
            )
        ],
        form=form,
        sentence=sentence,
        elsewhere=elsewhere,
        may_write=WRITE_OWN_WORK.opens_to(get_actor(), reflection.facts),
    )


def _readers_page(answer: AnswerCard, form: ReadersForm) -> str:
    return render_template(
        "cycle/reflection/readers.html",
        trajectory=answer.trajectory,
        answer=answer,
        question=reflection_questions().by_key[answer.question].question,
        form=form,
        read_by=read_by(answer),
    )
