"""Files come in where a route takes one, from whom it opens to, and nowhere else."""

from collections.abc import Callable, Iterator
from io import BytesIO
from typing import Any

import pytest
from flask import Blueprint, Flask, request
from flask.typing import ResponseReturnValue

from tests.application import wipe
from tests.factories import Someone
from tests.pages.client import Browser
from tests.people import Browse
from zetwpo import application
from zetwpo.accounts import service
from zetwpo.accounts.guard import needs, takes_file
from zetwpo.accounts.policy import SEE_OWN_START, START_SCAN
from zetwpo.fields import PageForm, UploadField
from zetwpo.server.intake import AROUND_FILE, LONGEST_NAME, MOST_FIELDS

MEBIBYTE = 1024 * 1024
MOST = 5 * MEBIBYTE
routes = Blueprint("files", __name__)


class FileForm(PageForm):
    file = UploadField("A list", readers="", most=MOST, required="Choose a file.")


@routes.post("/takes-file")
@takes_file(MOST)
@needs(START_SCAN)
def take() -> ResponseReturnValue:
    form = FileForm()
    if not form.validate():
        return "; ".join(map(str, form.file.errors)), 422
    # Nothing of it went to a disk, however large it is.
    assert isinstance(form.file.raw_data[0].stream, BytesIO)
    return f"{form.file.data.name} {len(form.file.data.content)} {request.form['word']}"


@routes.post("/takes-none")
@needs(SEE_OWN_START)
def take_none() -> ResponseReturnValue:
    return f"{len(request.files)} {len(request.form)}"


@pytest.fixture(scope="module")
def made(make_app: Callable[..., Flask], new_database: Callable[[str], str]) -> Flask:
    """An application with two routes more, of which one takes a file."""
    patched = pytest.MonkeyPatch()
    patched.setattr(application, "BLUEPRINTS", (*application.BLUEPRINTS, routes))
    app = make_app(database_url=new_database("sqlite"))
    patched.undo()
    return app


@pytest.fixture
def app(made: Flask) -> Iterator[Flask]:
    yield made
    wipe(made)


def send(browser: Browser, path: str, content: bytes, name: str = "list.csv", **more: Any) -> Any:
    fields = {"csrf_token": browser.token(), "word": "hello"} | more
    return browser.client.post(
        path,
        data={**fields, "file": (BytesIO(content), name)},
        headers={"Origin": "http://localhost"},
    )


@pytest.fixture
def olga(browse: Browse, owner: Someone) -> Browser:
    return browse(owner)


@pytest.mark.parametrize("size", [1, 500_001, MOST])
def test_a_file_comes_in_whole(olga: Browser, size: int) -> None:
    answer = send(olga, "/takes-file", b"x" * size)
    assert (answer.status_code, answer.text) == (200, f"list.csv {size} hello")


def test_a_file_that_is_a_little_too_large_is_an_error_of_its_field(olga: Browser) -> None:
    answer = send(olga, "/takes-file", b"x" * (MOST + 1))
    assert answer.status_code == 422
    assert "room for 5 MB" in answer.text


@pytest.mark.parametrize("content", [b"", b"x"])
def test_no_file_is_an_error_where_there_has_to_be_one(olga: Browser, content: bytes) -> None:
    answer = send(olga, "/takes-file", content, name="" if content else "list.csv")
    assert (answer.status_code, answer.text) == (422, "Choose a file.")


@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_file_that_is_far_too_large_has_a_page(
    browse: Browse, owner: Someone, language: str
) -> None:
    answer = send(browse(owner, language), "/takes-file", b"x" * (30 * MEBIBYTE))
    assert answer.status_code == 413
    words = {"nl": "Dit bestand is te groot", "en": "This file is too large"}
    assert words[language] in answer.text
    assert "5 MB" in answer.text


def test_no_other_route_reads_a_file(olga: Browser) -> None:
    answer = send(olga, "/takes-none", b"x")
    # Not even the word against forged forms.
    assert answer.status_code == 400


def test_nobody_else_has_a_file_taken_apart(
    app: Flask, browse: Browse, trainer: Someone, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_args: Any, **_rest: Any) -> None:
        raise AssertionError("taken apart")

    monkeypatch.setattr("zetwpo.server.intake.MultiPartParser.parse", refuse)
    assert send(browse(), "/takes-file", b"x").status_code in {400, 401}
    assert send(browse(trainer), "/takes-file", b"x").status_code == 403
    # More than a stranger may send, and less than a file may have.
    assert send(browse(), "/takes-file", b"x" * 100_000).status_code == 413


def test_whoever_signed_out_is_told_so(olga: Browser, app: Flask, owner: Someone) -> None:
    with olga.client.session_transaction() as session:
        token = session["sign_in"]
    with app.app_context():
        service.sign_out(token, owner.id)
        service.db.session.commit()
    assert send(olga, "/takes-file", b"x" * MOST).status_code == 401


def test_a_form_that_no_browser_makes_is_refused(olga: Browser) -> None:
    kind = "multipart/form-data; boundary="
    for body, boundary in (
        (b"", "x"),
        (b"nothing", "x"),
        (b"--x\r\n", "x"),
        (b"--x\r\nContent-Disposition: form-data; name=a", "x"),
        (b"--x\r\n\r\n\r\n--x--", "x"),
        (b"--x--", ""),
        (b"--x--", "\u00e9"),
    ):
        answer = olga.client.post("/takes-file", data=body, content_type=kind + boundary)
        assert answer.status_code == 400, body


def test_a_form_with_a_file_has_the_bounds_of_every_form(olga: Browser) -> None:
    many = {f"field-{number}": "x" for number in range(MOST_FIELDS)}
    assert send(olga, "/takes-file", b"x", **many).status_code == 413
    assert send(olga, "/takes-file", b"x", **{"a" * (LONGEST_NAME + 1): "x"}).status_code == 413
    assert send(olga, "/takes-file", b"x", text="x" * MEBIBYTE).status_code == 200
    assert AROUND_FILE > MOST_FIELDS
