"""What the tests of pages start from."""

import pytest

from tests.factories import Asked, Maker, Scan, Someone
from tests.pages.client import Browser
from tests.people import Browse


@pytest.fixture
def draft(make: Maker, owner: Someone) -> Scan:
    """A scan that its owner has just started."""
    return make.draft_scan(owner)


@pytest.fixture
def scan(make: Maker, owner: Someone) -> Scan:
    """A scan that its owner handed in."""
    return make.scan(owner)


@pytest.fixture
def asked(make: Maker, scan: Scan) -> Asked:
    """A student whom the owner asked for feedback."""
    return make.asked(scan)


@pytest.fixture
def olga(browse: Browse, owner: Someone) -> Browser:
    """The browser of the owner, signed in."""
    return browse(owner)


@pytest.fixture
def fem(browse: Browse, facilitator: Someone) -> Browser:
    """The browser of who leads trajectories, signed in."""
    return browse(facilitator)


@pytest.fixture
def student(browse: Browse) -> Browser:
    """The browser of somebody with a link and without an account."""
    return browse()


@pytest.fixture(params=["stranger", "trainer"])
def outsider(request: pytest.FixtureRequest, browse: Browse) -> Browser:
    """Signed in as another supervisor, and as somebody who is none."""
    return browse(request.getfixturevalue(request.param))
