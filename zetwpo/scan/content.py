"""What this application was started with: who can be asked, and what a scan begins with."""

from flask import current_app

from zetwpo.i18n import listed
from zetwpo.library.queries import library
from zetwpo.library.questionnaires import FormFile
from zetwpo.library.respondents import Respondents


def respondents() -> Respondents:
    """Who can be asked for feedback, read and checked at the start."""
    found: Respondents = current_app.extensions["respondents"]
    return found


def asked_people() -> str:
    """Everybody who can be asked, in one breath: for example 'students and school trainers'."""
    return listed([str(role.many) for role in respondents()])


def current_self_form() -> FormFile:
    """What a supervisor who starts a scan now fills in."""
    return library().current.own_form
