"""What the pages of questions together have in common."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from flask import render_template

from zetwpo.accounts.actors import Facts
from zetwpo.accounts.guard import authorised, get_actor
from zetwpo.accounts.policy import LAY_QUESTIONS_TOGETHER, READ_QUESTIONS, TAKE_PART
from zetwpo.clock import now
from zetwpo.cycle.common_question.forms import subgroup_title
from zetwpo.cycle.common_question.queries import Questions, Subgroup, questions_of
from zetwpo.cycle.common_question.rules import (
    Brought,
    Common,
    Overlap,
    Proposal,
    Step,
    overlaps,
    words_in,
)
from zetwpo.cycle.meetings.queries import MeetingRow, meetings_of
from zetwpo.cycle.meetings.rules import latest_of
from zetwpo.cycle.trajectories.changing import require_open
from zetwpo.cycle.trajectories.queries import TrajectoryCard, find_trajectory
from zetwpo.errors import NextPage, NotFound, Refusal
from zetwpo.i18n import gettext as _
from zetwpo.i18n import lazy_gettext
from zetwpo.library.queries import current_for
from zetwpo.library.questionnaires import Questionnaire

STEPS = {
    Step.FIRST: lazy_gettext("The first question"),
    Step.DEEPEN: lazy_gettext("Deeper into the same question"),
    Step.FOLLOW_UP: lazy_gettext("A follow-up question"),
    Step.NEW: lazy_gettext("A new question"),
}


@dataclass(frozen=True)
class Shown:
    """The questions of a trajectory, for a page that somebody looks at."""

    questions: Questions
    questionnaire: Questionnaire
    reader_id: uuid.UUID

    @cached_property
    def areas(self) -> dict[str, str]:
        """What each competence area is called."""
        return {each.key: str(each.title) for each in self.questionnaire.areas}

    @cached_property
    def axes(self) -> dict[str, str]:
        """What each part is called."""
        return {each.key: str(each.title) for each in self.questionnaire.axes}

    @cached_property
    def overlaps(self) -> list[Overlap]:
        """Which areas several authors name, where that says something about all of them."""
        area_of = {each.key: each.area for each in self.questionnaire.axes}
        return overlaps(self.questions.brought, area_of)

    @cached_property
    def meetings(self) -> dict[uuid.UUID, MeetingRow]:
        """The meetings, by their keys."""
        return {each.id: each for each in meetings_of(self.questions.trajectory.id)}

    @property
    def last_meeting(self) -> MeetingRow | None:
        """The last one that began; None before the first."""
        return latest_of(self.meetings.values(), now())

    @staticmethod
    def step_of(question: Common) -> str:
        """How it came after the one before it, in words."""
        return str(STEPS[question.step])

    @cached_property
    def subgroup_titles(self) -> dict[uuid.UUID | None, str]:
        """What each subgroup is called."""
        return {each.id: subgroup_title(each, self.areas) for each in self.questions.subgroups}

    @cached_property
    def earlier(self) -> TrajectoryCard | None:
        """The trajectory from which this one goes on, for who is in that one as well."""
        follows_id = self.questions.trajectory.follows_id
        found = find_trajectory(follows_id) if follows_id else None
        return found if found and READ_QUESTIONS.opens_to(get_actor(), found.facts) else None

    @property
    def leads(self) -> bool:
        """True for whoever lays the questions together."""
        return LAY_QUESTIONS_TOGETHER.opens_to(get_actor(), self.questions.trajectory.facts)

    @property
    def takes_part(self) -> bool:
        """True for whoever brings in a question of their own."""
        return TAKE_PART.opens_to(get_actor(), self.questions.trajectory.facts)

    @property
    def mine(self) -> Brought | None:
        """What the reader brought in this time."""
        return self.questions.brought_by(self.reader_id)

    @property
    def closed(self) -> Brought | None:
        """What the reader brought in this time before they left: nobody else reads it now."""
        found = self.questions.closed.get(self.reader_id)
        return found.brought if found else None

    @property
    def lines(self) -> list[tuple[str, list[Common]]]:
        """The line of each subgroup under its name, or the one of the whole group under none."""
        keys: list[uuid.UUID | None] = [each.id for each in self.questions.subgroups] or [None]
        return [(self.subgroup_titles.get(key, ""), self.questions.line(key)) for key in keys]

    @property
    def mine_is_decided(self) -> bool:
        """True where the reader's question is part of a common question."""
        mine = self.questions.proposal_of(self.reader_id)
        return mine is not None and mine.is_decided

    def has_my_words(self, question: Common) -> bool:
        """True where something that the reader brought in lives on in it."""
        return any(map(self.is_mine, self.words_in(question)))

    def words_in(self, question: Common) -> list[Brought]:
        """Whose words are in it, also through the questions before it."""
        return words_in(self.questions.line(question.subgroup_id), question)

    def is_mine(self, source: Brought) -> bool:
        """True for the reader's own words."""
        return source.author_id == self.reader_id


