"""Behind a real nginx, with TLS and without, and with nothing in front: people stay themselves."""

import itertools
import re
import uuid
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from email.message import Message
from functools import cache
from http.client import HTTPConnection
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

import pytest
from flask import Flask

from tests.browser.client import Client
from tests.browser.mailbox import PostOffice
from tests.browser.proxy import Proxy, site_of_guide
from tests.browser.server import Server, somebody
from tests.waiting import PATIENCE
from zetwpo.accounts.actors import Role

pytestmark = pytest.mark.xdist_group("proxy")

HERE = "127.0.0.1"
WAYS = ["tls", "plain", "direct"]
LIMIT = 2


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    headers: Message
    text: str


@dataclass
class Visitor:
    """A browser on some machine, which sends its forms from our pages."""

    door: Any
    comes_from: str = HERE
    # What it claims besides.
    claims: dict[str, str] = field(default_factory=dict)
    cookies: dict[str, str] = field(default_factory=dict)

    def get(self, path: str, method: str = "GET", **headers: str) -> Answer:
        """Ask for a page."""
        return self._send(method, path, None, headers)

    def post(self, path: str, **fields: str) -> Answer:
        """Send a form, with the token of a page."""
        page = self.get("/accessibility")
        (token,) = set(re.findall(r'name="csrf_token" value="([^"]+)"', page.text))
        return self.post_without_token(path, csrf_token=token, **fields)

    def post_without_token(self, path: str, origin: str | None = None, **fields: str) -> Answer:
        """Send a form, as from another page if that is named."""
        headers = {
            "Origin": origin or self.door.address,
            "Content-Type": "application/x-www-form-urlencoded",
        }
        return self._send("POST", path, urlencode(fields), headers)

    def post_file(self, path: str, token: str, content: bytes) -> Answer:
        """Send a form with a file."""
        name = 'Content-Disposition: form-data; name="%s"'
        head = ["--x", name % "csrf_token", "", token, "--x", name % "file" + '; filename="a.csv"']
        body = "\r\n".join([*head, "", ""]).encode() + content + b"\r\n--x--\r\n"
        kind = {"Content-Type": "multipart/form-data; boundary=x", "Origin": self.door.address}
        return self._send("POST", path, body, kind)

    def _send(
        self, method: str, path: str, body: str | bytes | None, headers: dict[str, str]
    ) -> Answer:
        cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        host = {"Host": urlsplit(self.door.address).netloc, "Cookie": cookie}
        connection = self.door.connect(self.comes_from)
        try:
            connection.request(method, path, body, host | self.claims | headers)
            response = connection.getresponse()
            text = response.read().decode(errors="replace")
        finally:
            connection.close()
        for header in response.headers.get_all("Set-Cookie", []):
            self.cookies |= {name: each.value for name, each in SimpleCookie(header).items()}
        return Answer(response.status, response.headers, text)


@dataclass(frozen=True)
class Direct:
    """A server without anything in front."""

    address: str
    port: int

    def connect(self, comes_from: str = HERE) -> HTTPConnection:
        """A connection from this address."""
        return HTTPConnection(HERE, self.port, PATIENCE, (comes_from, 0))


Open = Callable[..., tuple[Any, Server]]


@contextmanager
def running(folder: Path, way: str, site: str, *server: Any, **settings: Any) -> Iterator[Any]:
    """A server with a way to it, both of them."""
    if way == "direct":
        with Server(folder, *server, **settings) as started:
            yield Direct(started.address, started.port), started
        return
    proxy = Proxy(folder / "nginx", has_tls=way == "tls")
    with Server(folder, *server, **{"base_url": proxy.address, "proxies": 1} | settings) as started:
        try:
            proxy.start(started.port, site)
            yield proxy, started
        finally:
            proxy.stop()


@pytest.fixture(scope="module")
def open_site(
    tmp_path_factory: pytest.TempPathFactory, assets: Path, post_office: PostOffice
) -> Iterator[Open]:
    """Opens a server, of each kind one; to start it takes longer than all that is asked of it.

    So tests come from machines that no other test comes from.
    """
    with ExitStack() as opened:

        def open_once(way: str, site: str = "", **settings: Any) -> Any:
            folder = tmp_path_factory.mktemp("site")
            limit = {"sign_in_limit": f"{LIMIT} per 15 minutes"}
            return opened.enter_context(
                running(folder, way, site, assets, post_office, **limit | settings)
            )

        yield cache(open_once)


