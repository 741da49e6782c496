"""Whatever is sent to the server: no 5xx, no waiting, and no word that opens something in a log.

A few thousand requests, each time the same ones. `FUZZ_REQUESTS=20000` sends more; `FUZZ_SEED`
chooses others.
"""

import os
import random
import re
import socket
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote_from_bytes, urlsplit

import pytest

from tests.application import DATABASES
from tests.browser.client import Client
from tests.browser.mailbox import PostOffice
from tests.browser.server import Server, somebody
from zetwpo.accounts.actors import Role

REQUESTS = int(os.environ.get("FUZZ_REQUESTS", "3000")) // len(DATABASES)
SEED = os.environ.get("FUZZ_SEED", "zetwpo")
AT_ONCE = 4
# In seconds, for an answer, on a machine that is busy with more than these tests.
PATIENCE = 20

METHODS = [b"GET"] * 6 + [b"POST"] * 6 + [b"HEAD", b"PUT", b"PATCH", b"DELETE", b"OPTIONS"]
STRANGE_METHODS = [b"TRACE", b"CONNECT", b"PROPFIND", b"get", b"X" * 300, b"G\x00T", b"!#$%", b""]
HEADERS = re.findall(
    rb"\S+",
    b"""
    Host Origin Origin Referer Referer Cookie Cookie Content-Type Content-Length Content-Encoding
    Transfer-Encoding Expect Connection X-Forwarded-For X-Forwarded-For X-Forwarded-Host
    X-Forwarded-Proto X-Forwarded-Port X-Forwarded-Prefix X-Forwarded-By Forwarded Via Accept
    Accept-Language Accept-Encoding Accept-Charset Range If-Range If-Modified-Since If-None-Match
    If-Match If-Unmodified-Since Authorization User-Agent X-CSRFToken X-Requested-With Date TE
    Trailer Upgrade Max-Forwards X-HTTP-Method-Override Cache-Control Pragma Sec-Fetch-Site
    Content-Location Content-Language X_Forwarded_For
    """,
)
NAMES = re.findall(
    rb"\S+",
    b"""
    csrf_token email code name role word mail_language language next form_key seen tried text
    share_day confirm question relationship statement-relationship text-example-pedagogical
    statement-room_to_try partnership address day until agree
    """,
)
# Refused by whatever reads them first, so that little of them gets any further.
CONTROLS = bytes(range(32)) + b"\x7f"
FRAGMENTS = [
    b"",
    b" ",
    b"http://[",
    b"http://[::1",
    b"http://[::1]:99999/",
    b"http://a:b:c",
    b"https://user:secret@localhost:1/",
    b"null",
    b"//evil.example",
    b"javascript:alert(1)",
    b"\\\\evil",
    b"/\t/[",
    b"a" * 70,
    b"a" * 70 + b".example:80",
    b"a..b",
    b".",
    b"[::ffff:1.2.3.4]:99999",
    b"[fe80::1%25eth0]",
    b"localhost:99999999999",
    b"localhost:-1",
    b"xn--a",
    b"xn--" + b"9" * 60,
    b"\xff\xfe",
    "stra\u00dfe.example".encode(),
    "\u202e\u200b\ufeff".encode(),
    b"\xed\xa0\x80",
    b"%00",
    b"%ff%fe",
    b"%",
    b"%u0041",
    b"%ED%A0%80",
    b"\x7f",
    b"\x01\x02",
    b"\x00",
    b"\r",
    b'"',
    b'9.9.9.9, "',
    b"1.2.3.4, 5.6.7.8, 9",
    b"::ffff:1.2.3.4",
    b"1.2.3.4:5678",
    b"unknown",
    b"for=_hidden; host=;;proto",
    b"bytes=0-,-1,5-2",
    b"bytes=" + b"0-1," * 500,
    b"bytes=999999999999999999999-",
    b"bytes=-",
    b"Thu, 99 Foo 99999 99:99:99 GMT",
    b"Thu, 01 Jan 1970 00:00:00 +9999",
    b"-1",
    b"0",
    b"1e999",
    b"9" * 5000,
    b"99999999999999999999",
    b"nan;q=nan, *;q=-1, br;q=1e999;;=",
    b"gzip;q=,identity;q=0,*;q=0",
    b"nl-" * 300,
    b"en;q=" + b"9" * 400,
    b"a=b; " * 400,
    b"zetwpo=; __Host-zetwpo=; zetwpo",
    b"__Host-zetwpo=.eJw.a.b; =; ;",
    b"text/html; charset=utf-7; boundary=",
    b"application/x-www-form-urlencoded; charset=\xff",
    b"application/x-www-form-urlencoded",
    b"multipart/form-data; boundary=x",
    b"multipart/form-data; boundary*=utf-8''%ff",
    b"application/json",
    b"gzip",
    b"chunked",
    b"chunked, gzip",
    b"100-continue",
    b"close, keep-alive, \xff",
    b'W/"\xff", *, "',
    b"Basic \xff\xff==",
    b"utf-8''%ff%00",
    b"=?utf-8?q?=ff?=",
    b"<script>alert(1)</script>",
    b"{{7*7}}%(a)s{0}",
    b"' OR 1=1 --",
    b"../../../../etc/passwd",
    b"..;/",
    b'{"a": {"b": [1, null]}}',
    b"x" * 5000,
    b"2026-02-31",
    b"0001-01-01",
    b"99999-12-31",
    b"NaN",
    b"true",
]


