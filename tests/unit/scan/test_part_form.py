"""The form of a part has fields of its own beside those of the questionnaire."""

import pytest

from zetwpo.scan.responses.forms import OWN_FIELDS, PartForm, field_key, field_name
from zetwpo.scan.responses.rules import Key, TextKind


@pytest.mark.parametrize("key", sorted({*dir(PartForm), *OWN_FIELDS}))
def test_a_statement_may_have_any_key(key: str) -> None:
    assert field_name(key) not in {*dir(PartForm), *OWN_FIELDS}
    assert field_key(field_name(key)) == key


@pytest.mark.parametrize("kind", TextKind)
def test_the_name_of_a_text_leads_to_its_key(kind: TextKind) -> None:
    key: Key = (kind, "pedagogical")
    assert field_key(field_name(key)) == key
