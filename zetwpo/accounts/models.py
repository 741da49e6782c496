"""Tables of people, where they belong, and how they are signed in."""

import enum
import uuid
from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.engine.default import DefaultExecutionContext
from sqlalchemy.orm import Mapped, mapped_column

from zetwpo.accounts.devices import OTHER
from zetwpo.accounts.rules import (
    LONGEST_NAME,
    LONGEST_READ,
    LONGEST_SOUGHT,
    as_compared,
    sought_name,
)
from zetwpo.addresses import LONGEST_ADDRESS
from zetwpo.database.tables import Base, Identified, Moment, normal_form_of


class Partnership(Identified, Base):
    """A teacher-training partnership: schools and institutes that train teachers together."""

    __tablename__ = "partnership"

    name: Mapped[str] = mapped_column(String(LONGEST_NAME), unique=True)
    is_demo: Mapped[bool] = mapped_column(default=False)


class SchoolKind(enum.StrEnum):
    """Where people of a partnership work."""

    SCHOOL = "school"
    INSTITUTE = "institute"


def _compared(context: DefaultExecutionContext) -> str:
    values = context.get_current_parameters()  # type: ignore[no-untyped-call]
    return as_compared(values["name"])


class School(Identified, Base):
    """A school or one location of it, or an institute that trains teachers."""

    __tablename__ = "school"
    __table_args__ = (UniqueConstraint("partnership_id", "normal_name"),)

    partnership_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("partnership.id", ondelete="CASCADE"), index=True
    )
    name: Mapped[str] = mapped_column(String(LONGEST_NAME))
    # No two that people would take for one another.
    normal_name: Mapped[str] = mapped_column(String(LONGEST_READ), default=_compared)
    kind: Mapped[str] = mapped_column(String(10), default=SchoolKind.SCHOOL)
    # From then on nobody gets a role there. What was given stays, and what is theirs too.
    closed_at: Mapped[datetime | None] = mapped_column(Moment)


class Person(Identified, Base):
    """Somebody with an account."""

    __tablename__ = "person"

    name: Mapped[str] = mapped_column(String(LONGEST_NAME))
    # As its owner types it. An address is the same however somebody else does.
    email: Mapped[str] = mapped_column(String(LONGEST_ADDRESS))
    normal_email: Mapped[str] = mapped_column(
        String(LONGEST_ADDRESS), unique=True, default=normal_form_of("email")
    )
    language: Mapped[str] = mapped_column(String(2), default="nl")
    created_at: Mapped[datetime] = mapped_column(Moment)
    last_sign_in_at: Mapped[datetime | None] = mapped_column(Moment)


def _only_one(name: str, where: str, *columns: str) -> Index:
    condition = text(where)
    return Index(name, *columns, unique=True, sqlite_where=condition, postgresql_where=condition)


class Membership(Identified, Base):
    """A role that a person holds in a partnership and, where it fits, at a school.

    Given and ended, never edited: what was is kept. One person holds one role in one place once at
    a time, and can hold it again after it ended.
    """

    __tablename__ = "membership"
    __table_args__ = (
        _only_one(
            "uq_membership_at_school",
            "ended_at IS NULL AND school_id IS NOT NULL",
            *("person_id", "partnership_id", "school_id", "role"),
        ),
        # Two without a school would count as different in the key above.
        _only_one(
            "uq_membership_without_school",
            "ended_at IS NULL AND school_id IS NULL",
            *("person_id", "partnership_id", "role"),
        ),
        Index("ix_membership_people", "partnership_id", "ended_at", "person_id"),
    )

    person_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("person.id", ondelete="CASCADE"), index=True
    )
    partnership_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("partnership.id", ondelete="CASCADE")
    )
    school_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("school.id", ondelete="CASCADE"), index=True
    )
    role: Mapped[str] = mapped_column(String(30))
    given_at: Mapped[datetime] = mapped_column(Moment)
    # Empty where a command on the server gave it, or where the account of who did is deleted.
    given_by_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("person.id", ondelete="SET NULL"), index=True
    )
    ended_at: Mapped[datetime | None] = mapped_column(Moment)
    ended_by_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("person.id", ondelete="SET NULL"), index=True
    )