@dataclass(frozen=True)
class Target:
    """A server with things in it that only some may open."""

    server: Server
    paths: list[bytes]
    cookies: list[bytes]
    csrf_token: bytes
    # None of these may ever stand in a log.
    secrets: list[str]


@pytest.fixture(params=DATABASES)
def target(
    request: pytest.FixtureRequest, tmp_path: Path, assets: Path, post_office: PostOffice
) -> Iterator[Target]:
    """Behind a proxy that passes on whatever it gets."""
    database_url = ""
    if request.param == "postgresql":
        database_url = request.getfixturevalue("postgres").new_database()
    chosen = {"base_url": "https://scan.school.example", "proxies": 1, "mail_from_hour": 0}
    with Server(tmp_path, assets, post_office, database_url, **chosen) as server:
        yield _furnish(server)


def _furnish(server: Server) -> Target:
    owner = server.add_person(somebody("Robin de Boer"), Role.SUPERVISOR)
    client = Client(server)
    client.sign_in(owner)
    scan = client.start_scan()
    feedback = client.ask(scan, "student", somebody("Els Bakker"), "nl")
    stranger = Client(server)
    stranger.post("/sign-in", email=owner.email)
    link = urlsplit(server.mailbox.take(owner.email).link).path
    known = {
        "scan_id": scan.split("/")[2],
        "token": feedback.rsplit("/", 1)[-1],
        "number": "1",
    }
    paths = [path.encode() for path in _paths(server, known)]
    return Target(
        server,
        [*paths, feedback.encode(), link.encode(), b"/static/", b"/static/../x", b"*", b""],
        [_cookie(client), _cookie(stranger)],
        re.findall(r'name="csrf_token" value="([^"]+)"', client.get("/start").text)[0].encode(),
        [link.rsplit("/", 1)[-1], known["token"], _cookie(client).decode().partition("=")[2]],
    )


def _paths(server: Server, known: dict[str, str]) -> Iterator[str]:
    """Every address of the site; what signs out or deletes the owner would end the game."""
    for rule in server.rules:
        if rule.rule.startswith("/sign-out") or "erase" in rule.endpoint:
            continue
        yield re.sub(r"<(?:\w+:)?(\w+)>", lambda found: known.get(found[1], "1"), rule.rule)


def _cookie(client: Client) -> bytes:
    return "; ".join(f"{name}={value}" for name, value in client.cookies.items()).encode()


