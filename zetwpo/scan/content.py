"""What a new scan is filled in with."""

import uuid
from collections.abc import Collection

from zetwpo.library.queries import current_for
from zetwpo.library.questionnaires import FormFile


def current_self_form(partnerships: Collection[uuid.UUID] = ()) -> FormFile:
    """What a supervisor in these partnerships who starts a scan now fills in.

    That of the product where nobody knows yet in which of several that will be.
    """
    where = next(iter(partnerships)) if len(partnerships) == 1 else None
    return current_for(where).own_form
