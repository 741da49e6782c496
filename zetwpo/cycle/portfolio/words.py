"""What pages call the sections of a portfolio."""

from zetwpo.cycle.portfolio.rules import Section
from zetwpo.i18n import lazy_gettext as _

TITLES = {
    Section.SCAN: _("How I see my work"),
    Section.QUESTION: _("My learning question"),
    Section.COMMON: _("What we worked on together"),
    Section.PLANS: _("My plans"),
    Section.NOTES: _("Notes from practice"),
    Section.REFLECTIONS: _("What it brought me"),
    Section.HOURS: _("The meetings I was at"),
}
