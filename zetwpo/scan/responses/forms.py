"""The form of one part, made from the questionnaire."""

from collections.abc import Collection, Iterable, Iterator
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

from werkzeug.datastructures import MultiDict
from wtforms import Field, HiddenField
from wtforms.utils import unset_value
from wtforms.validators import ValidationError

from zetwpo.fields import LongTextField, PageForm
from zetwpo.i18n import lazy_gettext as _
from zetwpo.library.questionnaires import FormFile, Part, Statement
from zetwpo.library.rules import HIGHEST, LOWEST
from zetwpo.marks import read_marks, read_tried
from zetwpo.scan.responses.rules import Filled, Key, Marks, TextKey, TextKind

POINTS = tuple(str(point) for point in range(LOWEST, HIGHEST + 1))
CANNOT_JUDGE = "cannot_judge"
# Fields of the page itself, beside those of the questionnaire.
OWN_FIELDS = frozenset({"csrf_token", "seen", "tried", "clear"})


class JudgementField(Field):
    """One statement: a point of the scale, "cannot judge" where the form offers it, or nothing.

    A page without a choice sends no word of it, which changes nothing. An empty value leaves the
    statement open, whatever stood there.
    """

    def __init__(self, statement: Statement, choices: frozenset[str], **rest: Any) -> None:
        super().__init__("", **rest)
        self.statement = statement
        self.choices = choices
        self.illustrations: list[str] = []

    def say_about(self, supervisor: str) -> None:
        """Ask it in the language of the page, with the name of whom it is about."""
        self.label.text = self.statement.text.about(supervisor)
        self.illustrations = [each.about(supervisor) for each in self.statement.illustrations]

    def process(self, formdata: Any, data: Any = unset_value, extra_filters: Any = None) -> None:
        """Take what was sent; the button that leaves a statement open goes before its points."""
        super().process(formdata, data, extra_filters)
        if formdata is not None and formdata.get("clear") == self.name:
            self.raw_data, self.data = [""], ""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Take what was sent as it is; whether it is a choice is checked afterwards.

        A point goes before the empty value that a page sends along to leave a statement open.
        """
        if valuelist:
            self.data = next(filter(None, valuelist), "")

    @property
    def is_cleared(self) -> bool:
        """True where it was sent that this statement is left open."""
        return bool(self.raw_data) and not self.data

    def pre_validate(self, form: Any) -> None:
        """Refuse everything that is not on the page."""
        if len(set(filter(None, self.raw_data or ()))) > 1:
            raise ValidationError(_("Two answers came in. Choose one of them."))
        if self.data and self.data not in self.choices:
            raise ValidationError(_("Choose one of the points from 1 to 7."))


class TextField(LongTextField):
    """The answer to an open question."""


class PartForm(PageForm):
    """The statements and the open questions of one part."""

    # What the page showed, as `as_seen` writes it.
    seen = HiddenField()
    # Fields and values that the script sent without hearing whether they were stored.
    tried = HiddenField()
    # The name of the statement whose button leaves it open.
    clear = HiddenField()

    @property
    def judgements(self) -> list[JudgementField]:
        """The statements, in the order of the form."""
        return [field for field in self if isinstance(field, JudgementField)]

    @property
    def open_questions(self) -> list[TextField]:
        """The fields for text, in the order of the form."""
        return [field for field in self if isinstance(field, TextField)]

    @property
    def keys(self) -> list[Key]:
        """The statements and the texts, in the order of the form."""
        asked: list[Field] = [*self.judgements, *self.open_questions]
        return [field_key(each.name) for each in asked]

    @property
    def marks(self) -> Marks:
        """What the page says that it showed."""
        return read_seen(self.seen.data or "", self.keys)

    @marks.setter
    def marks(self, marks: Marks) -> None:
        self.seen.data = as_seen(marks, self.keys)

    @property
    def cleared(self) -> JudgementField | None:
        """The statement whose button was pressed."""
        return next((each for each in self.judgements if each.name == self.clear.data), None)

    def show(self, filled: Filled, leave: Collection[Key] = ()) -> None:
        """Fill in what is stored, and leave some fields as they were sent.

        A wrong answer is none, and nothing that its sender could miss.
        """
        for judgement in self.judgements:
            if judgement.statement.key not in leave or judgement.errors:
                judgement.data = as_choice(filled, judgement.statement.key)
        for question in self.open_questions:
            if text_key(question.name) not in leave:
                question.data = filled.texts.get(text_key(question.name), "")

    def tried_before(self) -> Iterator[Filled]:
        """What the page may have stored without knowing it, one field at a time."""
        for name, value in read_tried(self.tried.data or ""):
            form = type(self)(MultiDict({name: value}))
            if form.validate():
                yield form.filled()

    def strangers(self, names: Iterable[str]) -> set[str]:
        """Those of these names that this page does not ask."""
        return set(names) - OWN_FIELDS - set(self._fields)

    @property
    def wrong(self) -> set[Key]:
        """The fields that cannot be stored as they were sent."""
        return {key for key in self.keys if self[field_name(key)].errors}

    def filled(self) -> Filled:
        """What was sent; no answer that is not on the page.

        A text that is wrong is among it.
        """
        answers = {
            field.statement.key: None if field.data == CANNOT_JUDGE else int(field.data)
            for field in self.judgements
            if field.data and not field.errors
        }
        texts = {
            text_key(field.name): field.data or ""
            for field in self.open_questions
            if field.raw_data
        }
        cleared = frozenset(each.statement.key for each in self.judgements if each.is_cleared)
        return Filled(answers, texts, cleared)


def as_choice(filled: Filled, statement: str) -> str:
    """The value of the radio button for what is stored; empty where there is no answer."""
    if statement not in filled.answers:
        return ""
    value = filled.answers[statement]
    return CANNOT_JUDGE if value is None else str(value)


def field_name(key: Key) -> str:
    """The name of the field for this statement or text: never one of the form's own names."""
    return f"text-{key[0]}-{key[1]}" if isinstance(key, tuple) else f"statement-{key}"


