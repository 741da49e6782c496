"""What pages and files call the people of a result, and how the charts draw each."""

from zetwpo.accounts.policy import Role
from zetwpo.i18n import day
from zetwpo.i18n import gettext as _
from zetwpo.scan.result.charts import look_for
from zetwpo.scan.result.queries import EARLIER, Respondent


def name_of(respondent: Respondent) -> str:
    """The name of who was asked; the supervisor, who reads it, is "you"."""
    if respondent.role:
        return respondent.name
    if respondent.key == EARLIER and respondent.submitted_at:
        return _("You, %(day)s", day=day(respondent.submitted_at))
    return _("You")


def role_name_of(respondent: Respondent) -> str:
    """What the page calls the role of this person; empty for the supervisor."""
    return Role(respondent.role).label if respondent.role else ""


def look_of(respondent: Respondent) -> str:
    """The look of this person's series: the second student has that of a second student."""
    kind, _dash, number = respondent.key.partition("-")
    return look_for(kind, int(number or 1) - 1)
