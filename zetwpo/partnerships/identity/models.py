"""What a partnership says of itself."""

import uuid

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from zetwpo.accounts.rules import LONGEST_NAME
from zetwpo.addresses import LONGEST_ADDRESS
from zetwpo.database.tables import Base
from zetwpo.partnerships.identity.rules import LONGEST_LINE, LONGEST_PHONE


class PartnershipIdentity(Base):
    """Who answers for the data of a partnership, who helps, and where to complain."""

    __tablename__ = "partnership_identity"

    partnership_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("partnership.id", ondelete="CASCADE"), primary_key=True
    )
    controller: Mapped[str] = mapped_column(String(LONGEST_NAME))
    address: Mapped[str] = mapped_column(String(LONGEST_LINE))
    help_name: Mapped[str] = mapped_column(String(LONGEST_NAME))
    help_email: Mapped[str] = mapped_column(String(LONGEST_ADDRESS))
    help_phone: Mapped[str] = mapped_column(String(LONGEST_PHONE))
    privacy_name: Mapped[str] = mapped_column(String(LONGEST_NAME))
    privacy_email: Mapped[str] = mapped_column(String(LONGEST_ADDRESS))
    complaint: Mapped[str] = mapped_column(String(LONGEST_LINE))
    ground: Mapped[str] = mapped_column(String(30))
