"""A mail in words, and as it goes over the line."""

from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import localtime, make_msgid

from zetwpo.addresses import Sender


@dataclass(frozen=True)
class CalendarFile:
    """A file in the form of iCalendar that goes along with a mail, for a calendar to act on.

    `method` is what it asks of the calendar: the METHOD that stands in it (RFC 5546).
    """

    name: str
    method: str
    content: str


@dataclass(frozen=True)
class Letter:
    """A mail in words, and the files that go along with it."""

    subject: str
    text: str
    html: str
    files: tuple[CalendarFile, ...] = ()


def as_sent(sender: Sender, to: str, letter: Letter) -> bytes:
    """The mail from this sender to this address, as a mail server takes it.

    Raises ValueError where no such mail can be written.
    """
    message = EmailMessage(SMTP if to.isascii() else SMTP.clone(utf8=True))
    message["Subject"] = letter.subject
    message["From"] = Address(sender.name, addr_spec=sender.address)
    name, _at, domain = to.rpartition("@")
    message["To"] = Address(username=name, domain=domain)
    message["Date"] = localtime()
    message["Message-ID"] = make_msgid(domain=sender.address.rpartition("@")[2])
    # No answer from those who are on holiday.
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(letter.text, cte="quoted-printable")
    message.add_alternative(letter.html, subtype="html", cte="quoted-printable")
    _add_files(message, letter.files)
    return message.as_bytes()


def _add_files(message: EmailMessage, files: tuple[CalendarFile, ...]) -> None:
    if len(files) == 1:
        # A calendar acts by itself on what is another form of the mail, which can be only one. As
        # a file besides, for programs that look for nothing else.
        [one] = files
        message.add_alternative(
            one.content, subtype="calendar", cte="base64", params={"method": one.method}
        )
    for each in files:
        message.add_attachment(
            each.content,
            subtype="calendar",
            cte="base64",
            params={"method": each.method},
            filename=each.name,
        )
