"""Mail servers as they are elsewhere: with TLS and a password, slow, or full of refusals."""

import asyncio
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from pathlib import Path
from ssl import PROTOCOL_TLS_SERVER, SSLContext
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from tests.browser.ports import free_port

PATIENCE = 60
USER, PASSWORD = "zetwpo", "open sesame"


@dataclass
class Certificates:
    """An authority of a school, and what it signed."""

    folder: Path

    @property
    def authority(self) -> Path:
        return self.folder / "authority.pem"

    def server(self, name: str) -> SSLContext:
        """For a server of this name or address, signed by the authority."""
        kind = "IP" if name.replace(".", "").isdigit() else "DNS"
        self._openssl(
            *("req", "-new", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1"),
            *("-nodes", "-subj", f"/CN={name}", "-keyout", f"{name}.key", "-out", f"{name}.csr"),
        )
        (self.folder / f"{name}.ext").write_text(f"subjectAltName={kind}:{name}\n")
        self._openssl(
            *("x509", "-req", "-in", f"{name}.csr", "-CA", "authority.pem", "-days", "2"),
            *("-CAkey", "authority.key", "-extfile", f"{name}.ext", "-out", f"{name}.pem"),
        )
        return self._context(name)

    def self_signed(self, name: str) -> SSLContext:
        """For a server that nobody vouches for."""
        self._make(f"self-{name}", name)
        return self._context(f"self-{name}")

    def make_authority(self) -> "Certificates":
        self._make("authority", "Authority of the tests")
        return self

    def _make(self, file: str, name: str) -> None:
        kind = "IP" if name.replace(".", "").isdigit() else "DNS"
        named = [] if " " in name else ["-addext", f"subjectAltName={kind}:{name}"]
        self._openssl(
            *("req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1"),
            *("-nodes", "-days", "2", "-subj", f"/CN={name}", *named),
            *("-keyout", f"{file}.key", "-out", f"{file}.pem"),
        )

    def _openssl(self, *words: str) -> None:
        subprocess.run(["openssl", *words], cwd=self.folder, check=True, capture_output=True)

    def _context(self, file: str) -> SSLContext:
        context = SSLContext(PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.folder / f"{file}.pem", self.folder / f"{file}.key")
        return context


@dataclass
class Post:
    """What a server does, and what it saw."""

    # Answers, where they are not the usual ones; a dictionary goes by the address.
    to_sender: str = "250 OK"
    to_recipient: dict[str, str] = field(default_factory=dict)
    to_content: str = "250 OK"
    # Seconds before content is answered, by a word in the subject.
    slow: dict[str, float] = field(default_factory=dict)
    # Words in the subject of content that is not answered before a test takes them out.
    holding: set[str] = field(default_factory=set)
    password: str = PASSWORD

    recipients: list[str] = field(default_factory=list)
    senders: list[str] = field(default_factory=list)
    subjects: list[str] = field(default_factory=list)
    arrived: list[float] = field(default_factory=list)
    passwords: list[str] = field(default_factory=list)
    conversations: int = 0
    handed_over: int = 0
    refusals: int = 0

    def authenticate(
        self, _server: SMTP, _session: Session, _envelope: Envelope, _way: str, data: Any
    ) -> AuthResult:
        assert isinstance(data, LoginPassword)
        self.passwords.append(data.password.decode())
        return AuthResult(success=data.password.decode() == self.password, handled=False)

    async def handle_EHLO(  # noqa: N802
        self, _server: SMTP, session: Session, _envelope: Envelope, name: str, answer: list[str]
    ) -> list[str]:
        self.conversations += 1
        session.host_name = name
        return answer

    async def handle_MAIL(  # noqa: N802
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, options: Any
    ) -> str:
        self.senders.append(address)
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return self.to_sender

    async def handle_RCPT(  # noqa: N802
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, options: Any
    ) -> str:
        answer = self.to_recipient.get(address, self.to_recipient.get("", "250 OK"))
        if answer.startswith("2"):
            envelope.rcpt_tos.append(address)
            envelope.rcpt_options.extend(options)
        else:
            self.refusals += 1
        return answer

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        message = message_from_bytes(envelope.content or b"", policy=policy.default)
        subject = str(message["Subject"])
        self.handed_over += 1
        await asyncio.sleep(max([0.0, *(s for word, s in self.slow.items() if word in subject)]))
        while any(word in subject for word in self.holding):
            await asyncio.sleep(0.02)
        if self.to_content.startswith("2"):
            self.recipients.extend(envelope.rcpt_tos)
            self.subjects.append(subject)
            self.arrived.append(time.monotonic())
        else:
            self.refusals += 1
        return self.to_content


@contextmanager
def serving(
    post: Post,
    tls: SSLContext | None = None,
    *,
    at_once: bool = False,
    takes_password: bool = True,
    takes_letters: bool = True,
    port: int = 0,
) -> Iterator[int]:
    """Run a mail server for the length of the block; gives its port.

    With `tls` it offers STARTTLS, or speaks TLS `at_once`.
    """
    way: dict[str, Any] = {"ssl_context": tls} if at_once else {"tls_context": tls}
    if takes_password:
        way |= {"authenticator": post.authenticate, "auth_require_tls": tls is not None}
    controller = Controller(
        post,
        hostname="127.0.0.1",
        port=port or free_port(),
        ready_timeout=PATIENCE,
        enable_SMTPUTF8=takes_letters,
        **way,
    )
    if at_once:
        # aiosmtpd does not see that the line is encrypted already.
        controller.SMTP_kwargs["auth_require_tls"] = False
    controller.start()
    try:
        yield controller.port
    finally:
        controller.stop()
