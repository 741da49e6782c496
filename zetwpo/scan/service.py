"""What a supervisor does with a scan as a whole."""

import uuid

from zetwpo.errors import Refusal
from zetwpo.i18n import lazy_gettext as _
from zetwpo.scan.feedback.queries import is_anybody_asked
from zetwpo.scan.rules import is_untouched
from zetwpo.scan.self_scan.queries import ScanView
from zetwpo.scan.self_scan.service import delete


class NotEmpty(Refusal):
    """Something would be lost."""


def delete_empty(scan: ScanView, actor_id: uuid.UUID) -> None:
    """Take back a scan that was started by mistake. Raises NotEmpty where that loses something."""
    if not is_untouched(
        submitted=scan.is_submitted,
        filled_in=not scan.response.filled.is_empty,
        asked=is_anybody_asked(scan.id),
    ):
        raise NotEmpty(
            _("This scan is not empty"),
            _("Something was filled in, or somebody was asked for feedback, so it stays."),
        )
    delete(scan, actor_id)