class Sender:
    """Makes requests up, always the same ones for one seed."""

    def __init__(self, target: Target, seed: str) -> None:
        self.target = target
        self.dice = random.Random(seed)

    def make(self) -> bytes:
        """One request, nearly always with something wrong in it."""
        body, kind = self.body()
        lines = [self.first_line(), *self.usual_headers(body, kind)]
        for _number in range(self.dice.choice([0, 1, 1, 2, 3, 8])):
            value = self.value()
            if self.chance(0.9):
                value = value.translate(None, CONTROLS)
            lines.insert(
                self.dice.randint(1, len(lines)), self.dice.choice(HEADERS) + b": " + value
            )
        if self.chance(0.03):
            lines.insert(1, self.value())
        return b"\r\n".join([*lines, b"", b""]) + body

    def chance(self, part: float) -> bool:
        return self.dice.random() < part

    def value(self) -> bytes:
        """Something strange, perhaps with something else behind it or in it."""
        value = self.dice.choice(FRAGMENTS)
        if self.chance(0.2):
            value += self.dice.choice([b",", b";", b" ", b"", b"&"]) + self.dice.choice(FRAGMENTS)
        if self.chance(0.1):
            value = self.dice.randbytes(self.dice.choice([3, 20, 200])).translate(None, b"\r\n")
        if self.chance(0.1):
            value += self.dice.choice(self.target.secrets).encode()
        return value

    def first_line(self) -> bytes:
        method = self.dice.choice(STRANGE_METHODS if self.chance(0.05) else METHODS)
        path = self.dice.choice(self.target.paths)
        if self.chance(0.25):
            at = self.dice.randint(0, len(path))
            path = path[:at] + self.in_path(self.value()) + path[at + self.dice.choice([0, 1, 9]) :]
        if self.chance(0.2):
            path += b"?" + self.query()
        if self.chance(0.05):
            path = self.dice.choice(FRAGMENTS).replace(b" ", b"") + path
        version = (
            b"HTTP/1.1" if self.chance(0.95) else self.dice.choice([b"HTTP/1.0", b"HTTP/9", b""])
        )
        return b" ".join([method, path, version])

    def in_path(self, value: bytes) -> bytes:
        return quote_from_bytes(value).encode() if self.chance(0.8) else value.replace(b" ", b"+")

    def query(self) -> bytes:
        pairs = [
            self.dice.choice([*NAMES, b"a" * 500]) + b"=" + self.in_path(self.value())
            for _number in range(self.dice.choice([1, 1, 3, 3, 12, 12, 300]))
        ]
        return b"&".join(pairs)

    def usual_headers(self, body: bytes, kind: bytes) -> list[bytes]:
        lines = [b"Connection: close"]
        if self.chance(0.95):
            lines.append(b"Host: scan.school.example")
        if self.chance(0.5):
            lines.append(b"Origin: https://scan.school.example")
        if self.chance(0.6):
            cookie = self.dice.choice(self.target.cookies)
            if self.chance(0.1):
                cookie = cookie[: self.dice.randint(0, len(cookie))] + self.value()
            lines.append(b"Cookie: " + cookie)
        if kind:
            lines.append(b"Content-Type: " + kind)
        if body.startswith(CHUNKED):
            lines.append(b"Transfer-Encoding: chunked")
        elif body:
            wrong = self.dice.choice([-1, 1, 5000]) if self.chance(0.05) else 0
            lines.append(b"Content-Length: %d" % max(0, len(body) + wrong))
        return lines

    def body(self) -> tuple[bytes, bytes]:
        """What it carries, and what that is said to be."""
        form = b"application/x-www-form-urlencoded"
        token = b"csrf_token=" + self.target.csrf_token + b"&"
        kinds = [
            (b"", b""),
            (token + self.query(), form),
            (token + self.query(), form),
            (token + self.query(), form),
            (self.query(), form),
            (self.dice.randbytes(300), form),
            (b"&" * 5000, form),
            (b'--x\r\nContent-Disposition: form-data; name="\xff"\r\n\r\n', MULTIPART),
            (b"--x\r\n" + self.value() + b"\r\n\r\n" + self.value() + b"\r\n--x--\r\n", MULTIPART),
            (b'{"a": ' + self.value(), b"application/json"),
            (CHUNKED + b"a=%00\r\n0\r\n\r\n", form),
            (CHUNKED + self.value() + b"\r\n", form),
            (b"x" * 70_000, form),
        ]
        return self.dice.choice(kinds)


CHUNKED = b"5\r\n"
MULTIPART = b"multipart/form-data; boundary=x"


def answer(port: int, request: bytes) -> str:
    """The status of the answer; empty where the server only hung up."""
    with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE) as connection:
        received = b""
        try:
            connection.sendall(request)
            # What was promised and does not come is not waited for.
            connection.shutdown(socket.SHUT_WR)
            while part := connection.recv(65536):
                received += part
        except TimeoutError:
            return "hangs"
        except OSError:
            pass  # it hung up while we were still talking
    found = re.match(rb"HTTP/1\.[01] (\d{3}) ", received)
    return found[1].decode() if found else ""


def run(target: Target, lane: int) -> tuple[Counter[str], list[bytes]]:
    """Send a share of the requests; returns how often each status came, and what went wrong."""
    sender = Sender(target, f"{SEED} {lane}")
    statuses: Counter[str] = Counter()
    wrong = []
    for _number in range(REQUESTS // AT_ONCE):
        request = sender.make()
        status = answer(target.server.port, request)
        statuses[status] += 1
        if status == "308":
            print(request)
        if status.startswith("5") or status == "hangs":
            wrong.append(status.encode() + b" for " + request[:2000])
    return statuses, wrong


def test_nothing_that_is_sent_breaks_the_server(target: Target) -> None:
    with ThreadPoolExecutor(AT_ONCE) as lanes:
        results = list(lanes.map(lambda lane: run(target, lane), range(AT_ONCE)))
    log = target.server.log
    wrong = [request for _statuses, requests in results for request in requests]
    assert not wrong, f"{len(wrong)} requests, among them {wrong[:3]}\n{log[-5000:]}"
    statuses = sum((each for each, _requests in results), Counter[str]())
    # It was worth sending: pages, redirects and refusals all occur, and few were only hung up on.
    assert statuses.keys() >= {"200", "303", "400", "404", "405", "413"}
    assert statuses[""] < statuses.total() / 10, statuses
    # The routing sends nobody elsewhere: it would name the host that the request named.
    assert "308" not in statuses
    assert [secret for secret in target.secrets if secret in log] == []
    assert "Traceback" not in log
    assert "Exception" not in log
    assert Client(target.server).get("/health").status == 200
