"""What pages say of who was there."""

from zetwpo.cycle.attendance.rules import Presence
from zetwpo.i18n import gettext, listed, ngettext
from zetwpo.i18n import lazy_gettext as _

# What a button says, and what is said of somebody.
BUTTONS = {
    Presence.PRESENT: _("Present"),
    Presence.ABSENT: _("Absent"),
    Presence.EXCUSED: _("Excused"),
}
WORDS = {
    None: _("nothing noted yet"),
    Presence.PRESENT: _("was there"),
    Presence.ABSENT: _("was not there"),
    Presence.EXCUSED: _("said beforehand that they could not come"),
}
OWN_WORDS = {
    None: _("Nothing is noted about you yet."),
    Presence.PRESENT: _("You were there."),
    Presence.ABSENT: _("You were not there."),
    Presence.EXCUSED: _("You said beforehand that you could not come."),
}


def hours(minutes: int) -> str:
    """For example '13 and a half hours': to the minute, so that it claims neither more nor less."""
    whole, rest = divmod(minutes, 60)
    if rest == 30:
        return _and_a_half(whole)
    words = [
        ngettext("%(num)s hour", "%(num)s hours", whole) if whole else "",
        ngettext("%(num)s minute", "%(num)s minutes", rest) if rest else "",
    ]
    return listed([each for each in words if each])


def _and_a_half(whole: int) -> str:
    if whole < 2:
        return gettext("one and a half hours") if whole else gettext("half an hour")
    return gettext("%(hours)s and a half hours", hours=whole)
