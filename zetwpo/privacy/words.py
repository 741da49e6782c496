"""What the readable file calls what stands in the other one."""

from datetime import datetime
from typing import Any

from zetwpo.accounts.devices import Device
from zetwpo.characters import set_apart
from zetwpo.cycle import grounds
from zetwpo.i18n import lazy_gettext as _
from zetwpo.i18n import moment
from zetwpo.library.rules import Form
from zetwpo.mail.kinds import KINDS
from zetwpo.scan.content import axis_titles, behaviour_names, library
from zetwpo.scan.subjects.rules import Kind
from zetwpo.sharing.items import registry

# Every act of somebody whose account is there, by the words with which it is recorded.
ACTS = {
    "signed in": _("You signed in"),
    "signed out": _("You signed out"),
    "signed out elsewhere": _("You signed out on another device"),
    "name changed": _("You changed a name"),
    "address change asked": _("You asked for another email address"),
    "address change taken back": _("You kept an email address that was about to change"),
    "address changed": _("You confirmed a new email address"),
    "person invited": _("You invited somebody"),
    "invitation corrected": _("You mended an invitation"),
    "welcomed again": _("You let a welcome be sent again"),
    "role given": _("You gave somebody a role"),
    "role ended": _("You ended a role"),
    "mails stopped": _("You stopped a kind of email"),
    "mails wanted again": _("You let a kind of email come again"),
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
    "own item opened": _("You shared something of your own with somebody"),
    "own item taken back": _("You stopped sharing something"),
}


def in_words(value: str) -> str:
    """A moment, as pages write it."""
    return moment(datetime.fromisoformat(value))


def device(sign_in: dict[str, Any]) -> str:
    """What the device of a sign-in is called."""
    return Device(sign_in["browser"], sign_in["system"]).label


def mail_kind(kind: str) -> str:
    """What a kind of mail is called."""
    return str(KINDS[kind].name)


def form_title(filled_in: dict[str, Any]) -> str:
    """What a form that was filled in is called."""
    questionnaire = library().get(filled_in["questionnaire"], filled_in["version"])
    return str(questionnaire.forms[Form(filled_in["form"])].title)


def shared_item(kind: str) -> str:
    """What a thing of this kind, which people share with each other, is called."""
    return str(registry().items[kind].name)


def subject(item: dict[str, Any]) -> str:
    """What was taken along from a result, in words."""
    title = (axis_titles() if item["kind"] == Kind.TIP else behaviour_names())[item["key"]]
    words = _("%(kind)s: %(what)s", kind=grounds.KINDS[Kind(item["kind"])], what=title)
    return f"{words} ({set_apart(item['from'])})" if item["from"] else str(words)
