"""After signing in somebody goes where they wanted, but never off the site."""

from urllib.parse import urljoin

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zetwpo.web import local_path

HERE = "https://here.example"
OTHERWISE = "/start"
OURS = [
    "/",
    "/scan",
    "/scan/1?part=2&language=nl#first",
    "/feedback/a.b-c_d",
    "/scan?next=https://evil.example",
    "/scan?next=//evil.example",
    "/a//b",
    "/caf\u00e9",
    "/%2F%2Fevil.example",
    "/%5Cevil.example",
    "/%0d%0aLocation:evil.example",
    "/a@evil.example",
    "/a:b",
]
THEIRS = [
    "//evil.example",
    "///evil.example",
    "//",
    "/\\evil.example",
    "\\\\evil.example",
    "\\/evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    "/\r\n/evil.example",
    "\t//evil.example",
    " //evil.example",
    "/scan\nLocation: https://evil.example",
    "/scan\0",
    "/\u2028/evil.example",
    "https://evil.example",
    "HTTPS://evil.example",
    "https:/evil.example",
    "https:evil.example",
    "http://here.example@evil.example",
    "javascript:alert(1)",
    "data:text/html,x",
    "evil.example",
    "scan",
    "?part=2",
    "",
]
PIECES = ["/", "\\", "//", ":", "https:", "@", "evil.example", ".", "..", "?", "#", "%2f", "%5c"]
WILD = st.lists(st.sampled_from([*PIECES, " ", "\t", "\r", "\n", "\0", "a"]), max_size=8).map(
    "".join
)


def opened_by_browser(address: str) -> str:
    """Where a browser goes: it drops tabs and line ends, and takes a backslash for a slash."""
    for dropped in "\t\r\n":
        address = address.replace(dropped, "")
    return urljoin(HERE, address.strip(" \0").replace("\\", "/"))


@pytest.mark.parametrize("address", OURS)
def test_a_path_on_this_site_is_kept(address: str) -> None:
    assert local_path(address, OTHERWISE) == address


@pytest.mark.parametrize("address", THEIRS)
def test_everything_else_is_replaced(address: str) -> None:
    assert local_path(address, OTHERWISE) == OTHERWISE


def test_no_address_is_replaced() -> None:
    assert local_path(None, OTHERWISE) == OTHERWISE


@given(WILD | st.text())
def test_no_address_leads_off_the_site(address: str) -> None:
    found = local_path(address, OTHERWISE)
    assert found in (address, OTHERWISE)
    assert f"{opened_by_browser(found)}/".startswith(f"{HERE}/")


@given(WILD)
def test_a_path_never_ends_a_header(address: str) -> None:
    assert not set(local_path(address, OTHERWISE)) & set("\r\n\0")
