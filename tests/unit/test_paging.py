"""The pages of a long list."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zetwpo.paging import PAGE, Pages, page_number, pages


@given(st.integers(-5, 10**7), st.integers(0, 4000))
def test_there_is_a_page_for_whatever_number_is_asked(wanted: int, total: int) -> None:
    found = pages(wanted, total)
    assert 1 <= found.number <= found.count
    assert found.skipped < total or total == 0
    assert found.last - found.skipped == min(PAGE, total - found.skipped)
    assert found.number == wanted or not 1 <= wanted <= found.count


@given(st.integers(0, 4000))
def test_the_pages_hold_everybody_once(total: int) -> None:
    held = [
        place
        for number in range(1, Pages(1, total).count + 1)
        for place in range(Pages(number, total).first, Pages(number, total).last + 1)
    ]
    assert held == list(range(1, total + 1))


@pytest.mark.parametrize(
    ("text", "number"),
    [("", 1), ("7", 7), ("007", 7), ("-1", 1), ("two", 1), ("²", 1), ("٣", 1), ("9" * 7, 1)],
)
def test_an_address_that_asks_for_no_page_gets_the_first(text: str, number: int) -> None:
    assert page_number(text) == number
