"""What pages say of what somebody does with a plan, and of what may help to keep it small."""

from zetwpo.cycle.plans.rules import Hint, Status
from zetwpo.i18n import lazy_gettext as _

STATUS = {
    Status.WRITING: _("still being written"),
    Status.GOING: _("being tried"),
    Status.DONE: _("tried"),
    Status.LET_GO: _("let go"),
}
# On the button that leads from one to the other.
WAYS = {
    (Status.WRITING, Status.GOING): _("I am going to try this"),
    (Status.WRITING, Status.LET_GO): _("Let this plan go"),
    (Status.GOING, Status.DONE): _("I tried it"),
    (Status.GOING, Status.LET_GO): _("Let this plan go"),
    (Status.GOING, Status.WRITING): _("Back to writing"),
    (Status.DONE, Status.GOING): _("I go on with it"),
    (Status.LET_GO, Status.WRITING): _("Take it up again"),
}
# Once it is so.
SAID = {
    Status.WRITING: _("You can write on."),
    Status.GOING: _("You are going to try it. A note of what happens takes two minutes."),
    Status.DONE: _("You tried it. Take a moment to look back: what did it bring?"),
    Status.LET_GO: _("It is let go. That is fine: what you wrote stays yours to read."),
}
HINTS = {
    Hint.SEVERAL_THINGS: _(
        "This looks like several things. Which one would you start with? The others can wait "
        "for a next plan."
    ),
    Hint.TOO_MUCH_TIME: _(
        "This asks more than an hour a week. In a full week that is what falls out first. Is "
        "there a smaller step that already shows you something?"
    ),
    Hint.NO_TIME: _(
        "How much time does it ask in a week? An estimate helps you to see whether it fits."
    ),
}
