"""How much of a request is taken in, and from whom: decided before anything is taken apart.

Taking a form apart costs far more than receiving it, so that one that has a million fields would
keep a processor busy for half a minute.
"""

from collections.abc import Callable
from typing import IO, Any
from urllib.parse import unquote_to_bytes

import flask
from flask import Flask, request
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import BadRequest, RequestEntityTooLarge
from werkzeug.formparser import FormDataParser

# In bytes. Room for a megabyte in one text field: its form then says what is wrong and keeps the
# text.
LARGEST_BODY = 4 * 1024 * 1024
# In bytes. All texts of a full page, from somebody who was signed out while filling it in.
STRANGERS_BODY = 64 * 1024
# Many times what any page of ours has.
MOST_FIELDS = 200
# In characters, as they were sent.
LONGEST_NAME = 200
# In bytes, of what is decoded at once: it takes fifty times as much memory for a moment.
SLICE = 64 * 1024

EXTENSION = "known_senders"


class FormParser(FormDataParser):
    """Takes forms apart as our pages send them; all others are left alone, as if they were empty.

    No page of ours sends a file.
    """

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
        if mimetype != "application/x-www-form-urlencoded":
            return stream, self.cls(), self.cls()
        body = stream.read()
        if has_too_many_fields(body):
            raise RequestEntityTooLarge
        pairs = (field.partition(b"=") for field in body.split(b"&") if field)
        fields = [(decode(name), decode(value)) for name, _equals, value in pairs]
        return stream, self.cls(fields), self.cls()


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


KnowsSender = Callable[[Flask, Request], bool]


def largest_body(app: Flask, sent: Request) -> int:
    """The number of bytes that this request may carry.

    Much from somebody who ever signed in with this browser, or who holds a link: their text comes
    back whatever happens to it, also when the sign-in or the invitation ended. Little from all
    others. The cookie and the link tell by their signatures, without a look into the database.
    """
    knows: list[KnowsSender] = app.extensions[EXTENSION]
    return LARGEST_BODY if any(each(app, sent) for each in knows) else STRANGERS_BODY


def _refuse_too_much() -> None:
    if (request.content_length or 0) > (request.max_content_length or 0):
        raise RequestEntityTooLarge
    if has_too_many_fields(request.query_string):
        raise BadRequest


def init_app(app: Flask, *knows: KnowsSender) -> None:
    """Let all requests pass here first; each of `knows` may recognise a sender."""
    app.request_class = Request
    app.extensions[EXTENSION] = knows
    app.before_request(_refuse_too_much)
