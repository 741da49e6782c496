"""What the accessibility statement says: where these pages fall short, and since when we know."""

from dataclasses import dataclass
from datetime import date

from zetwpo.i18n import lazy_gettext as _

# When all pages were last gone through, by program and by hand.
ASSESSED_ON = date(2026, 11, 26)
FIRST_STATEMENT = date(2026, 11, 22)


@dataclass(frozen=True)
class Shortcoming:
    """Something that does not work well, why, and the way around it."""

    what: str
    # Of WCAG, by its number and in words.
    criterion: str
    reason: str
    alternative: str
    since: date


SHORTCOMINGS = (
    Shortcoming(
        _("The chart that you can explore is not tried with every screen reader"),
        _("1.1.1 text instead of pictures, 4.1.2 name, role, value"),
        _("You walk past the dots with the arrow keys. How that sounds differs for each program."),
        _("The same figures stand below the chart as a table."),
        FIRST_STATEMENT,
    ),
    Shortcoming(
        _("Exploring the chart and saving while you type need JavaScript"),
        _("No criterion: WCAG allows it. We tell it because it may surprise you."),
        _("Both happen within the page, without asking for a new one."),
        _("The drawing, the figures and the buttons to save work without it."),
        FIRST_STATEMENT,
    ),
    Shortcoming(
        _("The table with the figures can be wider than its place on the page"),
        _("1.4.10 reflow, which makes an exception for tables"),
        _("Figures of one person stand in one row, to be compared."),
        _("It scrolls sideways within its own box, also with the keyboard."),
        FIRST_STATEMENT,
    ),
    Shortcoming(
        _("Nobody who uses a screen reader every day has tested the pages yet"),
        _("No single criterion"),
        _("We have not found anybody for it yet."),
        _("Tell us what you meet: the address stands below."),
        FIRST_STATEMENT,
    ),
)
