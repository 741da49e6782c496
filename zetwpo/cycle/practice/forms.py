"""The form of a practice note."""

from wtforms import Field, Form
from wtforms.validators import StopValidation

from zetwpo.autosaving import AutosavedForm
from zetwpo.clock import today
from zetwpo.cycle.audience.words import ONLY_YOU
from zetwpo.cycle.practice.rules import NAMES, has_been
from zetwpo.fields import LineField, LongTextField, read_day
from zetwpo.i18n import lazy_gettext as _


def _day(_form: Form, field: Field) -> None:
    """As browsers send it, and as people type it; a page that does not send it changes none."""
    if not field.raw_data:
        return
    try:
        day = read_day(field.data or "")
    except ValueError:
        day = None
    if day is None or not has_been(day, today()):
        raise StopValidation(_("Choose the day on which it happened: today, or a day before."))
    field.data = day.isoformat()


class NoteForm(AutosavedForm):
    """What happened, and when."""

    edited = NAMES
    text = LongTextField(
        _("What happened?"),
        readers=ONLY_YOU,
        hint=_("What did you try, and what did your student do? A few words are enough."),
        most=2000,
        rows=5,
    )
    day = LineField(
        _("When was it?"),
        readers=ONLY_YOU,
        most=10,
        checks=(_day,),
        render_kw={"type": "date"},
    )
