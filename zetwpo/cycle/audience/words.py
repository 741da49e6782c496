"""What pages say of who reads something, from the very function that decides it."""

from collections.abc import Sequence
from dataclasses import dataclass

from wtforms.fields.choices import SelectChoice

from zetwpo.accounts.colleagues import Colleague
from zetwpo.clock import now
from zetwpo.cycle.audience.queries import Own
from zetwpo.cycle.audience.rules import Audience
from zetwpo.i18n import gettext as _
from zetwpo.i18n import lazy_gettext
from zetwpo.sharing.naming import MOST_NAMED, names_of_readers

# Of what nobody else reads.
ONLY_YOU = lazy_gettext("Only you read this.")
LABELS = {
    Audience.ONLY_ME: lazy_gettext("Only me"),
    Audience.PAIR: lazy_gettext("My pair"),
    Audience.FACILITATORS: lazy_gettext("The facilitator"),
    Audience.GROUP: lazy_gettext("The group and the facilitator"),
}


@dataclass(frozen=True)
class _Read:
    readers: Sequence[Colleague]


def names(readers: Sequence[Colleague]) -> str:
    """Who reads something: names, or how many of the trajectory; empty for nobody."""
    if len(readers) > MOST_NAMED:
        return _("%(num)s people in this trajectory", num=len(readers))
    return names_of_readers([_Read(readers)])


def read_by(own: Own) -> str:
    """Beside a field, for its owner: who reads what is written there."""
    found = names(own.readers)
    if not found:
        return str(ONLY_YOU)
    return _("You read this, and also %(names)s.", names=found)


def choices(own: Own) -> list[SelectChoice]:
    """Whom its owner can let read it, each with whom that is now.

    A pair only where there is one, or where it was chosen before.
    """
    around, owner_id, moment = own.around, own.owner_id, now()
    return [
        SelectChoice(
            audience.value, _with_names(audience, around.readers(owner_id, {audience: moment}))
        )
        for audience in Audience
        if audience != Audience.PAIR
        or around.circle(owner_id).pair
        or Audience.PAIR in own.audiences
    ]


def _with_names(audience: Audience, readers: Sequence[Colleague]) -> str:
    label = str(LABELS[audience])
    if audience == Audience.ONLY_ME:
        return label
    return _("%(who)s: %(names)s", who=label, names=names(readers) or _("nobody at this moment"))
