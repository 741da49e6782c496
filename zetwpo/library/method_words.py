"""What pages and cards say of a method in figures: how long it takes, and for how many people."""

from zetwpo.i18n import gettext as _
from zetwpo.i18n import ngettext
from zetwpo.library.methods import Method, Step, methods


def minutes_of(timed: Method | Step) -> str:
    """How long this takes: 15 minutes, or 10 to 20 minutes."""
    least = timed.minutes
    most = timed.longest if isinstance(timed, Step) else timed.most_minutes
    if most > least:
        return _("%(least)s to %(most)s minutes", least=least, most=most)
    return ngettext("%(num)s minute", "%(num)s minutes", least)


def people_of(method: Method) -> str:
    """For how many people it is."""
    least, most = method.people.least, method.people.most
    if most is None:
        return ngettext("%(num)s person or more", "%(num)s people or more", least)
    if most == least:
        return ngettext("%(num)s person", "%(num)s people", least)
    return _("%(least)s to %(most)s people", least=least, most=most)


def card_words() -> dict[str, object]:
    """What the template of a card asks for."""
    return {
        "phase_titles": {phase.key: phase.title for phase in methods().phases},
        "minutes_of": minutes_of,
        "people_of": people_of,
    }
