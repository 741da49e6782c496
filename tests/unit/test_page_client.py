"""How a test says which form of a page it means."""

import pytest

from tests.pages.client import leads_to

KEY = "add24f54-86ec-409e-8afc-2009ba50c91e"


@pytest.mark.parametrize("action", ["/add", "add", "agenda/add", "/agenda/add", "", "/meetings/"])
def test_a_form_is_found_by_whole_parts_of_its_address(action: str) -> None:
    assert leads_to(f"/meetings/{KEY}/agenda/add?from=desk", action)


@pytest.mark.parametrize("action", ["/add", "agenda/f", "meeting", "desk"])
def test_what_a_key_or_a_word_happens_to_begin_with_is_no_part(action: str) -> None:
    assert not leads_to(f"/meetings/{KEY}/agenda/fit?from=desk", action)
