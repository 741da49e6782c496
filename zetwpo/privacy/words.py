"""What the readable file calls what stands in the other one."""

from datetime import datetime
from typing import Any

from zetwpo.characters import set_apart
from zetwpo.cycle.grounds import KINDS
from zetwpo.i18n import lazy_gettext as _
from zetwpo.i18n import moment
from zetwpo.library.rules import Form
from zetwpo.scan.content import axis_titles, behaviour_names, library
from zetwpo.scan.subjects.rules import Kind

# Every act of somebody whose account is there, by the words with which it is recorded.
ACTS = {
    "signed in": _("You signed in"),
    "signed out": _("You signed out"),
    "scan started": _("You started a self-scan"),
    "scan submitted": _("You finished a self-scan"),
    "scan deleted": _("You deleted a self-scan"),
    "feedback asked": _("You asked somebody for feedback"),
    "feedback request withdrawn": _("You withdrew a request for feedback"),
    "feedback released": _("You chose when your feedback is shared"),
    "release taken back": _("You took back that your feedback would be shared"),
    "release put on hold": _("You changed something in feedback that was planned to be shared"),
    "shared feedback deleted": _("You deleted feedback that you had shared"),
    "people imported": _("You invited people with a list"),
    "school added": _("You added a school"),
    "learning question written": _("You wrote your learning question"),
}


def in_words(value: str) -> str:
    """A moment, as pages write it."""
    return moment(datetime.fromisoformat(value))


def form_title(filled_in: dict[str, Any]) -> str:
    """What a form that was filled in is called."""
    questionnaire = library().get(filled_in["questionnaire"], filled_in["version"])
    return str(questionnaire.forms[Form(filled_in["form"])].title)


def subject(item: dict[str, Any]) -> str:
    """What was taken along from a result, in words."""
    title = (axis_titles() if item["kind"] == Kind.TIP else behaviour_names())[item["key"]]
    words = _("%(kind)s: %(what)s", kind=KINDS[Kind(item["kind"])], what=title)
    return f"{words} ({set_apart(item['from'])})" if item["from"] else str(words)
