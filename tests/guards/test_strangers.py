"""What one stranger can make the server do or hold: little, whatever is sent and however slowly."""

import os
import re
import socket
import threading
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import pytest
from flask import Flask

from tests.browser.client import TOKEN, Client
from tests.browser.mailbox import PostOffice
from tests.browser.ports import free_port
from tests.browser.server import Server, somebody
from tests.unit.partnerships.test_reading import as_xlsx, packed, parts_of
from tests.waiting import PATIENCE
from zetwpo.accounts.actors import Role
from zetwpo.server.connections import MOST_CONNECTIONS
from zetwpo.server.connections import Server as WebServer
from zetwpo.server.intake import LARGEST_BODY, MOST_FIELDS, STRANGERS_BODY

MEGABYTE = 1024 * 1024
# Seconds of processor, for what a stranger sends at once; and what somebody known sends.
LITTLE, SOME = 0.5, 3.0
# Of memory, in bytes: a body as it comes in, and all that is made of it.
ROOM = 100 * MEGABYTE
# How one says it to Linux.
FORGET_PEAK = "5"
CHUNK = b"10000\r\n" + b"x" * 65536 + b"\r\n"
FORM = b"application/x-www-form-urlencoded"


class Watched:
    """A server, and what it used."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.known = Client(server)
        person = server.add_person(somebody("Robin de Boer"), Role.SUPERVISOR)
        self.known.sign_in(person)
        self.scan = self.known.start_scan()
        self.link = self.known.ask(self.scan, "student", somebody("Els Bakker"), "nl")
        # All that signs somebody in is over; the browser does not know that yet.
        server.sign_out(person)

    @property
    def seconds(self) -> float:
        """Of processor, until this moment."""
        fields = Path(f"/proc/{self.server.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    @contextmanager
    def costs(self, seconds: float, room: int = ROOM) -> Iterator[None]:
        """See that the block costs no more seconds of processor than this, and bytes of memory."""
        Path(f"/proc/{self.server.pid}/clear_refs").write_text(FORGET_PEAK)
        began, before = self.seconds, self._memory("VmRSS")
        yield
        assert self.seconds - began < seconds
        assert self._memory("VmHWM") - before < room

    def _memory(self, name: str) -> int:
        status = Path(f"/proc/{self.server.pid}/status").read_text()
        return int(re.findall(rf"{name}:\s+(\d+) kB", status)[0]) * 1024

    def files(self) -> list[str]:
        """Those that it has open and that have no name any more, as temporary files do."""
        folder = Path(f"/proc/{self.server.pid}/fd")
        names = [os.readlink(path) for path in folder.iterdir() if path.is_symlink()]
        return [name for name in names if name.endswith("(deleted)")]

    def send(self, *lines: bytes, body: bytes = b"", length: int | None = None) -> bytes:
        """What comes back for this."""
        size = len(body) if length is None else length
        head = [*lines, b"Host: 127.0.0.1", b"Connection: close"]
        if b"Transfer-Encoding: chunked" not in lines:
            head.append(b"Content-Length: %d" % size)
        received = b""
        with socket.create_connection(("127.0.0.1", self.server.port), PATIENCE) as connection:
            try:
                connection.sendall(b"\r\n".join([*head, b"", b""]) + body)
                while part := connection.recv(65536):
                    received += part
            except ConnectionError:
                pass  # it has said what it had to say
        return received


@pytest.fixture(scope="module")
def watched(
    tmp_path_factory: pytest.TempPathFactory, assets: Path, post_office: PostOffice
) -> Iterator[Watched]:
    """One server for all: to start it takes longer than to try it."""
    with Server(tmp_path_factory.mktemp("strangers"), assets, post_office) as server:
        yield Watched(server)


pytestmark = pytest.mark.xdist_group("strangers")

FOUR = 4 * MEGABYTE - 100
BODIES = {
    "a million fields": b"a&" * (FOUR // 2),
    "a million named fields": b"a=b&" * (FOUR // 4),
    "nothing but marks": b"&" * FOUR,
    "semicolons": b"a;" * (FOUR // 2),
    "one name": b"a" * FOUR,
    "one encoded name": b"%61" * (FOUR // 3),
    "one encoded value": b"a=" + b"%C3%A9" * (FOUR // 6),
    "one wrongly encoded value": b"a=" + b"%FF" * (FOUR // 3),
    "one half encoded value": b"a=" + b"%" * FOUR,
    "pluses": b"a=" + b"+" * FOUR,
    "what is no text": b"a=" + b"\xff" * FOUR,
    "line breaks": b"email=" + b"%0D%0A" * (FOUR // 6),
    "names again and again": b"&".join(b"a%d=1" % number for number in range(300_000)),
}
KINDS = {
    "parts": b"--x\r\nContent-Disposition: form-data; name=a\r\n\r\n\r\n" * (FOUR // 50),
    "headers of parts": b"--x\r\n" + b"A: b\r\n" * (FOUR // 6) + b"\r\n\r\n--x--\r\n",
}


@pytest.mark.parametrize("length", [STRANGERS_BODY, FOUR], ids=["little", "much"])
@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
def test_a_form_of_a_stranger_costs_little(watched: Watched, body: bytes, length: int) -> None:
    kind = b"Content-Type: " + FORM
    with watched.costs(LITTLE):
        answer = watched.send(b"POST /sign-in HTTP/1.1", kind, body=body[:length])
    assert answer[:12] in {b"HTTP/1.1 413", b"HTTP/1.1 400"}


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
def test_a_form_of_somebody_known_costs_no_more_than_some(watched: Watched, body: bytes) -> None:
    for path in (watched.link + "/part/1", watched.scan + "/part/1"):
        with watched.costs(SOME):
            answer = watched.send(
                f"POST {path} HTTP/1.1".encode(),
                b"Content-Type: " + FORM,
                b"Origin: " + watched.server.address.encode(),
                b"Cookie: zetwpo=" + watched.known.cookies["zetwpo"].encode(),
                body=body,
            )
        assert re.match(rb"HTTP/1.1 4\d\d", answer)


@pytest.mark.parametrize("body", KINDS.values(), ids=KINDS)
def test_what_no_page_sends_is_not_taken_apart(watched: Watched, body: bytes) -> None:
    kind = b"Content-Type: multipart/form-data; boundary=x"
    for path in ("/sign-in", watched.link + "/part/1"):
        with watched.costs(LITTLE):
            answer = watched.send(f"POST {path} HTTP/1.1".encode(), kind, body=body)
        assert re.match(rb"HTTP/1.1 4\d\d", answer)


def test_the_last_field_that_fits_is_taken(watched: Watched) -> None:
    kind = b"Content-Type: " + FORM
    for count, message in ((MOST_FIELDS, b"400"), (MOST_FIELDS + 1, b"413")):
        body = b"&".join([b"a"] * count)
        answer = watched.send(b"POST /sign-in HTTP/1.1", kind, body=body)
        assert answer.split()[1] == message


@pytest.mark.parametrize(
    "lines",
    [
        (b"GET /sign-in?" + b"a&" * 12_000 + b" HTTP/1.1",),
        (b"GET /sign-in?" + b"a" * 24_000 + b" HTTP/1.1",),
        (b"GET /sign-in HTTP/1.1", b"Cookie: " + b"a=b; " * 6_000),
        (b"GET /sign-in HTTP/1.1", b"Cookie: zetwpo=" + b"." * 30_000),
        (b"GET /sign-in HTTP/1.1", b"Accept-Language: " + b"nl," * 10_000),
        (b"GET /sign-in HTTP/1.1", b"Accept-Encoding: " + b"br;q=0.1," * 3_000),
        (b"GET /sign-in HTTP/1.1", b"X-Forwarded-For: " + b"1.2.3.4," * 3_500),
        (b"GET /sign-in HTTP/1.1", b"If-None-Match: " + b'"a",' * 7_000),
        (b"GET /sign-in HTTP/1.1", *[b"A%d: b" % number for number in range(3_000)]),
        (b"GET /" + b"a/" * 15_000 + b" HTTP/1.1",),
        (b"GET http://" + b"1" * 30_000 + b" HTTP/1.1",),
        (b"GET http://" + b"1" * 30_000 + b" HTTP/1.1 x",),
        (b"GET http://" + b"1" * 30_000 + b" HTTP/1.x",),
        (b"GET http://" + b"a" * 30_000 + b" x",),
        (b"GET /sign-in HTTP/1.1", b"A:" + b" " * 30_000 + b"b"),
        (b"GET /sign-in HTTP/1.1", b"A:" + b" " * 30_000 + b"\0"),
        (b"GET /sign-in HTTP/1.1", b"A:" + b"\t" * 30_000),
        (b"GET /sign-in HTTP/1.1", b"A:" + b"\r\n " * 10_000),
        (b"POST /sign-in HTTP/1.1", b"Origin: http://" + b"\xc3\x9f" * 14_000),
    ],
    ids=lambda lines: ascii(lines[-1][:20] + lines[-1][-12:]),
)
def test_headers_of_a_stranger_cost_little(watched: Watched, lines: tuple[bytes, ...]) -> None:
    with watched.costs(LITTLE):
        answer = watched.send(*lines)
    assert re.match(rb"HTTP/1.[01] [234]\d\d", answer)


def test_who_asks_whether_to_go_on_and_has_nothing_more_is_answered(watched: Watched) -> None:
    began = time.monotonic()
    answer = watched.send(b"GET /sign-in HTTP/1.1", b"Expect: 100-continue")
    assert answer.startswith(b"HTTP/1.1 200 ")
    assert time.monotonic() - began < PATIENCE / 2


@pytest.mark.parametrize("head", [b"GET /health HTTP/1.1", b"POST /sign-in HTTP/1.1"])
@pytest.mark.parametrize("is_chunked", [False, True])
def test_no_more_is_taken_in_than_accepted(watched: Watched, head: bytes, is_chunked: bool) -> None:
    body = CHUNK * 300 if is_chunked else b"x" * (20 * MEGABYTE)
    lines = [head, b"Transfer-Encoding: chunked"] if is_chunked else [head]
    with watched.costs(LITTLE):
        answer = watched.send(*lines, body=body, length=300 * MEGABYTE)
    assert answer[:12] in {b"", b"HTTP/1.1 413"}
    assert watched.files() == []


def test_nothing_is_kept_of_what_is_too_much(watched: Watched) -> None:
    head = b"POST /sign-in HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: %d\r\n\r\n"
    with (
        watched.costs(LITTLE, 8 * MEGABYTE),
        socket.create_connection(("127.0.0.1", watched.server.port), PATIENCE) as connection,
    ):
        connection.sendall(head % (15 * MEGABYTE) + b"x" * (14 * MEGABYTE))
        assert watched.files() == []


def test_a_long_text_comes_back_to_whoever_was_here_before(watched: Watched) -> None:
    text = "Typed for long. " * 10_000
    fields = {"csrf_token": "too old", "text-example-pedagogical": text}
    kind, ours = b"Content-Type: " + FORM, b"Origin: " + watched.server.address.encode()
    body = "&".join(f"{name}={quote(value)}" for name, value in fields.items()).encode()
    assert STRANGERS_BODY < len(body) < LARGEST_BODY
    cookie = b"Cookie: zetwpo=" + watched.known.cookies["zetwpo"].encode()
    line = f"POST {watched.scan}/part/1 HTTP/1.1".encode()
    assert text[:-1].encode() in watched.send(line, kind, ours, cookie, body=body)
    linked = f"POST {watched.link}/part/1 HTTP/1.1".encode()
    assert text[:-1].encode() in watched.send(linked, kind, ours, body=body)
    # The same from nobody, and by a link that was not made here.
    assert watched.send(line, kind, ours, body=body).split()[1] == b"413"
    forged = linked.replace(watched.link.encode(), watched.link.encode()[:-2] + b"xx")
    assert watched.send(forged, kind, ours, body=body).split()[1] == b"413"


def test_those_who_send_for_ever_keep_nobody_out(watched: Watched) -> None:
    slow = [b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX: ", SLOW_FORM, b"", b"G"]
    held = []
    try:
        for number in range(MOST_CONNECTIONS + 200):
            connection = socket.create_connection(("127.0.0.1", watched.server.port), PATIENCE)
            connection.send(slow[number % len(slow)])
            held.append(connection)
            if number in {100, 500, MOST_CONNECTIONS, MOST_CONNECTIONS + 199}:
                began = time.monotonic()
                assert watched.known.get("/accessibility").status == 200
                assert time.monotonic() - began < SOME
    finally:
        for connection in held:
            connection.close()
    # Those who left made room again.
    assert watched.known.get("/accessibility").status == 200


SLOW_FORM = (
    b"POST /sign-in HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: "
    + FORM
    + b"\r\nContent-Length: 60000\r\n\r\nemail="
)


def test_a_request_has_its_time_to_come_in(app: Flask) -> None:
    with socket.create_server(("127.0.0.1", free_port())) as listening:
        port = listening.getsockname()[1]
        server = WebServer(app, listening, request_seconds=1)
        running = threading.Thread(target=server.run)
        running.start()
        began = time.monotonic()
        with socket.create_connection(("127.0.0.1", port), PATIENCE) as connection:
            connection.settimeout(0.2)
            try:
                connection.sendall(SLOW_FORM)
                while time.monotonic() - began < PATIENCE:
                    connection.send(b"x")
                    if not _is_open(connection):
                        break
            except ConnectionError:
                pass
        server.stop()
        running.join()
    assert 1 <= time.monotonic() - began < PATIENCE


def _is_open(connection: socket.socket) -> bool:
    try:
        return connection.recv(100) != b""
    except TimeoutError:
        return True


# ------------------------------------------------------------------------------------ files


class Uploader:
    """An administrator, who may send a file."""

    def __init__(self, watched: Watched) -> None:
        server = watched.server
        self._watched = watched
        self._client = Client(server)
        person = server.add_person(somebody("Ad Beheer"), Role.ADMINISTRATOR)
        self._client.sign_in(person)
        (place,) = server.rows("SELECT id FROM partnership")[0]
        self.path = f"/partnerships/{uuid.UUID(str(place))}/people/import"
        (self._token, *_) = TOKEN.findall(self._client.get(self.path).text)

    def send(self, file: bytes, *, is_known: bool = True, rest: bytes = b"") -> bytes:
        """What comes back for this file."""
        name = b'Content-Disposition: form-data; name="%b"'
        body = b"\r\n".join(
            [
                *(b"--x", name % b"csrf_token", b"", self._token.encode()),
                *(b"--x", name % b"file" + b'; filename="a.csv"', b"", file),
                *(b"--x--", b"", rest),
            ]
        )
        lines = [b"Content-Type: multipart/form-data; boundary=x"]
        if is_known:
            lines.append(b"Cookie: zetwpo=" + self._client.cookies["zetwpo"].encode())
        return self._watched.send(f"POST {self.path} HTTP/1.1".encode(), *lines, body=body)


@pytest.fixture(scope="module")
def uploader(watched: Watched) -> Uploader:
    return Uploader(watched)


def test_a_file_is_taken_in_and_leaves_no_trace_on_a_disk(
    watched: Watched, uploader: Uploader
) -> None:
    assert uploader.send(b"naam;e-mail\nJan;jan@x.nl\n").split()[1] == b"303"
    long = b"naam;e-mail\n" + (b"x" * 1000 + b";a@x.nl\n") * 4900
    with watched.costs(SOME):
        answer = uploader.send(long)
    assert answer.split()[1] == b"303"
    assert watched.files() == []


def test_a_file_that_is_too_large_is_answered_in_words(
    watched: Watched, uploader: Uploader
) -> None:
    with watched.costs(LITTLE, 8 * MEGABYTE):
        answer = uploader.send(b"x" * (30 * MEGABYTE))
    assert answer.split()[1] == b"413"
    assert b"Dit bestand is te groot" in answer
    # Not even a browser waits for the answer to this.
    assert uploader.send(b"x" * (70 * MEGABYTE))[:12] in {b"", b"HTTP/1.1 413"}
    # The same from nobody.
    with watched.costs(LITTLE):
        answer = uploader.send(b"x" * (5 * MEGABYTE), is_known=False)
    assert answer[:12] == b"HTTP/1.1 413"
    assert watched.files() == []


def test_a_workbook_that_is_a_bomb_is_refused_before_it_goes_off(
    watched: Watched, uploader: Uploader
) -> None:
    parts = parts_of(as_xlsx([["naam"], ["Jan"]]))
    sheet = "xl/worksheets/sheet1.xml"
    honest = packed(parts | {"xl/sharedStrings.xml": b" " * (400 * MEGABYTE)})
    # One that says of itself that it is small.
    lying = bytearray(packed(parts | {sheet: parts[sheet][:-20] + b" " * (400 * MEGABYTE)}))
    at = lying.rindex(sheet.encode()) - 46 + 24
    lying[at : at + 4] = (1000).to_bytes(4, "little")
    for bomb in (honest, bytes(lying)):
        assert len(bomb) < MEGABYTE
        with watched.costs(SOME):
            answer = uploader.send(bomb)
        assert answer.split()[1] == b"422"
        assert b'id="file-error"' in answer
    assert watched.files() == []


@pytest.mark.parametrize("body", KINDS.values(), ids=KINDS)
def test_a_form_with_a_file_that_nobody_makes_costs_no_more_than_some(
    watched: Watched, uploader: Uploader, body: bytes
) -> None:
    with watched.costs(SOME):
        answer = uploader.send(b"", rest=b"\r\n" + body)
    assert re.match(rb"HTTP/1.1 4\d\d", answer)
