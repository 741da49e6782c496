"""What the readable file calls what stands in the other one."""

from datetime import date, datetime
from typing import Any

from zetwpo.accounts.devices import Device
from zetwpo.characters import set_apart
from zetwpo.cycle.attendance.rules import Presence
from zetwpo.cycle.attendance.words import OWN_WORDS
from zetwpo.cycle.audience.rules import Audience
from zetwpo.cycle.audience.words import LABELS
from zetwpo.cycle.learning_question import grounds
from zetwpo.cycle.plans.rules import Status
from zetwpo.cycle.plans.words import STATUS
from zetwpo.cycle.portfolio.rules import Section as PortfolioSection
from zetwpo.cycle.portfolio.words import TITLES
from zetwpo.cycle.shelf.file_kinds import KINDS as FILE_KINDS
from zetwpo.cycle.shelf.rules import Section
from zetwpo.cycle.shelf.words import SECTIONS, size
from zetwpo.i18n import calendar_day, moment
from zetwpo.i18n import lazy_gettext as _
from zetwpo.library.kinds import METHOD, QUESTIONNAIRE
from zetwpo.library.queries import get_questionnaire
from zetwpo.library.reflections import reflection_questions
from zetwpo.library.respondents import respondents
from zetwpo.mail.kinds import KINDS
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
    "attendance noted": _("You noted who was at a meeting"),
    "recap sent": _("You sent the recap of a meeting to its group"),
    "recap corrected": _("You sent a correction of a recap to its group"),
    "meeting written up": _("You wrote down what a meeting leaves behind"),
    "put on shelf": _("You put something on a shelf"),
    "changed on shelf": _("You changed something on a shelf"),
    "taken off shelf": _("You took something off a shelf"),
    "reading chosen": _("You chose what is to be read for a meeting"),
    "participants reminded": _("You reminded participants of their scan and question"),
    "halfway reminder changed": _("You changed the reminder between two meetings"),
    "halfway reminder skipped": _("You let a reminder between two meetings not go"),
    "halfway reminder wanted": _("You let a reminder between two meetings go after all"),
    "learning question written": _("You wrote your learning question"),
    "trajectory started": _("You set up a trajectory"),
    "trajectory changed": _("You changed the settings of a trajectory"),
    "meeting moved": _("You changed when or where a meeting is"),
    "meeting added": _("You planned one more meeting"),
    "meeting dropped": _("You cancelled a meeting"),
    "invited to trajectory": _("You invited somebody to a trajectory by email"),
    "trajectory invitation withdrawn": _("You withdrew an invitation to a trajectory"),
    "calendar address made": _("You made an address from which a calendar fetches your meetings"),
    "calendar address deleted": _("You deleted the address from which a calendar fetched them"),
    "participant added": _("You let somebody take part in a trajectory"),
    "participant left": _("You let somebody leave a trajectory"),
    "facilitator added": _("You let somebody lead a trajectory with you"),
    "question brought in": _("You brought your question into the group"),
    "question taken back": _("You took back a question that you had brought in"),
    "questions opened": _("You opened the questions for the group"),
    "questions asked anew": _("You asked everybody in the group for a question again"),
    "questions put together": _("You put questions of the group together"),
    "questions taken apart": _("You took questions apart that were put together"),
    "question reworded": _("You reworded a question of the group"),
    "questions ranked": _("You wrote down the points for the questions"),
    "common question recorded": _("You recorded a common question"),
    "common question reworded": _("You changed the words of a common question"),
    "common question taken back": _("You took back that a common question was decided"),
    "subgroup made": _("You made a subgroup"),
    "subgroup changed": _("You changed a subgroup"),
    "subgroup ended": _("You joined a subgroup with the group again"),
    "facilitator left": _("You let somebody lead a trajectory no more"),
    "plan changed": _("You did something with your plan"),
    "plan opened": _("You opened your plan to your group"),
    "plan closed": _("You closed your plan"),
    "plan question asked": _("You asked something about a plan"),
    "plan question deleted": _("You deleted your question about a plan"),
    "plan question answered": _("You said something to a question about your plan"),
    "note readers chosen": _("You chose who may read a note"),
    "note deleted": _("You deleted a note"),
    "answer readers chosen": _("You chose who may read an answer after a meeting"),
    "sentence brought": _("You brought a sentence to the next meeting"),
    "sentence left out": _("You took back a sentence for the next meeting"),
    "pair proposed": _("You proposed a pair"),
    "pair dissolved": _("You dissolved a pair"),
    "pair agreed": _("You agreed to be a pair"),
    "pair stopped": _("You stopped being a pair"),
    "certificate claimed": _("You claimed a certificate of participation"),
    "certificate withdrawn": _("You deleted a certificate of participation"),
    "trajectory closed": _("You closed a trajectory"),
    "trajectory reopened": _("You let a closed trajectory go on"),
    "team message written": _("You wrote at what your group tells the team"),
    "team message approved": _("You agreed with what your group tells the team"),
    "team message objected": _("You said what should change in what your group tells the team"),
    "team message voice taken back": _("You took back what you had said of it"),
    "team message released": _("You released what your group tells the team"),
    "team message taken back": _("You took back what your group tells the team"),
    "agenda changed": _("You changed the agenda of a meeting"),
    "meeting prepared": _("You wrote down something to prepare a meeting"),
    "questionnaire draft begun": _("You began to change the questionnaire of your partnership"),
    "questionnaire draft thrown away": _("You threw away what was being changed in it"),
    "questionnaire published": _("You published the questionnaire of your partnership"),
    "method draft begun": _("You began to make or change a method of your partnership"),
    "method draft thrown away": _("You threw away what was being changed in a method"),
    "method published": _("You published a method of your partnership"),
    "method withdrawn": _("You took a method of your partnership out of its library"),
    "method brought back": _("You put a method of your partnership in its library again"),
    "partnership described": _("You filled in who is responsible and who helps"),
    "school added": _("You added a school or an institute"),
    "school changed": _("You changed the name or kind of a school or an institute"),
    "school closed": _("You closed a school or an institute"),
    "school reopened": _("You opened a school or an institute again"),
    "school break added": _("You added a school break"),
    "school break changed": _("You changed a school break"),
    "school break deleted": _("You deleted a school break"),
    "school breaks imported": _("You took school breaks from a calendar"),
    "own item opened": _("You shared something of your own with somebody"),
    "own item taken back": _("You stopped sharing something"),
}

