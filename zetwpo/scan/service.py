"""What a supervisor does with a scan as a whole."""

import uuid

from zetwpo.errors import Refusal
from zetwpo.i18n import lazy_gettext as _
from zetwpo.scan.feedback.queries import asked_for
from zetwpo.scan.feedback.service import delete_requests
from zetwpo.scan.rules import is_untouched
from zetwpo.scan.self_scan.queries import ScanView
from zetwpo.scan.self_scan.service import delete


class NotEmpty(Refusal):
    """Something would be lost."""


def delete_empty(scan: ScanView, actor_id: uuid.UUID) -> None:
    """Take back a scan that was started by mistake. Raises NotEmpty where that loses something.

    By what its owner sees: who planned, long after the request closed, to share feedback on a scan
    in which nothing stands must not show by its staying.
    """
    if not is_untouched(
        submitted=scan.is_submitted,
        filled_in=not scan.response.filled.is_empty,
        asked=len(asked_for(scan.id, to_write=True)),
    ):
        raise NotEmpty(
            _("This scan is not empty"),
            _("Something was filled in, or somebody was asked for feedback, so it stays."),
        )
    delete_requests([scan.id])
    delete(scan, actor_id)
