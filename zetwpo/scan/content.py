"""The content that this application was started with: questionnaires, and who can be asked."""

from flask import current_app

from zetwpo.i18n import listed
from zetwpo.library.questionnaires import FormFile, Library
from zetwpo.library.respondents import Respondents


def library() -> Library:
    """All versions of all questionnaires, read and checked at the start."""
    found: Library = current_app.extensions["questionnaires"]
    return found


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


def axis_titles() -> dict[str, str]:
    """What the axes of all questionnaires are called, by their key."""
    versions = library().questionnaires.values()
    return {axis.key: str(axis.title) for each in versions for axis in each.axes}


def behaviour_names() -> dict[str, str]:
    """What the behaviours of all questionnaires are called, by their key."""
    versions = library().questionnaires.values()
    return {found.key: str(found.name) for each in versions for found in each.behaviours}
