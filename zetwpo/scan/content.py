"""The questionnaires that this application was started with."""

from flask import current_app

from zetwpo.library.questionnaires import FormFile, Library
from zetwpo.library.rules import Form


def library() -> Library:
    """All versions of all questionnaires, read and checked at the start."""
    found: Library = current_app.extensions["questionnaires"]
    return found


def current_self_form() -> FormFile:
    """What a supervisor who starts a scan now fills in."""
    return library().current.forms[Form.SELF]