@dataclass(frozen=True)
class Within:
    """Something in a trajectory: it opens to whom that does."""

    id: uuid.UUID
    facts: Facts


def shown(trajectory_id: uuid.UUID, *, to_write: bool = False) -> Shown:
    """The questions of this trajectory for whoever asks, where the route opens it to them.

    To write it has to go on. Raises Refusal where it is closed.
    """
    trajectory = authorised(find_trajectory(trajectory_id, to_write=to_write))
    if to_write:
        require_open(
            trajectory,
            _("You can still read everything. Nothing changes in it any more."),
            NextPage("questions.line", _("Look at the questions"), _at(trajectory_id)),
        )
    questionnaire = current_for(trajectory.partnership_id)
    return Shown(questions_of(trajectory), questionnaire, get_actor().person_id)


def get_proposal(here: Shown, proposal_id: uuid.UUID) -> Proposal:
    """The proposal with this key, open to be changed. Raises NotFound, also for one that was."""
    found = here.questions.proposal(proposal_id)
    if found is None or found.is_decided:
        raise NotFound(
            _("This question is not on the table any more"),
            _(
                "Perhaps somebody put it together with others, made it the common question, or "
                "took it back, a moment ago. Look at the questions as they are now."
            ),
            NextPage(
                "question_board.board",
                _("Look at the questions"),
                _at(here.questions.trajectory.id),
            ),
        )
    authorised(Within(found.id, here.questions.trajectory.facts))
    return found


def get_common(here: Shown, question_id: uuid.UUID) -> Common:
    """The common question with this key. Raises NotFound, also for one that was taken back."""
    found = next((each for each in here.questions.common if each.id == question_id), None)
    if found is None:
        raise NotFound(
            _("This question is no longer there"),
            _("Perhaps somebody took it back a moment ago. Look at the questions as they are now."),
            NextPage(
                "questions.line", _("Look at our questions"), _at(here.questions.trajectory.id)
            ),
        )
    authorised(Within(found.id, here.questions.trajectory.facts))
    return found


def get_subgroup(here: Shown, subgroup_id: uuid.UUID) -> Subgroup:
    """The subgroup with this key. Raises NotFound, also for one that is no more."""
    found = here.questions.subgroup(subgroup_id)
    if found is None:
        raise NotFound(
            _("There is no such subgroup any more"),
            _("Perhaps somebody joined it with the group again. Look at the group as it is now."),
            NextPage(
                "subgroups.overview",
                _("Look at the group"),
                _at(here.questions.trajectory.id),
            ),
        )
    authorised(Within(found.id, here.questions.trajectory.facts))
    return found


def changed_meanwhile(trajectory_id: uuid.UUID) -> Refusal:
    """What somebody reads whose click came after that of somebody else."""
    return Refusal(
        _("Somebody else changed this in the meantime"),
        _("Nothing was changed by your click. Look at it as it is now, and choose again."),
        NextPage("question_board.board", _("Look at the questions"), _at(trajectory_id)),
    )


def page(name: str, here: Shown, **values: object) -> str:
    """One of these pages."""
    return render_template(
        f"cycle/common_question/{name}.html",
        here=here,
        questions=here.questions,
        trajectory=here.questions.trajectory,
        **values,
    )


def _at(trajectory_id: uuid.UUID) -> Mapping[str, object]:
    return {"trajectory_id": trajectory_id}
