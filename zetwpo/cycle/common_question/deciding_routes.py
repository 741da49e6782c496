"""The common question: what a group decides to work on, in its first meeting and after it."""

import uuid

from flask import Blueprint, flash, request, url_for
from flask.typing import ResponseReturnValue

from zetwpo.accounts.guard import authorised, needs
from zetwpo.accounts.policy import LAY_QUESTIONS_TOGETHER
from zetwpo.clock import today
from zetwpo.cycle.common_question import service
from zetwpo.cycle.common_question.forms import QuestionForm, RewordCommonForm
from zetwpo.cycle.common_question.rules import (
    NONE,
    Common,
    Proposal,
    Step,
    agreed_by,
    is_worded,
    step_of,
)
from zetwpo.cycle.common_question.service import Changed, DecidedElsewhere, Decision, StillClosed
from zetwpo.cycle.common_question.showing import (
    Shown,
    changed_meanwhile,
    get_common,
    page,
    shown,
)
from zetwpo.cycle.meetings import going_on
from zetwpo.cycle.meetings.queries import MeetingRow, find_meeting
from zetwpo.cycle.meetings.rules import NextStep
from zetwpo.edits import Fields, Overtaken
from zetwpo.errors import NextPage, Refusal
from zetwpo.fields import as_key
from zetwpo.i18n import gettext as _
from zetwpo.web import see_other

routes = Blueprint("common_question", __name__)


@routes.get("/trajectories/<uuid:trajectory_id>/questions/decide")
@needs(LAY_QUESTIONS_TOGETHER)
def ask_decide(trajectory_id: uuid.UUID) -> ResponseReturnValue:
    """What the group works on: a question that is on the table, or other words."""
    here = shown(trajectory_id)
    proposal = _proposal(here, request.args.get("proposal", ""))
    form = QuestionForm(formdata=None)
    if proposal:
        form.text.data, form.proposal.data = proposal.text, str(proposal.id)
    agreed = _agreed(here, here.last_meeting)
    if agreed is not NextStep.UNDECIDED:
        _go_on(here, form, agreed)
    return _page(here, form, proposal)


@routes.post("/trajectories/<uuid:trajectory_id>/questions/decide")
@needs(LAY_QUESTIONS_TOGETHER)
def decide(trajectory_id: uuid.UUID) -> ResponseReturnValue:
    """Record it; a second click records nothing."""
    here = shown(trajectory_id, to_write=True)
    return _record(here, _meeting_today(here), here.last_meeting)


@routes.get("/meetings/<uuid:meeting_id>/next-question")
@needs(LAY_QUESTIONS_TOGETHER)
def next_question(meeting_id: uuid.UUID) -> ResponseReturnValue:
    """At the end of a meeting: go deeper, a follow-up question, or a new one.

    Whoever comes from the agreements of the meeting said there already which of these it is.
    """
    meeting = authorised(find_meeting(meeting_id))
    here, form = shown(meeting.trajectory_id), QuestionForm(formdata=None)
    is_agreed = "agreed" in request.args
    if is_agreed and is_worded(here.questions.common, meeting.id, meeting.starts_at):
        # The agreements were only looked at once more.
        return see_other(url_for("agenda.meeting", meeting_id=meeting_id))
    _go_on(here, form, _agreed(here, meeting))
    return _page(here, form, meeting=meeting, is_agreed=is_agreed)


@routes.post("/meetings/<uuid:meeting_id>/next-question")
@needs(LAY_QUESTIONS_TOGETHER)
def record_next(meeting_id: uuid.UUID) -> ResponseReturnValue:
    """Record what comes next; a second click records nothing."""
    trajectory_id = authorised(find_meeting(meeting_id)).trajectory_id
    here = shown(trajectory_id, to_write=True)
    # As it is once nobody else changes a date: it may be cancelled by now.
    meeting = authorised(find_meeting(meeting_id))
    return _record(here, meeting.id, meeting, is_of_meeting=True)


