"""The forms of school breaks: one that is typed in, and a calendar to take them from."""

import re
from collections.abc import Sequence
from datetime import date
from urllib.parse import parse_qsl, urlencode

from flask import request
from wtforms import HiddenField
from wtforms.validators import ValidationError

from zetwpo.accounts.rules import LONGEST_NAME
from zetwpo.characters import is_blank, without_controls
from zetwpo.clock import today
from zetwpo.errors import BadInput
from zetwpo.fields import Chosen, DayField, LineField, LongTextField, PageForm, UploadField
from zetwpo.i18n import lazy_gettext as _
from zetwpo.marks import digest
from zetwpo.partnerships.breaks.calendar_file import MOST_SHOWN
from zetwpo.partnerships.breaks.rules import LONGEST_BREAK, Event, Trouble, trouble_with

LARGEST_CALENDAR = 1024 * 1024
TROUBLES = {
    Trouble.ENDS_BEFORE: _("The last day is before the first one."),
    Trouble.TOO_LONG: _(
        "This lasts more than %(most)s days. Check the years.", most=LONGEST_BREAK.days
    ),
    Trouble.TOO_FAR: _("This is more than five years ahead. Check the year."),
    Trouble.TOO_OLD: _("This is more than a year ago. Check the year."),
}
# As calendar_file.py makes it.
SOURCE = re.compile(r"[0-9a-f]{64}|")


class BreakForm(PageForm):
    """A name, a first day and a last one."""

    # What the page showed.
    seen = HiddenField()
    name = LineField(
        _("Name"),
        readers=_("Everybody in this partnership can read this."),
        most=LONGEST_NAME,
        required=_("Fill in a name, for example: autumn break."),
    )
    first_day = DayField(_("First day"), [Chosen(_("Choose the first day."))])
    last_day = DayField(
        _("Last day"),
        [Chosen(_("Choose the last day. It is part of the break."))],
    )

    def validate_last_day(self, field: DayField) -> None:
        """Days around which somebody can plan."""
        if isinstance(self.first_day.data, date) and isinstance(field.data, date):
            trouble = trouble_with(self.first_day.data, field.data, today())
            if trouble:
                raise ValidationError(TROUBLES[trouble])

    def show(self, event: Event) -> None:
        """Fill in what is stored."""
        self.name.data = event.name
        self.first_day.data, self.last_day.data = event.first_day, event.last_day
        self.show_mark(event)

    def show_mark(self, event: Event) -> None:
        """Let the page send back what it shows."""
        self.seen.data = mark_of(event)

    @property
    def event(self) -> Event:
        """What was filled in. Valid forms only."""
        first, last = self.first_day.data, self.last_day.data
        if not isinstance(first, date) or not isinstance(last, date):
            raise LookupError("these are no days")
        return Event(self.name.data or "", first, last)


def mark_of(event: Event) -> str:
    """What a page shows of a break, in few characters."""
    return digest(_packed(Event(event.name, event.first_day, event.last_day)))


class CalendarForm(PageForm):
    """A calendar: as a file, or pasted."""

    file = UploadField(
        _("A calendar file"),
        readers=_("We read it once and keep only the breaks that you choose."),
        most=LARGEST_CALENDAR,
        hint=_("Its name ends in .ics. Many school websites and calendar programs offer one."),
        accept=".ics,text/calendar",
    )
    pasted = LongTextField(
        _("Or paste what stands in such a file"),
        readers=_("We read it once and keep only the breaks that you choose."),
        most=LARGEST_CALENDAR,
        hint=_("It starts with BEGIN:VCALENDAR."),
    )

    @property
    def content(self) -> bytes:
        """What came in, the file first."""
        if self.file.data:
            content: bytes = self.file.data.content
            return content
        return (self.pasted.data or "").encode()


def packed_events(events: Sequence[Event]) -> str:
    """These as the page carries them along until somebody chose."""
    return " ".join(_packed(each) for each in events)


def sent_events() -> tuple[list[Event], set[int]]:
    """The events that the page carried along, and which of them were chosen, by their places.

    Raises BadInput where they are not what a page of ours carries.
    """
    rows = request.form.get("rows", "").split()
    taken = request.form.getlist("take")
    if not rows or len(rows) > MOST_SHOWN:
        raise _not_ours()
    return [_unpacked(each) for each in rows], {
        place for place in range(len(rows)) if str(place) in taken
    }


def _packed(event: Event) -> str:
    return urlencode(
        {
            "name": event.name,
            "first": event.first_day.isoformat(),
            "last": event.last_day.isoformat(),
            "source": event.source,
        }
    )


def _unpacked(row: str) -> Event:
    try:
        found = dict(parse_qsl(row, keep_blank_values=True, strict_parsing=True))
        first, last = date.fromisoformat(found["first"]), date.fromisoformat(found["last"])
        event = Event(found["name"], first, last, found["source"])
    except (KeyError, ValueError):
        raise _not_ours() from None
    is_name = event.name == " ".join(without_controls(event.name).split())
    if not is_name or is_blank(event.name) or len(event.name) > LONGEST_NAME:
        raise _not_ours()
    if not SOURCE.fullmatch(event.source) or trouble_with(first, last, today()):
        raise _not_ours()
    return event


def _not_ours() -> BadInput:
    return BadInput(
        _("We could not read this"), _("Nothing was stored. Bring in the calendar once more.")
    )
