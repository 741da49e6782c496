"""What the first page after signing in needs to know."""

import uuid
from dataclasses import dataclass

from zetwpo.cycle.queries import versions_for
from zetwpo.home.rules import Journey
from zetwpo.scan.feedback.queries import AskedCard, asked_for
from zetwpo.scan.self_scan.queries import ScanCard, ScanView, find_scan, scans_of


@dataclass(frozen=True)
class StartPage:
    """The newest scan and what belongs to it, and the scans before."""

    journey: Journey
    scan: ScanView | None
    asked: tuple[AskedCard, ...]
    earlier: tuple[ScanCard, ...]

    @property
    def first_open_part(self) -> int:
        """The first part that has a statement without an answer; the last where none has."""
        if self.scan is None:
            return 1
        answers = self.scan.response.filled.answers
        parts = self.scan.response.form.parts
        open_parts = (
            number
            for number, part in enumerate(parts, 1)
            if any(statement.key not in answers for statement in part.statements)
        )
        return next(open_parts, len(parts))


def start_page(person_id: uuid.UUID) -> StartPage:
    """The first page of a supervisor."""
    scans = scans_of(person_id)
    if not scans:
        return StartPage(Journey(), None, (), ())
    newest, *earlier = scans
    asked = tuple(each for each in asked_for(newest.id) if not each.withdrawn_at)
    journey = Journey(
        started=True,
        submitted=newest.is_submitted,
        asked=len(asked),
        shared=sum(each.shared_at is not None for each in asked),
        has_question=bool(versions_for(newest.id)),
    )
    return StartPage(journey, find_scan(newest.id), asked, tuple(earlier))