@routes.get("/trajectories/<uuid:trajectory_id>/questions/common/<uuid:question_id>")
@needs(LAY_QUESTIONS_TOGETHER)
def edit(trajectory_id: uuid.UUID, question_id: uuid.UUID) -> ResponseReturnValue:
    """A common question, to mend its words, or to take it back if it is the last."""
    here = shown(trajectory_id)
    question = get_common(here, question_id)
    form = RewordCommonForm(formdata=None)
    form.show({"text": question.text})
    return _edit_page(here, question, form)


@routes.post("/trajectories/<uuid:trajectory_id>/questions/common/<uuid:question_id>")
@needs(LAY_QUESTIONS_TOGETHER)
def reword(trajectory_id: uuid.UUID, question_id: uuid.UUID) -> ResponseReturnValue:
    """Give it other words."""
    here = shown(trajectory_id, to_write=True)
    question = get_common(here, question_id)
    form = RewordCommonForm()
    if not form.validate():
        return _edit_page(here, question, form), 422
    try:
        service.reword_common(question, form.sent, here.reader_id)
    except Overtaken as clash:
        return _edit_page(here, question, form, form.let_choose(clash)), 409
    flash(_("Saved."))
    return _to_line(here)


@routes.post("/trajectories/<uuid:trajectory_id>/questions/common/<uuid:question_id>/undo")
@needs(LAY_QUESTIONS_TOGETHER)
def undo(trajectory_id: uuid.UUID, question_id: uuid.UUID) -> ResponseReturnValue:
    """Take the last step of the line back."""
    here = shown(trajectory_id, to_write=True)
    question = get_common(here, question_id)
    try:
        service.undo(here.questions, question, here.reader_id)
    except Changed:
        raise changed_meanwhile(trajectory_id) from None
    flash(_("Taken back. It read: “%(words)s”", words=question.text))
    return _to_line(here)


def _agreed(here: Shown, meeting: MeetingRow | None) -> NextStep:
    """What was agreed after this meeting, as long as there is no question of it."""
    if meeting is None or is_worded(here.questions.common, meeting.id, meeting.starts_at):
        return NextStep.UNDECIDED
    return going_on.agreed().read(meeting.id)


def _go_on(here: Shown, form: QuestionForm, agreed: NextStep) -> None:
    """Choose what was agreed. The area seldom changes, unless that is what was agreed."""
    before = here.questions.newest()
    form.step.data = step_of(agreed)
    if before and agreed.keeps_area:
        form.area.data = before.area or NONE


def _record(
    here: Shown,
    meeting_id: uuid.UUID | None,
    last: MeetingRow | None,
    *,
    is_of_meeting: bool = False,
) -> ResponseReturnValue:
    """Record a question; `last` is the meeting after which the group goes on with it."""
    meeting = last if is_of_meeting else None
    form = QuestionForm()
    form.offer(here.questions, here.questionnaire)
    key = form.key_in(here.questions.trajectory.id)
    if here.questions.has_common(key):
        # A second click.
        return _to_line(here)
    proposal = _proposal(here, form.proposal.data or "")
    is_valid = form.validate() and not _says_the_same(here, form)
    try:
        service.require_seen(here.questions, form.subgroup_id, form.seen_newest)
        if not is_valid:
            return _page(here, form, proposal, meeting), 422
        decision = _decision(here, form, meeting_id)
        service.record(here.questions, key, decision, form.seen_newest, here.reader_id)
    except DecidedElsewhere as other:
        form.text.errors = [*form.text.errors, _decided(other.newest)]
        return _page(here, form, proposal, meeting), 409
    except Changed:
        form.proposal.data = ""
        form.text.errors = [_source_changed()]
        return _page(here, form, None, meeting), 409
    except StillClosed:
        raise _still_closed(here) from None
    flash(_("The common question is recorded."))
    if last:
        _agree(here, decision, last)
    return _to_line(here)


