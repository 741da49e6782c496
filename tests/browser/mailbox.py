"""A mail server that keeps what it gets, so that a test can open the mails."""

import re
import threading
from collections import defaultdict
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.browser.ports import free_port

TO_CALENDAR = "text/calendar"
# What stands in a mail with which somebody signs in.
SIGN_IN = "/sign-in/link/"
# Seconds that a machine with much to do may take.
PATIENCE = 60


@dataclass(frozen=True)
class Mail:
    """A mail as its reader sees it."""

    subject: str
    text: str
    # The file that a calendar takes in, where there is one.
    calendar: str = ""

    @property
    def link(self) -> str:
        """The one address in it."""
        (link,) = re.findall(r"https?://\S+", self.text)
        return link

    @property
    def code(self) -> str:
        """The digits to sign in with."""
        (code,) = re.findall(r"^\d{4}(?: \d{4})+$", self.text, re.MULTILINE)
        return code


class Mailbox:
    """All mails that were sent, by address."""

    def __init__(self) -> None:
        self._mails: defaultdict[str, list[Mail]] = defaultdict(list)
        self._arrival = threading.Condition()

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        """Take in one mail; aiosmtpd calls this by its name."""
        message = message_from_bytes(envelope.content or b"", policy=policy.default)
        assert isinstance(message, EmailMessage)
        body = message.get_body(("plain",))
        assert body is not None
        calendars = [
            each.get_content() for each in message.walk() if each.get_content_type() == TO_CALENDAR
        ]
        text = body.get_content().replace("\r\n", "\n")
        mail = Mail(message["subject"], text, "".join(calendars))
        with self._arrival:
            for address in envelope.rcpt_tos:
                self._mails[address].append(mail)
            self._arrival.notify_all()
        return "250 OK"

    def take(self, address: str, with_words: str = "") -> Mail:
        """The oldest mail to this address with these words that was not taken; waits for one."""

        def found() -> Mail | None:
            mails = self._mails[address]
            return next((each for each in mails if with_words in each.subject + each.text), None)

        with self._arrival:
            mail = self._arrival.wait_for(found, timeout=PATIENCE)
            assert mail, f"no mail came to {address}"
            self._mails[address].remove(mail)
            return mail

    def has(self, address: str) -> bool:
        """True where a mail to this address was not taken."""
        with self._arrival:
            return bool(self._mails[address])


class PostOffice:
    """A mailbox with a port at which mail can be delivered."""

    def __init__(self) -> None:
        self.mailbox = Mailbox()
        self.port = free_port()
        self._controller = Controller(
            self.mailbox, hostname="127.0.0.1", port=self.port, ready_timeout=PATIENCE
        )

    def __enter__(self) -> "PostOffice":
        self._controller.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._controller.stop()
