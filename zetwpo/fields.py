"""Forms, and text fields that say who reads them and that lose nothing to a stray character."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask_wtf import FlaskForm
from wtforms import Field, FileField, Form, RadioField, StringField, TextAreaField
from wtforms.validators import StopValidation

from zetwpo.characters import is_blank, without_controls
from zetwpo.i18n import lazy_gettext as _

LONGEST_TEXT = 4000
MEBIBYTE = 1024 * 1024


class PageForm(FlaskForm):
    """A form on one of our pages.

    CSRFProtect refuses a request without the right token before there is a form, so the form
    neither makes one nor looks at it.
    """

    class Meta(FlaskForm.Meta):
        csrf = False


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
        self.readers = readers
        self.most = most
        self.required = required

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Take the file; a browser in which none was chosen sends one without a name."""
        chosen = [each for each in valuelist if getattr(each, "filename", None)]
        self.data = Upload(chosen[0].filename, chosen[0].read()) if chosen else None

    def pre_validate(self, form: Any) -> None:
        """Refuse what is too large, and where there has to be one, what is none."""
        if self.data and len(self.data.content) > self.most:
            raise StopValidation(
                _(
                    "This file is too large: there is room for %(most)s MB. Choose a smaller one.",
                    most=self.most // MEBIBYTE,
                )
            )
        if self.required and not (self.data and self.data.content):
            raise StopValidation(self.required)
