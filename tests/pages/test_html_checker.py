"""The Nu HTML checker on what no walk through a browser meets, and what it is not asked about."""

import pytest

from tests.factories import Maker, Scan, Someone
from tests.html_checker import EXCEPTIONS, Complaint, check
from tests.pages.client import Browser


@pytest.fixture
def scan(make: Maker, owner: Someone) -> Scan:
    """A scan whose result has all that a result can have."""
    make.scan(owner)
    scan = make.scan(owner, examples={"gatekeeper": "<b>Example</b>"})
    make.shared(make.asked(scan, "Noor"), feed_forward={"gatekeeper": "A tip & more"})
    make.learning_question(scan, "A question?")
    return scan


def checked(olga: Browser, *paths: str) -> list[Complaint]:
    return check([olga.get(path).response.text for path in paths])


def test_the_page_to_take_along_is_right(olga: Browser, scan: Scan) -> None:
    assert checked(olga, "/my-data/all.html") == []


def test_exceptions_are_only_for_what_the_checker_complains_of(olga: Browser, scan: Scan) -> None:
    complaints = checked(olga, f"{scan.path}/result")
    assert [each for each in complaints if not each.is_excepted] == []
    for beginning in EXCEPTIONS:
        assert any(each.message.startswith(beginning) for each in complaints), beginning


def test_a_mistake_is_found_on_the_page_that_has_it() -> None:
    right = "<!doctype html><html lang=en><title>Right</title><p>Right"
    [found] = check([right, right.replace("<p>", "<p rows=3>"), right])
    assert (found.page, found.is_excepted) == (1, False)


def test_a_style_sheet_is_read_where_it_stands_first() -> None:
    page = "<!doctype html><html lang=en><title>Page</title><style>p {{ {}: red }}</style><p>Page"
    [found] = check([page.format(name) for name in ("color", "colour", "colour", "color")])
    assert found.page == 1