def field_key(name: str) -> Key:
    """The statement or the text that the field with this name holds."""
    kind, _hyphen, key = name.partition("-")
    return text_key(name) if kind == "text" else key


def text_key(name: str) -> TextKey:
    """The text that the field with this name holds."""
    _text, kind, axis = name.split("-")
    return TextKind(kind), axis


def as_seen(marks: Marks, keys: Iterable[Key]) -> str:
    """The marks of these fields as a page sends them back: a query string."""
    return urlencode({field_name(key): marks[key] for key in keys if key in marks})


def read_seen(seen: str, keys: Iterable[Key]) -> Marks:
    """What a page says that it showed of these fields; nothing where not all of it can be read."""
    marks = read_marks(seen)
    known = {field_name(key): key for key in keys}
    return (
        {known[name]: mark for name, mark in marks.items()} if marks.keys() <= known.keys() else {}
    )


def form_keys(form: FormFile) -> Iterator[Key]:
    """The statements and the texts of a whole form, in its order."""
    for part in form.parts:
        yield from (statement.key for statement in part.statements)
        yield from text_keys(form, part.axis)


def text_keys(form: FormFile, axis: str) -> Iterator[TextKey]:
    """The texts that a form asks with one axis. Feed-forward is for others to give."""
    yield TextKind.EXAMPLE, axis
    if form.is_feedback:
        yield TextKind.FEED_FORWARD, axis


# Of some twenty versions; partnerships make others.
@lru_cache(maxsize=300)
def part_form(form: FormFile, part: Part) -> type[PartForm]:
    """The form class of this part, kept; the words come in the language of each page."""
    choices = frozenset(POINTS) | ({CANNOT_JUDGE} if form.cannot_judge else frozenset())
    fields: dict[str, Any] = {
        field_name(statement.key): _judgement(statement, choices) for statement in part.statements
    }
    for key in text_keys(form, part.axis):
        fields[field_name(key)] = TextField("", readers="")
    return type("PartFormOf", (PartForm,), fields)


def _judgement(statement: Statement, choices: frozenset[str]) -> Any:
    return JudgementField(statement, choices)
