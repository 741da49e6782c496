"""The table of the scan once more."""

import uuid
from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from zetwpo.database.tables import Base, Moment


class RescanCall(Base):
    """That those who take part in a trajectory were asked for it: once, whatever moves later.

    Not who was asked, nor who did it.
    """

    __tablename__ = "rescan_call"

    trajectory_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("trajectory.id", ondelete="CASCADE"), primary_key=True
    )
    called_at: Mapped[datetime] = mapped_column(Moment)
