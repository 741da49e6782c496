"""The form of opening one thing to somebody."""

from collections.abc import Sequence
from datetime import date, datetime

from wtforms import Field, Form
from wtforms.fields.choices import SelectChoice
from wtforms.validators import ValidationError

from zetwpo.clock import end_of, today
from zetwpo.fields import ChoiceField, DayField, LineField, PageForm, as_key
from zetwpo.i18n import lazy_gettext as _
from zetwpo.sharing.items import WHOLE, Part
from zetwpo.sharing.queries import Receiver
from zetwpo.sharing.rules import is_possible_last_day

# Letters: with one, half of the people would stand there.
SHORTEST_NAME = 2


def _enough_of_a_name(_form: Form, field: Field) -> None:
    if 0 < len(field.data or "") < SHORTEST_NAME:
        raise ValidationError(_("Type two letters or more."))


class ShareForm(PageForm):
    """What to open, to whom, and until when."""

    # With which somebody looks for people, and which goes along: so the same people stand there
    # when something has to be mended.
    name = LineField(
        _("Name of a colleague"),
        readers=_("Nobody reads this: we only look up the name."),
        hint=_(
            "The first letters are enough. You find supervisors, trainers and facilitators of "
            "your partnership. School leaders never see what you fill in."
        ),
        checks=(_enough_of_a_name,),
        render_kw={"autocomplete": "off"},
    )
    to = ChoiceField(_("Who do you want to share it with?"), validate_choice=False)
    part = ChoiceField(_("What do you share?"), default=WHOLE, validate_choice=False)
    day = DayField(_("Until when, if you like"))

    @property
    def sought(self) -> str:
        """The name to look for; empty where that is too little of one."""
        name = self.name.data or ""
        return name if len(name) >= SHORTEST_NAME else ""

    def look_for(self, name: str, part: str) -> None:
        """Begin with the people of this name, and with this part, before anything is sent."""
        self.name.data, self.part.data = name, part
        self.name.validate(self)

    def offer(self, parts: Sequence[Part], receivers: Sequence[tuple[Receiver, str]]) -> None:
        """Let somebody choose from these parts, and from these people and groups."""
        self.parts = {WHOLE, *(each.key for each in parts)}
        self.part.choices = [
            SelectChoice(WHOLE, str(_("All parts"))),
            *(SelectChoice(each.key, each.title) for each in parts),
        ]
        self.to.choices = [SelectChoice(f"{to.kind}:{to.id}", words) for to, words in receivers]

    def gather_errors(self) -> None:
        """Where there is nobody to choose from, say at the name what has to be mended."""
        if not self.to.choices:
            self.name.errors = [*self.name.errors, *self.to.errors]
            self.to.errors, self.day.errors = [], []
        if len(self.part.choices) == 1 or not self.to.choices:
            self.name.errors = [*self.name.errors, *self.part.errors]
            self.part.errors = []

    @property
    def receiver(self) -> Receiver:
        """To whom. Valid forms only."""
        found = _receiver(self.to.data)
        if found is None:
            raise LookupError("nobody was chosen")
        return found

    @property
    def until(self) -> datetime | None:
        """The last moment of the day that was chosen. Valid forms only."""
        return end_of(self.day.data) if isinstance(self.day.data, date) else None

    def validate_to(self, field: ChoiceField) -> None:
        """Somebody; whether it may be this one is for the service to say."""
        if _receiver(field.data) is None:
            raise ValidationError(_("Choose somebody."))

    def validate_part(self, field: ChoiceField) -> None:
        """All of it, or one of its parts."""
        if field.data not in self.parts:
            raise ValidationError(_("Choose what you share."))

    def validate_day(self, field: DayField) -> None:
        """No day, or one to come."""
        is_empty = not "".join(field.raw_data or ()).strip()
        # What the library found wrong with the words of it: ours says it better.
        field.errors = []
        is_possible = field.data is not None and is_possible_last_day(field.data, today())
        if not is_empty and not is_possible:
            # Never read a day that cannot be as "for ever".
            raise ValidationError(
                _("Choose today or a later day, at most a year ahead, or leave it empty.")
            )


def _receiver(value: str | None) -> Receiver | None:
    kind, _colon, key = (value or "").partition(":")
    receiver_id = as_key(key)
    return Receiver(kind, receiver_id) if receiver_id else None