# What people make together, by the kinds of content.
CONTENT_KINDS = {
    QUESTIONNAIRE.name: _("Questionnaire of your partnership"),
    METHOD.name: _("Method of your partnership"),
}


def shelf_part(section: str) -> str:
    """What the part of a shelf is called."""
    return str(SECTIONS[Section(section)])


def file_size(number: int) -> str:
    """How large it is."""
    return size(number)


def file_kind(key: str) -> str:
    """What kind of file it is."""
    return str(FILE_KINDS[key].title)


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
    questionnaire = get_questionnaire(filled_in["questionnaire"], filled_in["version"])
    return str(questionnaire.forms[filled_in["form"]].title)


def asked_as(role: str) -> str:
    """What a role in which somebody was asked for feedback is called."""
    return str(respondents().get(role).label)


def presence(noted: str) -> str:
    """What is said of somebody of whom this is noted."""
    return str(OWN_WORDS[Presence(noted)])


def axis_title(filled_in: dict[str, Any], axis: str) -> str:
    """What a form that was filled in calls one of its parts."""
    questionnaire = get_questionnaire(filled_in["questionnaire"], filled_in["version"])
    return str(questionnaire.axis(axis).title)


def shared_item(kind: str) -> str:
    """What a thing of this kind, which people share with each other, is called."""
    return str(registry().items[kind].name)


def subject(item: dict[str, Any]) -> str:
    """What was taken along from a result, in words."""
    kind = grounds.KINDS[Kind(item["kind"])]
    words = _("%(kind)s: %(what)s", kind=kind, what=item["title"])
    return f"{words} ({set_apart(item['from'])})" if item["from"] else str(words)


def plan_status(status: str) -> str:
    """What a person is doing with a plan."""
    return str(STATUS[Status(status)])


def read_by(audience: str) -> str:
    """Who may read a note or an answer besides the person."""
    return str(LABELS[Audience(audience)])


def reflection_question(key: str) -> str:
    """What was asked after a meeting."""
    return str(reflection_questions().by_key[key].question)


def note_day(day: str) -> str:
    """A day, as pages write it."""
    return calendar_day(date.fromisoformat(day))


def portfolio_section(section: str) -> str:
    """What a part of a portfolio is called."""
    return str(TITLES[PortfolioSection(section)])


def portfolio_order(order: str) -> str:
    """The parts of a portfolio, in the order in which they stand."""
    return ", ".join(map(portfolio_section, order.split()))
