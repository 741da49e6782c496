"""Tables of plans, and of the questions of others about them."""

import uuid
from datetime import datetime

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from zetwpo.database.tables import Base, Identified, Moment


class Plan(Identified, Base):
    """What one participant is going to try after one meeting."""

    __tablename__ = "plan"
    __table_args__ = (UniqueConstraint("owner_id", "meeting_id"),)

    owner_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    meeting_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("meeting.id", ondelete="CASCADE"), index=True
    )
    what: Mapped[str] = mapped_column(Text, default="")
    at: Mapped[str] = mapped_column(Text, default="")
    # By what its author will notice that it works.
    sign: Mapped[str] = mapped_column(Text, default="")
    # A week.
    minutes: Mapped[int | None]
    status: Mapped[str] = mapped_column(String(10))
    # To the group; empty while it is closed.
    opened_at: Mapped[datetime | None] = mapped_column(Moment)
    written_at: Mapped[datetime] = mapped_column(Moment)


class PlanQuestion(Identified, Base):
    """A question of somebody else about a plan, with what the author of the plan says to it."""

    __tablename__ = "plan_question"

    plan_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("plan.id", ondelete="CASCADE"), index=True
    )
    # Empty where they deleted their account: the question stays with whom it was put to.
    author_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("person.id", ondelete="SET NULL"), index=True
    )
    # From the page: a second click asks nothing twice.
    form_key: Mapped[uuid.UUID] = mapped_column(unique=True)
    text: Mapped[str] = mapped_column(Text)
    asked_at: Mapped[datetime] = mapped_column(Moment)
    answer: Mapped[str] = mapped_column(Text, default="")
    answered_at: Mapped[datetime | None] = mapped_column(Moment)
