"""Everything that the result of one scan shows, loaded in a constant number of statements."""

import uuid
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property

from zetwpo.accounts.queries import get_person
from zetwpo.clock import now
from zetwpo.library.questionnaires import Axis, Behaviour, FormFile, Questionnaire
from zetwpo.library.respondents import AskedRole, respondents
from zetwpo.scan.feedback.naming import is_plain
from zetwpo.scan.feedback.queries import asked_for
from zetwpo.scan.feedback.shared import SharedResponse, shared_responses
from zetwpo.scan.responses.queries import ResponseView, get_views
from zetwpo.scan.responses.rules import TextKind
from zetwpo.scan.result import pointing_out, rules
from zetwpo.scan.result.pointing_out import Difference, PointedOut
from zetwpo.scan.result.rules import Change, PlacedStatement, Score, View
from zetwpo.scan.self_scan.naming import days_of, stamps_of
from zetwpo.scan.self_scan.queries import ScanCard, earlier_than, scans_of

SELF, EARLIER = "self", "earlier"


@dataclass(frozen=True)
class Respondent:
    """One person who filled in a form about the supervisor, the supervisor included.

    The supervisor has no role here, and a name only for others: the page says "you".
    `submitted_at` is when a supervisor's scan was finished, and `day` what that is called;
    `shared_at` is when somebody else's feedback was shared, and `label` what its author is called.
    Of one person no two days read alike, and of one result no two labels.
    """

    response: ResponseView
    view: View
    name: str = ""
    role: AskedRole | None = None
    submitted_at: datetime | None = None
    shared_at: datetime | None = None
    label: str = ""
    day: str = ""

    @property
    def key(self) -> str:
        """Short and unique on the page."""
        return self.view.key

    def text(self, kind: TextKind, axis: str) -> str:
        """What this person wrote of this kind with this axis; empty where nothing."""
        return self.response.filled.texts.get((kind, axis), "")


@dataclass(frozen=True)
class Withdrawal:
    """Somebody who shared feedback and withdrew it. There is nothing more to know about it.

    No role where the label has to say it.
    """

    label: str
    role: AskedRole | None


@dataclass(frozen=True)
class Result:
    """A scan and all that was shared about it, side by side."""

    scan: ScanCard
    questionnaire: Questionnaire
    own: Respondent
    others: tuple[Respondent, ...]
    earlier: Respondent | None
    # What the name of a file says of the scan: its day, and more where two are of one day.
    stamp: str = ""
    # People whose feedback was asked and can still come, known where nobody shared any yet.
    awaited: int = 0
    # In the order in which they were asked. For the page alone: in no file, chart or list.
    withdrawn: tuple[Withdrawal, ...] = ()

    @property
    def respondents(self) -> tuple[Respondent, ...]:
        """Everybody who filled in a form now, the supervisor first."""
        return (self.own, *self.others)

    @property
    def axes(self) -> tuple[Axis, ...]:
        """The axes, in their fixed order."""
        return self.questionnaire.axes

    @cached_property
    def behaviours(self) -> dict[str, Behaviour]:
        """The behaviours that somebody here was asked about, in the questionnaire's order."""
        asked = frozenset[str]().union(*(each.view.behaviours for each in self.with_earlier))
        return {each.key: each for each in self.questionnaire.behaviours if each.key in asked}

    @property
    def behaviours_by_axis(self) -> list[tuple[Axis, list[Behaviour]]]:
        """The axes that these behaviours belong to, in their fixed order, each with its own."""
        found: dict[str, list[Behaviour]] = {}
        for each in self.behaviours.values():
            found.setdefault(each.axis, []).append(each)
        return [(axis, found[axis.key]) for axis in self.axes if axis.key in found]

    @property
    def is_same_version(self) -> bool:
        """True where the earlier scan asked the same statements."""
        return (
            self.earlier is not None and self.earlier.response.version == self.own.response.version
        )

    @property
    def with_earlier(self) -> tuple[Respondent, ...]:
        """The same, with the earlier scan right after this one."""
        return (self.own, self.earlier, *self.others) if self.earlier else self.respondents

    @property
    def charted(self) -> tuple[Respondent, ...]:
        """The series of the spider: an earlier scan only where its axes mean the same."""
        return self.with_earlier if self.is_same_version else self.respondents

    def respondent(self, key: str) -> Respondent:
        """The one with this key."""
        return next(respondent for respondent in self.respondents if respondent.key == key)

    def author_of_tip(self, source: str, axis: str) -> Respondent | None:
        """Who shares a tip with this axis in the form with this key; None where nobody does."""
        found = (each for each in self.others if str(each.response.id) == source)
        return next((each for each in found if each.text(TextKind.FEED_FORWARD, axis)), None)

    def score(self, respondent: Respondent, axis: str) -> Score:
        """How somebody sees one axis, and on how many statements that rests."""
        return rules.axis_score(respondent.view, axis)

    def behaviour_score(self, respondent: Respondent, behaviour: str) -> Score:
        """How somebody sees one behaviour, and on how many statements that rests."""
        return rules.behaviour_score(respondent.view, behaviour)

    @property
    def has_picture(self) -> bool:
        """True where the own view says enough for something to stand out."""
        return pointing_out.has_picture(self.own.view)

    @cached_property
    def strengths(self) -> PointedOut:
        """What everybody sees as strong."""
        return pointing_out.strengths(*self._views)

    @cached_property
    def attention(self) -> PointedOut:
        """What could get attention, as everybody sees it."""
        return pointing_out.attention(*self._views)

    @cached_property
    def differences(self) -> list[Difference]:
        """Where views differ enough to talk about, the largest difference first."""
        return pointing_out.differences(*self._views)

    @property
    def is_comparable(self) -> bool:
        """True where somebody else judged a behaviour that the supervisor judged, too."""
        own = self.own.view.values.keys()
        return any(own & other.view.values.keys() for other in self.others)

    @cached_property
    def changes(self) -> list[Change]:
        """How the own view moved since the earlier scan."""
        if self.earlier is None:
            return []
        return rules.changes(self.own.view, self.earlier.view, list(self.behaviours))

    @cached_property
    def _views(self) -> tuple[View, list[View], list[str]]:
        return (
            self.own.view,
            [respondent.view for respondent in self.others],
            list(self.behaviours),
        )


