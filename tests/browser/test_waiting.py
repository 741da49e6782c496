"""A list that takes long: after two seconds a bar says that it is being worked on."""

from playwright.sync_api import Route, expect

from tests.browser.client import Client
from tests.browser.conftest import OpenBrowser
from tests.browser.server import Server, somebody
from zetwpo.accounts.actors import Role

# Milliseconds: before the bar comes, and after.
EARLY, LATE = 1000, 3000
LOOK = f"""() => {{
  const shows = () => document.querySelector("[data-waiting] progress").checkVisibility();
  setTimeout(() => {{ sessionStorage.early = shows(); }}, {EARLY});
  setTimeout(() => {{ sessionStorage.late = shows(); }}, {LATE});
}}"""


def test_a_bar_shows_while_a_long_list_is_read(server: Server, open_browser: OpenBrowser) -> None:
    karin = server.add_person(somebody("Karin de Boer"), Role.ADMINISTRATOR)
    client = Client(server)
    client.sign_in(karin)
    page = open_browser(server, "nl", client)
    page.goto(f"{server.address}/start")
    people = page.locator("a[href$='/people']").first.get_attribute("href")
    page.goto(f"{server.address}{people}/import")

    held: list[Route] = []
    page.route("**/people/import", lambda route: held.append(route))  # noqa: PLW0108
    page.locator("textarea[name=text]").fill("naam\te-mail\nBo\tbo@list.example")
    # What shows while a page waits for the next one, only that page itself can tell.
    page.evaluate(LOOK)
    page.locator("main form button").first.click(no_wait_after=True)
    page.wait_for_timeout(LATE + 200)
    for route in held:
        route.continue_()
    page.wait_for_url("**/people-lists/*")
    assert page.evaluate("[sessionStorage.early, sessionStorage.late]") == ["false", "true"]
    page.unroute_all()
    page.go_back()
    expect(page.locator("[data-waiting]")).to_be_hidden()
