"""The web server: waitress, with bounds on what strangers can make it hold.

Whoever connects can send slowly, or much, or not at all. A request has a minute to come in, no
more of it is taken in than the application would accept, and when all places are taken the one
who has been at it longest leaves for the next.
"""

import errno
import logging
import re
import socket
import time
from io import BytesIO

from flask import Flask
from waitress import wasyncore
from waitress.adjustments import Adjustments
from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser, ParsingError, TransferEncodingNotImplemented
from waitress.receiver import FixedStreamReceiver
from waitress.server import TcpWSGIServer
from waitress.task import ErrorTask, ThreadedTaskDispatcher

from zetwpo.config import Settings
from zetwpo.database.turns import THREADS
from zetwpo.errors import StartRefused
from zetwpo.server.edge import headers
from zetwpo.server.intake import AROUND_FILE, LARGEST_BODY, STRANGERS_BODY, Request, largest_body
from zetwpo.web import without_words

# A connection costs a few kilobytes while it waits.
MOST_CONNECTIONS = 1000
# For a request to come in, from its first byte to its last; and for a connection without one.
REQUEST_SECONDS = IDLE_SECONDS = 60
# So many times as long for one that may bring a file, from who ever signed in: over the line of a
# phone, ten megabytes take minutes.
PATIENCE_FOR_FILES = 5
# All names and values together; browsers send a tenth of it.
LARGEST_HEADERS = 32 * 1024
# In bytes, of a body that is read to its end and thrown away, so that the answer gets through.
LARGEST_LOSS = 4 * LARGEST_BODY
# The same for a file from who ever signed in: people choose the wrong one, and a photo is large.
LARGEST_FILE_LOSS = 16 * LARGEST_BODY
# For answers that are being made when the server is asked to stop.
LEAVE_SECONDS = 10
# Waitress takes a request apart with expressions that try a wrong one in a square of its length
# many times over, and nobody else is answered meanwhile. These leave them nothing to try.
VERSION = re.compile(rb"HTTP/[0-9]\.[0-9]")
BLANKS = re.compile(rb"^([^:\r\n]*:)(?:[ \t]|\r\n[ \t])+", re.MULTILINE)
# Behind these words waitress puts a path, an address or what somebody sent.
TELLING = re.compile(r"\b(while serving|closing channel|when servicing|thunk:)\b.*", re.DOTALL)


class Limits(Adjustments):
    """The settings of waitress, and those that it does not have."""

    def __init__(self, app: Flask, request_seconds: float) -> None:
        settings: Settings = app.extensions["settings"]
        super().__init__(
            # The application reads as much of it as its proxies wrote. Without a proxy, whatever
            # comes along was written by a stranger.
            clear_untrusted_proxy_headers=not settings.proxies,
            # Reached only where all of them are being answered: otherwise Server makes room.
            connection_limit=MOST_CONNECTIONS + 100,
            asyncore_use_poll=True,
            channel_timeout=IDLE_SECONDS,
            cleanup_interval=1,
            max_request_header_size=LARGEST_HEADERS,
            max_request_body_size=LARGEST_FILE_LOSS + 1,
            # Nothing that somebody typed or sent goes to a file for temporary use.
            inbuf_overflow=LARGEST_FILE_LOSS + 1,
            # Somebody who leaves is no error.
            log_socket_errors=False,
            ident=None,
        )
        self.app = app
        self.always = headers(settings)
        self.request_seconds = request_seconds


class Parser(HTTPRequestParser):
    """Reads a request, and stops where its sender may send no more."""

    chunked: bool
    content_length: int
    expect_continue: bool
    _largest_body = LARGEST_BODY

    def parse_header(self, header_plus: bytes) -> None:
        """Take the first line and the headers apart.

        Raises ParsingError for whatever cannot be read; waitress answers it.
        """
        line, end, rest = header_plus.partition(b"\r\n")
        words = line.rstrip().split(b" ")
        if len(words) > 3 or (len(words) == 3 and not VERSION.fullmatch(words[2])):
            raise ParsingError("It cannot be read")
        try:
            super().parse_header(line + end + BLANKS.sub(rb"\1 ", rest))
        except (ValueError, TransferEncodingNotImplemented):
            raise ParsingError("It cannot be read") from None
        if not self.chunked and not self.content_length:
            # Nothing to wait for: waitress would wait all the same.
            self.expect_continue = False
        if self.chunked or self.content_length > STRANGERS_BODY:
            self._largest_body = largest_body(self.adj.app, self._seen_from_inside())
        if self.content_length > self._largest_body:
            self._refuse(self.content_length)

    @property
    def takes_file(self) -> bool:
        """True where it may bring a file."""
        return self._largest_body > LARGEST_BODY

    def received(self, data: bytes) -> int:
        """Take in more of it; returns how much of the data belongs to this request."""
        consumed: int = super().received(data)
        if self.chunked and self.body_bytes_received > self._largest_body:
            self._hang_up(self.body_bytes_received)
            self.completed = True
        return consumed

    def _seen_from_inside(self) -> Request:
        return Request(
            {
                "PATH_INFO": self.path,
                "HTTP_COOKIE": self.headers.get("COOKIE", ""),
                "REQUEST_METHOD": self.command,
                "wsgi.url_scheme": self.url_scheme,
            }
        )

    def _refuse(self, size: int) -> None:
        most = LARGEST_FILE_LOSS if self.takes_file else LARGEST_LOSS
        if size > most or self.expect_continue:
            self._hang_up(size)
            return
        # A browser reads the answer only when it could send everything.
        self.body_rcv = FixedStreamReceiver(size, Nowhere())
        self.content_length = 0

    def _hang_up(self, size: int) -> None:
        """Have it answered as far as it came, and close the connection."""
        self.close()
        self.body_rcv = self.error = None
        self.chunked = self.expect_continue = False
        self.content_length = 0
        self.headers["CONTENT_LENGTH"] = str(size)
        # The rest is still on its way, and would be taken for the next request.
        self.headers["CONNECTION"] = "close"
        self.connection_close = True


