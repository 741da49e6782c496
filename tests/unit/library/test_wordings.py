"""The page that shows all wordings side by side is as the content is."""

from tests.forms import Form
from tests.unit.content import current
from tests.unit.library.wordings import COMMAND, FILE, page


def test_the_page_of_all_wordings_is_as_the_content_is() -> None:
    written = FILE.read_text(encoding="utf-8")
    assert written == page(current()), f"write it anew: {COMMAND}"


def test_the_page_shows_each_statement_with_its_place_in_the_booklet() -> None:
    text = page(current())
    for form in Form:
        for statement in current().forms[form].statements:
            source = statement.source
            assert f"{form}, {source.area} {source.number}" in text
            assert statement.text.nl.replace("{supervisor}", "(naam)") in text
            assert statement.text.en.replace("{supervisor}", "(name)") in text
