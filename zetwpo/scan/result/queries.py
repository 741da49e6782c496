"""Everything that the result of one scan shows, loaded in a constant number of statements."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from zetwpo.library.questionnaires import Axis, Behaviour, FormFile, Questionnaire
from zetwpo.scan.feedback.queries import SharedResponse, shared_responses
from zetwpo.scan.feedback.rules import AskedRole
from zetwpo.scan.responses.queries import ResponseView, get_views
from zetwpo.scan.responses.rules import TextKind
from zetwpo.scan.result import rules
from zetwpo.scan.result.rules import Change, Difference, PlacedStatement, Score, View
from zetwpo.scan.self_scan.queries import ScanCard, find_earlier

SELF, EARLIER = "self", "earlier"
KIND = {AskedRole.STUDENT: "student", AskedRole.SCHOOL_TRAINER: "trainer"}


@dataclass(frozen=True)
class Respondent:
    """One person who filled in a form about the supervisor, the supervisor included.

    The supervisor has no role here, and no name: the page says "you". `submitted_at` is when a
    supervisor's scan was finished, `shared_at` when somebody else's feedback was shared.
    """

    response: ResponseView
    view: View
    name: str = ""
    role: AskedRole | None = None
    submitted_at: datetime | None = None
    shared_at: datetime | None = None

    @property
    def key(self) -> str:
        """Short and unique on the page."""
        return self.view.key

    @property
    def is_student(self) -> bool:
        """True for the view of a student."""
        return self.role is AskedRole.STUDENT

    def text(self, kind: TextKind, axis: str) -> str:
        """What this person wrote of this kind with this axis; empty where nothing."""
        return self.response.filled.texts.get((kind, axis), "")


@dataclass(frozen=True)
class Withdrawal:
    """Somebody who shared feedback and withdrew it. There is nothing more to know about it."""

    name: str
    role: AskedRole


@dataclass(frozen=True)
class Result:
    """A scan and all that was shared about it, side by side."""

    scan: ScanCard
    questionnaire: Questionnaire
    own: Respondent
    others: tuple[Respondent, ...]
    earlier: Respondent | None
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
    def is_same_version(self) -> bool:
        """True where the earlier scan asked the same statements."""
        return self.earlier is not None and self.earlier.response.form is self.own.response.form

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

    def score(self, respondent: Respondent, axis: str) -> Score:
        """How somebody sees one axis, and on how many statements that rests."""
        return rules.axis_score(respondent.view, axis)

    @property
    def has_picture(self) -> bool:
        """True where the own view says enough for something to stand out."""
        return rules.has_picture(self.own.view)

    @cached_property
    def strengths(self) -> list[Behaviour]:
        """What everybody sees as strong."""
        return self._named(rules.strengths(*self._views, list(self.behaviours)))

    @cached_property
    def attention(self) -> list[Behaviour]:
        """What could get attention, as everybody sees it."""
        return self._named(rules.attention(*self._views, list(self.behaviours)))

    @cached_property
    def differences(self) -> list[Difference]:
        """Where views differ enough to talk about."""
        return rules.differences(*self._views, list(self.behaviours))

    @cached_property
    def changes(self) -> list[Change]:
        """How the own view moved since the earlier scan."""
        if self.earlier is None:
            return []
        return rules.changes(self.own.view, self.earlier.view, list(self.behaviours))

    @cached_property
    def _views(self) -> tuple[View, list[View]]:
        return self.own.view, [respondent.view for respondent in self.others]

    def _named(self, keys: Sequence[str]) -> list[Behaviour]:
        return [self.behaviours[key] for key in keys]


def get_result(scan: ScanCard) -> Result:
    """The result of a submitted scan: three statements, however many people answered."""
    earlier = find_earlier(scan)
    shared = shared_responses(scan.id)
    ids = [scan.response_id, *(each.response_id for each in shared if not each.is_retracted)]
    views = get_views([*ids, earlier.response_id] if earlier else ids)
    own = views[scan.response_id]
    there = [each for each in shared if _is_there(each, views)]
    return Result(
        scan=scan,
        questionnaire=own.questionnaire,
        own=Respondent(own, _view(SELF, own), submitted_at=scan.submitted_at),
        others=tuple(_respondents(there, views)),
        earlier=_earlier(earlier, views[earlier.response_id]) if earlier else None,
        withdrawn=tuple(Withdrawal(each.name, each.role) for each in shared if each not in there),
    )


def _is_there(shared: SharedResponse, views: dict[uuid.UUID, ResponseView]) -> bool:
    """False where its author withdrew it, be it between reading that it was shared and what."""
    return not (shared.is_retracted or views[shared.response_id].filled.is_empty)


def _respondents(
    shared: Sequence[SharedResponse], views: dict[uuid.UUID, ResponseView]
) -> list[Respondent]:
    respondents = []
    counts = dict.fromkeys(KIND.values(), 0)
    # Students stand together, and so do trainers; within a role in the order of asking.
    for each in sorted(shared, key=lambda found: list(KIND).index(found.role)):
        kind = KIND[each.role]
        counts[kind] += 1
        response = views[each.response_id]
        view = _view(f"{kind}-{counts[kind]}", response)
        respondents.append(
            Respondent(response, view, each.name, each.role, shared_at=each.shared_at)
        )
    return respondents


def _earlier(scan: ScanCard, response: ResponseView) -> Respondent:
    return Respondent(response, _view(EARLIER, response), submitted_at=scan.submitted_at)


def _view(key: str, response: ResponseView) -> View:
    return View(key, statements_of(response.form), response.filled.answers)


def statements_of(form: FormFile) -> tuple[PlacedStatement, ...]:
    """The statements of a form with where each belongs."""
    return tuple(
        PlacedStatement(statement.key, part.axis, statement.behaviours)
        for part in form.parts
        for statement in part.statements
    )
