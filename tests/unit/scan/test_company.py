"""Who else looks, when the own scan is finished."""

import pytest

from zetwpo.scan.rules import Company, company


@pytest.mark.parametrize(
    ("asked", "shared", "found"),
    [
        (0, 0, Company.NOBODY_ASKED),
        (1, 0, Company.ASKED),
        (3, 0, Company.ASKED),
        (3, 1, Company.SHARED),
        (2, 2, Company.SHARED),
    ],
)
def test_who_shared_goes_before_who_was_asked(asked: int, shared: int, found: Company) -> None:
    assert company(asked, shared) is found
