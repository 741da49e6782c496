"""What the first page after signing in needs to know."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field

from zetwpo.cycle.queries import SavedQuestion, has_draft, saved_questions
from zetwpo.home.rules import Journey
from zetwpo.scan.feedback.queries import AskedCard, asked_for
from zetwpo.scan.rules import is_untouched
from zetwpo.scan.self_scan.naming import days_of
from zetwpo.scan.self_scan.queries import ScanCard, ScanView, find_scan, scans_of


@dataclass(frozen=True)
class StartPage:
    """The newest scan and what belongs to it, and the scans before."""

    journey: Journey
    scan: ScanView | None
    asked: tuple[AskedCard, ...]
    earlier: tuple[ScanCard, ...]
    # The current learning question: after a new scan the one before, until that has one.
    question: SavedQuestion | None = None
    # What the scans that were finished are called, by their key.
    days: Mapping[uuid.UUID, str] = field(default_factory=dict)
    # True while deleting the newest scan loses nothing.
    is_untouched: bool = False


def start_page(person_id: uuid.UUID) -> StartPage:
    """The first page of a supervisor."""
    scans = scans_of(person_id)
    if not scans:
        return StartPage(Journey(), None, (), ())
    newest, *earlier = scans
    scan = find_scan(newest.id)
    question = next(iter(saved_questions(person_id)), None)
    all_asked = asked_for(newest.id)
    asked = tuple(each for each in all_asked if not each.withdrawn_at)
    journey = Journey(
        started=True,
        submitted=newest.is_submitted,
        asked=len(asked),
        shared=sum(each.shared_at is not None for each in asked),
        has_draft=has_draft(newest.id),
        has_question=bool(question and question.scan.id == newest.id),
    )
    untouched = is_untouched(
        submitted=newest.is_submitted,
        filled_in=scan is not None and not scan.response.filled.is_empty,
        asked=len(all_asked),
    )
    return StartPage(journey, scan, asked, tuple(earlier), question, days_of(scans), untouched)
