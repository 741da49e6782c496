"""The questionnaires that this application was started with."""

from zetwpo.library.queries import library
from zetwpo.library.questionnaires import FormFile
from zetwpo.library.rules import Form


def current_self_form() -> FormFile:
    """What a supervisor who starts a scan now fills in."""
    return library().current.forms[Form.SELF]
