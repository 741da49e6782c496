"""Servers for tests that need more than an application in their own process."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser.mailbox import PostOffice
from tests.browser.proxy import Proxy
from tests.browser.server import Server


@pytest.fixture(scope="session")
def post_office() -> Iterator[PostOffice]:
    """The mail server of this worker."""
    with PostOffice() as opened:
        yield opened


@pytest.fixture(scope="session")
def assets(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the servers keep the files for the browser."""
    return tmp_path_factory.mktemp("assets")


@pytest.fixture(scope="session")
def server(
    tmp_path_factory: pytest.TempPathFactory, assets: Path, post_office: PostOffice
) -> Iterator[Server]:
    """A server for every test that leaves it running; each test brings people of its own."""
    with Server(tmp_path_factory.mktemp("server"), assets, post_office) as started:
        yield started


@pytest.fixture
def own_server(tmp_path: Path, assets: Path, post_office: PostOffice) -> Iterator[Server]:
    """A server that one test may stop and start as it likes."""
    with Server(tmp_path, assets, post_office) as started:
        yield started


@pytest.fixture(scope="session")
def https_server(
    tmp_path_factory: pytest.TempPathFactory, assets: Path, post_office: PostOffice
) -> Iterator[Server]:
    """A server behind nginx, at `address` over https; its certificate is signed by nobody.

    Each test brings people of its own.
    """
    folder = tmp_path_factory.mktemp("https")
    proxy = Proxy(folder / "nginx")
    chosen = {"base_url": proxy.address, "proxies": 1}
    with Server(folder, assets, post_office, **chosen) as server:
        try:
            proxy.start(server.port)
            yield server
        finally:
            proxy.stop()
