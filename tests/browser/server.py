"""The application as people meet it: a server in a process of its own."""

import os
import subprocess
import sys
import uuid
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from werkzeug.routing import Rule

from tests.browser.mailbox import Mailbox, PostOffice
from tests.browser.ports import free_port
from tests.factories import Maker
from tests.waiting import PATIENCE, wait_until
from zetwpo.accounts.actors import Role
from zetwpo.application import create_app
from zetwpo.clock import as_if, now
from zetwpo.config import ROOT, Settings
from zetwpo.mail.worker import send_due

PARTNERSHIP = "Samen Opleiden Test"


@dataclass(frozen=True)
class Person:
    """Somebody with a mail address, and perhaps an account."""

    name: str
    email: str


def somebody(name: str) -> Person:
    """A person whom no other test knows: people of all tests may share one server."""
    first = name.split(maxsplit=1)[0].lower()
    return Person(name, f"{first}.{uuid.uuid4().hex[:10]}@school.example")


class Server:
    """One server, with a folder, a database and a mailbox of its own."""

    def __init__(
        self,
        folder: Path,
        assets: Path,
        post_office: PostOffice,
        database_url: str = "",
        **settings: Any,
    ) -> None:
        self.port = free_port()
        # Where people go: to this port, unless a proxy stands in front.
        self.address: str = settings.get("base_url", f"http://127.0.0.1:{self.port}")
        self.mailbox: Mailbox = post_office.mailbox
        self._log = folder / "server.log"
        instance = folder / "instance"
        instance.mkdir(exist_ok=True)
        # Gathered once for all servers; compressing takes as long as everything else.
        (instance / "static").symlink_to(assets)
        (instance / "static.json").symlink_to(assets.with_suffix(".json"))
        self._chosen: dict[str, Any] = {
            "mode": "production",
            "base_url": self.address,
            "port": self.port,
            "instance": instance,
            "secret_key": "not a secret, only long enough for tests",
            "database_url": database_url,
            "smtp_host": "127.0.0.1",
            "smtp_port": post_office.port,
            "smtp_security": "none",
            "mail_sender": "zetwpo@school.example",
            "controller": "Foundation of the tests, Test Street 1, Testdorp",
            "contact": "help@tests.example",
            "mail_from_hour": 0,
            "mail_until_hour": 24,
            # All tests come from one address.
            "sign_in_limit": "100000 per hour",
            "link_limit": "100000 per hour",
        } | settings
        chosen = Settings(**self._chosen)
        # The same program in this process: for commands, which take long to start otherwise.
        self._here = create_app(chosen)
        self._engine = sa.create_engine(chosen.database)
        # How far its clock is from ours.
        self._ahead = timedelta(0)
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> "Server":
        try:
            self.start()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(self, *_error: object) -> None:
        self.stop()
        self._engine.dispose()

    def start(self) -> None:
        """Start the server, and wait until it answers."""
        rest = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("ZETWPO_", "FLASK_"))
        }
        chosen = {f"ZETWPO_{name.upper()}": str(value) for name, value in self._chosen.items()}
        program = "tests.browser.moved_clock" if self._ahead else "flask"
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", program, "--app", "app", "serve"],
                cwd=ROOT,
                env=rest | chosen,
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=log,
            )
        if self._ahead:
            self._tell_clock()
        wait_until(lambda: self._answers() or self._has_ended())
        assert not self._has_ended(), self.log

    def stop(self) -> None:
        """Ask the server to stop, as whoever runs it does."""
        self._end(subprocess.Popen.terminate)

    def kill(self) -> None:
        """End the server in the middle of whatever it does."""
        self._end(subprocess.Popen.kill)

    @property
    def now(self) -> datetime:
        """What its clock shows."""
        return now() + self._ahead

    @contextmanager
    def in_its_time(self) -> Iterator[None]:
        """Do something here as if it were the moment that its clock shows."""
        with as_if(self.now):
            yield

    def set_clock(self, moment: datetime) -> None:
        """Let its clock show this moment, later than before; for the first time before it starts.

        Whatever is due by then, it finds out by itself.
        """
        is_open = self._process is not None
        assert bool(self._ahead) == is_open, "its clock cannot be moved any more"
        self._ahead = moment - now()
        if is_open:
            self._tell_clock()
            wait_until(lambda: self._shows() >= moment)

    def add_person(self, person: Person, *roles: Role, partnership: str = PARTNERSHIP) -> Person:
        """Give somebody an account, with the command for it."""
        chosen = [word for role in roles for word in ("--role", role.value)]
        self._run("add-person", person.name, person.email, *chosen, "--partnership", partnership)
        return person

    def start_partnership(self, name: str, person: Person) -> None:
        """Make a partnership with its first administrator, with the command for it."""
        self._run("start-partnership", name, person.name, person.email)

    def end_roles(self, person: Person) -> None:
        """Let all roles of a person be over."""
        self.change(
            "UPDATE membership SET ended_at = given_at WHERE person_id ="
            " (SELECT id FROM person WHERE email = :email)",
            email=person.email,
        )

    def send_mails(self) -> None:
        """Send what is due from here: its own worker looks twice a second, and may be first."""
        with self._here.app_context(), self.in_its_time():
            send_due()

    @property
    def make(self) -> Maker:
        """Makes what a test starts from, behind the back of the server."""
        return Maker(self._here)

    @property
    def pid(self) -> int:
        """The number of its process."""
        assert self._process is not None
        return self._process.pid

    @property
    def log(self) -> str:
        """All that it wrote."""
        return self._log.read_text(errors="replace")

    @property
    def rules(self) -> list[Rule]:
        """Every address that it answers."""
        return list(self._here.url_map.iter_rules())

    def rows(self, query: str, **values: object) -> Sequence[sa.Row[Any]]:
        """What stands in the database, behind the back of the server."""
        with self._engine.connect() as connection:
            return connection.execute(sa.text(query), values).all()

    def change(self, statement: str, **values: object) -> None:
        """Change the database, for what would take hours to come about by itself."""
        with self._engine.begin() as connection:
            connection.execute(sa.text(statement), values)

    def sign_out(self, person: Person) -> None:
        """Let the session of a person run out."""
        self.change(
            "DELETE FROM sign_in WHERE person_id IN (SELECT id FROM person WHERE email = :email)",
            email=person.email,
        )

    def answers_of(self, person: Person) -> dict[str, int | None]:
        """The answers that are stored of the newest self-scan of a person."""
        return {row.statement: row.value for row in self._filled(person, "answer")}

    def texts_of(self, person: Person) -> dict[tuple[str, str], str]:
        """The texts that are stored of it, by kind and axis."""
        return {(row.kind, row.axis): row.text for row in self._filled(person, "open_answer")}

    def _run(self, *words: str) -> None:
        with self.in_its_time():
            done = self._here.test_cli_runner().invoke(args=words)
        assert done.exit_code == 0, done.output

    def _filled(self, person: Person, table: str) -> Sequence[sa.Row[Any]]:
        return self.rows(
            f"SELECT * FROM {table} WHERE response_id = ("
            " SELECT response_id FROM scan JOIN person ON person.id = owner_id"
            " WHERE email = :email ORDER BY started_at DESC LIMIT 1)",
            email=person.email,
        )

    def _tell_clock(self) -> None:
        assert self._process is not None
        assert self._process.stdin is not None
        self._process.stdin.write(f"{self.now.isoformat()}\n".encode())
        self._process.stdin.flush()

    def _answers(self) -> bool:
        try:
            return self._health().status == 200
        except OSError:
            return False

    def _shows(self) -> datetime:
        """The moment on its clock, to the second."""
        return parsedate_to_datetime(self._health().headers["Date"])

    def _health(self) -> HTTPResponse:
        with closing(HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)) as connection:
            connection.request("GET", "/health")
            return connection.getresponse()

    def _has_ended(self) -> bool:
        return self._process is None or self._process.poll() is not None

    def _end(self, how: Any) -> None:
        if self._process:
            how(self._process)
            self._process.wait(PATIENCE)
            self._process = None
