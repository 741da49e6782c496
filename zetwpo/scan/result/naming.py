"""What pages and files call the people of a result, and how the charts draw each."""

from zetwpo.characters import in_one_direction
from zetwpo.i18n import gettext as _
from zetwpo.scan.feedback.naming import is_plain
from zetwpo.scan.result.charts import look_for
from zetwpo.scan.result.queries import EARLIER, Respondent


def name_of(respondent: Respondent) -> str:
    """The name of who was asked, with what tells apart others of that name; or "you".

    Of a supervisor too, for somebody else.
    """
    if respondent.role:
        return respondent.label
    if respondent.key == EARLIER and respondent.day:
        return _("You, %(day)s", day=respondent.day)
    return respondent.name or _("You")


def role_name_of(respondent: Respondent) -> str:
    """What the page says beside the name: the role, unless the name says it or it is "you"."""
    if not respondent.role or not is_plain(respondent.label, respondent.name):
        return ""
    return str(respondent.role.label)


def label_of(respondent: Respondent) -> str:
    """The same name where it stands alone, as in a cell of a spreadsheet: without any mark."""
    return in_one_direction(name_of(respondent))


def look_of(respondent: Respondent) -> str:
    """The look of this person's series: the second of a family has its second look."""
    family, _dash, number = respondent.key.partition("-")
    return look_for(family, int(number or 1) - 1)
