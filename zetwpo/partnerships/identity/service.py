"""What somebody who describes a partnership does."""

import uuid

from zetwpo import audit
from zetwpo.database.statements import one_at_a_time, upsert
from zetwpo.edits import Sent, merged
from zetwpo.extensions import db
from zetwpo.partnerships.identity.models import PartnershipIdentity
from zetwpo.partnerships.identity.queries import find_own
from zetwpo.partnerships.identity.rules import NOTHING_SAID


def describe(partnership_id: uuid.UUID, sent: Sent, actor_id: uuid.UUID) -> None:
    """Store who this partnership says that it is. Raises Overtaken."""
    # Of two at the same moment, the second one finds what the first one wrote.
    one_at_a_time(db.session.connection(), f"identity {partnership_id}")
    own = find_own(partnership_id)
    stored = own.fields if own else NOTHING_SAID
    fields = merged(sent, stored)
    if fields == stored:
        return
    upsert(db.session(), PartnershipIdentity, [{"partnership_id": partnership_id, **fields}])
    audit.record("partnership described", actor_id=actor_id, object_id=partnership_id)
