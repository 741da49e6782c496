"""A print page as a PDF: the same words, by a program of its own, where the machine can."""

import io
import os
import subprocess
import sys
import uuid
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from pypdf import PdfReader

from tests.factories import Maker, Someone
from tests.pages.client import Browser, Page
from tests.people import Browse
from zetwpo.accounts.actors import Role
from zetwpo.clock import as_if, now, today
from zetwpo.config import ROOT
from zetwpo.pdf import making

WORDS = "For whoever reads this."
# Scripts that run the other way, letters of others, and a picture.
NAMES = ("Olga Øst", "שרה לוי", "محمد علي", "李小龍", "Ana 🌷 Žák")


@pytest.fixture
def path(make: Maker, owner: Someone, facilitator: Someone) -> str:
    """The portfolio of the owner, with a certificate to claim."""
    with as_if(now() - timedelta(weeks=3)):
        group = make.trajectory(facilitator, owner, first_day=today() + timedelta(days=7))
    make.scan(owner, 4)
    make.note(group, owner, "I waited, and she began to talk.")
    make.noted(group, 1, owner, "present")
    make.portfolio(group, owner, WORDS)
    make.closed(group)
    return group.path


def read(page: Page) -> PdfReader:
    assert page.status == 200
    assert page.response.mimetype == "application/pdf"
    return PdfReader(io.BytesIO(page.response.data))


def text_of(pdf: PdfReader) -> str:
    # Which pypdf reads between letters of two bytes.
    said = " ".join(each.extract_text() for each in pdf.pages).replace("\x00", "")
    return " ".join(said.split())


@pytest.mark.parametrize(
    ("language", "title", "words"),
    [
        ("nl", "Portfolio van Olga Owner", ("Praktijknotities", "1 / ", "3 uur")),
        ("en", "Portfolio of Olga Owner", ("Notes from practice", "1 / ", "3 hours")),
    ],
)
def test_a_portfolio_says_as_a_pdf_what_it_says_on_paper(
    browse: Browse, owner: Someone, path: str, language: str, title: str, words: tuple[str, ...]
) -> None:
    browser = browse(owner, language)
    found = read(browser.get(f"{path}/portfolio/portfolio.pdf"))
    said = text_of(found)
    for each in (title, WORDS, "I waited, and she began to talk.", *words):
        assert each in said
    assert found.metadata
    assert title in (found.metadata.title or "")
    assert found.trailer["/Root"]["/Lang"] == language
    # Tagged, for who hears it.
    assert found.trailer["/Root"]["/MarkInfo"]["/Marked"]
    # What is there to press stays on the screen.
    for each in ("Sign out", "Uitloggen", "Privacy", "zetwpo Mijn"):
        assert each not in said


@pytest.mark.parametrize(
    ("language", "words"),
    [("nl", ("Bewijs van deelname", "3 uur")), ("en", ("Certificate of participation", "3 hours"))],
)
def test_a_certificate_does_so_too(
    browse: Browse, owner: Someone, path: str, language: str, words: tuple[str, ...]
) -> None:
    browser = browse(owner, language)
    paper = browser.post(f"{path}/certificate", {}).location
    found = read(browser.get(f"{paper}/certificate.pdf"))
    said = text_of(found)
    for each in (*words, "Olga Owner", "From supervisor to trainer"):
        assert each in said
    assert len(found.pages) == 1


def test_its_name_is_a_file_name(browse: Browse, owner: Someone, path: str) -> None:
    page = browse(owner).get(f"{path}/portfolio/portfolio.pdf")
    name = f'attachment; filename="portfolio-{today().isoformat()}.pdf"'
    assert page.response.headers["Content-Disposition"] == name
    assert page.response.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("name", NAMES)
def test_no_name_breaks_it(make: Maker, browse: Browse, facilitator: Someone, name: str) -> None:
    person = make.person(name, Role.SUPERVISOR, email=f"{uuid.uuid4().hex}@school.example")
    group = make.trajectory(facilitator, person, first_day=today())
    make.portfolio(group, person, f"{name}\n{'ﷺ' * 40}\n<b>&amp;</b> <svg onload=x>")
    found = read(browse(person).get(f"{group.path}/portfolio/portfolio.pdf"))
    assert len(found.pages) == 1
    assert "<svg onload=x>" in text_of(found)


