"""What a mail says is put together when it leaves, by the package that queued it.

Until then the outbox holds whom it is about, and nothing that opens something: neither does a
backup (decision 14).
"""

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from flask import Flask, current_app

from zetwpo.i18n import lazy_gettext
from zetwpo.mail.kinds import KINDS
from zetwpo.mail.message import CalendarFile
from zetwpo.mail.rules import Terms
from zetwpo.mail.service import Addressee

# What stands in the text that is kept, in the place of what opened something.
WORDS_FOR = {"url": lazy_gettext("[link]"), "code": lazy_gettext("[code]")}
EXTENSION, STOPPED, WHO_WE_ARE = "mail_composers", "mail_is_stopped", "who_we_are"


@dataclass(frozen=True)
class Due:
    """A mail to send, as it was read.

    Not the row itself: that would be read again after the commit, and the transaction which that
    begins keeps everybody else from writing for as long as a mail server takes to answer.
    """

    id: uuid.UUID
    kind: str
    about_id: uuid.UUID | None
    recipient: str
    language: str
    values: dict[str, str]
    # This one included.
    attempts: int
    terms: Terms


@dataclass(frozen=True)
class Content:
    """What the templates of a mail are filled in with."""

    values: Mapping[str, str]
    # What opens something, by a name of WORDS_FOR: only the letter itself holds it.
    opening: Mapping[str, str] = field(default_factory=dict)
    # Where it goes instead of to the address, and in the language, with which it was queued.
    to: Addressee | None = None
    # Whose people it is for; None where only the address tells which partnership that is.
    partnership_id: uuid.UUID | None = None
    # Who answers to them, for the foot of the letter.
    us: object = None
    # They go along with the letter, and are kept nowhere.
    files: tuple[CalendarFile, ...] = ()

    def whole(self) -> dict[str, object]:
        """For the letter that leaves."""
        return {**self.values, **self.opening, "us": self.us}

    def without_openings(self) -> dict[str, object]:
        """For the text that is kept, in the language that is being written."""
        return {**self.whole(), **{name: str(WORDS_FOR[name]) for name in self.opening}}


@dataclass(frozen=True)
class PutOff:
    """It leaves later."""

    until: datetime


# Gives the content; None where the mail is no longer needed. What it stores is committed before
# the mail is sent.
Composer = Callable[[Due], Content | PutOff | None]
# Gives what the foot of a letter says, for the people of this partnership, or for this address.
WhoWeAre = Callable[[uuid.UUID | None, str], object]
# True where who has this address wants no mails of this kind.
IsStopped = Callable[[str, str], bool]


def compose(mail: Due) -> Content | PutOff | None:
    """What this mail says at this moment; None where nobody needs it, or wants it."""
    is_stopped: IsStopped = current_app.extensions[STOPPED]
    if KINDS[mail.kind].may_be_stopped and is_stopped(mail.kind, mail.recipient):
        return None
    composers: Mapping[str, Composer] = current_app.extensions[EXTENSION]
    content = composers[mail.kind](mail)
    if not isinstance(content, Content):
        return content
    # Here and not in the template: no transaction waits for a mail server.
    who_we_are: WhoWeAre = current_app.extensions[WHO_WE_ARE]
    return replace(content, us=who_we_are(content.partnership_id, mail.recipient))


def init_app(
    app: Flask, is_stopped: IsStopped, who_we_are: WhoWeAre, *composers: Mapping[str, Composer]
) -> None:
    """Let each kind of mail be composed by the package that queues it, and end with who we are.

    Raises LookupError where nobody says why a kind of mail leaves, or none composes it.
    """
    found = {kind: each for group in composers for kind, each in group.items()}
    if found.keys() != KINDS.keys():
        raise LookupError(f"mail/kinds.py differs in {sorted(found.keys() ^ KINDS.keys())}")
    app.extensions |= {EXTENSION: found, STOPPED: is_stopped, WHO_WE_ARE: who_we_are}
