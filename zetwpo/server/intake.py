"""How much of a request is taken in, and from whom: decided before anything is taken apart.

Taking a form apart costs far more than receiving it, so that one that has a million fields would
keep a processor busy for half a minute.
"""

from collections.abc import Callable
from contextlib import suppress
from io import BytesIO
from typing import IO, Any
from urllib.parse import unquote_to_bytes

import flask
from flask import Flask, request
from werkzeug.datastructures import ImmutableMultiDict, MultiDict
from werkzeug.exceptions import BadRequest, RequestEntityTooLarge
from werkzeug.formparser import FormDataParser, MultiPartParser
from werkzeug.sansio.multipart import Data, Epilogue, Field, File, MultipartDecoder, NeedData

from zetwpo.accounts.guard import has_signed_in, largest_file, lets_file_in
from zetwpo.errors import Refusal
from zetwpo.fields import FILE_FIELD, LEFT_OUT
from zetwpo.i18n import lazy_gettext as _
from zetwpo.web import echo

# In bytes. Room for a megabyte in one text field: its form then says what is wrong and keeps the
# text.
LARGEST_BODY = 4 * 1024 * 1024
# In bytes. All texts of a full page, from somebody who was signed out while filling it in.
STRANGERS_BODY = 64 * 1024
# In bytes. What a form has around a file: its other fields, and the lines between them.
AROUND_FILE = 64 * 1024
MEBIBYTE = 1024 * 1024
PARTS = "multipart/form-data"
# Each tick is a field: somebody who writes a note each day has hundreds in a portfolio. So many
# take a hundredth of a second.
MOST_FIELDS = 2000
# In characters, as they were sent.
LONGEST_NAME = 200
# In bytes, of what is decoded at once: it takes fifty times as much memory for a moment.
SLICE = 64 * 1024

EXTENSION = "known_senders"


class FileTooLarge(Refusal):
    """A file of which no more is read than its length."""

    status = 413

    def __init__(self, most: int) -> None:
        super().__init__(
            _("This file is too large"),
            _(
                "There is room for %(most)s MB, and nothing of it was taken in. What you typed is "
                "below. Send it again: then you can choose a smaller file.",
                most=most // MEBIBYTE,
            )
            if any(each.is_text for each in echo())
            else _(
                "There is room for %(most)s MB, and nothing of it was taken in. Go back and choose "
                "a smaller file.",
                most=most // MEBIBYTE,
            ),
        )


class FormParser(FormDataParser):
    """Takes forms apart as our pages send them; all others are left alone, as if they were empty.

    With a file only where the guard let it in.
    """

    takes_file = False

    def parse(
        self,
        stream: IO[bytes],
        mimetype: str,
        content_length: int | None,
        options: dict[str, str] | None = None,
    ) -> tuple[IO[bytes], MultiDict[str, str], MultiDict[str, Any]]:
        """Raises RequestEntityTooLarge for more fields, or longer names, than any page sends.

        What is no text in UTF-8 becomes question marks, and the rest stays what it was.
        """
        if mimetype == PARTS and self.takes_file:
            return self._parse_parts(stream, content_length, options or {})
        if mimetype != "application/x-www-form-urlencoded":
            return stream, self.cls(), self.cls()
        body = stream.read()
        if has_too_many_fields(body):
            raise RequestEntityTooLarge
        pairs = (field.partition(b"=") for field in body.split(b"&") if field)
        fields = [(decode(name), decode(value)) for name, _equals, value in pairs]
        return stream, self.cls(fields), self.cls()

    def _parse_parts(
        self, stream: IO[bytes], content_length: int | None, options: dict[str, str]
    ) -> tuple[IO[bytes], MultiDict[str, str], MultiDict[str, Any]]:
        parser = MultiPartParser(self.stream_factory, cls=self.cls, max_form_parts=MOST_FIELDS)
        boundary = options.get("boundary", "").encode(errors="replace")
        try:
            form, files = parser.parse(stream, boundary, content_length)
        except ValueError:
            return stream, self.cls(), self.cls()
        if any(len(name or "") > LONGEST_NAME for name in (*form, *files)):
            raise RequestEntityTooLarge
        # A form would take it for what somebody typed.
        chosen = [(FILE_FIELD, each) for each in files.getlist(FILE_FIELD)]
        return stream, form, self.cls(chosen)


