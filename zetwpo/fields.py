"""Forms, and text fields that say who reads them and that lose nothing to a stray character."""

import time
import uuid
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from flask_wtf import FlaskForm
from wtforms import (
    DateField,
    Field,
    FileField,
    Form,
    HiddenField,
    IntegerField,
    RadioField,
    StringField,
    TextAreaField,
    TimeField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import StopValidation

from zetwpo.characters import is_blank, without_controls
from zetwpo.edits import Fields, Overtaken, Sent, seen_in, to_choose
from zetwpo.errors import BadInput
from zetwpo.i18n import lazy_gettext as _
from zetwpo.marks import read_marks

LONGEST_TEXT = 4000
# A slip in a year; and there is room for weeks before and after.
FIRST_DAY, LAST_DAY = date(100, 1, 1), date(8999, 12, 31)
MEBIBYTE = 1024 * 1024


def as_key(text: str | None) -> uuid.UUID | None:
    """The key that this is; None for whatever else came in."""
    try:
        return uuid.UUID(text or "")
    except ValueError:
        return None


def keys_in(values: Iterable[str]) -> set[uuid.UUID]:
    """The keys among what came in; what is none is left out."""
    return {key for each in values if (key := as_key(each))}


class PageForm(FlaskForm):
    """A form on one of our pages.

    CSRFProtect refuses a request without the right token before there is a form, so the form
    neither makes one nor looks at it.
    """

    class Meta(FlaskForm.Meta):
        csrf = False


def _new_key() -> str:
    return str(uuid.uuid4())


class KeyedForm(PageForm):
    """A form that makes something: sent twice from one page, it makes that once."""

    form_key = HiddenField(default=_new_key)

    def key_in(self, place_id: uuid.UUID) -> uuid.UUID:
        """The key of what this makes in this place, the same for two clicks on one page.

        Only of that: what somebody sends is nobody's key elsewhere, whoever's key they know.
        """
        sent = as_key(self.form_key.data)
        if sent is None:
            raise BadInput(
                _("We could not read this"),
                _("Nothing was sent. Open the page again and fill it in there."),
            )
        return uuid.uuid5(place_id, str(sent))

    def renew_key(self) -> None:
        """Let what is sent from here on be another one, also with the same words."""
        self.form_key.data = _new_key()


class StrangeButton(BadInput):
    """A button sent what no page of ours lets it send."""

    def __init__(self, advice: str) -> None:
        super().__init__(_("This button does not belong to this page"), advice)


class EditForm(PageForm):
    """A form that somebody else may have open as well (edits.py): it says what it showed.

    Where it comes back because something in it is wrong, it still says what it showed at first.
    """

    # What the page showed.
    seen = HiddenField()
    # The names of the fields that are filled in with what is stored.
    edited: ClassVar[tuple[str, ...]] = ()

    def show(self, fields: Fields) -> None:
        """Fill in what is stored, and let the page send back that it shows this."""
        for name in self.edited:
            self[name].data = fields[name]
        self.seen.data = seen_in(fields)

    @property
    def sent(self) -> Sent:
        """What came in."""
        return Sent(
            {name: self[name].data or "" for name in self.edited if self[name].raw_data},
            read_marks(self.seen.data or ""),
            [name for name in self.edited if self[name].errors],
        )

    def let_choose(self, clash: Overtaken) -> Fields:
        """Show the sender's own words, with an error at what was changed elsewhere as well.

        Returns what stands elsewhere in those fields. Sent once more, the words count.
        """
        for name, value in to_choose(self.sent, clash.stored).items():
            self[name].data = value
        self.seen.data = seen_in(clash.stored)
        for name in clash.names:
            again = _("This was changed elsewhere; see below. Save once more to keep yours.")
            self[name].errors = [*self[name].errors, again]
        return {name: clash.stored[name] for name in clash.names}


class _NoControls:
    """Clean the text, but say so: what is stored is what its author saw last."""

    def __call__(self, _form: Form, field: Field) -> None:
        if not field.data:
            return
        clean = without_controls(field.data)
        if clean != field.data.replace("\r\n", "\n").replace("\r", "\n"):
            field.data = clean
            raise StopValidation(
                _(
                    "This text contained invisible characters, and we can only keep it without "
                    "them. Check it and send it again."
                )
            )
        # What shows nothing says nothing.
        field.data = "" if is_blank(clean) else clean.strip()


class _OneLine:
    def __call__(self, _form: Form, field: Field) -> None:
        if field.data and "\n" in field.data:
            field.data = " ".join(field.data.split())
            raise StopValidation(_("Keep this on one line. We joined the lines: check it."))


class _AtMost:
    def __init__(self, most: int) -> None:
        self.most = most

    def __call__(self, _form: Form, field: Field) -> None:
        length = len(field.data or "")
        if length > self.most:
            raise StopValidation(
                _(
                    "This text has %(length)s characters, and there is room for %(most)s. "
                    "Make it shorter; nothing was lost.",
                    length=length,
                    most=self.most,
                )
            )


def _validators(most: int, required: str | None) -> list[Callable[[Any, Any], None]]:
    checks: list[Callable[[Any, Any], None]] = [_NoControls(), _AtMost(most)]
    if required is not None:
        checks.append(_Required(required))
    return checks


class _Required:
    def __init__(self, message: str) -> None:
        self.message = message

    def __call__(self, _form: Form, field: Field) -> None:
        if not (field.data or "").strip():
            raise StopValidation(self.message)


class LineField(StringField):
    """One line of text. `readers` says who will see it; `required` is the error when empty."""

    def __init__(
        self,
        label: str,
        *,
        readers: str,
        most: int = 120,
        required: str | None = None,
        hint: str | None = None,
        checks: tuple[Callable[[Any, Any], None], ...] = (),
        **rest: Any,
    ) -> None:
        validators = [*_validators(most, required), _OneLine(), *checks]
        super().__init__(label, validators, description=hint or "", **rest)
        self.readers = readers

    def process_formdata(self, valuelist: list[str]) -> None:
        """Take what was sent; where it came in twice, all of it, which is more than one line."""
        self.data = "\n".join(dict.fromkeys(valuelist))


class ChoiceField(RadioField):
    """One of a few; two are none."""

    def pre_validate(self, form: Any) -> None:
        """Refuse what no page of ours sends, rather than choose for its sender."""
        if len(set(self.raw_data or ())) > 1:
            raise StopValidation(_("Two answers came in. Choose one of them."))


class OneOf:
    """One of the choices that the field offers, and nothing that somebody made up."""

    def __init__(self, message: str) -> None:
        self.message = message

    def __call__(self, _form: Form, field: Field) -> None:
        if field.data not in {str(each.value) for each in field.choices}:
            raise StopValidation(self.message)


class Chosen:
    """A day or a time; what the library says where there is none, we say in our words."""

    def __init__(self, message: str) -> None:
        self.message = message

    def __call__(self, _form: Form, field: Field) -> None:
        if field.data is None:
            field.errors = []
            raise StopValidation(self.message)


class TicksField(Field):
    """Some of many, by their keys: those that are ticked, in one order, with spaces between them.

    As one text, so that a form that two people may have open compares it like any other (EditForm).
    The page sends an empty value along, which tells that nothing is ticked from not being asked.
    """

    def __init__(self, label: str, **rest: Any) -> None:
        super().__init__(label, **rest)
        self.choices: Sequence[SelectChoice] = ()

    def process_formdata(self, valuelist: list[str]) -> None:
        """Take what is ticked, however often it came in."""
        self.data = " ".join(sorted({key for each in valuelist for key in each.split()}))


# As browsers send a day, and as people type it.
DAY_FORMATS = ("%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y")


def read_day(typed: str) -> date:
    """The day that was typed in one of these forms. Raises ValueError where it is none."""
    for each in DAY_FORMATS:
        try:
            return date(*time.strptime(typed, each)[:3])
        except ValueError:
            continue
    raise ValueError("no day")


class DayField(DateField):
    """A day, as browsers send it and as people type it."""

    data: Any

    def __init__(
        self, label: str, checks: Sequence[Callable[[Any, Any], None]] = (), **rest: Any
    ) -> None:
        super().__init__(label, checks, format=[*DAY_FORMATS], **rest)

    def process_formdata(self, valuelist: list[str]) -> None:
        """Take a day with which one can reckon: the first and the last there are have no other."""
        super().process_formdata(valuelist)
        if self.data and not FIRST_DAY <= self.data <= LAST_DAY:
            # As of what is no day.
            super().process_formdata([""])


class ClockField(TimeField):
    """A time of the day, as browsers send it and as people type it."""

    def __init__(
        self, label: str, checks: Sequence[Callable[[Any, Any], None]] = (), **rest: Any
    ) -> None:
        formats = ["%H:%M", "%H:%M:%S", "%H.%M", "%H"]
        super().__init__(label, checks, format=formats, **rest)


class NumberField(IntegerField):
    """A whole number from `least` to `most`, both included."""

    def __init__(self, label: str, least: int, most: int, hint: str = "", **rest: Any) -> None:
        asked = _("Fill in a whole number from %(least)s to %(most)s.", least=least, most=most)
        super().__init__(label, [Chosen(asked)], description=hint, **rest)
        self.least, self.most, self.asked = least, most, asked

    def pre_validate(self, form: Any) -> None:
        """Refuse a number outside those."""
        if self.data is not None and not self.least <= self.data <= self.most:
            raise StopValidation(self.asked)


class LongTextField(TextAreaField):
    """Several lines of text. `readers` says who will see it; `required` is the error when empty."""

    def __init__(
        self,
        label: str,
        *,
        readers: str,
        most: int = LONGEST_TEXT,
        required: str | None = None,
        hint: str | None = None,
        rows: int = 3,
        **rest: Any,
    ) -> None:
        super().__init__(label, _validators(most, required), description=hint or "", **rest)
        self.readers = readers
        self.rows = rows

    def process_formdata(self, valuelist: list[str]) -> None:
        """Take what was sent; where it came in twice, all of it."""
        self.data = "\n".join(dict.fromkeys(valuelist))

    def pre_validate(self, form: Any) -> None:
        """Refuse two texts: its author makes one of them."""
        if len(set(self.raw_data or ())) > 1:
            raise StopValidation(_("Two texts came in. They stand below each other: check them."))


# The name of each UploadField: a file of any other name is read by no form.
FILE_FIELD = "file"
# Comes in place of a file that was too large, where the rest of its form is sent again.
LEFT_OUT = "-"


@dataclass(frozen=True)
class Upload:
    """A file that somebody chose, as their browser names it; nothing says that it is what it says.

    Only ever in memory.
    """

    name: str
    content: bytes


class UploadField(FileField):
    """A file to read, of at most `most` bytes; its route says `takes_file(most)` too.

    `readers` says who will see what is in it; `required` is the error where none was chosen. The
    data is an Upload, or None.
    """

    def __init__(
        self,
        label: str,
        *,
        readers: str,
        most: int,
        required: str | None = None,
        hint: str | None = None,
        accept: str = "",
        **rest: Any,
    ) -> None:
        super().__init__(label, description=hint or "", render_kw={"accept": accept}, **rest)
        self.is_left_out = False
        self.readers = readers
        self.most = most
        self.required = required

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Take the file; a browser in which none was chosen sends one without a name."""
        self.is_left_out = LEFT_OUT in valuelist
        chosen = [each for each in valuelist if getattr(each, "filename", None)]
        self.data = Upload(chosen[0].filename, chosen[0].read()) if chosen else None

    def pre_validate(self, form: Any) -> None:
        """Refuse what is too large, and where there has to be one, what is none.

        Of one that was left out it is said once more: its form is complete without it.
        """
        if self.is_left_out or (self.data and len(self.data.content) > self.most):
            raise StopValidation(
                _(
                    "This file is too large: there is room for %(most)s MB. Choose a smaller one.",
                    most=self.most // MEBIBYTE,
                )
            )
        if self.required and not (self.data and self.data.content):
            raise StopValidation(self.required)
