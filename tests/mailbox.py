"""A mail server on this machine, and what the application sent to it."""

import asyncio
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from flask import Flask

from tests.browser.ports import free_port
from zetwpo.mail.worker import send_due

# Seconds that a machine with much to do may take.
PATIENCE = 60


@dataclass(frozen=True)
class Letter:
    """A mail as it came in."""

    to: str
    subject: str
    text: str
    html: str
    # What goes along for calendars, by the names of the files.
    files: dict[str, str] = field(default_factory=dict)

    @property
    def link(self) -> str:
        """The path of the one address in the mail."""
        return re.findall(r"http://127\.0\.0\.1(/\S+)", self.text)[0]

    @property
    def code(self) -> str:
        """The digits in the mail, in groups."""
        return re.findall(r"^\d{4}(?: \d{4})+$", self.text, re.MULTILINE)[0]


class MailServer:
    """Takes in everything; or nothing, as long as `refuses`."""

    def __init__(self) -> None:
        self.port = free_port()
        self.letters: list[Letter] = []
        self.refuses = False
        self.arrival = threading.Condition()
        self._may_answer = threading.Event()
        self._may_answer.set()
        self._is_asked = threading.Event()

    @contextmanager
    def hanging(self) -> Iterator[threading.Event]:
        """Give no answer for the length of the block; the event tells that somebody waits."""
        self._is_asked.clear()
        self._may_answer.clear()
        try:
            yield self._is_asked
        finally:
            self._may_answer.set()

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        self._is_asked.set()
        await asyncio.to_thread(self._may_answer.wait)
        if self.refuses:
            return "451 Try again later"
        message = message_from_bytes(envelope.content, policy=policy.default)
        text, html = (
            message.get_body((kind,)).get_content().replace("\r\n", "\n")
            for kind in ("plain", "html")
        )
        files = {
            str(each.get_filename()): each.get_payload(decode=True).decode()
            for each in message.iter_attachments()
        }
        [to] = envelope.rcpt_tos
        with self.arrival:
            self.letters.append(Letter(to, str(message["Subject"]), text, html, files))
            self.arrival.notify_all()
        return "250 OK"


class Mailbox:
    """What one test's application sent."""

    def __init__(self, app: Flask, server: MailServer) -> None:
        self.app = app
        self.server = server

    def deliver(self) -> list[Letter]:
        """Let the worker send what is due, and give all that came in until now."""
        with self.app.app_context():
            send_due()
        return self.server.letters

    def to(self, address: str) -> list[Letter]:
        """All mails to this address, the oldest first."""
        return [letter for letter in self.deliver() if letter.to == address]


@pytest.fixture(scope="session")
def mail_server() -> Iterator[MailServer]:
    server = MailServer()
    controller = Controller(server, hostname="127.0.0.1", port=server.port, ready_timeout=PATIENCE)
    controller.start()
    yield server
    controller.stop()


@pytest.fixture
def mailbox(app: Flask, mail_server: MailServer) -> Mailbox:
    mail_server.letters = []
    mail_server.refuses = False
    return Mailbox(app, mail_server)
