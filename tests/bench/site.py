"""The demo in a folder of its own, with its supervisor signed in, and a server for it."""

import html
import re
import socket
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from flask.testing import FlaskClient
from waitress.server import create_server

from zetwpo.accounts.guard import SIGN_IN_KEY
from zetwpo.accounts.service import open_session
from zetwpo.application import create_app
from zetwpo.cli import upgrade_database
from zetwpo.config import Settings
from zetwpo.database.turns import THREADS
from zetwpo.demo.content import DemoContent, Given, demo_content
from zetwpo.demo.data import load_demo
from zetwpo.demo.people import person_id_of
from zetwpo.extensions import db
from zetwpo.scan.self_scan.queries import ScanView, find_scan, scans_of
from zetwpo.web import Application

COOKIE = "zetwpo"


@dataclass
class Site:
    """The product with its demo, as its supervisor meets it."""

    app: Application
    visitor: FlaskClient
    # The newest that is handed in, with the feedback.
    scan: ScanView

    @property
    def result(self) -> str:
        """The path of the result page."""
        return f"/scan/{self.scan.id}/result"

    @property
    def cookie(self) -> str:
        """What the browser of the supervisor keeps."""
        cookie = self.visitor.get_cookie(COOKIE)
        assert cookie
        return cookie.value

    def get(self, path: str) -> str:
        """A page, without a server in between."""
        response = self.visitor.get(path)
        assert response.status_code == 200, response.text
        return response.text

    def hidden(self, path: str, name: str) -> str:
        """The value of a hidden field on a page."""
        found = re.search(rf'name="{name}" value="([^"]*)"', self.get(path))
        assert found
        return html.unescape(found.group(1))

    def start_scan(self) -> ScanView:
        """Open another scan."""
        token = self.hidden("/start", "csrf_token")
        assert self.visitor.post("/scan/start", data={"csrf_token": token}).status_code == 303
        return _newest_scan(self.app, self.scan.owner_id)


def make_site(folder: Path, respondents: int) -> Site:
    """The demo, with this many people who gave the supervisor feedback."""
    app = create_app(Settings(mode="demo", instance=folder))
    told = demo_content()
    with app.app_context():
        upgrade_database()
        load_demo(_with_feedback(told, respondents))
        owner_id = person_id_of(told.supervisor)
        token = open_session(owner_id)
        db.session.commit()
    visitor = app.test_client()
    with visitor.session_transaction() as session:
        session[SIGN_IN_KEY] = token
    return Site(app, visitor, _newest_scan(app, owner_id))


def _with_feedback(told: DemoContent, count: int) -> DemoContent:
    """What the demo tells, with this many people who gave its supervisor feedback."""
    key, group = told.people.supervisor, told.current
    participants = tuple(
        each.model_copy(
            update={
                "scan": each.scan.model_copy(update={"feedback": _given(each.scan.feedback, count)})
            }
        )
        if each.person == key and each.scan
        else each
        for each in group.participants
    )
    return told.model_copy(
        update={"current": group.model_copy(update={"participants": participants})}
    )


def _given(feedback: Sequence[Given], count: int) -> tuple[Given, ...]:
    """What the demo has, and under other names again where that is too little."""
    return tuple(
        feedback[number % len(feedback)].model_copy(
            update={"name": f"Bo {number}", "email": f"bo{number}@demo.example"}
        )
        for number in range(count)
    )


def _newest_scan(app: Application, owner_id: uuid.UUID) -> ScanView:
    with app.app_context():
        scan = find_scan(scans_of(owner_id)[0].id)
    assert scan
    return scan


@contextmanager
def serving(app: Any) -> Iterator[int]:
    """Serve a WSGI application as `flask serve` does, in another process; gives its port."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        # A fork, because an application cannot be sent to a process that knows nothing of it.
        process = get_context("fork").Process(target=_serve, args=(app, listening), daemon=True)
        process.start()
        port: int = listening.getsockname()[1]
    try:
        yield port
    finally:
        process.terminate()
        process.join()


def _serve(app: Any, listening: socket.socket) -> None:
    create_server(app, sockets=[listening], threads=THREADS, ident=None).run()
