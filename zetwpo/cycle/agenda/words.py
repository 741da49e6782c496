"""What the pages say about an agenda as a whole."""

from zetwpo.cycle.agenda.forms import minutes_in_words
from zetwpo.cycle.agenda.queries import Programme
from zetwpo.cycle.agenda.rules import Balance, Weighed
from zetwpo.i18n import gettext as _


def balance_of(weighed: Weighed) -> str:
    """How input and active work weigh, in a sentence or two; empty where there is neither."""
    said = _balance(weighed)
    if not weighed.is_long:
        return said
    long = _(
        "Once there are %(minutes)s of input in a row: let people do something with it halfway.",
        minutes=minutes_in_words(weighed.longest_input),
    )
    return f"{said} {long}"


def _balance(weighed: Weighed) -> str:
    given, active = minutes_in_words(weighed.input), minutes_in_words(weighed.active)
    match weighed.balance:
        case Balance.NOTHING:
            return ""
        case Balance.ACTIVE:
            return _("All of it is active work: people talk, write and try things out.")
        case Balance.MOSTLY_ACTIVE:
            return _(
                "Mostly active work: %(active)s, beside %(input)s of input.",
                active=active,
                input=given,
            )
        case Balance.BOTH:
            return _(
                "Input and active work take turns: %(input)s of input, %(active)s of active work.",
                active=active,
                input=given,
            )
        case Balance.MOSTLY_INPUT:
            return _(
                "More input than active work: %(input)s of input, %(active)s of active work. What "
                "can the group find out itself?",
                active=active,
                input=given,
            )


def sum_of(programme: Programme) -> str:
    """Whether the minutes of the blocks add up to those of the meeting."""
    left = programme.left
    if not left:
        return _("The blocks add up to %(minutes)s: exactly this meeting.", minutes=_of(programme))
    if left > 0:
        return _(
            "%(left)s of the %(minutes)s are still free.",
            left=minutes_in_words(left),
            minutes=_of(programme),
        )
    return _(
        "The blocks take %(over)s more than the %(minutes)s of this meeting.",
        over=minutes_in_words(-left),
        minutes=_of(programme),
    )


def _of(programme: Programme) -> str:
    return minutes_in_words(programme.meeting.minutes)
