"""A form that saves by itself while somebody types, with the button to save beside it.

The script of the page (static/js/autosave.js) sends the fields that changed and gets to know which
of them are kept. Without it the button does the same for the whole page.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from flask import jsonify, request
from flask.typing import ResponseReturnValue
from wtforms import HiddenField

from zetwpo import marks
from zetwpo.characters import without_controls
from zetwpo.clock import now
from zetwpo.edits import Fields, Overtaken, Sent, after, digests, overtaken
from zetwpo.fields import EditForm
from zetwpo.i18n import clock_time
from zetwpo.i18n import gettext as _
from zetwpo.marks import read_tried
from zetwpo.web import store_in_part

# Fields of the page itself, beside those that are edited.
OWN_FIELDS = frozenset({"csrf_token", "seen", "tried", "next"})


@dataclass(frozen=True)
class Taken:
    """What became of the fields that a page sent."""

    sent: Sent
    # What there is in all fields now.
    fields: Fields
    # What was changed elsewhere in the meantime: it stays, and its sender has to choose.
    clashes: Collection[str]
    # True where something came in that is no field of the page.
    has_strangers: bool

    @property
    def refused(self) -> set[str]:
        """The fields that are not kept as they were sent."""
        return {*self.clashes, *self.sent.wrong}

    @property
    def status(self) -> int:
        """200 where everything that was sent is kept."""
        if self.clashes:
            return 409
        return 422 if self.sent.wrong else 400 if self.has_strangers else 200


class AutosavedForm(EditForm):
    """Texts of one person, each of which is kept as it is, also when it is not finished."""

    # Fields and values that the script sent without hearing whether they were kept.
    tried = HiddenField()

    @property
    def sent(self) -> Sent:
        """What came in."""
        found: Sent = super().sent
        tried = [
            {name: without_controls(value).strip()}
            for name, value in read_tried(self.tried.data or "")
            if name in self.edited
        ]
        seen = {name: mark for name, mark in found.seen.items() if name in self.edited}
        return replace(found, seen=seen, tried=tried)

    def take_in(self, stored: Fields) -> Taken:
        """Look at what came in, beside what is stored; what can be kept of it is kept.

        Whoever calls this stores `fields`: one field that is refused does not hold up the rest.
        """
        self.validate()
        strangers = set(request.form) - OWN_FIELDS - set(self.edited)
        if strangers:
            self.form_errors = [_("Something came in that does not belong to this page.")]
        sent = self.sent
        taken = Taken(sent, after(sent, stored), overtaken(sent, stored), bool(strangers))
        if taken.status >= 400:
            store_in_part()
        return taken

    def show_refused(self, taken: Taken) -> Fields:
        """Show what cannot be kept as it was sent, and in all other fields what there is now.

        Returns what stands elsewhere in the fields of which the sender has to choose.
        """
        return self.let_choose(Overtaken(taken.clashes, taken.fields))

    def kept_at(self, time: str) -> str:
        """What somebody who types reads once it is kept."""
        return _("Saved at %(time)s", time=time)

    def outcome(self, taken: Taken) -> ResponseReturnValue:
        """Tell the script of the page what became of what it sent."""
        kept = {
            name: value for name, value in taken.sent.fields.items() if name not in taken.refused
        }
        problems = [str(problem) for found in self.errors.values() for problem in found]
        if taken.clashes:
            problems.append(_("Changed on another device. Save to choose."))
        if problems and kept:
            problems.append(_("The rest is saved."))
        self.seen.data = urlencode(marks.after(taken.sent.seen, digests(kept)))
        message = " ".join(problems) or self.kept_at(clock_time(now()))
        answer = jsonify(seen=self.seen.data, refused=sorted(taken.refused), message=message)
        return answer, taken.status
