"""What somebody who describes a partnership does."""

import uuid

from zetwpo import audit
from zetwpo.database.statements import one_at_a_time, upsert
from zetwpo.extensions import db
from zetwpo.partnerships.identity import rules
from zetwpo.partnerships.identity.models import PartnershipIdentity
from zetwpo.partnerships.identity.queries import find_own
from zetwpo.partnerships.identity.rules import Sent


class Overtaken(Exception):
    """These fields were changed by somebody else after this page was shown."""

    def __init__(self, names: set[str]) -> None:
        super().__init__()
        self.names = names


def describe(partnership_id: uuid.UUID, sent: Sent, actor_id: uuid.UUID) -> None:
    """Store who this partnership says that it is. Raises Overtaken."""
    # Of two at the same moment, the second one finds what the first one wrote.
    one_at_a_time(db.session.connection(), f"identity {partnership_id}")
    own = find_own(partnership_id)
    clashes = rules.overtaken(sent, own.fields if own else {})
    if clashes:
        raise Overtaken(clashes)
    if own and own.fields == sent.fields:
        return
    upsert(db.session(), PartnershipIdentity, [{"partnership_id": partnership_id, **sent.fields}])
    audit.record("partnership described", actor_id=actor_id, object_id=partnership_id)
