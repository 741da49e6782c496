"""The table of lists that wait for somebody to say yes."""

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from zetwpo.database.tables import Base, Identified, Moment


class PeopleList(Identified, Base):
    """A list of people that an administrator brought, for a day and for nobody else.

    First its lines wait to be looked through. Once its people are invited the lines are gone, and
    what happened with each row can be fetched.
    """

    __tablename__ = "people_list"

    partnership_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("partnership.id", ondelete="CASCADE"), index=True
    )
    brought_by_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("person.id", ondelete="CASCADE"), index=True
    )
    brought_at: Mapped[datetime] = mapped_column(Moment, index=True)
    # Of each line its number and its cells.
    lines: Mapped[list[Any]] = mapped_column(JSON)
    # How they are read: as rules.Choices.
    choices: Mapped[dict[str, Any]] = mapped_column(JSON)
    done_at: Mapped[datetime | None] = mapped_column(Moment)
    # Of each row what happened with it: as rules.RowPlan.
    outcome: Mapped[list[Any]] = mapped_column(JSON, default=list)
