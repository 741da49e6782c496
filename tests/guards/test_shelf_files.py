"""Files on their way to a shelf, through a real nginx and server, with all that can go wrong."""

import re
import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.browser.client import Client
from tests.browser.mailbox import PostOffice
from tests.browser.server import PARTNERSHIP, Server, somebody
from tests.factories import Someone
from tests.guards.test_proxy import Answer, Visitor, running
from tests.pages.shelves import PDF, PNG
from tests.waiting import wait_until
from zetwpo.accounts.actors import Role
from zetwpo.cycle.shelf.rules import MEBIBYTE

pytestmark = pytest.mark.xdist_group("shelf files")

ROOM = 40
TYPED = "Words that took me long"


@dataclass
class Site:
    """A site behind a proxy, with somebody who has a shelf there."""

    visitor: Visitor
    server: Server
    path: str
    folder: Path

    def form(self) -> dict[str, str]:
        """The hidden fields of an empty form."""
        page = self.visitor.get(self.path).text
        names = ("csrf_token", "form_key")
        return {name: re.findall(rf'name="{name}" value="([^"]+)"', page)[0] for name in names}

    def body(self, content: bytes, name: str = "plan.pdf", **fields: str) -> bytes:
        """A form with a file, as a browser packs it."""
        words = {"title": "A plan", "section": "own", "text": TYPED, "url": ""}
        head = 'Content-Disposition: form-data; name="%s"'
        lines = [
            f"--x\r\n{head % field}\r\n\r\n{value}\r\n"
            for field, value in (self.form() | words | fields).items()
        ]
        lines.append(f'--x\r\n{head % "file"}; filename="{name}"\r\n\r\n')
        return "".join(lines).encode() + content + b"\r\n--x--\r\n"

    def send(self, body: bytes) -> Answer:
        kind = {
            "Content-Type": "multipart/form-data; boundary=x",
            "Origin": self.visitor.door.address,
        }
        return self.visitor._send("POST", self.path, body, kind)

    def put(self, content: bytes, name: str = "plan.pdf", **fields: str) -> Answer:
        return self.send(self.body(content, name, **fields))

    @property
    def stored(self) -> list[tuple[str, int]]:
        """The names and sizes of all files, as the database has them."""
        return [tuple(row) for row in self.server.rows("SELECT name, size FROM shelf_file")]

    def is_whole(self) -> bool:
        """True where each row has its file, whole, and there is no other file."""
        rows = self.server.rows("SELECT id, size FROM shelf_file")
        wanted = {uuid.UUID(str(row.id)).hex: row.size for row in rows}
        return wanted == {each.name: each.stat().st_size for each in self.folder.iterdir()}

    def clear(self) -> None:
        for table in ("shelf_file", "shelf_item"):
            self.server.change(f"DELETE FROM {table}")
        for each in self.folder.iterdir():
            each.unlink()


@pytest.fixture(scope="module")
def running_site(
    tmp_path_factory: pytest.TempPathFactory, assets: Path, post_office: PostOffice
) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("site")
    shelf = folder / "shelf"
    shelf.mkdir()
    chosen = {"shelf_folder": shelf, "shelf_megabytes": ROOM}
    with running(folder, "tls", "", assets, post_office, **chosen) as (door, server):
        person = server.add_person(somebody("Fem Facilitator"), Role.FACILITATOR)
        client = Client(server)
        client.sign_in(person)
        [row] = server.rows("SELECT id FROM person WHERE email = :email", email=person.email)
        someone = Someone(uuid.UUID(str(row.id)), person.name, person.email)
        trajectory = server.make.trajectory(someone, partnership=PARTNERSHIP)
        visitor = Visitor(door)
        # The proxy and the server are two sites to a browser; the session is the same.
        plain = {name.replace("__Host-", ""): each for name, each in client.cookies.items()}
        visitor.cookies = plain | {f"__Host-{name}": each for name, each in plain.items()}
        yield Site(visitor, server, f"/trajectories/{trajectory.id}/shelf/new", shelf)


@pytest.fixture
def site(running_site: Site) -> Iterator[Site]:
    yield running_site
    running_site.clear()


def pdf(size: int) -> bytes:
    return PDF + b"\x00" * (size - len(PDF))


def test_ten_megabytes_come_in_whole_and_go_out_whole(site: Site) -> None:
    content = pdf(10 * MEBIBYTE)
    assert site.put(content).status == 303
    assert site.stored == [("plan.pdf", len(content))]
    assert site.is_whole()
    [row] = site.server.rows("SELECT item_id FROM shelf_file")
    answer = site.visitor.get(f"/shelf/{uuid.UUID(str(row.item_id))}/file")
    assert answer.status == 200
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Content-Disposition"] == "attachment; filename=plan.pdf"
    for name, value in {
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "Cache-Control": "private, no-store",
    }.items():
        assert answer.headers.get_all(name) == [value]
    assert len(answer.text.encode(errors="replace")) >= len(content)


