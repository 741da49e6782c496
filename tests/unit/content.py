"""The questionnaire that the product ships with, read once."""

from functools import cache

from tests.forms import Form
from zetwpo.library import questionnaires
from zetwpo.library.questionnaires import FormFile, Questionnaire
from zetwpo.scan.result.queries import statements_of
from zetwpo.scan.result.rules import PlacedStatement


@cache
def current() -> Questionnaire:
    return questionnaires.load().current


def form_file(form: Form) -> FormFile:
    return current().forms[form]


def items(form: Form) -> tuple[PlacedStatement, ...]:
    """The statements of a form as the rules see them."""
    return statements_of(form_file(form))


def behaviours() -> list[str]:
    """All behaviours, in the order of the questionnaire."""
    return [behaviour.key for behaviour in current().behaviours]
