"""Everything that the result of one scan shows, loaded in a constant number of statements."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache, cached_property

from zetwpo.accounts.policy import Role
from zetwpo.i18n import day
from zetwpo.i18n import gettext as _
from zetwpo.library.questionnaires import Axis, Behaviour, FormFile, Questionnaire
from zetwpo.scan.feedback.queries import SharedResponse, shared_responses
from zetwpo.scan.feedback.rules import AskedRole
from zetwpo.scan.responses.queries import ResponseView, get_views
from zetwpo.scan.responses.rules import TextKind
from zetwpo.scan.result import rules
from zetwpo.scan.result.charts import look_for
from zetwpo.scan.result.rules import Change, Difference, Item, Score, View
from zetwpo.scan.self_scan.queries import ScanCard, find_earlier

SELF, EARLIER = "self", "earlier"
KIND = {AskedRole.STUDENT: "student", AskedRole.SCHOOL_TRAINER: "trainer"}


@dataclass(frozen=True)
class Voice:
    """One person's view, with who that is and how the charts draw it."""

    name: str
    look: str
    response: ResponseView
    view: View
    role: AskedRole | None = None
    shared_at: datetime | None = None

    @property
    def key(self) -> str:
        """Short and unique on the page."""
        return self.view.key

    @property
    def is_student(self) -> bool:
        """True for the view of a student."""
        return self.role is AskedRole.STUDENT

    @property
    def role_name(self) -> str:
        """What the page calls the role of this person; empty for the supervisor."""
        return Role(self.role).label if self.role else ""

    def text(self, kind: TextKind, axis: str) -> str:
        """What this person wrote of this kind with this axis; empty where nothing."""
        return self.response.filled.texts.get((kind, axis), "")


@dataclass(frozen=True)
class Result:
    """A scan and all that was shared about it, side by side."""

    scan: ScanCard
    questionnaire: Questionnaire
    own: Voice
    others: tuple[Voice, ...]
    earlier: Voice | None
    earlier_submitted_at: datetime | None

    @property
    def voices(self) -> tuple[Voice, ...]:
        """Everybody who says something about now, the supervisor first."""
        return (self.own, *self.others)

    @property
    def axes(self) -> tuple[Axis, ...]:
        """The axes, in their fixed order."""
        return self.questionnaire.axes

    @cached_property
    def behaviours(self) -> dict[str, Behaviour]:
        """The behaviours of the questionnaire, in its order."""
        return {each.key: each for each in self.questionnaire.behaviours}

    @property
    def is_same_version(self) -> bool:
        """True where the earlier scan asked the same statements."""
        return self.earlier is not None and self.earlier.response.form is self.own.response.form

    @property
    def with_earlier(self) -> tuple[Voice, ...]:
        """The same, with the earlier scan right after this one."""
        return (self.own, self.earlier, *self.others) if self.earlier else self.voices

    @property
    def charted(self) -> tuple[Voice, ...]:
        """The series of the spider: an earlier scan only where its axes mean the same."""
        return self.with_earlier if self.is_same_version else self.voices

    def voice(self, key: str) -> Voice:
        """The voice with this key."""
        return next(voice for voice in self.voices if voice.key == key)

    def score(self, voice: Voice, axis: str) -> Score:
        """How somebody sees one axis, and on how many statements that rests."""
        return rules.axis_score(voice.view, axis)

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
        return self.own.view, [voice.view for voice in self.others]

    def _named(self, keys: Sequence[str]) -> list[Behaviour]:
        return [self.behaviours[key] for key in keys]


def get_result(scan: ScanCard) -> Result:
    """The result of a submitted scan: three statements, however many people answered."""
    earlier = find_earlier(scan)
    shared = shared_responses(scan.id)
    ids = [scan.response_id, *(each.response_id for each in shared)]
    views = get_views([*ids, earlier.response_id] if earlier else ids)
    own = views[scan.response_id]
    return Result(
        scan=scan,
        questionnaire=own.questionnaire,
        own=Voice(_("You"), SELF, own, _view(SELF, own)),
        others=tuple(_voices(shared, views)),
        earlier=_earlier_voice(earlier, views[earlier.response_id]) if earlier else None,
        earlier_submitted_at=earlier.submitted_at if earlier else None,
    )


def _voices(shared: Sequence[SharedResponse], views: dict[uuid.UUID, ResponseView]) -> list[Voice]:
    voices = []
    counts = dict.fromkeys(KIND.values(), 0)
    # Students stand together, and so do trainers; within a role in the order of asking.
    for each in sorted(shared, key=lambda found: list(KIND).index(found.role)):
        kind = KIND[each.role]
        response = views[each.response_id]
        look = look_for(kind, counts[kind])
        counts[kind] += 1
        view = _view(f"{kind}-{counts[kind]}", response)
        voices.append(Voice(each.name, look, response, view, each.role, each.shared_at))
    return voices


def _earlier_voice(scan: ScanCard, view: ResponseView) -> Voice:
    name = _("You, %(day)s", day=day(scan.submitted_at or scan.started_at))
    return Voice(name, EARLIER, view, _view(EARLIER, view))


def _view(key: str, response: ResponseView) -> View:
    return View(key, items_of(response.form), response.filled.answers)


@cache
def items_of(form: FormFile) -> tuple[Item, ...]:
    """The statements of a form as the rules see them."""
    return tuple(
        Item(statement.key, part.axis, statement.behaviours)
        for part in form.parts
        for statement in part.statements
    )
