"""What is said of dates: on pages, in mails and where something in a form is wrong."""

from collections.abc import Sequence
from datetime import timedelta

from zetwpo.cycle.meetings.changes import Change, What
from zetwpo.cycle.meetings.schedule import Odd, Oddity, Slot, Trouble
from zetwpo.i18n import duration, from_to, lazy_gettext, weekday
from zetwpo.i18n import gettext as _

TROUBLES = {
    Trouble.PAST: lazy_gettext("This moment has passed. Choose one to come."),
    Trouble.TOO_FAR: lazy_gettext("This is more than two years ahead. Check the year."),
    Trouble.SAME_DAY_AS_BEFORE: lazy_gettext(
        "The meeting before it is on this day too. Choose another day, or move that one first."
    ),
    Trouble.SAME_DAY_AS_AFTER: lazy_gettext(
        "The meeting after it is on this day too. Choose another day, or move that one first."
    ),
    Trouble.NOT_AFTER: lazy_gettext(
        "This is earlier than the meeting before it. Choose a later day, or move that one first."
    ),
    Trouble.NOT_BEFORE: lazy_gettext(
        "This is later than the meeting after it. Choose an earlier day, or move that one first."
    ),
}
# The clock is put forward (False) or back (True).
CLOCK_CHANGES = {
    False: lazy_gettext(
        "This time does not exist on this day: the clock is put forward from 2 to 3 in that night."
    ),
    True: lazy_gettext(
        "This time comes twice on this day: the clock is put back from 3 to 2 in that night."
    ),
}


def when(slot: Slot) -> str:
    """For example 'woensdag 3 maart 2027, 15:30–18:30'."""
    return from_to(slot.starts_at, slot.ends_at)


def line(number: int, slot: Slot, place: str) -> str:
    """A meeting in a list of them."""
    if place:
        return _(
            "Meeting %(number)s: %(when)s, %(place)s", number=number, when=when(slot), place=place
        )
    return _("Meeting %(number)s: %(when)s", number=number, when=when(slot))


def oddity(found: Oddity) -> str:
    """What is odd about a meeting, in a sentence."""
    match found.what:
        case Odd.APART:
            apart = duration(timedelta(days=found.days))
            return _("More than a month after the one before: %(time)s.", time=apart)
        case Odd.HOLIDAY:
            return _("This is a holiday: %(name)s.", name=found.name)
        case Odd.BREAK:
            return _("This is in a school break: %(name)s.", name=found.name)
        case Odd.WEEKEND:
            return _("This is at the weekend.")
        case Odd.EARLY:
            return _("This begins before 8 in the morning.")
        case Odd.LATE:
            return _("This ends after 6 in the evening.")


def change(found: Change) -> str:
    """What changes of a meeting, in a sentence."""
    number, before, after = found.before.number, found.before, found.after
    match found.what:
        case What.MOVED:
            said = _(
                "Meeting %(number)s moves. It was on %(before)s, and is on %(after)s now.",
                number=number,
                before=when(before.slot),
                after=when(after.slot),
            )
            return f"{said} {_where(after.place)}" if after.place != before.place else said
        case What.ELSEWHERE:
            return " ".join(
                [
                    _(
                        "Meeting %(number)s on %(when)s is at another place.",
                        number=number,
                        when=when(after.slot),
                    ),
                    _where(after.place),
                ]
            )
        case What.CANCELLED:
            return _(
                "Meeting %(number)s on %(when)s is cancelled.",
                number=number,
                when=when(before.slot),
            )
    return _(
        "There is one more meeting: %(what)s.", what=line(after.number, after.slot, after.place)
    )


def _where(place: str) -> str:
    if place:
        return _("The place is now: %(place)s.", place=place)
    return _("The place is not known yet.")


def subject(found: Sequence[Change], title: str) -> str:
    """What a mail about these changes, one at least, is called."""
    [first, *more] = found
    number = first.before.number
    if more:
        return _("Dates of %(title)s change", title=title)
    match first.what:
        case What.MOVED:
            return _(
                "Meeting %(number)s moves to %(day)s",
                number=number,
                day=weekday(first.after.slot.day),
            )
        case What.ELSEWHERE:
            return _("Meeting %(number)s is at another place", number=number)
        case What.CANCELLED:
            return _("Meeting %(number)s is cancelled", number=number)
    return _("There is one more meeting: %(day)s", day=weekday(first.after.slot.day))
