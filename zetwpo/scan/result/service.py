"""Opening a result: only after the own scan is in."""

from zetwpo.errors import Refusal
from zetwpo.i18n import lazy_gettext as _
from zetwpo.scan.result.queries import Result, get_result
from zetwpo.scan.self_scan.queries import ScanCard


class ScanNotSubmitted(Refusal):
    """Somebody else's view would colour the own one, so it stays closed until that is there."""


def open_result(scan: ScanCard) -> Result:
    """The result of this scan. Raises ScanNotSubmitted while the own scan is not in."""
    if not scan.is_submitted:
        raise ScanNotSubmitted(
            _("Your own scan comes first"),
            _(
                "You see the result, with the feedback of others, once you have finished your "
                "own scan. That way their view does not colour yours."
            ),
        )
    return get_result(scan)