def _agree(here: Shown, decision: Decision, meeting: MeetingRow) -> None:
    """Let the agreements of this meeting say the same, and say so; what somebody wrote stays.

    They are those of the whole group: what a subgroup does next does not stand in them.
    """
    agreed, before = going_on.agreed(), here.questions.newest()
    if decision.subgroup_id or decision.step is Step.FIRST:
        return
    said, there = agreed_by(decision.step, decision.area, before), agreed.read(meeting.id)
    if there is NextStep.UNDECIDED and said is not NextStep.UNDECIDED:
        agreed.fill_in(meeting.id, said)
        flash(
            _(
                "What comes next stands in the agreements of meeting %(number)s as well.",
                number=meeting.number,
            )
        )
    elif step_of(there) not in {None, decision.step} or said not in {NextStep.UNDECIDED, there}:
        flash(
            _(
                "In the agreements of meeting %(number)s something else comes next. Change it "
                "there if it does not hold any more.",
                number=meeting.number,
            )
        )


def _source_changed() -> str:
    return _(
        "The question from which this one comes was put together with others or taken "
        "back in the meantime. Your words are kept: send them once more to record them "
        "without it, or go back to the questions."
    )


def _still_closed(here: Shown) -> Refusal:
    return Refusal(
        _("The questions are still closed"),
        _(
            "Open them for the group first: the common question shows everybody whose words "
            "are in it."
        ),
        NextPage(
            "question_board.board",
            _("Look at the questions"),
            {"trajectory_id": here.questions.trajectory.id},
        ),
    )


def _decided(newest: Common | None) -> str:
    if newest is None:
        return _(
            "Somebody else took a question back in the meantime. Your words are "
            "kept: look how it is now, and send them once more if they still fit."
        )
    return _(
        "Somebody else recorded a question in the meantime: “%(words)s”. Your words are kept: "
        "send them once more if yours comes after it.",
        words=newest.text,
    )


def _says_the_same(here: Shown, form: QuestionForm) -> bool:
    """Say so where another question has the words of the one before it."""
    before = here.questions.newest(form.subgroup_id)
    if before is None or form.chosen_step is Step.DEEPEN or form.text.data != before.text:
        return False
    form.text.errors = [
        _(
            "These are the words of the question that you work on already. Choose to go deeper, "
            "or write the other question here."
        )
    ]
    return True


def _decision(here: Shown, form: QuestionForm, meeting_id: uuid.UUID | None) -> Decision:
    before = here.questions.newest(form.subgroup_id)
    subgroup = here.questions.subgroup(form.subgroup_id)
    named = "" if form.area.data == NONE else form.area.data or ""
    return Decision(
        # Where there is nothing to go on from, it is the first one, whatever was chosen.
        form.chosen_step if before else Step.FIRST,
        form.text.data or (before.text if before else ""),
        # A subgroup keeps to one area.
        subgroup.area if subgroup else named,
        form.subgroup_id,
        as_key(form.proposal.data),
        meeting_id,
    )


def _proposal(here: Shown, key: str) -> Proposal | None:
    """What it comes from, where it comes from a question on the table that is still there."""
    found = as_key(key)
    return here.questions.proposal(found) if found else None


def _meeting_today(here: Shown) -> uuid.UUID | None:
    """The meeting of the day on which something is decided; None on another day."""
    on_day = (each.id for each in here.meetings.values() if each.slot.day == today())
    return next(on_day, None)


def _page(
    here: Shown,
    form: QuestionForm,
    proposal: Proposal | None = None,
    meeting: MeetingRow | None = None,
    *,
    is_agreed: bool = False,
) -> str:
    form.offer(here.questions, here.questionnaire)
    form.show_newest(here.questions)
    return page("decide", here, form=form, proposal=proposal, meeting=meeting, is_agreed=is_agreed)


def _edit_page(
    here: Shown, question: Common, form: RewordCommonForm, elsewhere: Fields | None = None
) -> str:
    return page("common", here, form=form, question=question, elsewhere=elsewhere or {})


def _to_line(here: Shown) -> ResponseReturnValue:
    return see_other(url_for("questions.line", trajectory_id=here.questions.trajectory.id))
