"""The line to the mail server: encrypted and with the right certificate, or not at all.

`smtplib` itself and no extension: we have to know at which step something went wrong, since a
refused password is our trouble and an unknown mailbox the addressee's.
"""

import smtplib
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

from zetwpo.addresses import read_sender, written_address
from zetwpo.config import Settings
from zetwpo.mail.message import Letter, as_sent
from zetwpo.mail.rules import LONGEST_SEND, Failure, why_refused
from zetwpo.settings_rules import is_this_machine

# For each answer while the line is made.
PATIENCE_SECONDS = 20


class MailTrouble(Exception):
    """A mail did not leave. The text says why, for whoever runs this, without an address.

    `answer` is what the mail server said. It may name somebody, so it belongs in no log.
    """

    def __init__(self, sentence: str, answer: str = "") -> None:
        super().__init__(sentence)
        self.answer = answer


class ServerTrouble(MailTrouble):
    """Nothing can leave now: it is the mail server or our settings, whatever the mail."""


class NotNow(MailTrouble):
    """This mail could not leave now; later it may."""


class Undeliverable(MailTrouble):
    """This mail will never be taken in."""

    def __init__(self, failure: Failure, sentence: str, answer: str = "") -> None:
        super().__init__(sentence, answer)
        self.failure = failure


# Hands over what is written to an address; raises a MailTrouble.
Deliver = Callable[[str, Letter], None]


@contextmanager
def mail_server(settings: Settings) -> Iterator[Deliver]:
    """A line to the mail server, for as long as the block lasts. Raises ServerTrouble.

    The demo has no mail server: its mailbox shows what would have left.
    """
    if settings.is_demo:
        yield lambda _address, _letter: None
        return
    line = _Line(settings)
    try:
        yield line.deliver
    finally:
        line.close()


class _Line:
    """One conversation with the mail server."""

    def __init__(self, settings: Settings) -> None:
        self._sender = read_sender(settings.mail_sender)
        try:
            self._smtp = _open(settings)
        except (OSError, ValueError) as error:
            raise ServerTrouble(_what_is_wrong(error, settings), _said(error)) from error

    def deliver(self, address: str, letter: Letter) -> None:
        """Hand over one mail. Raises ServerTrouble, NotNow and Undeliverable."""
        try:
            to = written_address(address)
            content = as_sent(self._sender, to, letter)
        except ValueError as error:
            raise Undeliverable(Failure.UNWRITABLE, "No mail can be written to this.") from error
        with _cut_off_in_time(self._smtp):
            self._announce(to)
            self._hand_over(to, content)

    def _announce(self, to: str) -> None:
        options = []
        if not to.isascii():
            if not self._smtp.has_extn("smtputf8"):
                raise Undeliverable(
                    Failure.UNWRITABLE, "The mail server takes no address with such letters."
                )
            options = ["SMTPUTF8", "BODY=8BITMIME"]
        try:
            code, answer = self._smtp.mail(self._sender.address, options)
        except OSError as error:
            raise ServerTrouble("The mail server broke off before it took a mail.") from error
        if code != 250:
            sentence = f"The mail server takes no mail from our sender ({code})."
            raise ServerTrouble(sentence, _decoded(answer))

    def _hand_over(self, to: str, content: bytes) -> None:
        try:
            code, answer = self._smtp.rcpt(to)
            if code in {250, 251}:
                code, answer = self._smtp.data(content)
        except smtplib.SMTPDataError as error:
            code, said = error.smtp_code, _said(error)
        except OSError as error:
            raise NotNow("The mail server broke off while it took a mail.") from error
        else:
            said = _decoded(answer)
        if code == 250:
            return
        failure = why_refused(code, said)
        if failure:
            raise Undeliverable(failure, f"The addressee's mail was refused ({code}).", said)
        raise NotNow(f"The mail server did not take a mail ({code}).", said)

    def close(self) -> None:
        """Say goodbye. Whatever comes of it: what was handed over is handed over."""
        with suppress(OSError, ValueError):
            self._smtp.quit()
        self._smtp.close()


