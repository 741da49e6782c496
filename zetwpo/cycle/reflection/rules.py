"""Rules of reflections, without a database or a clock."""

from datetime import datetime

from zetwpo.cycle.audience.rules import NOBODY, Circle, People

# Letters: one sentence, to be read aloud.
LONGEST_SENTENCE = 300


def meant_by_sentence(circle: Circle, next_meeting_at: datetime | None, now: datetime) -> People:
    """Who reads a sentence that somebody brings along, besides its author.

    Whoever leads the next meeting, to prepare it; everybody in the group from when it begins. Of
    who left, nobody.
    """
    if circle.has_left:
        return NOBODY
    has_begun = next_meeting_at is not None and next_meeting_at <= now
    group = circle.participants if has_begun else NOBODY
    return (circle.facilitators | group) - {circle.owner_id}
