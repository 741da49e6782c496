"""How somebody's scan went in a trajectory, beside the questions that were worked on there."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from zetwpo.accounts.actors import Actor
from zetwpo.accounts.policy import READ_QUESTIONS
from zetwpo.cycle.common_question.queries import questions_of
from zetwpo.cycle.common_question.rules import Common
from zetwpo.cycle.learning_question.queries import versions_of_all
from zetwpo.cycle.learning_question.rules import Version
from zetwpo.cycle.meetings.queries import meetings_of
from zetwpo.cycle.rescan.queries import scans_for, span_in
from zetwpo.cycle.rescan.rules import Move, move, then_and_now
from zetwpo.cycle.trajectories.queries import TrajectoryCard
from zetwpo.i18n import gettext as _
from zetwpo.i18n import listed
from zetwpo.library.questionnaires import Axis
from zetwpo.scan.result.page import ResultPage
from zetwpo.scan.result.queries import get_evolution
from zetwpo.scan.result.rules import Score
from zetwpo.scan.self_scan.queries import ScanCard, asked_in


@dataclass(frozen=True)
class OwnQuestion:
    """A learning question as somebody wrote it at one time, and what it is about."""

    version: Version
    axis: Axis


@dataclass(frozen=True)
class AxisMove:
    """One part then and now."""

    axis: Axis
    then: Score
    now: Score
    # Whether somebody's own question, or the group's, was about it.
    is_worked_on: bool

    @property
    def move(self) -> Move:
        """How the one stands beside the other."""
        return move(self.then.mean, self.now.mean)


@dataclass(frozen=True)
class Evolution:
    """What somebody sees of themselves in one trajectory."""

    own: Sequence[OwnQuestion]
    # Nothing for whoever left the group: its questions stay with it.
    common: Sequence[Common]
    then: ScanCard | None
    now: ScanCard | None
    # None where one of the two scans is not there.
    page: ResultPage | None

    @property
    def is_comparable(self) -> bool:
        """True where the parts of both scans mean the same."""
        return self.page is not None and self.page.result.is_same_version

    @cached_property
    def axes(self) -> list[AxisMove]:
        """Each part then and now, in their fixed order; none where they mean something else."""
        if self.page is None or not self.is_comparable:
            return []
        result = self.page.result
        assert result.earlier is not None  # noqa: S101 (there are two scans)
        return [
            AxisMove(
                axis,
                result.score(result.earlier, axis.key),
                result.score(result.own, axis.key),
                axis.key in self._own_axes or axis.area in self._common_areas,
            )
            for axis in result.axes
        ]

    @property
    def sentences(self) -> list[str]:
        """What there is to see in it, in words: up and down alike, and what stayed."""
        words = {
            Move.HIGHER: _("Higher than then: %(parts)s.", parts=self._parts(Move.HIGHER)),
            Move.LOWER: _("Lower than then: %(parts)s.", parts=self._parts(Move.LOWER)),
            Move.SAME: _("As then: %(parts)s.", parts=self._parts(Move.SAME)),
            Move.UNKNOWN: _(
                "Too little judged to lay them side by side: %(parts)s.",
                parts=self._parts(Move.UNKNOWN),
            ),
        }
        return [text for which, text in words.items() if self._parts(which)]

    @property
    def has_lower(self) -> bool:
        """True where some figure is lower than then."""
        return any(each.move is Move.LOWER for each in self.axes)

    def _parts(self, which: Move) -> str:
        # In quotation marks: a part has a colon in its own name.
        found = [_("“%(part)s”", part=each.axis.title) for each in self.axes if each.move is which]
        return listed(found) if found else ""

    @cached_property
    def _own_axes(self) -> set[str]:
        return {each.version.axis for each in self.own}

    @cached_property
    def _common_areas(self) -> set[str]:
        return {each.area for each in self.common if each.area}


def evolution_of(trajectory: TrajectoryCard, person: Actor) -> Evolution:
    """What this person sees of themselves there, in a constant number of statements."""
    span = span_in(meetings_of(trajectory.id))
    scans = scans_for(trajectory, person.person_id)
    then, now = then_and_now(scans, span) if span else (None, None)
    is_in_group = READ_QUESTIONS.opens_to(person, trajectory.facts)
    return Evolution(
        _own_questions(_between(scans, then, now)),
        questions_of(trajectory).common if is_in_group else (),
        then,
        now,
        ResultPage(get_evolution(now, then)) if then and now else None,
    )


def _between(
    scans: Sequence[ScanCard], then: ScanCard | None, now: ScanCard | None
) -> list[ScanCard]:
    """The scans whose questions were worked on: from the one until before the other."""
    if then is None:
        return []
    in_order = sorted(scans, key=lambda each: each.started_at)
    since = [each for each in in_order if each.started_at >= then.started_at]
    return [each for each in since if now is None or each.started_at < now.started_at]


def _own_questions(scans: Sequence[ScanCard]) -> list[OwnQuestion]:
    """Each version of the question after each of these scans, the first one first."""
    versions = versions_of_all([each.id for each in scans])
    asked = asked_in([each for each in scans if each.id in versions])
    return [
        OwnQuestion(version, asked[scan.id].axis(version.axis))
        for scan in scans
        for version in versions.get(scan.id, ())
    ]
