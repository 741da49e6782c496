"""The page on which the next trajectory begins from one that was."""

import uuid

from flask import Blueprint, flash, render_template, url_for
from flask.typing import ResponseReturnValue

from zetwpo.accounts.guard import authorised, get_actor, needs
from zetwpo.accounts.policy import LEAD_TRAJECTORY
from zetwpo.clock import dutch, today
from zetwpo.cycle.closing import service
from zetwpo.cycle.closing.forms import NextForm, next_form
from zetwpo.cycle.closing.rules import GoesOn, day_to_propose
from zetwpo.cycle.closing.service import Along
from zetwpo.cycle.common_question.forms import subgroup_title
from zetwpo.cycle.common_question.queries import questions_of
from zetwpo.cycle.common_question.rules import Step
from zetwpo.cycle.meetings.closed_days import free_days
from zetwpo.cycle.meetings.queries import meetings_of
from zetwpo.cycle.meetings.schedule import planned_days
from zetwpo.cycle.setting_up.service import Dates
from zetwpo.cycle.trajectories.queries import TrajectoryCard, find_trajectory, following
from zetwpo.cycle.trajectories.rules import LONGEST_TITLE
from zetwpo.cycle.trajectories.service import MayNot
from zetwpo.extensions import db
from zetwpo.i18n import gettext as _
from zetwpo.library.queries import areas_in
from zetwpo.web import see_other

routes = Blueprint(
    "next_trajectory", __name__, url_prefix="/trajectories/<uuid:trajectory_id>/next"
)


@routes.get("")
@needs(LEAD_TRAJECTORY)
def new(trajectory_id: uuid.UUID) -> ResponseReturnValue:
    """Ask what the next one needs; its settings are those of this one, and nobody is ticked."""
    before = authorised(find_trajectory(trajectory_id))
    form = _form(before)(formdata=None)
    _offer(form, before)
    _propose(form, before)
    return _page(before, form)


@routes.post("")
@needs(LEAD_TRAJECTORY)
def begin(trajectory_id: uuid.UUID) -> ResponseReturnValue:
    """Begin it, led by whoever does, with the people who were ticked."""
    before = authorised(find_trajectory(trajectory_id))
    form = _form(before)()
    _offer(form, before)
    if not form.validate():
        return _page(before, form), 422
    dates = Dates(form.first_day.data, form.begins.data, form.count.data, form.place.data or "")
    along = Along(
        {each.id: each for each in before.participants if each.id in form.chosen_people},
        [each for each in before.leading if each.id in form.chosen_leaders],
        None if form.way is GoesOn.NEW else Step(form.way.value),
        form.lines,
    )
    key = form.key_in(before.id)
    try:
        service.begin_next(key, before, form.frame, dates, along, get_actor().person_id)
    except MayNot:
        # Their account was deleted at this moment.
        db.session.rollback()
        form.refuse_people()
        _offer(form, before)
        return _page(before, form), 422
    flash(_("The next trajectory is there, with its meetings. Look at who takes part."))
    return see_other(url_for("trajectory_people.show", trajectory_id=key))


def _form(before: TrajectoryCard) -> type[NextForm]:
    """With a field for each question that is worked on now."""
    questions, areas = questions_of(before), areas_in(before.partnership_id)
    titles: dict[uuid.UUID | None, str] = {None: _("The whole group")}
    titles |= {each.id: subgroup_title(each, areas) for each in questions.subgroups}
    return next_form(questions.current, titles)


def _offer(form: NextForm, before: TrajectoryCard) -> None:
    me = get_actor().person_id
    form.offer(
        before,
        before.taking_part,
        [each for each in before.leading if each.id != me],
    )


def _propose(form: NextForm, before: TrajectoryCard) -> None:
    """The settings of the one before, and a first day on the same day of the week."""
    meetings = meetings_of(before.id)
    last = meetings[-1] if meetings else None
    last_day = last.slot.day if last else None
    wanted = day_to_propose(last_day, before.rhythm_weeks, today())
    [day] = planned_days(wanted, 1, before.rhythm_weeks, free_days(before.partnership_id, wanted))
    title = _("%(title)s, the next one", title=before.title)
    form.title.data = title if len(title) <= LONGEST_TITLE else ""
    form.first_day.data = day
    form.count.data = len(meetings) or form.count.default
    form.minutes.data, form.rhythm_weeks.data = before.meeting_minutes, before.rhythm_weeks
    form.is_obligatory.data = "yes" if before.is_obligatory else "no"
    if last:
        form.begins.data, form.place.data = dutch(last.starts_at).time(), last.place
    form.propose_words()


def _page(before: TrajectoryCard, form: NextForm) -> str:
    return render_template(
        "cycle/closing/next.html",
        trajectory=before,
        form=form,
        is_followed=bool(following(before.id)),
    )
