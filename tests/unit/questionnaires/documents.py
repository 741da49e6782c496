"""Documents to work on, and what is true of the shape of each."""

from typing import Any

from tests.unit.library.small import small
from zetwpo.questionnaires.rules import Document

FORMS = ("self", "student", "trainer")


def document() -> dict[str, Any]:
    """A questionnaire of two axes with two behaviours each, all of them asked in three forms."""
    files = small()
    return {"axes": files["axes"], "forms": {form: files[form] for form in FORMS}}


def statements(found: Document, form: str) -> list[str]:
    """The keys of the statements of a form, in its order."""
    parts = found["forms"][form]["parts"]
    return [statement["key"] for part in parts for statement in part["statements"]]


def behaviours(found: Document) -> list[str]:
    return [each["key"] for each in found["axes"]["behaviours"]]
