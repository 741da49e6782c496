"""What is said of a recap that cannot be sent."""

from zetwpo.cycle.recaps.rules import Trouble
from zetwpo.i18n import lazy_gettext as _

TROUBLES = {
    Trouble.NOT_YET: _(
        "This meeting is still to come. From when it begins you can write its recap."
    ),
    Trouble.NOBODY: _("Nobody takes part any more, so there is nobody to send it to."),
    Trouble.EMPTY: _("Nothing is written yet, so there is nothing to send."),
}
