"""Opening a result: only after the own scan is in."""

import uuid
from collections.abc import Callable
from typing import NamedTuple

from flask import current_app

from zetwpo.errors import Refusal
from zetwpo.i18n import lazy_gettext as _
from zetwpo.scan.result.queries import Result, get_result
from zetwpo.scan.self_scan.queries import ScanCard


class ScanNotSubmitted(Refusal):
    """Somebody else's view would colour the own one, so it stays closed until that is there."""


def require_submitted(scan: ScanCard) -> None:
    """Let nobody go on to a result, or beyond it. Raises ScanNotSubmitted before the scan is in."""
    if not scan.is_submitted:
        raise ScanNotSubmitted(
            _("Your own scan comes first"),
            _(
                "You see the result, with the feedback of others, once you have finished your "
                "own scan. That way their view does not colour yours."
            ),
        )


def open_result(scan: ScanCard) -> Result:
    """The result of this scan. Raises ScanNotSubmitted while the own scan is not in."""
    require_submitted(scan)
    return get_result(scan)


class Question(NamedTuple):
    """What somebody wants to learn: the axis that it is about, and their words."""

    axis: str
    text: str


FindQuestion = Callable[[uuid.UUID], Question | None]


def question_after(scan_id: uuid.UUID) -> Question | None:
    """The learning question that was saved after this scan.

    It is kept a floor higher, where this package cannot look; the application hands over how to
    find it.
    """
    find: FindQuestion = current_app.extensions["question_after"]
    return find(scan_id)