def _sought(context: DefaultExecutionContext) -> str:
    values = context.get_current_parameters()  # type: ignore[no-untyped-call]
    return sought_name(values["name"])


class Welcome(Identified, Base):
    """How a partnership knows somebody: one row for each person in each partnership.

    Until they come, it is the name and the address with which they were invited, and not those of
    an account that they may have elsewhere already (decision 34); from then on it is what they call
    themselves. It is also the reason of the one welcome mail.
    """

    __tablename__ = "welcome"
    __table_args__ = (
        UniqueConstraint("partnership_id", "person_id"),
        Index("ix_welcome_list", "partnership_id", "sought_name", "person_id"),
    )

    partnership_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("partnership.id", ondelete="CASCADE")
    )
    person_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("person.id", ondelete="CASCADE"), index=True
    )
    name: Mapped[str] = mapped_column(String(LONGEST_NAME))
    # The same as people look for it, and as lists are put in order.
    sought_name: Mapped[str] = mapped_column(String(LONGEST_SOUGHT), default=_sought)
    email: Mapped[str] = mapped_column(String(LONGEST_ADDRESS))
    normal_email: Mapped[str] = mapped_column(
        String(LONGEST_ADDRESS), default=normal_form_of("email")
    )
    invited_at: Mapped[datetime] = mapped_column(Moment)
    # Empty where a command on the server did, or where the account of who did is deleted.
    invited_by_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("person.id", ondelete="SET NULL"), index=True
    )
    # When they signed in first with a role here.
    came_at: Mapped[datetime | None] = mapped_column(Moment)


class SignInLetter(Identified, Base):
    """The link and the code for a mailbox, of the mail with the same key in the outbox.

    It serves all requests that waited for it. Without a person where nobody has the address: then
    no mail leaves, and all else is the same.
    """

    __tablename__ = "sign_in_letter"

    # A keyed hash: who has no account here leaves no address.
    address_hash: Mapped[str] = mapped_column(String(64), index=True)
    person_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("person.id", ondelete="CASCADE"), index=True
    )
    link_hash: Mapped[str] = mapped_column(String(64), unique=True)
    code_hash: Mapped[str] = mapped_column(String(64))
    # Whether it left for a browser in which the owner of the mailbox signed in before.
    to_known: Mapped[bool]
    written_at: Mapped[datetime] = mapped_column(Moment, index=True)
    expires_at: Mapped[datetime] = mapped_column(Moment)


class SignInRequest(Identified, Base):
    """A browser asked for a letter to an address, whether anybody has that or not."""

    __tablename__ = "sign_in_request"

    address_hash: Mapped[str] = mapped_column(String(64), index=True)
    browser_hash: Mapped[str] = mapped_column(String(64), index=True)
    is_known: Mapped[bool]
    # Empty as long as it waits.
    letter_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("sign_in_letter.id", ondelete="CASCADE"), index=True
    )
    asked_at: Mapped[datetime] = mapped_column(Moment)
    # While it waits: until when. With a letter: as long as that works.
    expires_at: Mapped[datetime] = mapped_column(Moment, index=True)
    used_at: Mapped[datetime | None] = mapped_column(Moment)
    wrong_codes: Mapped[int] = mapped_column(default=0)


class SignIn(Identified, Base):
    """A browser in which a person is signed in; deleting the row signs it out."""

    __tablename__ = "sign_in"

    person_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("person.id", ondelete="CASCADE"), index=True
    )
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    signed_in_at: Mapped[datetime] = mapped_column(Moment)
    expires_at: Mapped[datetime] = mapped_column(Moment, index=True)
    # What it is called (devices.py); never what the browser said of itself.
    browser: Mapped[str] = mapped_column(String(20), default=OTHER)
    system: Mapped[str] = mapped_column(String(20), default=OTHER)
