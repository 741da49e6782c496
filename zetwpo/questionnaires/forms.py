"""The forms of the editing pages, made from what each of them asks."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from wtforms import HiddenField, SelectField
from wtforms.validators import ValidationError

from zetwpo.edits import Fields, Sent, seen_in
from zetwpo.fields import MEBIBYTE, LongTextField, PageForm, UploadField
from zetwpo.i18n import lazy_gettext as _
from zetwpo.library.content_file import SUPERVISOR
from zetwpo.library.problems import Problem
from zetwpo.library.rules import LONGEST_TEXT
from zetwpo.marks import read_marks

READERS = _("Once you publish this, everybody who fills in the questionnaire reads it.")
# Fields of the page itself, beside those.
OWN_FIELDS = frozenset({"seen", "key"})
CODES = ("nl", "en")
# What stands in an edited statement for the name of the supervisor.
NAME_PLACES = {"nl": "(naam)", "en": "(name)"}
_NAME_PLACE = re.compile(r"\(\s*(naam|name)\s*\)", re.IGNORECASE)


@dataclass(frozen=True)
class Asked:
    """Words in both languages that a page asks; `name` begins the names of the two fields."""

    name: str
    legend: str
    hint: str = ""
    # Letters that fit; of a label those of a line, of which there are two.
    most: int = LONGEST_TEXT
    is_required: bool = True
    rows: int = 3
    # Line breaks in a label stay; all other words are one line.
    is_label: bool = False
    # Between brackets stands where the name of the supervisor goes, as a page shows it as well.
    has_name: bool = False

    def tidy(self, text: str) -> str:
        """The words as they are stored."""
        lines = [" ".join(line.split()) for line in text.split("\n")]
        words = ("\n" if self.is_label else " ").join(filter(None, lines))
        return _NAME_PLACE.sub(SUPERVISOR, words) if self.has_name else words

    def shown(self, text: str, code: str) -> str:
        """The words as somebody edits them."""
        return text.replace(SUPERVISOR, NAME_PLACES[code]) if self.has_name else text


class BehaviourField(SelectField):
    """One of the behaviours, under its part."""

    def __init__(self, label: str, **rest: Any) -> None:
        super().__init__(label, validate_choice=False, **rest)
        self.offered: Mapping[str, str] = {}


class WordsForm(PageForm):
    """Words, and sometimes which behaviour a statement speaks of."""

    # What the page showed.
    seen = HiddenField()
    # Of something new: what it is called in the document, so that two clicks add it once.
    key = HiddenField()
    asked: Sequence[Asked] = ()
    form_errors: list[str]

    def show(self, fields: Fields, stored: Fields) -> None:
        """Fill in these words, and let the page send back that what is stored was shown."""
        shown = {
            f"{each.name}_{code}": partial(each.shown, code=code)
            for each in self.asked
            for code in CODES
        }
        for name, value in fields.items():
            if name in self:
                self[name].data = shown.get(name, str)(value)
        self.seen.data = seen_in(stored)

    @property
    def fields(self) -> dict[str, str]:
        """What was sent, as it is stored."""
        tidy = {f"{each.name}_{code}": each.tidy for each in self.asked for code in CODES}
        return {
            field.name: tidy.get(field.name, str)(field.data or "")
            for field in self
            if field.name not in OWN_FIELDS and field.raw_data
        }

    @property
    def sent(self) -> Sent:
        """The same, with what the page says that it showed."""
        return Sent(self.fields, read_marks(self.seen.data or ""))

    def place(self, problems: Sequence[Problem]) -> None:
        """Say what is wrong with the words at their fields, or else above the form."""
        for problem in problems:
            field = self._fields.get(_name(problem))
            if field is None:
                self.form_errors = [*self.form_errors, problem.message]
            else:
                field.errors = [*field.errors, problem.message]


def _name(problem: Problem) -> str:
    """The name of the field that this problem is about."""
    match problem.path:
        case (*_rest, "illustrations", item):
            name = f"example_{int(item.removeprefix('item ')) - 1}"
        case ("forms", form, *_rest, "open_question"):
            name = f"open_question_{form}"
        case (*_rest, last):
            name = last
        case _:
            name = ""
    return f"{name}_{problem.language or 'nl'}"


class StatementForm(WordsForm):
    """The same, for a statement that has a behaviour."""

    behaviour = BehaviourField(_("Which behaviour is it about?"))
    also = BehaviourField(_("And another one?"))

    def offer(self, offered: Mapping[str, str]) -> None:
        """The behaviours that there are, each with the axis that it belongs to."""
        self.behaviour.offered = self.also.offered = offered

    def validate_behaviour(self, field: BehaviourField) -> None:
        """One of those that there are."""
        if field.data not in field.offered:
            raise ValidationError(_("Choose a behaviour."))

    def validate_also(self, field: BehaviourField) -> None:
        """None, or one of the same part."""
        if field.data and field.offered.get(field.data) != field.offered.get(self.behaviour.data):
            raise ValidationError(_("Choose two behaviours of the same part."))


FILE_READERS = _("Only those who work on the questionnaire read this, until it is published.")


class FileForm(PageForm):
    """A questionnaire as a file, chosen or pasted."""

    # The revision of the draft that the page showed.
    seen = HiddenField()
    file = UploadField(
        _("Choose the file"),
        readers=FILE_READERS,
        most=MEBIBYTE,
        hint=_("A file that ends in .yaml, 1 MB at most."),
        accept=".yaml,.yml,.txt",
    )
    text = LongTextField(
        _("Or paste what stands in it"), readers=FILE_READERS, most=MEBIBYTE, rows=8
    )

    @property
    def content(self) -> bytes:
        """What was brought; of two, what was chosen."""
        return self.file.data.content if self.file.data else (self.text.data or "").encode()

    def validate_text(self, field: LongTextField) -> None:
        """One of the two."""
        if bool(field.data) == bool(self.file.data):
            raise ValidationError(_("Choose a file, or paste what stands in it: one of the two."))


def form_for(asked: Sequence[Asked], base: type[WordsForm] = WordsForm) -> type[WordsForm]:
    """The form that asks these words."""
    fields: dict[str, Any] = {
        f"{each.name}_{code}": _text(each, code) for each in asked for code in CODES
    }
    return type("FormFor", (base,), {**fields, "asked": tuple(asked)})


def _text(asked: Asked, code: str) -> LongTextField:
    is_required = asked.is_required and code == "nl"
    return LongTextField(
        _("Dutch") if code == "nl" else _("English, if you like"),
        readers=READERS,
        most=asked.most,
        required=_("%(what)s: write the Dutch words.", what=asked.legend) if is_required else None,
        rows=asked.rows,
    )
