"""What pages say of to whom a group tells something."""

from zetwpo.cycle.team_message.rules import Told
from zetwpo.i18n import lazy_gettext as _

TOLD = {
    Told.ON_PAPER: _("Nobody: we tell it ourselves, and take it along on paper"),
    Told.PROGRAMME: _("The programme leader of our partnership"),
    Told.SCHOOLS: _("The school leaders of our partnership"),
    Told.BOTH: _("The programme leader and the school leaders of our partnership"),
}


def told_in_a_sentence(told: Told) -> str:
    """The same behind other words: without the capital of a choice that stands by itself."""
    words = str(TOLD[told])
    return words[0].lower() + words[1:]
