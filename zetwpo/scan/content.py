"""The questionnaires that this application was started with."""

from zetwpo.library.queries import library
from zetwpo.library.questionnaires import FormFile
from zetwpo.library.rules import Form


def current_self_form() -> FormFile:
    """What a supervisor who starts a scan now fills in."""
    return library().current.forms[Form.SELF]


def axis_titles() -> dict[str, str]:
    """What the axes of all questionnaires are called, by their key."""
    versions = library().questionnaires.values()
    return {axis.key: str(axis.title) for each in versions for axis in each.axes}


def behaviour_names() -> dict[str, str]:
    """What the behaviours of all questionnaires are called, by their key."""
    versions = library().questionnaires.values()
    return {found.key: str(found.name) for each in versions for found in each.behaviours}