@pytest.fixture
def machines() -> tuple[str, str]:
    """Two addresses that are all of this machine, and that no other test has."""
    first, second = (next(_numbers) for _machine in range(2))
    return f"127.7.0.{first}", f"127.7.0.{second}"


_numbers = itertools.count(1)


def asks(visitor: Visitor) -> int:
    """A person asks for a link to sign in, in a browser that was never here."""
    visitor.cookies.clear()
    return visitor.post("/sign-in", email=somebody("Els Bakker").email).status


@pytest.mark.parametrize("way", WAYS)
def test_two_clients_are_two_and_nobody_is_a_third(
    open_site: Open, machines: tuple[str, str], way: str
) -> None:
    door, _server = open_site(way)
    here, there = machines
    statuses = [asks(Visitor(door, here)) for _time in range(LIMIT + 1)]
    assert statuses == [303] * LIMIT + [429]
    assert asks(Visitor(door, there)) == 303
    for claim in ("10.1.2.3", f"10.1.2.4, {there}", '10.1.2.5, "', "unknown", "[::1]:99999"):
        claims = {"X-Forwarded-For": claim, "X-Real-IP": claim, "Forwarded": f"for={claim}"}
        assert asks(Visitor(door, here, claims)) == 429, claim


def test_a_proxy_that_adds_is_believed_and_what_was_there_is_not(
    open_site: Open, machines: tuple[str, str]
) -> None:
    site = site_of_guide().replace(
        "X-Forwarded-For $remote_addr", "X-Forwarded-For $proxy_add_x_forwarded_for"
    )
    door, _server = open_site("tls", site)
    here, there = machines
    claims = ["", "10.0.0.1", "10.0.0.2, 10.0.0.3", '10.0.0.4, "', '"10.0.0.5", "\\']
    statuses = [asks(Visitor(door, here, {"X-Forwarded-For": claim})) for claim in claims]
    assert statuses == [303] * LIMIT + [429] * (len(claims) - LIMIT)
    assert asks(Visitor(door, there)) == 303


def test_with_two_proxies_the_one_before_them_counts(open_site: Open) -> None:
    door, _server = open_site("direct", proxies=2)
    claims = [
        "10.0.0.1, 10.9.9.9, 192.0.2.1",
        "10.0.0.2, 10.9.9.9, 192.0.2.1",
        "10.9.9.9, 192.0.2.2",
        '10.0.0.3, "x, 10.9.9.9, 192.0.2.1',
        '10.0.0.4", "x, 10.9.9.9:4711, 192.0.2.1',
        "10.0.0.5, ::ffff:10.9.9.9, 192.0.2.1",
    ]
    statuses = [asks(Visitor(door, HERE, {"X-Forwarded-For": claim})) for claim in claims]
    assert statuses == [303] * LIMIT + [429] * (len(claims) - LIMIT)
    assert asks(Visitor(door, HERE, {"X-Forwarded-For": "10.8.8.8, 192.0.2.1"})) == 303


def host_rewritten() -> str:
    """A proxy that calls the application by the name that it has for the proxy."""
    return re.sub(
        r"^ *proxy_set_header (Host|X-Forwarded-Host|X-Forwarded-Proto) .*\n",
        "",
        site_of_guide(),
        flags=re.MULTILINE,
    )


@pytest.mark.parametrize(
    ("way", "is_rewritten"),
    [("tls", False), ("tls", True), ("plain", False), ("direct", False)],
)
def test_a_refused_form_comes_back_with_its_text(
    open_site: Open, way: str, is_rewritten: bool
) -> None:
    door, _server = open_site(way, host_rewritten() if is_rewritten else "")
    visitor = Visitor(door)
    page = visitor.post_without_token("/feedback/lost-link", email="What I typed for long")
    assert page.status == 400
    assert "What I typed for long" in page.text
    for stranger in ("https://evil.example", "null", "http://[", "https://localhost.evil.example"):
        page = visitor.post_without_token("/feedback/lost-link", stranger, email="A forged text")
        assert page.status == 400
        assert "A forged text" not in page.text


