"""The form with which somebody chooses what goes in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from wtforms import Field, Form
from wtforms.fields.choices import SelectChoice
from wtforms.validators import StopValidation

from zetwpo.autosaving import AutosavedForm
from zetwpo.cycle.attendance.words import hours
from zetwpo.cycle.portfolio.queries import Material, OwnAnswer
from zetwpo.cycle.portfolio.rules import MOST_SCANS, NAMES, Section
from zetwpo.cycle.portfolio.words import TITLES
from zetwpo.fields import LongTextField, TicksField
from zetwpo.i18n import calendar_day, lazy_gettext, ngettext
from zetwpo.i18n import gettext as _

# Enough to know a text again by.
LONGEST_BEGINNING = 90


@dataclass
class Offered(SelectChoice):
    """Something that can go in: what it is called, and how it begins."""

    beginning: str = ""


def beginning_of(text: str) -> str:
    """The first words of a text, to know it again by."""
    words = " ".join(text.split())
    if len(words) <= LONGEST_BEGINNING:
        return words
    return words[:LONGEST_BEGINNING].rsplit(" ", 1)[0] + " …"


def _then_and_now(_form: Form, field: Field) -> None:
    if len((field.data or "").split()) > MOST_SCANS:
        raise StopValidation(_("Choose two self-scans at most: then and now."))


class PortfolioForm(AutosavedForm):
    """A few words to begin with, and what goes in by its section."""

    edited = NAMES
    introduction = LongTextField(
        lazy_gettext("A few words to begin with"),
        readers=lazy_gettext("Only you read this, until you print it or send it yourself."),
        hint=lazy_gettext(
            "For whom is it, and what do you want them to see? You may leave it empty."
        ),
        most=2000,
        rows=5,
    )
    scan = TicksField(TITLES[Section.SCAN], validators=[_then_and_now])
    question = TicksField(TITLES[Section.QUESTION])
    common = TicksField(TITLES[Section.COMMON])
    plans = TicksField(TITLES[Section.PLANS])
    notes = TicksField(TITLES[Section.NOTES])
    reflections = TicksField(TITLES[Section.REFLECTIONS])
    hours = TicksField(TITLES[Section.HOURS])

    def offer(self, material: Material) -> None:
        """Let somebody tick what there is; what was there and is gone cannot be ticked any more."""
        for section, choices in offered(material).items():
            self[section].choices = choices
            known = {each.value for each in choices}
            ticked = (self[section].data or "").split()
            self[section].data = " ".join(each for each in ticked if each in known)


def offered(material: Material) -> Mapping[Section, Sequence[Offered]]:
    """All that can be ticked, by its section."""
    return {
        Section.SCAN: [
            Offered(str(each.card.id), _("Self-scan of %(day)s", day=each.day))
            for each in material.scans
        ],
        Section.QUESTION: [
            _beginning(
                each.scan.id, _("After the self-scan of %(day)s", day=each.day), each.version.text
            )
            for each in material.questions
        ],
        Section.COMMON: [
            _beginning(each.id, _("Common question %(number)s", number=each.number), each.text)
            for each in material.common
        ],
        Section.PLANS: [
            _beginning(
                each.id, _("Plan after meeting %(number)s", number=each.number), each.plan.what
            )
            for each in material.plans
        ],
        Section.NOTES: [
            _beginning(each.id, _("Note of %(day)s", day=calendar_day(each.day)), each.text)
            for each in material.notes
        ],
        Section.REFLECTIONS: [_answer(each) for each in material.answers],
        Section.HOURS: [_attended(material)] if material.attended else [],
    }


def _beginning(key: object, label: str, text: str) -> Offered:
    return Offered(str(key), label, beginning=beginning_of(text))


def _answer(given: OwnAnswer) -> Offered:
    label = _(
        "After meeting %(number)s: %(question)s", number=given.number, question=given.question
    )
    return _beginning(given.key, label, given.text)


def _attended(material: Material) -> Offered:
    label = ngettext(
        "%(num)s meeting, %(hours)s",
        "%(num)s meetings, %(hours)s",
        len(material.attended),
        hours=hours(material.minutes),
    )
    return Offered(str(Section.HOURS), label)
