"""The form of an own method, made for as many steps as it has and there is room for."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, ClassVar

from flask_wtf import FlaskForm
from wtforms import Field, Form, SelectMultipleField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import StopValidation

from zetwpo.characters import in_one_direction
from zetwpo.edits import Fields, Overtaken, Sent
from zetwpo.fields import ChoiceField, EditForm, LineField, LongTextField
from zetwpo.i18n import lazy_gettext as _
from zetwpo.library.methods import phases
from zetwpo.library.problems import Problem
from zetwpo.library.rules import (
    LONGEST_METHOD_MINUTES,
    LONGEST_REASON,
    LONGEST_STEP,
    LONGEST_TEXT,
    LONGEST_TITLE,
    MOST_MATERIAL,
    MOST_PEOPLE,
    MOST_VARIANTS,
)
from zetwpo.methods.document import ACTIVE, LISTENING, STEP, VARIANT, Row

READERS = _(
    "Once you publish this, everybody with a role in your partnership can read it. Until then "
    "only those who keep methods here."
)


# Steps for which there is room in sight on the page.
FEWEST_OPEN = 3


def _is_number(text: str) -> bool:
    """Whole, not below nought, and of a length that somebody can mean."""
    return text.isascii() and text.isdigit() and len(text) < 6


class Whole:
    """A whole number within bounds; what is not filled in is fine where it need not be."""

    def __init__(self, most: int, message: str, *, is_required: bool) -> None:
        self.most = most
        self.message = message
        self.is_required = is_required

    def __call__(self, _form: Form, field: Field) -> None:
        text = field.data or ""
        is_within = _is_number(text) and 1 <= int(text) <= self.most
        if (text or self.is_required) and not is_within:
            raise StopValidation(self.message)


class NumberField(LineField):
    """A number as people type it, short."""

    def __init__(
        self,
        label: str,
        most: int,
        message: str,
        *,
        is_required: bool = False,
        checks: tuple[Callable[[Any, Any], None], ...] = (),
        **rest: Any,
    ) -> None:
        whole = Whole(most, message, is_required=is_required)
        super().__init__(
            label,
            readers=READERS,
            most=20,
            checks=(whole, *checks),
            render_kw={"inputmode": "numeric", "size": 5},
            **rest,
        )


class PhasesField(SelectMultipleField):
    """The parts of a meeting that a method fits; its data is their keys, with spaces between."""

    def __init__(self, label: str, **rest: Any) -> None:
        super().__init__(label, validate_choice=False, **rest)

    def process_data(self, value: str | None) -> None:
        """Show these."""
        self.data = value or ""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Take those that were ticked, in the order of a meeting."""
        self.data = " ".join(phase.key for phase in phases() if phase.key in valuelist)

    def pre_validate(self, _form: FlaskForm) -> None:
        """At least one."""
        if not self.data:
            raise StopValidation(_("Tick at least one part of a meeting."))


