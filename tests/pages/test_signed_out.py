"""Signed out: no file that is none, and the pages stay in the language that they had."""

import pytest

from tests.factories import Maker, Scan, Someone
from tests.pages.client import Browser
from tests.people import Browse, sign_in
from zetwpo.accounts.actors import Role

FILES = {
    "/result.xlsx": "/result",
    "/result.json": "/result",
    "/my-data/all.json": "/my-data",
    "/my-data/all.html": "/my-data",
}


@pytest.fixture
def elsie(make: Maker) -> Someone:
    """Somebody whose pages are English because their account says so."""
    return make.person("Elsie English", Role.SUPERVISOR, language="en")


def address(scan: Scan, path: str) -> str:
    return path if path.startswith("/my-data") else scan.path + path


@pytest.mark.parametrize("path", FILES)
def test_a_file_asks_to_sign_in_on_a_page_and_leads_back_to_its_link(
    browse: Browse, owner: Someone, scan: Scan, path: str
) -> None:
    browser, back = browse(), address(scan, FILES[path])
    page = browser.get(address(scan, path)).follow()
    assert page.heading == "Sign in"
    assert "Content-Disposition" not in page.response.headers
    sign_in(browser, owner)
    assert browser.get(page.path).location == back
    assert address(scan, path) in browser.get(back).links


@pytest.mark.parametrize("path", ["/result", "/my-data"])
def test_no_link_saves_whatever_it_gets(olga: Browser, scan: Scan, path: str) -> None:
    """A browser would save the page that asks to sign in under the name of the file."""
    links = olga.get(address(scan, path)).main.all("a")
    assert [each for each in links if "download" in each.attributes] == []


@pytest.mark.parametrize("language", [None, "nl", "en"])
def test_after_deleting_the_account_the_pages_stay_in_their_language(
    browse: Browse, elsie: Someone, language: str | None
) -> None:
    browser = browse(elsie, language)
    lang = browser.get("/my-data").tree.all("html")[0].get("lang")
    assert lang == (language or "en")
    browser.language = lang
    page = browser.get("/my-data").send({"sure": "y"}).follow()
    assert page.tree.all("html")[0].get("lang") == lang


def test_after_signing_out_the_pages_stay_in_their_language(browse: Browse, elsie: Someone) -> None:
    browser = browse(elsie, None)
    browser.language = "en"
    page = browser.post("/sign-out", token=browser.get("/my-data").token).follow()
    assert page.tree.all("html")[0].get("lang") == "en"


@pytest.mark.parametrize("by", ["another tab", "another browser"])
def test_signing_out_twice_asks_nobody_to_sign_in_for_it(
    browse: Browse, elsie: Someone, by: str
) -> None:
    browser = browse(elsie, None)
    browser.language = "en"
    token = browser.get("/my-data").token
    # Another tab has the same cookie afterwards; another browser leaves an old one here.
    cookie = browser.cookie
    browser.post("/sign-out", token=token)
    if by == "another browser":
        browser.cookie = cookie
    page = browser.post("/sign-out", token=token)
    assert (page.status, page.heading) == (401, "You are signed out")
    assert "You need not do anything else." in page.main.text
    assert "try it again" not in page.main.text


def test_nothing_else_of_a_person_stays_in_the_browser(browse: Browse, elsie: Someone) -> None:
    browser = browse(elsie, "en")
    browser.get("/my-data").send({"sure": "y"}).follow()
    with browser.client.session_transaction() as session:
        assert set(session) <= {"language", "suggested_language", "csrf_token"}
