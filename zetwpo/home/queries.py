"""What the first page after signing in needs to know."""

import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from zetwpo.accounts.actors import Actor
from zetwpo.accounts.policy import FILL_IN_SCAN
from zetwpo.clock import school_year, today
from zetwpo.cycle.learning_question.queries import SavedQuestion, has_draft, saved_questions
from zetwpo.home.rules import Journey, Kept, Led
from zetwpo.library.queries import with_draft, with_own
from zetwpo.mail.queries import failure_counts
from zetwpo.partnerships.breaks.queries import with_breaks
from zetwpo.partnerships.identity.queries import described
from zetwpo.partnerships.people.queries import beginnings
from zetwpo.scan.feedback.queries import AskedCard, asked_for
from zetwpo.scan.rules import is_untouched
from zetwpo.scan.self_scan.naming import days_of
from zetwpo.scan.self_scan.queries import ScanCard, ScanView, find_scan


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
    # True while the newest scan is open where its owner is no supervisor any more: it goes along
    # to where they are one, once they go on.
    goes_along: bool = False


def goes_on(actor: Actor, scan: ScanCard) -> bool:
    """True where this person still is a supervisor where this scan of theirs was made."""
    return FILL_IN_SCAN.opens_to(actor, scan.facts)


def start_page(actor: Actor, scans: Sequence[ScanCard]) -> StartPage:
    """The first page of a supervisor who has these scans, the newest first.

    What was finished where they are no supervisor any more is no part of their way here.
    """
    question = next(iter(saved_questions(actor.person_id)), None) if scans else None
    days = days_of(scans)
    here = [each for each in scans if not each.is_submitted or goes_on(actor, each)]
    if not here:
        return StartPage(Journey(), None, (), (), question, days)
    newest, *earlier = here
    scan = find_scan(newest.id)
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
    return StartPage(
        journey,
        scan,
        asked,
        tuple(earlier),
        question,
        days,
        untouched,
        goes_along=not goes_on(actor, newest),
    )


def kept_in(partnership_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, Kept]:
    """How far each of these is with what an administrator keeps, in three statements."""
    if not partnership_ids:
        return {}
    said, begun = described(partnership_ids), beginnings(partnership_ids)
    failed = failure_counts(partnership_ids)
    return {
        key: Kept(
            is_described=key in said,
            has_schools=begun[key].has_schools,
            has_people=begun[key].has_people,
            failed_mails=failed.get(key, 0),
        )
        for key in partnership_ids
    }


def led_in(partnership_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, Led]:
    """How far each of these is with what a programme leader prepares, in three statements."""
    if not partnership_ids:
        return {}
    drafts, own = with_draft(partnership_ids), with_own(partnership_ids)
    breaks = with_breaks(partnership_ids, *school_year(today()))
    return {
        key: Led(has_draft=key in drafts, has_own=key in own, has_breaks=key in breaks)
        for key in partnership_ids
    }
