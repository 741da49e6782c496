"""How long what is kept, in words: from the very figures by which it is deleted."""

from dataclasses import dataclass

from dateutil.relativedelta import relativedelta

from zetwpo.accounts.address_change import rules as address_change
from zetwpo.accounts.rules import IDLE_LASTS, KNOWN_LASTS, LINK_LASTS, SIGNED_IN_LASTS
from zetwpo.cycle.attendance import rules as attendance
from zetwpo.cycle.invitations import rules as invitations
from zetwpo.i18n import duration, months
from zetwpo.i18n import gettext as _
from zetwpo.mail.rules import FAILURE_KEPT, TEXT_KEPT
from zetwpo.partnerships.importing import service as importing
from zetwpo.privacy.rules import KEPT, NOTICE_AFTER
from zetwpo.privacy.tidying import AUDIT_KEPT
from zetwpo.scan.feedback.rules import INVITATION_LASTS, KEPT_AFTER_CLOSING
from zetwpo.sharing import rules as sharing


@dataclass(frozen=True)
class Term:
    """Something that is kept, and for how long."""

    what: str
    how_long: str


def terms() -> list[Term]:
    """All that has a term, in the language of the page."""
    return [
        Term(
            _("Account, scans and learning questions"),
            _(
                "Until you delete them, which you can do yourself at any time. If you do not sign "
                "in for %(kept)s we delete them; %(before)s before that you get an email.",
                kept=months(_months(KEPT)),
                before=months(_months(KEPT) - _months(NOTICE_AFTER)),
            ),
        ),
        Term(
            _("Request for feedback"),
            _(
                "The link works for %(link)s. What is not shared or planned by then is deleted "
                "%(after)s later, and so is the address.",
                link=duration(INVITATION_LASTS),
                after=duration(KEPT_AFTER_CLOSING),
            ),
        ),
        Term(
            _("Shared feedback"),
            _(
                "For as long as the supervisor keeps the scan, or until its author deletes it. "
                "For that long its author can read it again with the same link; %(after)s after "
                "the link stops working for a new answer, or after sharing where that came later, "
                "we no longer have the address to send that link to.",
                after=duration(KEPT_AFTER_CLOSING),
            ),
        ),
        Term(
            _("Invitation to a trajectory"),
            _(
                "The link works for %(link)s. The name and the address go %(after)s after the "
                "answer, or after that.",
                link=duration(invitations.LASTS),
                after=duration(invitations.KEPT_AFTER),
            ),
        ),
        Term(
            _("What you share by name"),
            _(
                "Until the day that you choose, or until you stop it. That it was shared: "
                "%(after)s more.",
                after=duration(sharing.KEPT),
            ),
        ),
        Term(
            _("Who was at a meeting"),
            _(
                "Until the end of the school year, and %(after)s more.",
                after=months(_months(attendance.KEPT_AFTER_YEAR)),
            ),
        ),
        Term(
            _("What lies on a shelf, with its file"),
            _(
                "Until somebody takes it off, or as long as the trajectory or the partnership is "
                "there. Where its author deletes the account, it stays without a name."
            ),
        ),
        Term(
            _("A new email address that is not confirmed"),
            _(
                "%(own)s where you asked for it, %(other)s where an administrator did.",
                own=duration(address_change.OWN_LINK_LASTS),
                other=duration(address_change.LINK_LASTS),
            ),
        ),
        Term(
            _("A list of people that an administrator brought"),
            duration(importing.KEPT),
        ),
        Term(
            _("Emails"),
            _(
                "The text: %(text)s after sending. That an email did not arrive: %(failed)s.",
                text=duration(TEXT_KEPT),
                failed=duration(FAILURE_KEPT),
            ),
        ),
        Term(
            _("Signing in"),
            _(
                "A request: %(link)s once the email is sent. Being signed in: %(lasts)s, or "
                "%(idle)s in which you do nothing.",
                link=duration(LINK_LASTS),
                lasts=duration(SIGNED_IN_LASTS),
                idle=duration(IDLE_LASTS),
            ),
        ),
        Term(
            _("Who did what and when, without content"),
            duration(AUDIT_KEPT),
        ),
        Term(
            _("Two cookies"),
            _(
                "One to know that it is you, for as long as you are signed in, and one to know "
                "that you signed in on this device before, for %(known)s.",
                known=duration(KNOWN_LASTS),
            ),
        ),
    ]


def _months(length: relativedelta) -> int:
    return int(length.years * 12 + length.months)
