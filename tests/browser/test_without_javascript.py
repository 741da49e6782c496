"""The main path in a browser that runs no script, on a phone."""

from typing import Any

from playwright.sync_api import expect

from tests.browser.conftest import OpenBrowser
from tests.browser.pages import EXAMPLE, FEED_FORWARD, Guest, Supervisor, sheet
from tests.browser.server import Server, somebody
from tests.browser.words import QUESTIONNAIRE, Words
from tests.forms import Form
from zetwpo.accounts.actors import Role

OWN = sheet(
    Form.SELF,
    "6 5 4 5 5  3 4 5  2 2  5 6 5 6 6  4 4 4 4",
    {(EXAMPLE, "pedagogical"): "Mijn student stelt eerst zelf een doel."},
)
STUDENT = sheet(
    Form.STUDENT,
    "7 6 x 6 5  6 6 6 6  x x  6 5 6 7 6  - 4",
    {(FEED_FORWARD, "gatekeeper"): "Zeg halverwege waar ik sta."},
)
PHONE: dict[str, Any] = {"java_script_enabled": False, "is_mobile": True, "has_touch": True}


def test_everything_works_without_a_script(server: Server, open_browser: OpenBrowser) -> None:
    words = Words("nl")
    lena = server.add_person(somebody("Lena Pauw"), Role.SUPERVISOR)
    student = somebody("Bo de Wit")
    me = Supervisor(open_browser(server, **PHONE), words, lena, server.mailbox)
    me.sign_in_by_link()
    me.press("Start the self-scan")
    me.fill_in_all(OWN)
    me.sees_overview(OWN)
    me.go_to_start()
    me.follow("Ask for feedback")
    me.ask_for_feedback("student", student)

    guest = Guest(open_browser(server, **PHONE), words, Form.STUDENT, student, lena)
    guest.open(server.mailbox.take(student.email).link)
    guest.is_asked()
    guest.follow("Start")
    guest.fill_in_all(STUDENT)
    guest.sees_overview(STUDENT)
    guest.share_now()
    guest.has_shared()

    me.go_to_start()
    me.follow("Check and finish")
    me.press("Finish my self-scan")
    me.has_finished()
    me.follow("See the result")
    me.arrives("/result")
    page = me.page
    expect(page.locator(".spider > svg")).to_be_visible()
    # Nothing that only a script could do.
    expect(page.locator(".explore")).to_be_hidden()
    for text in STUDENT.texts.values():
        expect(page.locator(".word blockquote", has_text=text)).to_be_visible()
    # Hiding somebody in the charts is the work of the style sheet.
    series = page.locator(".spider .series-2")
    expect(series).to_be_visible()
    page.get_by_role("checkbox", name=student.name).uncheck()
    expect(series).to_be_hidden()

    page.emulate_media(media="print")
    expect(page.locator("details:not(.no-print *) .dot-row").first).to_be_visible()
    page.emulate_media(media="screen")

    me.follow("Draft your learning question")
    me.drafts(QUESTIONNAIRE.axes[2], "Hoe vraag ik door?")
