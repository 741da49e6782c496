"""The forms of a meeting: to move one, and to plan one more."""

from datetime import date, time
from typing import Any

from wtforms.validators import ValidationError

from zetwpo.clock import ClockChanges, moment_on
from zetwpo.cycle.meetings.rules import LONGEST_PLACE
from zetwpo.cycle.meetings.schedule import Slot
from zetwpo.cycle.meetings.service import Wish
from zetwpo.cycle.meetings.words import CLOCK_CHANGES
from zetwpo.cycle.trajectories.rules import LEAST_MINUTES, MOST_MINUTES
from zetwpo.edits import Fields, Overtaken, Sent, seen_in, to_choose
from zetwpo.fields import (
    Chosen,
    ClockField,
    DayField,
    EditForm,
    KeyedForm,
    LineField,
    NumberField,
)
from zetwpo.i18n import lazy_gettext as _


def _day() -> DayField:
    return DayField(_("Day"), [Chosen(_("Choose a day."))])


def _begins() -> ClockField:
    return ClockField(_("Begins at"), [Chosen(_("Fill in a time, for example 15:30."))])


def _minutes() -> NumberField:
    return NumberField(_("Minutes"), LEAST_MINUTES, MOST_MINUTES)


def _place() -> LineField:
    return LineField(
        _("Where"),
        readers=_("The group and the facilitators read this."),
        most=LONGEST_PLACE,
    )


def _refuse_change_of_clock(day: object, begins: object) -> None:
    if isinstance(day, date) and isinstance(begins, time):
        try:
            moment_on(day, begins)
        except ClockChanges as change:
            raise ValidationError(CLOCK_CHANGES[change.comes_twice]) from None


class MoveForm(EditForm):
    """When a meeting is, how long and where."""

    edited = ("day", "begins", "minutes", "place")
    day = _day()
    begins = _begins()
    minutes = _minutes()
    place = _place()

    def validate_begins(self, field: ClockField) -> None:
        """A time that the clock shows once on that day."""
        _refuse_change_of_clock(self.day.data, field.data)

    def show(self, fields: Fields) -> None:
        """Fill in what is stored, and let the page send back that it shows this."""
        self._fill_in(fields)
        self.seen.data = seen_in(fields)

    def let_choose(self, clash: Overtaken) -> Fields:
        """Show the sender's own words where somebody else changed the same (fields.EditForm)."""
        mine = to_choose(self.sent, clash.stored)
        elsewhere = super().let_choose(clash)
        self._fill_in(mine)
        return elsewhere

    @property
    def sent(self) -> Sent:
        """What came in, as it is stored."""
        sent = super().sent
        return Sent(
            {name: _stored(value) for name, value in sent.fields.items()}, sent.seen, sent.wrong
        )

    def _fill_in(self, fields: Fields) -> None:
        self.day.data = date.fromisoformat(fields["day"])
        self.begins.data = time.fromisoformat(fields["begins"])
        self.minutes.data = int(fields["minutes"])
        self.place.data = fields["place"]
        for field in (self.day, self.begins, self.minutes):
            # It would show what came in rather than this.
            field.raw_data = None


def _stored(value: Any) -> str:
    match value:
        case time():
            return f"{value:%H:%M}"
        case date():
            return value.isoformat()
    return str(value)


class AddForm(KeyedForm):
    """One more meeting."""

    day = _day()
    begins = _begins()
    minutes = _minutes()
    place = _place()

    def validate_begins(self, field: ClockField) -> None:
        """A time that the clock shows once on that day."""
        _refuse_change_of_clock(self.day.data, field.data)

    @property
    def wish(self) -> Wish:
        """What was filled in. Valid forms only."""
        slot = Slot(moment_on(self.day.data, self.begins.data), self.minutes.data)
        return Wish(slot, self.place.data or "")