def test_it_fetches_nothing_from_anywhere() -> None:
    page = (
        '<!doctype html><html lang="nl"><title>x</title><link rel="stylesheet" '
        'href="http://127.0.0.1:9/x.css"><img src="file:///etc/passwd" alt="no">'
        '<link rel="attachment" href="file:///etc/passwd"><p>Said'
    )
    made = making._make(page)
    assert made
    found = PdfReader(io.BytesIO(made))
    assert "Said" in text_of(found)
    assert not found.attachments
    assert b"root:" not in made


def test_the_program_gets_nothing_of_the_server(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: dict[str, str] = {}

    def run(*_args: object, env: dict[str, str], **_rest: object) -> None:
        seen.update(env)
        raise subprocess.TimeoutExpired("worker", 1)

    monkeypatch.setenv("ZETWPO_SECRET_KEY", "secret")
    monkeypatch.setattr(making.subprocess, "run", run)
    assert making._make("<p>x") is None
    assert set(seen) <= set(making.KEPT)


def test_one_that_fails_leads_to_the_print_page(
    browse: Browse, owner: Someone, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(making, "_make", lambda _page: None)
    page = browse(owner).get(f"{path}/portfolio/portfolio.pdf")
    assert page.status == 500
    assert f"{path}/portfolio/print" in page.links


def test_so_many_at_once_and_the_next_one_reads_what_to_do(
    browse: Browse, owner: Someone, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(making, "PATIENCE", 0.01)
    browser = browse(owner)
    address = f"{path}/portfolio/portfolio.pdf"
    for _each in range(making.AT_ONCE):
        making._turns.acquire()
    try:
        page = browser.get(address)
        assert (page.status, page.response.headers["Retry-After"]) == (503, "60")
        assert f"{path}/portfolio/print" in page.links
    finally:
        for _each in range(making.AT_ONCE):
            making._turns.release()
    assert browser.get(address).status == 200


def test_who_clicks_again_and_again_leaves_room_for_others(
    browse: Browse,
    owner: Someone,
    stranger: Someone,
    make: Maker,
    facilitator: Someone,
    path: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    other = make.trajectory(facilitator, stranger, first_day=today())
    monkeypatch.setattr(making, "_asked", Counter({owner.id: making.OF_ONE - 1}))
    browser, hers = browse(owner), browse(stranger)
    address = f"{path}/portfolio/portfolio.pdf"
    seen: list[Page] = []

    def make_one(_page: str) -> bytes:
        if not seen:
            # As other requests: in threads of their own.
            with ThreadPoolExecutor(1) as pool:
                seen.append(pool.submit(browser.get, address).result())
                seen.append(pool.submit(hers.get, f"{other.path}/portfolio/portfolio.pdf").result())
        return b"%PDF-1.7"

    monkeypatch.setattr(making, "_make", make_one)
    # While it is made, once more from the same person, and from another one.
    assert browser.get(address).status == 200
    again, of_other = seen
    assert (again.status, again.response.headers["Retry-After"]) == (503, "60")
    assert f"{path}/portfolio/print" in again.links
    assert of_other.status == 200
    assert browser.get(address).status == 200


# Starts the application in a process in which there is no WeasyPrint.
WITHOUT = """
import sys
sys.modules["weasyprint"] = None
from zetwpo.application import create_app
from zetwpo.config import Settings
from zetwpo.pdf.making import is_possible
app = create_app(Settings(mode="demo", instance=sys.argv[1]))
assert not is_possible()
assert "zetwpo.pdf.worker" not in sys.modules
print(app.test_client().get("/accessibility").status_code)
"""


def test_the_application_starts_without_the_program_that_makes_them(tmp_path: object) -> None:
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT, str(tmp_path)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
    )
    assert done.stdout.strip() == "200", done.stderr


def test_without_it_every_page_works_and_says_how_to_print(
    browse: Browse, owner: Someone, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "weasyprint", None)  # type: ignore[arg-type]
    making.is_possible.cache_clear()
    try:
        browser: Browser = browse(owner)
        paper = browser.post(f"{path}/certificate", {}).location
        for page in (f"{path}/portfolio", f"{path}/portfolio/print", f"{path}/certificate", paper):
            found = browser.get(page)
            assert found.status == 200
            assert not any(each.endswith(".pdf") for each in found.links)
        assert "“Save as PDF”" in browser.get(paper).text
        refused = browser.get(f"{paper}/certificate.pdf")
        assert refused.status == 404
        assert paper in refused.links
    finally:
        monkeypatch.undo()
        making.is_possible.cache_clear()
