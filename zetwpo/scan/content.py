"""The questionnaires that this application was started with."""

from flask import current_app

from zetwpo.library.questionnaires import Library


def library() -> Library:
    """All versions of all questionnaires, read and checked at the start."""
    found: Library = current_app.extensions["questionnaires"]
    return found
