"""The forms of making a trajectory and of changing its settings."""

from datetime import time

from wtforms.fields.choices import SelectChoice
from wtforms.validators import ValidationError

from zetwpo.clock import moment_on, now, today
from zetwpo.cycle.meetings.rules import LONGEST_PLACE
from zetwpo.cycle.meetings.schedule import Trouble
from zetwpo.cycle.meetings.words import TROUBLES
from zetwpo.cycle.trajectories.rules import (
    LEAST_MINUTES,
    LEAST_RHYTHM,
    LONGEST_TITLE,
    MOST_MEETINGS,
    MOST_MINUTES,
    MOST_RHYTHM,
    USUAL_COUNT,
    USUAL_MINUTES,
    USUAL_RHYTHM,
)
from zetwpo.cycle.trajectories.service import Frame
from zetwpo.fields import (
    ChoiceField,
    Chosen,
    ClockField,
    DayField,
    EditForm,
    KeyedForm,
    LineField,
    NumberField,
    OneOf,
)
from zetwpo.i18n import lazy_gettext as _

READERS = _("The group, the facilitators, programme leaders and school leaders read this.")
FURTHEST_YEARS = 2
# Three hours from then on end in school time.
USUAL_TIME = time(14, 30)
# On some Sundays there is no such hour, or there are two.
SUNDAY, HOUR_OF_CHANGE = 6, 2
ANSWERS = [
    SelectChoice("no", _("Voluntary: whoever takes part chose to")),
    SelectChoice("yes", _("Obligatory: the partnership asks it of its supervisors")),
]


def _title() -> LineField:
    return LineField(
        _("What do you call it?"),
        readers=READERS,
        hint=_("For example: From supervisor to trainer, spring 2027."),
        most=LONGEST_TITLE,
        required=_("Give it a name, so that people know what it is about."),
    )


def _is_obligatory() -> ChoiceField:
    return ChoiceField(
        _("Voluntary or obligatory?"),
        [OneOf(_("Choose one of the two."))],
        choices=ANSWERS,
        default="no",
        validate_choice=False,
    )


class NewForm(KeyedForm):
    """What a trajectory is called, and when its meetings are."""

    title = _title()
    first_day = DayField(_("Day of the first meeting"), [Chosen(_("Choose the first day."))])
    begins = ClockField(
        _("Begins at"), [Chosen(_("Fill in a time, for example 15:30."))], default=USUAL_TIME
    )
    place = LineField(
        _("Where, if you know that already"),
        readers=_("The group and the facilitators read this."),
        most=LONGEST_PLACE,
    )
    count = NumberField(_("Number of meetings"), 1, MOST_MEETINGS, default=USUAL_COUNT)
    minutes = NumberField(
        _("Minutes for each meeting"), LEAST_MINUTES, MOST_MINUTES, default=USUAL_MINUTES
    )
    rhythm_weeks = NumberField(
        _("Weeks between two meetings"), LEAST_RHYTHM, MOST_RHYTHM, default=USUAL_RHYTHM
    )
    is_obligatory = _is_obligatory()

    @property
    def frame(self) -> Frame:
        """What was filled in. Valid forms only."""
        return Frame(
            self.title.data or "",
            self.is_obligatory.data == "yes",
            self.minutes.data,
            self.rhythm_weeks.data,
        )

    def validate_first_day(self, field: DayField) -> None:
        """A day to come, and not so far that nobody can plan it."""
        if field.data and field.data < today():
            raise ValidationError(_("This day is over. Choose a day to come."))
        if field.data and field.data.year > today().year + FURTHEST_YEARS:
            raise ValidationError(_("This is more than two years ahead. Check the year."))

    def validate_begins(self, field: ClockField) -> None:
        """A time to come, that the clock shows once on that day and on all others like it."""
        day, begins = self.first_day.data, field.data
        if day is None or begins is None:
            return
        if day.weekday() == SUNDAY and begins.hour == HOUR_OF_CHANGE:
            raise ValidationError(
                _("The clock is put forward or back at this time. Choose another one.")
            )
        # A day that is over is said at the day.
        if day == today() and moment_on(day, begins) <= now():
            raise ValidationError(TROUBLES[Trouble.PAST])


class SettingsForm(EditForm):
    """What can be changed of a trajectory later on."""

    edited = ("title", "is_obligatory")
    title = _title()
    is_obligatory = _is_obligatory()