class Nowhere:
    """Where a body goes that is too large: the application sees its length and refuses it.

    Only its beginning is kept: what somebody typed stands there, before a file (intake.py).
    """

    def __init__(self) -> None:
        self._beginning = BytesIO()

    def append(self, data: bytes) -> None:
        """Keep no more than that."""
        self._beginning.write(data[: AROUND_FILE - self._beginning.tell()])

    def getfile(self) -> BytesIO:
        """Give it."""
        self._beginning.seek(0)
        return self._beginning

    def close(self) -> None:
        """Have nothing to close."""


class Unreadable(ErrorTask):
    """Answers what waitress could not read."""

    def execute(self) -> None:
        """Say so in a line; it was not sent by a browser."""
        error = self.request.error
        self.status = f"{error.code} {error.reason}"
        body = f"{error.reason}\n".encode()
        self.response_headers.extend(self.channel.adj.always.items())
        self.response_headers.append(("Content-Type", "text/plain; charset=utf-8"))
        self.set_close_on_finish()
        self.content_length = len(body)
        self.write(body)


class Channel(HTTPChannel):
    """A connection, which knows since when it has been busy with its request."""

    parser_class = Parser
    error_task_class = Unreadable

    def __init__(self, *args: object, **rest: object) -> None:
        super().__init__(*args, **rest)
        self.since = time.monotonic()

    def received(self, data: bytes) -> bool:
        """Take in more of a request, or of the next."""
        if self.request is None:
            self.since = time.monotonic()
        return bool(super().received(data))

    @property
    def patience(self) -> float:
        """The seconds that its request may take to come in."""
        seconds: float = self.adj.request_seconds
        takes_file = self.request is not None and self.request.takes_file
        return seconds * PATIENCE_FOR_FILES if takes_file else seconds

    @property
    def waits(self) -> bool:
        """True where all is up to whoever is at the other end."""
        return not self.requests and not self.will_close

    @property
    def is_busy(self) -> bool:
        """True while an answer is made or sent."""
        return bool(self.requests or self.total_outbufs_len)


class Server(TcpWSGIServer):
    """Listens on a socket, and answers until it is told to stop."""

    channel_class = Channel

    def __init__(
        self, app: Flask, listening: socket.socket, request_seconds: float = REQUEST_SECONDS
    ) -> None:
        dispatcher = ThreadedTaskDispatcher()
        dispatcher.set_thread_count(THREADS)
        super().__init__(
            app,
            dispatcher=dispatcher,
            adj=Limits(app, request_seconds),
            sockinfo=(listening.family, listening.type, listening.proto, listening.getsockname()),
            _sock=listening,
            bind_socket=False,
        )
        self._is_told_to_stop = False

    def handle_accept(self) -> None:
        """Let the next one in; when it is full, in the place of who has been at it longest."""
        if len(self.active_channels) >= MOST_CONNECTIONS:
            waiting = [channel for channel in self.active_channels.values() if channel.waits]
            if waiting:
                # Not at once: its number could go to the next one, while events for it are on hand.
                min(waiting, key=lambda channel: channel.since).will_close = True
        super().handle_accept()

    def maintenance(self, now: float) -> None:
        """Close what waited for too long, or has been sending for too long."""
        super().maintenance(now)
        for channel in self.active_channels.values():
            latest = time.monotonic() - channel.patience
            if channel.waits and channel.request is not None and channel.since < latest:
                channel.will_close = True

    def run(self) -> None:
        """Answer until told to stop; then finish the answers that are being made."""
        while not self._is_told_to_stop:
            self._turn()
        wasyncore.dispatcher.close(self)
        until = time.monotonic() + LEAVE_SECONDS
        while time.monotonic() < until and self._is_busy():
            self._turn()
        self.task_dispatcher.shutdown()

    def stop(self) -> None:
        """Make `run` come to its end; may be called by whatever interrupts it."""
        self._is_told_to_stop = True
        self.pull_trigger()

    def _turn(self) -> None:
        wasyncore.loop(timeout=1, use_poll=True, map=self._map, count=1)

    def _is_busy(self) -> bool:
        return any(channel.is_busy for channel in self.active_channels.values())


class Discreet(logging.Filter):
    """Lets waitress say what happened, and not with what: a path can open something."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Rewrite the record."""
        record.msg, record.args = TELLING.sub(r"\1 ...", record.getMessage()), ()
        if record.exc_info:
            record.msg += "\n" + without_words(record.exc_info[1])
            record.exc_info = record.exc_text = None
        return True


logging.getLogger("waitress").addFilter(Discreet())
# A line for each request that waits a moment for a thread helps nobody.
logging.getLogger("waitress.queue").setLevel(logging.ERROR)


def listen(settings: Settings) -> socket.socket:
    """Open the port of the settings.

    Raises StartRefused with a sentence about what stands in the way.
    """
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((settings.host, settings.port))
    except OSError as error:
        listening.close()
        if error.errno == errno.EADDRINUSE:
            raise StartRefused(
                f"Port {settings.port} is in use by another program. Stop that program, or "
                f"choose another port, for example: make run PORT={settings.port + 1}"
            ) from None
        reason = error.strerror
        raise StartRefused(
            f"{settings.host}:{settings.port} cannot be opened ({reason})."
        ) from None
    except UnicodeError:
        raise StartRefused(f"ZETWPO_HOST is no name of a machine: {settings.host}") from None
    return listening
