"""What pages say of who was there."""

from zetwpo.cycle.attendance.rules import Presence
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
