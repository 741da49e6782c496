"""The forms of putting something on a shelf, changing it, and choosing what is to be read."""

from collections.abc import Iterable, Mapping
from typing import Any

from wtforms.fields.choices import SelectChoice
from wtforms.validators import StopValidation, ValidationError

from zetwpo.cycle.shelf.file_kinds import ACCEPTED, CannotTake, recognise
from zetwpo.cycle.shelf.queries import ItemCard
from zetwpo.cycle.shelf.rules import (
    LARGEST_FILE,
    LONGEST_LINK,
    LONGEST_TITLE,
    NAMES,
    Section,
    as_link,
    safe_name,
    says_something,
)
from zetwpo.cycle.shelf.service import NewFile
from zetwpo.cycle.shelf.traces import without_traces
from zetwpo.cycle.shelf.words import ABOUT, SECTIONS, trouble
from zetwpo.edits import Fields
from zetwpo.fields import (
    ChoiceField,
    EditForm,
    KeyedForm,
    LineField,
    LongTextField,
    TicksField,
    UploadField,
)
from zetwpo.i18n import lazy_gettext as _


class AreaField(ChoiceField):
    """One of the competence areas; on a shelf without areas there is nothing to choose."""

    def __init__(self, label: str, **rest: object) -> None:
        super().__init__(label, choices=[], default="", validate_choice=False, **rest)

    def offer(self, areas: Mapping[str, str]) -> None:
        """Let somebody choose from these, by their keys."""
        self.choices = [SelectChoice(key, title) for key, title in areas.items()]

    def pre_validate(self, form: object) -> None:
        """One of those on the page."""
        super().pre_validate(form)
        if self.choices and self.data not in {each.value for each in self.choices}:
            raise StopValidation(_("Choose the competence area that it fits best."))


class ItemForm(EditForm):
    """The words of a thing on a shelf."""

    edited = NAMES
    # Of a file that lies there already.
    has_file = False

    title = LineField(
        _("What is it called?"),
        readers="",
        most=LONGEST_TITLE,
        required=_("Give it a name, so that others find it."),
    )
    section = ChoiceField(_("What is it?"), choices=[], validate_choice=False)
    area = AreaField(_("Which competence area does it fit best?"))
    text = LongTextField(
        _("What is it good for?"),
        readers="",
        hint=_("A few words, or the text itself where it is short."),
        rows=4,
    )
    url = LineField(
        _("A link"),
        readers="",
        most=LONGEST_LINK,
        hint=_("For example https://school.example/article. It opens in a tab of its own."),
    )

    def __init__(self, *values: Any, **rest: Any) -> None:
        super().__init__(*values, **rest)
        # Put together here, where it is known in which language.
        self.section.choices = [
            SelectChoice(each.value, f"{SECTIONS[each]} – {ABOUT[each]}") for each in Section
        ]

    def say_readers(self, words: str) -> None:
        """Say beside each field who reads it."""
        for field in (self.title, self.text, self.url):
            field.readers = words

    def validate_section(self, field: ChoiceField) -> None:
        """One of the three."""
        if field.data not in set(Section):
            raise ValidationError(_("Choose where on the shelf it belongs."))

    def validate_url(self, field: LineField) -> None:
        """A page of the web, in full."""
        if not field.data:
            return
        link = as_link(field.data)
        if link is None:
            raise ValidationError(
                _("This is no link to a page. It begins with https:// and has no spaces in it.")
            )
        field.data = link

    def validate_text(self, field: LongTextField) -> None:
        """More than a name."""
        if not says_something(field.data or "", self.url.data or "", has_file=self.has_file):
            raise ValidationError(self._nothing)

    _nothing = _("Write a few words, or give a link: one of the two.")

    @property
    def fields(self) -> Fields:
        """What stands in them. Valid forms only."""
        return {name: self[name].data or "" for name in NAMES}


class PutForm(ItemForm, KeyedForm):
    """A thing that is put on a shelf, with a file or without."""

    file = UploadField(
        _("A file"),
        readers="",
        most=LARGEST_FILE,
        hint=_(
            "PDF, Word, PowerPoint, Excel, OpenDocument, a picture, MP3, MP4 or plain text, 10 MB "
            "at most. What is in a file about a student stays out. From pictures and films "
            "we remove where and with what they were made. A document keeps its author’s name."
        ),
        accept=ACCEPTED,
    )
    _nothing = _("Write a few words, give a link or choose a file: one of the three.")
    new_file: NewFile | None = None

    def say_readers(self, words: str) -> None:
        """Say it beside the file as well."""
        super().say_readers(words)
        self.file.readers = words

    @property
    def has_file(self) -> bool:  # type: ignore[override]
        """True where one was chosen; whether it may lie there is said beside it."""
        return bool(self.file.data) or self.file.is_left_out

    def validate_file(self, field: UploadField) -> None:
        """What it is, by what is in it; of a picture, no more than what it shows."""
        if not field.data:
            return
        try:
            kind = recognise(field.data.content, field.data.name)
            content = without_traces(kind, field.data.content)
        except CannotTake as refused:
            raise ValidationError(trouble(refused, field.data.name)) from None
        name = safe_name(field.data.name, kind.endings)
        self.new_file = NewFile(name, kind, content)


class PassOnForm(KeyedForm):
    """In which area a thing lies on the shelf of the partnership."""

    area = AreaField(_("Which competence area does it fit best?"))


class ReadingForm(EditForm):
    """What is to be read for a meeting, of the shelf of the group and that of the partnership."""

    edited = ("here", "there")
    here = TicksField(_("From our own shelf"))
    there = TicksField(_("From the shelf of the partnership"))

    def offer(self, here: Iterable[ItemCard], there: Iterable[ItemCard]) -> None:
        """Let somebody tick these."""
        self.here.choices = [SelectChoice(str(each.id), each.title) for each in here]
        self.there.choices = [SelectChoice(str(each.id), each.title) for each in there]

    def validate_here(self, field: TicksField) -> None:
        """What was taken off meanwhile is read by nobody."""
        field.data = _known(field)

    def validate_there(self, field: TicksField) -> None:
        """The same."""
        field.data = _known(field)


def _known(field: TicksField) -> str:
    known = {each.value for each in field.choices}
    return " ".join(each for each in (field.data or "").split() if each in known)