def get_result(scan: ScanCard) -> Result:
    """The result of a submitted scan: four statements, however many people answered.

    Raises NotFound where the account of its owner is deleted at this moment.
    """
    scans = scans_of(scan.owner_id)
    earlier = earlier_than(scan, scans)
    days = days_of(scans)
    shared = shared_responses(scan.id)
    supervisor = get_person(scan.owner_id).name if shared else ""
    forms = {each.response_id: supervisor for each in shared if not each.is_retracted}
    forms[scan.response_id] = ""
    views = get_views(forms | {earlier.response_id: ""} if earlier else forms)
    own = views[scan.response_id]
    there = [each for each in shared if _is_there(each, views)]
    return Result(
        scan=scan,
        questionnaire=own.questionnaire,
        own=_supervisor(SELF, scan, own, days[scan.id]),
        others=tuple(_respondents(there, views)),
        earlier=_supervisor(EARLIER, earlier, views[earlier.response_id], days[earlier.id])
        if earlier
        else None,
        stamp=stamps_of(scans)[scan.id],
        awaited=0 if there else _awaited(scan.id),
        withdrawn=tuple(_withdrawal(each) for each in shared if each not in there),
    )


def get_own_view(scan: ScanCard, name: str) -> Result:
    """How the supervisor with this name sees themselves, for somebody else: one statement.

    Nothing of others, and nothing of an earlier scan: neither was opened with it.
    """
    own = get_views({scan.response_id: ""})[scan.response_id]
    supervisor = replace(_supervisor(SELF, scan, own, ""), name=name)
    return Result(scan, own.questionnaire, supervisor, others=(), earlier=None)


def get_evolution(scan: ScanCard, earlier: ScanCard) -> Result:
    """How the supervisor saw themselves in these two submitted scans: one statement.

    Nothing of others, and nothing of scans in between.
    """
    views = get_views({scan.response_id: "", earlier.response_id: ""})
    own, days = views[scan.response_id], days_of([scan, earlier])
    return Result(
        scan,
        own.questionnaire,
        _supervisor(SELF, scan, own, days[scan.id]),
        others=(),
        earlier=_supervisor(EARLIER, earlier, views[earlier.response_id], days[earlier.id]),
    )


def _withdrawal(shared: SharedResponse) -> Withdrawal:
    role = shared.role if is_plain(shared.label, shared.name) else None
    return Withdrawal(shared.label, role)


def _is_there(shared: SharedResponse, views: dict[uuid.UUID, ResponseView]) -> bool:
    """False where its author withdrew it, be it between reading that it was shared and what."""
    return not (shared.is_retracted or views[shared.response_id].filled.is_empty)


def _awaited(scan_id: uuid.UUID) -> int:
    return sum(each.is_open_at(now()) for each in asked_for(scan_id))


def _respondents(
    shared: Sequence[SharedResponse], views: dict[uuid.UUID, ResponseView]
) -> list[Respondent]:
    found = []
    counts = Counter[str]()
    # Those of one role stand together, as in the table; within a role in the order of asking.
    for each in sorted(shared, key=lambda one: respondents().place(one.role.key)):
        family = each.role.looks
        counts[family] += 1
        response = views[each.response_id]
        view = _view(f"{family}-{counts[family]}", response)
        found.append(
            Respondent(
                response, view, each.name, each.role, shared_at=each.shared_at, label=each.label
            )
        )
    return found


def _supervisor(key: str, scan: ScanCard, response: ResponseView, day: str) -> Respondent:
    return Respondent(response, _view(key, response), submitted_at=scan.submitted_at, day=day)


def _view(key: str, response: ResponseView) -> View:
    return View(key, statements_of(response.form), response.filled.answers)


def statements_of(form: FormFile) -> tuple[PlacedStatement, ...]:
    """The statements of a form with where each belongs."""
    return tuple(
        PlacedStatement(statement.key, part.axis, statement.behaviours)
        for part in form.parts
        for statement in part.statements
    )
