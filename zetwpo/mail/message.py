"""A mail in words, and as it goes over the line."""

from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import localtime, make_msgid

from zetwpo.addresses import Sender


@dataclass(frozen=True)
class Letter:
    """A mail in words."""

    subject: str
    text: str
    html: str


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
    return message.as_bytes()
