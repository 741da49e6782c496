"""The form of a part has fields of its own beside those of the questionnaire."""

from zetwpo.library.questionnaires import RESERVED_KEYS
from zetwpo.scan.responses.forms import OWN_FIELDS, PartForm


def test_no_statement_can_take_the_place_of_what_the_form_itself_has() -> None:
    assert {*dir(PartForm), *OWN_FIELDS} <= RESERVED_KEYS