def test_files_get_through_and_what_is_too_large_is_answered_in_words(open_site: Open) -> None:
    door, server = open_site("tls")
    client = Client(server)
    client.sign_in(server.add_person(somebody("Ad Beheer"), Role.ADMINISTRATOR))
    visitor = Visitor(door)
    # The proxy and the server are two sites to a browser; the session is the same.
    visitor.cookies = {name.replace("__Host-", ""): each for name, each in client.cookies.items()}
    visitor.cookies |= {f"__Host-{name}": each for name, each in visitor.cookies.items()}
    (place,) = server.rows("SELECT id FROM partnership")[0]
    path = f"/partnerships/{uuid.UUID(str(place))}/people/import"
    (token, *_) = re.findall(r'name="csrf_token" value="([^"]+)"', visitor.get(path).text)
    for size, status in ((5_000_000, 422), (30_000_000, 413)):
        answer = visitor.post_file(path, token, b"x" * size)
        assert answer.status == status
        assert "bestand" in answer.text


def test_cookies_are_for_the_encrypted_way_only(open_site: Open) -> None:
    door, _server = open_site("tls")
    page = Visitor(door).get("/sign-in")
    cookies = page.headers.get_all("Set-Cookie", [])
    assert cookies
    for cookie in cookies:
        name, *rest = cookie.split("; ")
        assert name.startswith("__Host-")
        assert {"Secure", "HttpOnly", "SameSite=Lax", "Path=/"} <= set(rest)
        assert not [each for each in rest if each.startswith("Domain")]


@pytest.mark.parametrize("is_rewritten", [False, True])
def test_redirects_stay_on_the_encrypted_way(open_site: Open, is_rewritten: bool) -> None:
    door, _server = open_site("tls", host_rewritten() if is_rewritten else "")
    visitor = Visitor(door)
    pages = [
        visitor.get("/start"),
        visitor.get("//start"),
        visitor.get("/scan//start"),
        visitor.get("/sign-in/"),
        visitor.get("/start", Host="evil.example"),
        visitor.get("/start", **{"X-Forwarded-Host": "evil.example"}),
        visitor.post("/language", language="en", next="/sign-in"),
    ]
    places = [page.headers["Location"] for page in pages if page.headers["Location"]]
    assert len(places) >= 3
    assert [place for place in places if not re.match(rf"/(?!/)|{door.address}/", place)] == []


def test_whoever_leaves_out_the_s_is_sent_to_the_encrypted_way(open_site: Open) -> None:
    door, _server = open_site("tls")
    plain = HTTPConnection(HERE, door.plain_port, PATIENCE)
    plain.request("GET", "/sign-in")
    response = plain.getresponse()
    assert response.status == 301
    assert response.headers["Location"] == f"{door.address}/sign-in"


def test_the_proxy_writes_down_nothing_that_opens_something(
    tmp_path: Path, assets: Path, post_office: PostOffice
) -> None:
    with running(tmp_path, "tls", "", assets, post_office) as (door, server):
        _look_at_what_opens_something(door, server)


def test_every_link_that_opens_something_is_masked_in_the_log_of_the_guide(app: Flask) -> None:
    masked = re.findall(r"^    ~(\S+) \S+\.\.\.;$", site_of_guide(), re.MULTILINE)
    by_link = {str(rule) for rule in app.url_map.iter_rules() if "token" in rule.arguments}
    assert len(by_link) > 4
    for path in by_link:
        assert any(re.match(pattern, path) for pattern in masked), path


def _look_at_what_opens_something(door: Proxy, server: Server) -> None:
    owner = server.add_person(somebody("Robin de Boer"), Role.SUPERVISOR)
    client = Client(server)
    client.sign_in(owner)
    scan = client.start_scan()
    asked = client.ask(scan, "student", somebody("Els Bakker"), "nl")
    client.post("/sign-in", email=owner.email)
    link = urlsplit(server.mailbox.take(owner.email).link).path

    def look_at_everything() -> list[int]:
        visitor = Visitor(door, claims={"Referer": door.address + asked})
        return [
            visitor.get(path).status
            for path in (asked, link, f"/%66eedback{asked[9:]}", f"//{link[1:]}", "/start")
        ]

    assert look_at_everything()[:2] == [200, 200]
    Visitor(door).post_without_token(asked + "/share", text="x" * 7_000_000)
    server.stop()
    assert set(look_at_everything()) == {502}
    log = door.log
    assert "/sign-in/link/..." in log
    assert "/feedback/..." in log
    for path in (asked, link):
        assert path.rsplit("/", 1)[-1] not in log
