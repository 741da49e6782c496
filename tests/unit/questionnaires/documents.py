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


def assert_well_formed(found: Document) -> None:
    """What no edit may break."""
    axes = [axis["key"] for axis in found["axes"]["axes"]]
    axis_of = {each["key"]: each["axis"] for each in found["axes"]["behaviours"]}
    assert len(axis_of) == len(behaviours(found))
    assert set(axis_of.values()) <= set(axes)
    assert tuple(found["forms"]) == FORMS
    for form, content in found["forms"].items():
        assert [part["axis"] for part in content["parts"]] == axes
        keys = statements(found, form)
        assert len(keys) == len(set(keys))
        for part in content["parts"]:
            for statement in part["statements"]:
                spoken = statement["behaviours"]
                assert spoken
                assert len(spoken) == len(set(spoken))
                assert {axis_of[each] for each in spoken} == {part["axis"]}
                assert statement["text"]["nl"]
