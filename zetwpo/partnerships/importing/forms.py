"""The forms of bringing a list, correcting how it is read, and inviting its people."""

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from wtforms import BooleanField, HiddenField, SelectField, TextAreaField
from wtforms.validators import StopValidation, ValidationError

from zetwpo.accounts.actors import Role
from zetwpo.characters import as_read
from zetwpo.fields import PageForm, UploadField
from zetwpo.i18n import lazy_gettext as _
from zetwpo.partnerships.importing.columns import Layout
from zetwpo.partnerships.importing.delimited import read_text
from zetwpo.partnerships.importing.headings import Field
from zetwpo.partnerships.importing.keeping import Choices
from zetwpo.partnerships.importing.reading import LARGEST_FILE, read_file
from zetwpo.partnerships.importing.rules import ADMINISTRATOR
from zetwpo.partnerships.importing.tables import CannotRead, Table
from zetwpo.partnerships.importing.telling import READERS, WHOLE

NOT_IN_LIST = ("", _("– not in the list –"))
FIELDS = {
    Field.NAME: _("Whole name"),
    Field.FIRST: _("First name"),
    Field.INFIX: _("Infix (van, de)"),
    Field.LAST: _("Last name"),
    Field.EMAIL: _("Email address"),
    Field.ROLE: _("Role"),
    Field.SCHOOL: _("School"),
}


class PasteField(TextAreaField):
    """Rows of a spreadsheet, letter for letter: an empty cell at the start is a tab."""

    readers = READERS
    rows = 8

    def process_formdata(self, valuelist: list[str]) -> None:
        """Take what was pasted."""
        self.data = valuelist[0] if valuelist else ""


# What somebody can say of words that we do not know, besides which role they mean.
NOT_CHOSEN = ("", _("– not chosen yet –"))
NO_ROLE = ("none", _("no role: pass over these words"))


class ListForm(PageForm):
    """A list, pasted or as a file."""

    text = PasteField(_("Paste the rows here"))
    file = UploadField(
        _("Or choose a file"),
        readers=READERS,
        most=LARGEST_FILE,
        hint=_("Excel (.xlsx) or CSV, 5 MB at most."),
        accept=".xlsx,.csv,.txt,.tsv",
    )

    def read(self) -> Table | None:
        """The table that was brought; None with errors at the fields where there is none."""
        text, file = (self.text.data or "").strip(), self.file.data
        if not self.validate():
            return None
        if bool(text) == bool(file):
            self.text.errors = [
                str(_("Paste the rows, or choose a file: one of the two."))
                if text
                else str(_("Paste the rows of your list here, or choose a file below."))
            ]
            return None
        try:
            return read_file(file.content) if file else read_text(self.text.data)
        except CannotRead as refusal:
            (self.file if file else self.text).errors = [str(WHOLE[refusal.trouble])]
            return None


class ChoicesForm(PageForm):
    """What the columns hold, and what to do where a row says too little.

    A class of its own for each list (`choices_form`): it has a field for each of `words`.
    """

    # The names of the fields for words that we do not know, by `as_read`.
    words: Mapping[str, str] = MappingProxyType({})

    name = SelectField(FIELDS[Field.NAME])
    first = SelectField(FIELDS[Field.FIRST])
    infix = SelectField(FIELDS[Field.INFIX])
    last = SelectField(FIELDS[Field.LAST])
    email = SelectField(FIELDS[Field.EMAIL])
    role = SelectField(FIELDS[Field.ROLE])
    school = SelectField(FIELDS[Field.SCHOOL])
    default_role = SelectField(_("Role of rows without a role"))
    adds_schools = BooleanField(_("Add these schools"))

    def __init__(self, columns: Sequence[str], choices: Choices, **rest: Any) -> None:
        found = {str(field): str(column) for field, column in choices.layout.columns.items()}
        values = {
            **found,
            "default_role": choices.default_role or "",
            "adds_schools": choices.adds_schools,
            **{name: _said(choices.words.get(word)) for word, name in self.words.items()},
        }
        super().__init__(data=values, **rest)
        self.heading = choices.layout.heading
        there_are = [NOT_IN_LIST, *((str(place), title) for place, title in enumerate(columns))]
        for field in Field:
            self[field].choices = there_are
        roles = [(role.value, role.label) for role in Role if role != ADMINISTRATOR]
        self.default_role.choices = [("", _("– none –")), *roles]
        for each in self.word_fields:
            each.choices = [NOT_CHOSEN, *roles, NO_ROLE]

    @property
    def word_fields(self) -> list[SelectField]:
        """Those about words that we do not know."""
        return [self[name] for name in self.words.values()]

    @property
    def column_fields(self) -> list[SelectField]:
        """Those about columns, in the order of a list."""
        return [self[field] for field in Field]

    @property
    def choices(self) -> Choices:
        """What was chosen. Valid forms only."""
        columns = {field: int(self[field].data) for field in Field if self[field].data}
        layout = Layout(self.heading, columns)
        said = {word: self[name].data for word, name in self.words.items() if self[name].data}
        words = {word: "" if role == NO_ROLE[0] else role for word, role in said.items()}
        return Choices(layout, self.default_role.data or None, self.adds_schools.data, words)

    def validate_email(self, field: SelectField) -> None:
        """Without an address nobody can be invited."""
        if not field.data:
            raise ValidationError(_("Choose the column with the email addresses."))

    def validate_name(self, field: SelectField) -> None:
        """Somebody has a name."""
        if not (field.data or self.first.data or self.last.data):
            raise ValidationError(_("Choose the column with the names."))


def _said(role: str | None) -> str:
    """What the field for a word shows of what is kept: nothing is none, None is not chosen."""
    return NOT_CHOSEN[0] if role is None else role or NO_ROLE[0]


def choices_form(words: Iterable[str]) -> type[ChoicesForm]:
    """The form of a list in which these words stand for roles that we do not know.

    A field is named after its words: a page that was opened before never speaks of others.
    """
    names = {as_read(each): f"word-{as_read(each)}" for each in words}
    fields = {f"word-{as_read(each)}": SelectField(each) for each in words}
    return type("ListChoicesForm", (ChoicesForm,), {"words": MappingProxyType(names), **fields})


class InviteForm(PageForm):
    """Yes, and leave out what cannot be read."""

    # The numbers of the rows of which the page said that they cannot be read.
    left_out = HiddenField()
    agrees = BooleanField()

    def validate_agrees(self, field: BooleanField) -> None:
        """What cannot be read is left out only where somebody says so."""
        if self.left_out.data and not field.data:
            raise StopValidation(
                _("Some rows cannot be read. Say that they may be left out, or mend them first.")
            )

    @property
    def rows(self) -> list[int]:
        """Those numbers. Raises ValueError for what no page of ours sends."""
        return [int(number) for number in (self.left_out.data or "").split()]
