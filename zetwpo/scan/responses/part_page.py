"""The page of one part, the same for everybody who fills in a form."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from flask import abort, jsonify, request
from flask.typing import ResponseReturnValue

from zetwpo.clock import now
from zetwpo.i18n import clock_time, gettext, language
from zetwpo.i18n import lazy_gettext as _
from zetwpo.library.questionnaires import Axis, Part
from zetwpo.scan.responses import service
from zetwpo.scan.responses.forms import (
    POINTS,
    PartForm,
    as_seen,
    field_name,
    part_form,
    text_keys,
)
from zetwpo.scan.responses.queries import ResponseView
from zetwpo.scan.responses.rules import (
    Filled,
    Key,
    Place,
    TextKind,
    joined,
    marks_of,
    overtaken,
    shown_after,
)
from zetwpo.web import Typed, store_in_part

EXAMPLE_QUESTION = _("An example from practice, if you like")
OPTIONAL = _("You may leave this open.")
STRANGE = _("Something came in that does not belong to this part.")
REST_IS_SAVED = _("The rest is saved.")
# In the address of a part that somebody changes from the page with all answers.
FROM_CHECK: dict[str, Any] = {"from": "check"}


class ScaleEnds(NamedTuple):
    """What the two ends of the scale mean, in the words of a page."""

    lowest: str
    highest: str
    # For the tags around them, where they are in another language than the page.
    lowest_lang: str = ""
    highest_lang: str = ""


@dataclass
class PartPage:
    """What the template of a part needs."""

    view: ResponseView
    number: int
    form: PartForm
    # Names of fields that were changed elsewhere in the meantime, with what stands there now.
    elsewhere: dict[str, str] = field(default_factory=dict)
    # What was sent and is no field of this part.
    strange: list[Typed] = field(default_factory=list)
    # What was sent and stored.
    stored: Filled = field(default_factory=Filled)
    # The fields of this part that were sent and not stored.
    refused: set[Key] = field(default_factory=set)
    # Goes along in the address, so that saving knows where somebody came from.
    return_to: dict[str, Any] = field(default_factory=dict)

    @property
    def status(self) -> int:
        """200 where everything that was sent is stored."""
        if self.elsewhere:
            return 409
        return 422 if self.form.errors else 400 if self.strange else 200

    @property
    def part(self) -> Part:
        """The part of the questionnaire."""
        return self.view.form.parts[self.number - 1]

    @property
    def axis(self) -> Axis:
        """The axis that the part is about."""
        return self.view.questionnaire.axis(self.part.axis)

    @property
    def is_partly_dutch(self) -> bool:
        """True on a page in English where the words of a partnership are not all there in it."""
        return language() != "nl" and self.view.questionnaire.lacks_english

    @property
    def scale(self) -> ScaleEnds:
        """What the ends of the scale mean."""
        ends, supervisor = self.view.form.scale, self.view.supervisor
        return ScaleEnds(
            ends.lowest.about(supervisor),
            ends.highest.about(supervisor),
            ends.lowest.lang,
            ends.highest.lang,
        )

    @property
    def points(self) -> list[tuple[str, str, str]]:
        """The points of the scale, each with what a screen reader says of it, and in what."""
        lowest, *between, highest = POINTS
        ends = self.scale
        return [
            (lowest, f"{lowest}, {ends.lowest}", ends.lowest_lang),
            *((point, gettext("%(point)s of 7", point=point), "") for point in between),
            (highest, f"{highest}, {ends.highest}", ends.highest_lang),
        ]

    @property
    def count(self) -> int:
        """How many parts the form has."""
        return len(self.view.form.parts)

    @property
    def answered(self) -> str:
        """How far the whole form is, in words; the title of the page has the same ones."""
        done, total = self.view.answered, self.view.total
        return gettext("%(done)s of the %(all)s answered", done=done, all=total)

    @property
    def stays_at(self) -> str | None:
        """The place of the statement that was left open by its button; None to go on."""
        cleared = self.form.cleared
        return Place(self.number, cleared.statement.key).anchor if cleared else None

    @property
    def is_last(self) -> bool:
        """True for the last part of the form."""
        return self.number == self.count

    @property
    def leads_to_check(self) -> bool:
        """True where the page with all answers comes next."""
        return self.is_last or bool(self.return_to)


def show(view: ResponseView, number: int, readers: str) -> PartPage:
    """The page with what was stored before."""
    page = _page(view, number, readers, sent=False)
    page.form.show(view.filled)
    page.form.marks = marks_of(view.filled)
    return page


def save(view: ResponseView, number: int, readers: str) -> PartPage:
    """Store what was sent, field by field: one that is refused does not hold up the rest.

    A status of 400 and up says that something was refused. The page then shows what is stored,
    and a text or a choice that its sender has to look at as it was sent.
    """
    page = _store(view, number, readers)
    if page.status >= 400:
        page.form.show(page.view.filled, leave=page.refused)
        page.form.marks = marks_of(page.view.filled)
    return page


def autosave(
    view: ResponseView, number: int, more: Callable[[PartPage], str] = lambda _page: ""
) -> ResponseReturnValue:
    """Store the fields that were sent, and tell the script of the page what became of them.

    `refused` names the fields that are not stored, `seen` is what the page shows from now on;
    `answered` and `done` say how far the form is, in words and as a number of statements.
    `more` does what else has to be done, and gives what its author has to know of that.
    """
    page = _store(view, number, "")
    answer = jsonify(
        seen=as_seen(shown_after(page.form.marks, page.stored), page.form.keys),
        refused=[field_name(key) for key in page.form.keys if key in page.refused],
        answered=page.answered,
        done=page.view.answered,
        message=" ".join(filter(None, dict.fromkeys(map(str, [*_outcome(page), more(page)])))),
    )
    return answer, page.status


def _store(view: ResponseView, number: int, readers: str) -> PartPage:
    page = _page(view, number, readers, sent=True)
    form = page.form
    form.validate()
    sent = form.filled()
    clashes = overtaken(form.marks, view.filled, sent, form.tried_before())
    page.elsewhere = {field_name(key): _stands(view, key) for key in form.keys if key in clashes}
    page.strange = [
        Typed(name, value)
        for name in form.strangers(request.form)
        for value in request.form.getlist(name)
    ]
    if form.clear.data and not form.cleared:
        page.strange.append(Typed("clear", form.clear.data))
    page.refused = clashes | form.wrong
    page.stored = sent.without(page.refused)
    service.store(view.id, page.stored)
    page.view = replace(view, filled=joined(view.filled, page.stored))
    store_in_part()
    return page


def _outcome(page: PartPage) -> Iterator[object]:
    """What became of an autosave, sentence by sentence."""
    if page.status == 200:
        yield _("Saved at %(time)s", time=clock_time(now()))
        return
    if page.elsewhere:
        yield _("Changed on another device. Save to choose.")
    for problems in page.form.errors.values():
        yield from problems
    if page.strange:
        yield STRANGE
    if page.stored.keys:
        yield REST_IS_SAVED


def _page(view: ResponseView, number: int, readers: str, *, sent: bool) -> PartPage:
    if not 1 <= number <= len(view.form.parts):
        abort(404)
    part = view.form.parts[number - 1]
    form = part_form(view.form, part)() if sent else part_form(view.form, part)(formdata=None)
    for judgement in form.judgements:
        judgement.say_about(view.supervisor)
    for key in text_keys(view.form, part.axis):
        question = form[field_name(key)]
        asks_open = key[0] is TextKind.FEED_FORWARD or not view.form.is_feedback
        question.label.text = (
            part.open_question.about(view.supervisor) if asks_open else EXAMPLE_QUESTION
        )
        question.readers = readers
        if asks_open:
            question.lang = part.open_question.lang
            question.description = OPTIONAL
    return_to = FROM_CHECK if request.args.get("from") == FROM_CHECK["from"] else {}
    return PartPage(view, number, form, return_to=return_to)


def _stands(view: ResponseView, key: Key) -> str:
    """What is stored of this field, in words."""
    if isinstance(key, tuple):
        return view.filled.texts.get(key, "")
    if key not in view.filled.answers:
        return ""
    return str(view.filled.answers[key] or view.form.cannot_judge or "")