@pytest.mark.parametrize("size", [11 * MEBIBYTE, 50 * MEBIBYTE])
def test_what_is_larger_is_refused_in_words_and_what_was_typed_comes_back(
    site: Site, size: int
) -> None:
    answer = site.put(pdf(size))
    assert answer.status == 413
    assert "Dit bestand is te groot" in answer.text
    assert TYPED in answer.text
    assert site.stored == []
    assert site.is_whole()


def test_a_file_that_lies_is_refused_in_words(site: Site) -> None:
    answer = site.put(PNG, "plan.pdf")
    assert answer.status == 422
    assert "er zit iets anders in" in answer.text
    assert TYPED in answer.text
    assert site.stored == []


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("../../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\\\Users\\\\Robin\\\\plan.pdf", "plan.pdf"),
        ("a %22quoted%22 name.pdf", "a -quoted- name.pdf"),
        ('a \\"quoted\\" name.pdf', "a -quoted- name.pdf"),
        ("two%0D%0Alines.pdf", "two-0D-0Alines.pdf"),
        ("invoice\u202efdp.pdf", "invoicefdp.pdf"),
        ("תוכנית לימודים.pdf", "תוכנית לימודים.pdf"),
        ("Één zin – één vraag 🌱.pdf", "Één zin – één vraag 🌱.pdf"),
        ("x" * 3000 + ".pdf", "x" * 160 + ".pdf"),
    ],
    ids=["path", "windows", "encoded", "quotes", "lines", "turned", "hebrew", "accents", "long"],
)
def test_names_are_made_safe_on_the_whole_way(site: Site, sent: str, kept: str) -> None:
    assert site.put(PDF, sent).status == 303
    assert site.stored == [(kept, len(PDF))]
    [row] = site.server.rows("SELECT item_id FROM shelf_file")
    answer = site.visitor.get(f"/shelf/{uuid.UUID(str(row.item_id))}/file")
    [disposition] = answer.headers.get_all("Content-Disposition") or []
    assert disposition.startswith("attachment; filename")
    assert not set(disposition) & set("\r\n/\\")
    assert disposition.isascii()


def test_half_an_upload_leaves_nothing_and_stops_nobody(site: Site) -> None:
    body = site.body(pdf(8 * MEBIBYTE))
    connection = site.visitor.door.connect()
    connection.putrequest("POST", site.path)
    cookie = "; ".join(f"{name}={value}" for name, value in site.visitor.cookies.items())
    for name, value in {
        "Host": urlsplit(site.visitor.door.address).netloc,
        "Cookie": cookie,
        "Content-Type": "multipart/form-data; boundary=x",
        "Content-Length": str(len(body)),
        "Origin": site.visitor.door.address,
    }.items():
        connection.putheader(name, value)
    connection.endheaders()
    connection.send(body[: len(body) // 2])
    connection.close()
    assert site.put(PDF).status == 303
    assert site.stored == [("plan.pdf", len(PDF))]
    assert site.is_whole()


def test_two_at_once_do_not_pass_the_bound(site: Site) -> None:
    # As large as it may be, three times: there is room for one more, and not for two.
    for _file in range(3):
        assert site.put(pdf(10 * MEBIBYTE)).status == 303
    bodies = [site.body(pdf(6 * MEBIBYTE)) for _file in range(2)]
    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(site.send, bodies))
    assert sorted(answer.status for answer in answers) == [303, 409]
    [refused] = [answer for answer in answers if answer.status == 409]
    assert f"{ROOM} MB ruimte" in refused.text
    assert TYPED in refused.text
    assert sum(size for _name, size in site.stored) <= ROOM * MEBIBYTE
    assert site.is_whole()


def test_a_server_that_is_killed_leaves_no_row_without_its_file(site: Site) -> None:
    bodies = [site.body(pdf(2 * MEBIBYTE)) for _file in range(6)]

    def send(body: bytes) -> int:
        try:
            return site.send(body).status
        except OSError:
            return 0

    with ThreadPoolExecutor(3) as pool:
        sent = [pool.submit(send, body) for body in bodies]
        wait_until(lambda: bool(site.stored))
        site.server.kill()
        statuses = [each.result() for each in sent]
    site.server.start()
    rows = site.server.rows("SELECT id, size FROM shelf_file")
    assert len(rows) >= statuses.count(303) >= 0
    for row in rows:
        assert (site.folder / uuid.UUID(str(row.id)).hex).stat().st_size == row.size


def test_no_other_address_takes_that_much(site: Site) -> None:
    path = site.path.removesuffix("/shelf/new") + "/settings"
    body = site.body(pdf(9 * MEBIBYTE))
    kind = {
        "Content-Type": "multipart/form-data; boundary=x",
        "Origin": site.visitor.door.address,
    }
    assert site.visitor._send("POST", path, body, kind).status == 413