class MethodForm(EditForm):
    """Everything that an own method says but its steps and variants (`form_for`)."""

    title = LineField(
        _("What it is called"),
        readers=READERS,
        most=LONGEST_TITLE,
        required=_("Give the method a name."),
    )
    good_for = LineField(
        _("What it is good for, in one line"),
        readers=READERS,
        most=LONGEST_REASON,
        required=_("Say in one line what it is good for: it stands in the agenda."),
        hint=_("For example: everybody gets a turn, also who talks little."),
    )
    what = LongTextField(
        _("What"),
        readers=READERS,
        most=LONGEST_TEXT,
        required=_("Say in a few sentences what you do."),
    )
    why = LongTextField(_("Why, if you like"), readers=READERS, most=LONGEST_STEP)
    phases = PhasesField(_("Which parts of a meeting does it fit?"))
    doing = ChoiceField(
        _("What do people do most of the time?"),
        choices=[
            SelectChoice(ACTIVE, _("They talk, write or try something themselves")),
            SelectChoice(LISTENING, _("They listen or read")),
        ],
        validate_choice=False,
    )
    least = NumberField(
        _("For how many people at least?"),
        MOST_PEOPLE,
        _("Fill in a whole number of people, from 1 to %(most)s.", most=MOST_PEOPLE),
        is_required=True,
    )
    most = NumberField(
        _("And at most? Leave it empty if it does not matter."),
        MOST_PEOPLE,
        _("Fill in a whole number of people, from 1 to %(most)s.", most=MOST_PEOPLE),
    )
    material = LongTextField(
        _("Material, if you like"),
        readers=READERS,
        most=MOST_MATERIAL * LONGEST_REASON,
        hint=_("One thing on each line."),
    )
    pitfall = LongTextField(_("What can go wrong, if you like"), readers=READERS, most=LONGEST_STEP)

    edited: ClassVar[tuple[str, ...]] = ()
    rows: ClassVar[Sequence[Row]] = ()
    form_errors: list[str]

    variants: ClassVar[range] = range(MOST_VARIANTS)

    @property
    def open_rows(self) -> int:
        """The steps that stand open: those with words, one more, and three at least."""
        written = [number for number, row in enumerate(self.rows, 1) if self._says_something(row)]
        return max(max(written, default=0) + 1, FEWEST_OPEN)

    @property
    def has_variant(self) -> bool:
        """True where something was written about another way to do it."""
        names = (f"variant_{number}_{name}" for number in self.variants for name in VARIANT)
        return any(self[name].data or self[name].errors for name in names)

    def _says_something(self, row: Row) -> bool:
        return any(self[name].data or self[name].errors for name in row.names().values())

    def show(self, fields: Fields) -> None:
        """Fill in what is stored; a step and a variant that are not there yet are empty."""
        super().show({name: fields.get(name, "") for name in self.edited})

    def validate_doing(self, field: ChoiceField) -> None:
        """One of the two."""
        if field.data not in {ACTIVE, LISTENING}:
            raise StopValidation(_("Choose one of the two."))

    def validate_most(self, field: Field) -> None:
        """Not less than the least."""
        _not_less(self.least, field, _("This is less than the least number of people."))

    def validate_material(self, field: Field) -> None:
        """Not too many things, and none too long."""
        lines = [line for line in (field.data or "").split("\n") if line.strip()]
        if len(lines) > MOST_MATERIAL:
            raise StopValidation(_("There is room for %(most)s things.", most=MOST_MATERIAL))
        if any(len(line) > LONGEST_REASON for line in lines):
            raise StopValidation(
                _("Keep each thing to %(most)s letters at most.", most=LONGEST_REASON)
            )

    def validate(self, extra_validators: Any = None) -> bool:
        """Also that each step is whole, and that there is one."""
        is_fine = bool(super().validate(extra_validators))
        # All of them, also after one that is not: each says at its field what is missing.
        others = [
            *map(self._is_whole_step, self.rows),
            *map(self._is_whole_variant, self.variants),
            self._has_step(),
        ]
        return is_fine and all(others)

    def _is_whole_step(self, row: Row) -> bool:
        title, text, minutes, most = (self[name] for name in row.names().values())
        if not any(each.data for each in (title, text, minutes, most)):
            return True
        _need(title, _("Give this step a name."))
        _need(text, _("Say what happens in this step."))
        _need(minutes, _MINUTES)
        if not minutes.errors and not most.errors:
            try:
                _not_less(minutes, most, _("This is less than the least number of minutes."))
            except StopValidation as error:
                most.errors = [*most.errors, error.args[0]]
        return not any(each.errors for each in (title, text, minutes, most))

    def _is_whole_variant(self, number: int) -> bool:
        title, text = (self[f"variant_{number}_{name}"] for name in ("title", "text"))
        if title.data or text.data:
            _need(title, _("Give this variant a name."))
            _need(text, _("Say what is different in this variant."))
        return not (title.errors or text.errors)

    def _has_step(self) -> bool:
        if any(self[name].data for row in self.rows for name in row.names().values()):
            return True
        first = self[self.rows[0].names()["title"]]
        _need(first, _("Write at least one step."))
        return False

    def place(self, problems: Sequence[Problem]) -> None:
        """Say what is wrong at the fields, or else above the form."""
        keys = [row.key for row in self.rows]
        for problem in problems:
            field = self._fields.get(_field_name(problem, keys))
            if field is None:
                self.form_errors = [*self.form_errors, problem.message]
            else:
                field.errors = [*field.errors, problem.message]

    @property
    def sent(self) -> Sent:
        """What came in, as it is stored: a second click sends the same."""
        found = super().sent
        tidy = {name: self._tidy(name, each) for name, each in found.fields.items()}
        return replace(found, fields=tidy)

    def _tidy(self, name: str, text: str) -> str:
        if isinstance(self[name], NumberField) and _is_number(text):
            return str(int(text))
        lines = [" ".join(in_one_direction(line).split()) for line in text.split("\n")]
        return ("\n" if name == "material" else " ").join(filter(None, lines))

    def let_choose(self, clash: Overtaken) -> Fields:
        """The same as in every form, for those of its fields that the page has."""
        known = {name: clash.stored.get(name, "") for name in self.edited}
        return super().let_choose(Overtaken(clash.names, known))


_MINUTES = _("Fill in the minutes: a whole number from 1 to %(most)s.", most=LONGEST_METHOD_MINUTES)


def _need(field: Field, message: str) -> None:
    if not field.data and not field.errors:
        field.errors = [message]


def _not_less(least: Field, field: Field, message: str) -> None:
    both = [each.data or "" for each in (field, least)]
    if all(map(_is_number, both)) and int(both[0]) < int(both[1]):
        raise StopValidation(message)


def _field_name(problem: Problem, keys: Sequence[str]) -> str:
    """The name of the field that this problem is about."""
    match problem.path:
        case ("steps", item, name):
            key = keys[int(item[5:]) - 1] if item.startswith("item ") else item
            return f"step_{key}_{'most' if name == 'most_minutes' else name}"
        case ("variants", item, name):
            return f"variant_{int(item.removeprefix('item ')) - 1}_{name}"
        case ("people", name):
            return name
        case ("material", *_item):
            return "material"
        case (name,):
            return name
    return ""


def form_for(rows: Sequence[Row]) -> type[MethodForm]:
    """The form with these steps."""
    fields: dict[str, Field] = {}
    for row in rows:
        fields |= _step_fields(row)
    for number in range(MOST_VARIANTS):
        fields[f"variant_{number}_title"] = LineField(
            _("Name of the variant"), readers=READERS, most=LONGEST_TITLE
        )
        fields[f"variant_{number}_text"] = LongTextField(
            _("What is different"), readers=READERS, most=LONGEST_STEP
        )
    own = ("title", "good_for", "what", "why", "phases", "doing", "least", "most")
    edited = (*own, "material", "pitfall", *fields)
    return type("MethodFormFor", (MethodForm,), {**fields, "edited": edited, "rows": tuple(rows)})


def _step_fields(row: Row) -> dict[str, Field]:
    title, text, minutes, most = (row.names()[name] for name in STEP)
    return {
        title: LineField(_("Name of the step"), readers=READERS, most=LONGEST_TITLE),
        text: LongTextField(_("What happens"), readers=READERS, most=LONGEST_STEP),
        minutes: NumberField(_("Minutes"), LONGEST_METHOD_MINUTES, _MINUTES),
        most: NumberField(_("At most, if it can take longer"), LONGEST_METHOD_MINUTES, _MINUTES),
    }
