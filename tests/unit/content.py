"""The questionnaire that the product ships with, read once."""

from functools import cache

from zetwpo.library import questionnaires
from zetwpo.library.questionnaires import Form, FormFile, Questionnaire
from zetwpo.scan.result.queries import items_of
from zetwpo.scan.result.rules import Item


@cache
def current() -> Questionnaire:
    return questionnaires.load().current


def form_file(form: Form) -> FormFile:
    return current().forms[form]


def items(form: Form) -> tuple[Item, ...]:
    """The statements of a form as the rules see them."""
    return items_of(form_file(form))


def behaviours() -> list[str]:
    """All behaviours, in the order of the questionnaire."""
    return [behaviour.key for behaviour in current().behaviours]