def decode(encoded: bytes) -> str:
    """A name or value of a form as text; slice by slice, as a long one costs much at once."""
    encoded = encoded.replace(b"+", b" ")
    slices = []
    start = 0
    while start < len(encoded):
        end = start + SLICE
        # Between a percent sign and its two digits nothing is cut.
        sign = encoded.rfind(b"%", end - 2, end)
        end = sign if sign > start else end
        slices.append(unquote_to_bytes(encoded[start:end]))
        start = end
    return b"".join(slices).decode(errors="replace")


def fields_before_file(beginning: bytes, boundary: bytes) -> list[tuple[str, str]]:
    """What stands in a form before its file, of which no more than this came in.

    A word stands in the place of the file: who sends the rest again had chosen one.
    """
    decoder = MultipartDecoder(boundary, max_parts=MOST_FIELDS)
    decoder.receive_data(beginning)
    found: list[tuple[str, str]] = []
    with suppress(ValueError, RequestEntityTooLarge):
        name = text = b""
        while not isinstance(event := decoder.next_event(), NeedData | Epilogue):
            if isinstance(event, File):
                return [*found, (event.name, LEFT_OUT)]
            if isinstance(event, Field):
                name, text = event.name.encode(), b""
            elif isinstance(event, Data):
                text += event.data
                if not event.more_data:
                    found.append((name.decode(), text.decode(errors="replace")))
    return found


def has_too_many_fields(encoded: bytes) -> bool:
    """True where a form or query has more fields, or longer names, than any page of ours sends."""
    if encoded.count(b"&") >= MOST_FIELDS:
        return True
    return any(len(field.partition(b"=")[0]) > LONGEST_NAME for field in encoded.split(b"&"))


class Request(flask.Request):
    """A request of which no more is read than its sender may send."""

    form_data_parser_class = FormParser
    _largest_body: int | None = None

    @property
    def max_content_length(self) -> int:
        """In bytes; found out only where a body is large enough for it to matter."""
        if (self.content_length or 0) <= STRANGERS_BODY:
            return STRANGERS_BODY
        if self._largest_body is None:
            self._largest_body = largest_body(flask.current_app, self)
        return self._largest_body

    @max_content_length.setter
    def max_content_length(self, value: int | None) -> None:
        self._largest_body = value

    def _get_file_stream(
        self,
        total_content_length: int | None,
        content_type: str | None,
        filename: str | None = None,
        content_length: int | None = None,
    ) -> IO[bytes]:
        # In memory, as all that comes in: nothing of somebody's is left on a disk.
        return BytesIO()

    def make_form_data_parser(self) -> FormDataParser:
        """The parser for this request, made when a form is first asked for: after the guard."""
        parser = super().make_form_data_parser()
        assert isinstance(parser, FormParser)  # noqa: S101 (for the type checker)
        parser.takes_file = lets_file_in()
        return parser


KnowsSender = Callable[[Flask, Request], bool]


def largest_body(app: Flask, sent: Request) -> int:
    """The number of bytes that this request may carry.

    Much from somebody who ever signed in with this browser, or who holds a link: their text comes
    back whatever happens to it, also when the sign-in or the invitation ended. Little from all
    others. The cookie and the link tell by their signatures, without a look into the database.
    And a file from who ever signed in, where the route takes one.
    """
    if has_signed_in(app, sent):
        return max(LARGEST_BODY, room_for_file(app, sent))
    knows: list[KnowsSender] = app.extensions[EXTENSION]
    return LARGEST_BODY if any(each(app, sent) for each in knows) else STRANGERS_BODY


def room_for_file(app: Flask, sent: Request) -> int:
    """The number of bytes of a form with a file, where this route takes one; 0 elsewhere."""
    largest = largest_file(app, sent)
    return largest + AROUND_FILE if largest else 0


def _refuse_too_much() -> None:
    if (request.content_length or 0) > (request.max_content_length or 0):
        most = largest_file(flask.current_app, request)
        if not most or request.mimetype != PARTS:
            raise RequestEntityTooLarge
        # The page that refuses the file gives back what was typed beside it.
        beginning = request.environ["wsgi.input"].read(AROUND_FILE)
        boundary = request.mimetype_params.get("boundary", "").encode(errors="replace")
        vars(request)["form"] = ImmutableMultiDict(fields_before_file(beginning, boundary))
        raise FileTooLarge(most)
    if has_too_many_fields(request.query_string):
        raise BadRequest


def init_app(app: Flask, *knows: KnowsSender) -> None:
    """Let all requests pass here first; each of `knows` may recognise who holds a link."""
    app.request_class = Request
    app.extensions[EXTENSION] = knows
    app.before_request(_refuse_too_much)
