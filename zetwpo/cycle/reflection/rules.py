"""Rules of reflections, without a database or a clock."""

from datetime import datetime

from zetwpo.cycle.audience.rules import NOBODY, Circle, People

# Letters: one sentence, to be read aloud.
LONGEST_SENTENCE = 300


def meant_by_sentence(
    circle: Circle, brought_at: datetime, next_meeting_at: datetime | None, now: datetime
) -> People:
    """Who reads a sentence that somebody brings along, besides its author.

    Whoever leads the next meeting, to prepare it; everybody in the group from when it begins. Of
    who left since they brought it along, nobody, also when they are back.
    """
    if not circle.has_stayed(brought_at):
        return NOBODY
    has_begun = next_meeting_at is not None and next_meeting_at <= now
    return (circle.group if has_begun else frozenset(circle.facilitators)) - {circle.owner_id}