def _open(settings: Settings) -> smtplib.SMTP:
    smtp = _connect(settings)
    try:
        if settings.smtp_security == "starttls":
            # Raises where it is not offered: whoever stands in between can take the offer out.
            smtp.starttls(context=ssl.create_default_context())
        smtp.ehlo_or_helo_if_needed()
        if settings.smtp_user:
            _log_in(smtp, settings.smtp_user, _password(settings))
    except BaseException:
        smtp.close()
        raise
    return smtp


def _connect(settings: Settings) -> smtplib.SMTP:
    where = (settings.smtp_host, settings.smtp_port)
    if settings.smtp_security == "tls":
        context = ssl.create_default_context()
        return smtplib.SMTP_SSL(*where, timeout=PATIENCE_SECONDS, context=context)
    return smtplib.SMTP(*where, timeout=PATIENCE_SECONDS)


def _log_in(smtp: smtplib.SMTP, user: str, password: str) -> None:
    try:
        smtp.login(user, password)
    except smtplib.SMTPServerDisconnected:
        # Some hang up on a wrong password instead of saying so.
        raise smtplib.SMTPAuthenticationError(421, "") from None


class _OpenLine(ValueError):
    """Whoever listens in between would read the password."""


def _password(settings: Settings) -> str:
    if settings.smtp_security == "none" and not is_this_machine(settings.smtp_host):
        raise _OpenLine
    return settings.smtp_password.get_secret_value()


@contextmanager
def _cut_off_in_time(smtp: smtplib.SMTP) -> Iterator[None]:
    """End the conversation when it takes too long.

    A time limit for each answer is not enough: a server that sends a letter now and then keeps
    every one of them, and the claim on the mail runs out meanwhile.
    """

    def cut_off() -> None:
        if smtp.sock:
            with suppress(OSError):
                socket.socket.shutdown(smtp.sock, socket.SHUT_RDWR)

    timer = threading.Timer(LONGEST_SEND.total_seconds(), cut_off)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _what_is_wrong(error: OSError | ValueError, settings: Settings) -> str:  # noqa: PLR0911 (a table)
    """In a sentence, for whoever runs this; no word of what the mail server said."""
    host, port = settings.smtp_host, settings.smtp_port
    match error:
        case ssl.SSLCertVerificationError():
            return (
                f"{host} showed a certificate that is not right: {error.verify_message}. "
                "Nothing was sent."
            )
        case ssl.SSLError():
            return (
                f"{host} does not speak TLS at port {port}. Port 465 usually goes with "
                "ZETWPO_SMTP_SECURITY=tls, port 587 with starttls."
            )
        case socket.gaierror():
            return f"The name {host} is not known."
        case smtplib.SMTPAuthenticationError():
            return f"{host} refused the user name or the password ({error.smtp_code})."
        case smtplib.SMTPNotSupportedError():
            return (
                f"{host} does not offer what the settings ask for: {_missing(settings, error)}. "
                "Nothing was sent."
            )
        case smtplib.SMTPResponseException():
            return f"{host} does not want to talk to us ({error.smtp_code})."
        case TimeoutError():
            return f"{host} gave no answer at port {port} within {PATIENCE_SECONDS} seconds."
        case smtplib.SMTPException():
            return f"{host} broke off the conversation at port {port}."
        case _OpenLine():
            return (
                "A password does not go over a line that is not encrypted: set "
                "ZETWPO_SMTP_SECURITY to starttls or tls. Nothing was sent."
            )
        case OSError():
            return f"{host} cannot be reached at port {port} ({error.strerror})."
    return "The user name or the password has letters that no mail server takes."


def _missing(settings: Settings, error: smtplib.SMTPNotSupportedError) -> str:
    return "STARTTLS" if "STARTTLS" in str(error) else f"a password for {settings.smtp_user}"


def _said(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        return _decoded(error.smtp_error)
    return ""


def _decoded(answer: bytes | str) -> str:
    return answer if isinstance(answer, str) else answer.decode("utf-8", "replace")
