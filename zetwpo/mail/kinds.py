"""Every kind of mail that leaves: why somebody gets it, and whether they may stop it.

One table, to be read from top to bottom; it is what people read at "My account" too. A kind that
has a composer and no row here is refused (composing.py).
"""

import enum
from dataclasses import dataclass

from zetwpo.i18n import lazy_gettext as _


class Goes(enum.Enum):
    """To whom a kind of mail goes, which says what a change of address does to it."""

    # Somebody with an account, wherever they get their mail by the time it leaves.
    TO_PERSON = "to a person"
    # Somebody with an account, at this address and at no other.
    TO_ADDRESS = "to an address of a person"
    # Whoever was asked at this address, with an account or without.
    TO_GUEST = "to a guest"
    # It never leaves: the worker does something else in its place.
    NOWHERE = "nowhere"


@dataclass(frozen=True)
class MailKind:
    """One row of the table."""

    name: str
    # When it comes, and what it is needed for.
    why: str
    goes: Goes = Goes.TO_PERSON
    # Nobody who stops it misses something that they agreed to, or need in order to stay safe.
    may_be_stopped: bool = False


KINDS: dict[str, MailKind] = {
    "feedback_shared": MailKind(
        _("Somebody shared feedback with you"),
        _("When feedback that you asked for can be read. You also see it at your next step."),
        may_be_stopped=True,
    ),
    "something_shared": MailKind(
        _("A colleague shares something with you"),
        _("When you can read something. You also find it on your start page."),
        may_be_stopped=True,
    ),
    "role_given": MailKind(
        _("You have another role"),
        _("When an administrator gives you a role beside the one that you had."),
        may_be_stopped=True,
    ),
    "trajectory_planned": MailKind(
        _("You are in a trajectory"),
        _("When somebody lets you take part in a trajectory, or lead it. It has all the dates."),
    ),
    "meetings_changed": MailKind(
        _("A meeting is moved or cancelled"),
        _("When a date changes of a trajectory that you are in. So you do not come for nothing."),
    ),
    "trajectory_left": MailKind(
        _("Meetings leave your calendar"),
        _("When you are no longer in a trajectory with meetings to come. It takes the dates out."),
    ),
    "recap": MailKind(
        _("What a meeting came to"),
        _(
            "When a facilitator sends the recap of a meeting of your trajectory, or corrects one. "
            "You also find it on the page of the meeting."
        ),
    ),
    "trajectory_reminder": MailKind(
        _("Something to prepare for your trajectory"),
        _(
            "When your scan or question is not there yet and your facilitator reminds you. At most "
            "once a week. You also see it at your next step."
        ),
        may_be_stopped=True,
    ),
    "halfway_reminder": MailKind(
        _("Halfway to the next meeting"),
        _(
            "Halfway between two meetings, when you have a plan that is not finished. It brings "
            "your own question and plan back to you. Nobody is told whether you get it."
        ),
        may_be_stopped=True,
    ),
    "rescan_invitation": MailKind(
        _("Fill in your scan once more"),
        _(
            "Once, about three weeks before the last meeting of your trajectory, when you did not "
            "begin a new scan yet. You also see it at your next step."
        ),
        may_be_stopped=True,
    ),
    "welcome": MailKind(
        _("Welcome"),
        _("When an administrator invites you. It says what is asked of you and how to sign in."),
    ),
    "sign_in": MailKind(
        _("Your link to sign in"),
        _("When somebody asks for it with your address. Without it nobody can sign in."),
        Goes.TO_ADDRESS,
    ),
    "address_confirm": MailKind(
        _("Confirm your new email address"),
        _("When you change your address. So we know that the new address is yours."),
        Goes.TO_ADDRESS,
    ),
    "address_asked": MailKind(
        _("Your email address is about to change"),
        _("Goes to your old address, so that nobody changes it behind your back."),
        Goes.TO_ADDRESS,
    ),
    "address_changed": MailKind(
        _("Your email address has changed"),
        _("Goes to your old address, so that nobody changes it behind your back."),
        Goes.TO_ADDRESS,
    ),
    "unused_account": MailKind(
        _("Your account will be deleted"),
        _("When you have not signed in for almost two years. So nothing goes unannounced."),
    ),
    "trajectory_invitation": MailKind(
        _("Somebody invites you to a trajectory"),
        _("When a facilitator enters your address. You can say no to each invitation."),
        Goes.TO_GUEST,
    ),
    "feedback_invitation": MailKind(
        _("Somebody asks for your feedback"),
        _("When a supervisor enters your address. You can say no to each request."),
        Goes.TO_GUEST,
    ),
    "feedback_link": MailKind(
        _("Your link to give feedback"),
        _("When somebody asks for it with your address."),
        Goes.TO_GUEST,
    ),
    "feedback_lost_link": MailKind("", "", Goes.NOWHERE),
}


def kinds_that(goes: Goes) -> list[str]:
    """The kinds of mail that go there."""
    return [kind for kind, each in KINDS.items() if each.goes is goes]
