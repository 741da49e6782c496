"""What a page says of a calendar before anything of it is taken over."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from zetwpo.i18n import gettext as _
from zetwpo.i18n import listed, ngettext
from zetwpo.partnerships.breaks.calendar_file import CalendarReading, Skipped
from zetwpo.partnerships.breaks.rules import (
    Event,
    Standing,
    looks_like_break,
    overlapping,
    standing,
)


@dataclass(frozen=True)
class PreviewRow:
    """An event of the calendar, and what taking it over would do."""

    event: Event
    standing: Standing
    # What it says in the list now, where that changes.
    known: Event | None
    is_ticked: bool
    # The names of others in the list that share days with it.
    shares: str


def rows_for(
    events: Sequence[Event], stored: Sequence[Event], taken: Collection[int] | None
) -> list[PreviewRow]:
    """A row for each event; ticked as somebody did, or at first what is called a break."""
    return [_row(place, event, stored, taken) for place, event in enumerate(events)]


def _row(
    place: int, event: Event, stored: Sequence[Event], taken: Collection[int] | None
) -> PreviewRow:
    what, known = standing(event, stored)
    is_ticked = looks_like_break(event.name) if taken is None else place in taken
    shares = [each.name for each in overlapping(event, stored) if each is not known]
    return PreviewRow(
        event,
        what,
        known if what is Standing.CHANGED else None,
        is_ticked and what is not Standing.THERE,
        listed(shares),
    )


def left_out_of(reading: CalendarReading) -> list[str]:
    """What is not shown of a calendar, a sentence for each reason."""
    count = reading.skipped
    said = {
        Skipped.OVER: ngettext(
            "%(num)s event is over.", "%(num)s events are over.", count.get(Skipped.OVER, 0)
        ),
        Skipped.CANCELLED: ngettext(
            "%(num)s event is cancelled.",
            "%(num)s events are cancelled.",
            count.get(Skipped.CANCELLED, 0),
        ),
        Skipped.REPEATS: ngettext(
            "%(num)s event comes back in a way that we do not follow: we only know each year.",
            "%(num)s events come back in a way that we do not follow: we only know each year.",
            count.get(Skipped.REPEATS, 0),
        ),
        Skipped.TOO_LONG: ngettext(
            "%(num)s event lasts longer than any break.",
            "%(num)s events last longer than any break.",
            count.get(Skipped.TOO_LONG, 0),
        ),
        Skipped.TOO_FAR: ngettext(
            "%(num)s event is more than five years ahead.",
            "%(num)s events are more than five years ahead.",
            count.get(Skipped.TOO_FAR, 0),
        ),
        Skipped.UNCLEAR: ngettext(
            "%(num)s event has no name, or no days that can be read.",
            "%(num)s events have no name, or no days that can be read.",
            count.get(Skipped.UNCLEAR, 0),
        ),
    }
    left_out = [words for why, words in said.items() if count.get(why)]
    if reading.later:
        left_out.append(
            _("There are more events after these. Bring in the calendar again next year.")
        )
    return left_out
