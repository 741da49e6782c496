"""The page of one part, the same for everybody who fills in a form."""

from dataclasses import dataclass, field, replace
from typing import Any

from flask import abort, jsonify, request
from flask.typing import ResponseReturnValue

from zetwpo.clock import now
from zetwpo.i18n import clock_time, gettext
from zetwpo.i18n import lazy_gettext as _
from zetwpo.library.questionnaires import Axis, Part, Scale
from zetwpo.scan.responses import service
from zetwpo.scan.responses.forms import PartForm, field_name, part_form, text_keys
from zetwpo.scan.responses.queries import ResponseView
from zetwpo.scan.responses.rules import Key, TextKind, joined, marks_of, overtaken, shown_after

EXAMPLE_QUESTION = _("An example from practice, if you like")
OPTIONAL = _("You may leave this open.")
# In the address of a part that somebody changes from the page with all answers.
FROM_CHECK: dict[str, Any] = {"from": "check"}


@dataclass
class PartPage:
    """What the template of a part needs."""

    view: ResponseView
    number: int
    form: PartForm
    # Names of fields that were changed elsewhere in the meantime, with what stands there now.
    elsewhere: dict[str, str] = field(default_factory=dict)
    status: int = 200
    # Goes along in the address, so that saving knows where somebody came from.
    return_to: dict[str, Any] = field(default_factory=dict)

    @property
    def part(self) -> Part:
        """The part of the questionnaire."""
        return self.view.form.parts[self.number - 1]

    @property
    def axis(self) -> Axis:
        """The axis that the part is about."""
        return self.view.questionnaire.axis(self.part.axis)

    @property
    def scale(self) -> Scale:
        """What the ends of the scale mean."""
        return self.view.form.scale

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
    """Store what was sent; a status of 400 and up says that nothing was stored, and why."""
    page = _page(view, number, readers, sent=True)
    names = set(request.form)
    page.form.refuse_strangers(names)
    if not page.form.validate():
        page.status = 422
        return page
    filled = page.form.filled(names)
    clashes = overtaken(page.form.marks, view.filled, filled, page.form.tried_before())
    if clashes:
        in_order = [key for key in page.form.keys if key in clashes]
        page.elsewhere = dict(_elsewhere(page, clash) for clash in in_order)
        page.form.marks = marks_of(view.filled)
        page.status = 409
        return page
    service.store(view.id, filled)
    page.view = replace(view, filled=joined(view.filled, filled))
    return page


def autosave(view: ResponseView, number: int) -> ResponseReturnValue:
    """Store the fields that were sent and answer when, for the small print on the page."""
    page = save(view, number, "")
    if page.status == 409:
        return {"message": str(_("Changed on another device. Save to choose."))}, 409
    if page.status >= 400:
        problems = [str(problem) for each in page.form.errors.values() for problem in each]
        return {"message": " ".join(problems)}, page.status
    sent = page.form.filled(set(request.form))
    return jsonify(
        seen=page.form.as_seen(shown_after(page.form.marks, sent)),
        message=str(_("Saved at %(time)s", time=clock_time(now()))),
        answered=page.answered,
    )


def _page(view: ResponseView, number: int, readers: str, *, sent: bool) -> PartPage:
    if not 1 <= number <= len(view.form.parts):
        abort(404)
    part = view.form.parts[number - 1]
    form = part_form(view.form, part)() if sent else part_form(view.form, part)(formdata=None)
    for key in text_keys(view.form, part.axis):
        question = form[field_name(key)]
        asks_open = key[0] is TextKind.FEED_FORWARD or view.form.cannot_judge is None
        question.label.text = part.open_question if asks_open else EXAMPLE_QUESTION
        question.readers = readers
        if asks_open:
            question.description = OPTIONAL
    return_to = FROM_CHECK if request.args.get("from") == FROM_CHECK["from"] else {}
    return PartPage(view, number, form, return_to=return_to)


def _elsewhere(page: PartPage, clash: Key) -> tuple[str, str]:
    if isinstance(clash, tuple):
        return field_name(clash), page.view.filled.texts.get(clash, "")
    if clash not in page.view.filled.answers:
        return field_name(clash), ""
    value = page.view.filled.answers[clash]
    return field_name(clash), str(value or page.view.form.cannot_judge or "")
