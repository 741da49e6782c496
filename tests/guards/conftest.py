"""What the guards start from."""

import pytest

from tests.factories import Maker
from tests.guards.world import World, build


@pytest.fixture
def world(make: Maker) -> World:
    return build(make)
