"""Every answer tells the browser to be careful with it: pages, files, refusals and what failed."""

import re
import socket
from email.message import Message
from email.parser import BytesParser

import pytest

from tests.browser.client import Client
from tests.browser.server import Server
from tests.waiting import PATIENCE
from zetwpo.server.edge import client_address
from zetwpo.web import Site, site_of

EXPECTED = {
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "same-origin",
    "Strict-Transport-Security": "max-age=31536000",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
HOST = b"Host: localhost\r\n"
LATER = b"If-Modified-Since: Fri, 01 Jan 2100 00:00:00 GMT\r\n"
REQUESTS = {
    "page": (b"GET /sign-in HTTP/1.1\r\n" + HOST, 200),
    "head": (b"HEAD /sign-in HTTP/1.1\r\n" + HOST, 200),
    "options": (b"OPTIONS /sign-in HTTP/1.1\r\n" + HOST, 200),
    "health": (b"GET /health HTTP/1.1\r\n" + HOST, 200),
    "redirect": (b"GET /start HTTP/1.1\r\n" + HOST, 303),
    "none": (b"GET /no-such-page HTTP/1.1\r\n" + HOST, 404),
    "method": (b"PUT /sign-in HTTP/1.1\r\n" + HOST, 405),
    "refused": (b"POST /sign-in HTTP/1.1\r\n" + HOST, 400),
    "too much": (b"GET /health HTTP/1.1\r\nContent-Length: 99999999\r\n" + HOST, 413),
    "host": (b"GET /sign-in HTTP/1.1\r\nHost: a..b\r\n", 400),
    "unread": (b"GET /sign-in HTTP/1.1\r\nno header\r\n", 400),
    "file": (b"GET %s HTTP/1.1\r\n" + HOST, 200),
    "part of a file": (b"GET %s HTTP/1.1\r\nRange: bytes=0-9\r\n" + HOST, 206),
    "known file": (b"GET %s HTTP/1.1\r\n" + LATER + HOST, 304),
}


def answer(server: Server, request: bytes) -> tuple[int, Message]:
    """The status and the headers of what comes back."""
    received = b""
    with socket.create_connection(("127.0.0.1", server.port), PATIENCE) as connection:
        connection.sendall(request + b"Connection: close\r\n\r\n")
        while part := connection.recv(65536):
            received += part
    first, _end, rest = received.partition(b"\r\n")
    return int(first.split()[1]), BytesParser().parsebytes(rest, headersonly=True)


@pytest.mark.parametrize(("request_lines", "expected"), REQUESTS.values(), ids=REQUESTS)
def test_every_answer_has_them(https_server: Server, request_lines: bytes, expected: int) -> None:
    if b"%s" in request_lines:
        page = Client(https_server).get("/sign-in").text
        files = re.findall(r'(?:src|href)="(/static/[^"]+)"', page)
        request_lines %= files[0].encode()
    status, headers = answer(https_server, request_lines)
    assert status == expected
    assert {name: headers[name] for name in EXPECTED} == EXPECTED
    for name in EXPECTED:
        assert len(headers.get_all(name, [])) == 1
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    # What runs here is nobody's business.
    assert "Server" not in headers
    assert "Via" not in headers


def test_nothing_asks_for_encryption_where_there_is_none(server: Server) -> None:
    _status, headers = answer(server, REQUESTS["page"][0])
    assert "Strict-Transport-Security" not in headers
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("192.0.2.1", "192.0.2.1"),
        (" 192.0.2.1 ", "192.0.2.1"),
        ("192.0.2.1:4711", "192.0.2.1"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("2001:DB8:0::1", "2001:db8::1"),
        ("[2001:db8::1]", "2001:db8::1"),
        ("[2001:db8::1]:4711", "2001:db8::1"),
        ("fe80::1%eth0", "fe80::1"),
        ("", None),
        ("unknown", None),
        ("192.0.2", None),
        ("192.0.2.1, 192.0.2.2", None),
        ("[::1", None),
        ("_hidden", None),
    ],
)
def test_an_address_is_one_however_a_proxy_writes_it(text: str, address: str | None) -> None:
    assert client_address(text) == address


@pytest.mark.parametrize(
    ("address", "site"),
    [
        ("https://scan.school.example", Site("https", "scan.school.example", 443)),
        ("HTTPS://Scan.School.Example:443/page?x", Site("https", "scan.school.example", 443)),
        ("http://localhost:8000/", Site("http", "localhost", 8000)),
        ("http://[::1]:8000", Site("http", "::1", 8000)),
        ("null", None),
        ("", None),
        ("http://[", None),
        ("http://a:b", None),
        ("https://", None),
        ("https://" + "a" * 70, None),
        ("ftp://scan.school.example", None),
    ],
)
def test_a_site_is_one_however_a_browser_writes_it(address: str, site: Site | None) -> None:
    assert site_of(address) == site
