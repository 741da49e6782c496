"""Every page, in both languages and at every width: accessible, whole, and nothing beside it."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from tests.browser.checks import CUT_COLUMNS, HEIGHT, WIDTHS, check_charts
from tests.browser.client import Client
from tests.browser.conftest import CheckPage, NewContext, OpenBrowser
from tests.browser.pages import EXAMPLE, FEED_FORWARD, Guest, Sheet, Supervisor, Visitor, sheet
from tests.browser.server import Person, Server, somebody
from tests.browser.words import QUESTIONNAIRE, Words
from tests.forms import Form
from tests.waiting import wait_until
from zetwpo.accounts.actors import Role
from zetwpo.clock import today
from zetwpo.i18n import Language
from zetwpo.server.intake import LARGEST_BODY

LONG_NAME = "Maximiliaan-Alexander van der Hoeven-Zonnevelden"
INVISIBLE = "a bell \a"

BEFORE = sheet(Form.SELF, "3 3 3 3 3  3 3 3  3 3  3 3 3 3 3  3 3 3 3")
NOW = sheet(
    Form.SELF,
    "6 5 4 5 5  3 4 5  2 2  5 6 5 6 6  4 4 4 4",
    {(EXAMPLE, "pedagogical"): "Een_heel_lang_woord_zonder_spatie_" * 8},
)
STUDENT = sheet(
    Form.STUDENT,
    "7 6 x 6 5  6 6 6 6  x x  6 5 6 7 6  - 4",
    {(FEED_FORWARD, "gatekeeper"): "مرحبا 🌱"},
)
TRAINER = sheet(Form.TRAINER, "7 7 7 7 7  1 1 1  4 5  6 6 6 6 6  5 5 5 1")

# Without the browser's own checks, so that the server answers.
SEND = """(address) => {
  const form = document.querySelector("main form");
  form.elements.email.value = address;
  form.submit();
}"""

pytestmark = pytest.mark.parametrize("language", ["nl", "en"])


def test_pages_for_everybody(
    server: Server, open_browser: OpenBrowser, check_page: CheckPage, language: Language
) -> None:
    person = server.add_person(somebody("Ans Vos"), Role.SUPERVISOR)
    visitor = Supervisor(open_browser(server, language), Words(language), person, server.mailbox)
    page = visitor.page
    visitor.open("/")
    visitor.speaks_own_language()
    for path in ("/", "/who-reads-what", "/accessibility", "/nowhere", "/feedback/lost-link"):
        visitor.open(path)
        check_page(page)

    visitor.press("Send the link again")
    visitor.is_refused()
    check_page(page)
    visitor.write("email", person.email)
    visitor.press("Send the link again")
    visitor.arrives("/lost-link/sent")
    check_page(page)

    visitor.open("/sign-in")
    check_page(page)
    visitor.write("email", "nobody")
    visitor.press("Send me a link")
    visitor.is_refused()
    check_page(page)
    visitor.write("email", person.email)
    visitor.press("Send me a link")
    visitor.arrives("/sign-in/code")
    check_page(page)
    visitor.press("Sign in")
    visitor.is_refused()
    check_page(page)
    visitor.write("code", "12")
    visitor.press("Sign in")
    visitor.is_refused()
    check_page(page)
    link = server.mailbox.take(person.email).link
    for address in (link, f"{link}x"):
        visitor.open(address)
        check_page(page)


def test_pages_of_a_scan(
    server: Server, open_browser: OpenBrowser, check_page: CheckPage, language: Language
) -> None:
    ans, client = sign_in(server, LONG_NAME, Role.SUPERVISOR, language)
    page = open_browser(server, language, client)
    me = Supervisor(page, Words(language), ans, server.mailbox)
    me.open("/start")
    check_page(page)
    scan = client.start_scan()
    for path in ("/start", f"{scan}/result", f"{scan}/feedback", f"{scan}/check", "/my-data"):
        me.open(path)
        check_page(page)
    me.press("Delete everything about me")
    me.is_refused()
    check_page(page)
    me.open(f"{scan}/feedback")
    me.press("Send the request")
    me.is_refused()
    check_page(page)

    me.open(f"{scan}/part/1")
    check_page(page)
    me.question(EXAMPLE, me.form.parts[0]).fill(INVISIBLE)
    me.save(1)
    me.is_refused()
    check_page(page)
    me.open(f"{scan}/part/1")
    # What was refused comes back and is saved, before anybody else has the page.
    expect(page.locator(".saved")).not_to_be_empty()
    # Both pages send it, the one that was left and this one: by then it changes nothing more.
    wait_until(lambda: bool(server.texts_of(ans)))
    client.fill_in(scan, NOW)
    me.fill_in(1, BEFORE)
    me.save(1)
    expect(page.locator("main .elsewhere").first).to_be_visible()
    check_page(page)
    server.sign_out(ans)
    me.save(1)
    expect(page.locator("main a[target=_blank]")).to_be_visible()
    check_page(page)
    client.sign_in(ans)
    for path in ("/start", f"{scan}/check"):
        mine = open_browser(server, language, client)
        mine.goto(path)
        check_page(mine)


def test_pages_of_an_account(
    server: Server, open_browser: OpenBrowser, check_page: CheckPage, language: Language
) -> None:
    ans, client = sign_in(server, LONG_NAME, Role.SUPERVISOR, language)
    beside = Client(server)
    beside.sign_in(ans)
    page = open_browser(server, language, client)
    me = Supervisor(page, Words(language), ans, server.mailbox)
    me.open("/my-account")
    page.locator("form[action$='/mails/stop'] button").first.click()
    me.arrives("/my-account")
    for summary in page.locator("main summary").all():
        summary.click()
    check_page(page)
    me.write("name", "x" * 200)
    me.press("Save")
    me.is_refused()
    check_page(page)
    me.open("/my-account")
    beside.save_account("Ans", language)
    me.write("name", "Ans de Wit")
    me.press("Save")
    expect(page.locator("main .elsewhere").first).to_be_visible()
    check_page(page)
    me.open("/my-account")
    page.locator("#address ~ details summary").click()
    me.press("Send the email to confirm")
    me.is_refused()
    check_page(page)
    new = somebody(LONG_NAME).email
    me.write("email", new)
    me.press("Send the email to confirm")
    me.arrives("/my-account")
    check_page(page)
    link = server.mailbox.take(new).link
    stranger = open_browser(server, language)
    for visitor, address in ((page, link), (stranger, link), (stranger, f"{link}x")):
        visitor.goto(address)
        check_page(visitor)
    me.open(link)
    me.press("Confirm this address")
    me.arrives("/my-account")
    me.open(link)
    check_page(page)


def test_pages_of_a_result(
    server: Server, open_browser: OpenBrowser, check_page: CheckPage, language: Language
) -> None:
    ans, client = sign_in(server, LONG_NAME, Role.SUPERVISOR, language)
    page = open_browser(server, language, client)
    me = Supervisor(page, Words(language), ans, server.mailbox)
    earlier = client.start_scan()
    client.fill_in(earlier, BEFORE)
    client.submit(earlier)
    for path in ("/start", "/scan/again", f"{earlier}/result", f"{earlier}/learning-question"):
        me.open(path)
        check_page(page)
    me.press("Save my question")
    me.is_refused()
    check_page(page)

    scan = client.start_scan()
    client.fill_in(scan, NOW)
    for role, name, filled in (
        ("student", "Bo de Wit", STUDENT),
        ("student", f"{LONG_NAME} II", STUDENT),
        ("school_trainer", "Jan Jansen", TRAINER),
    ):
        guest = Client(server)
        form = client.ask(scan, role, somebody(name), language)
        guest.fill_in(form, filled)
        guest.share(form)
    unasked = somebody("Kim Vos")
    client.ask(scan, "student", unasked, language)
    client.submit(scan)
    me.open(f"{scan}/finished")
    check_page(page)
    me.open(f"{scan}/feedback")
    me.asked(unasked).get_by_role("link").click()
    me.arrives("/withdraw")
    check_page(page)
    me.follow("Back")
    me.withdraw(unasked)
    check_page(page)

    me.open(f"{scan}/result")
    page.locator("details").evaluate_all("all => all.forEach(each => each.open = true)")
    check_page(page)
    check_charts(page, is_live=False)
    me.press("Explore the chart")
    expect(page.locator("[data-spider][data-live]")).to_be_visible()
    check_page(page)
    check_charts(page, is_live=True)
    for width in WIDTHS[:2]:
        page.set_viewport_size({"width": width, "height": HEIGHT})
        assert not page.evaluate(CUT_COLUMNS), f"nobody finds the next person at {width}"
    still = open_browser(server, language, client, java_script_enabled=False)
    still.goto(f"{scan}/result")
    check_charts(still, is_live=False)

    me.open(f"{scan}/learning-question")
    for draft in ("Hoe vraag ik door?", "Hoe vraag ik door, ook in een vol uur?"):
        me.drafts(QUESTIONNAIRE.axes[0], draft)
    check_page(page)
    me.open("/start")
    check_page(page)


def test_pages_of_a_trainer_who_was_asked(
    server: Server, open_browser: OpenBrowser, check_page: CheckPage, language: Language
) -> None:
    trainer = asked(server, open_browser, language, Form.TRAINER)
    check_page(trainer.page)
    trainer.follow("Start")
    trainer.is_at_part(1)
    check_page(trainer.page)


def test_pages_of_a_student_who_was_asked(
    server: Server, open_browser: OpenBrowser, check_page: CheckPage, language: Language
) -> None:
    student = asked(server, open_browser, language, Form.STUDENT, STUDENT)
    page = student.page
    check_page(page)
    student.follow("I would rather not give feedback")
    student.arrives("/decline")
    check_page(page)
    student.follow("Back")
    student.follow("To the first open statement")
    student.is_at_part(5)
    check_page(page)
    student.open(f"{page.url.partition('/part/5')[0]}/preview")
    check_page(page)
    student.press("Share from this day")
    student.is_refused()
    check_page(page)
    student.share_from((today() + timedelta(days=3)).isoformat())
    student.has_planned()
    check_page(page)
    student.follow("Don't share")
    student.arrives("/take-back")
    check_page(page)
    student.follow("Back")
    student.follow("View or change")
    student.arrives("/preview")
    check_page(page)
    landing = page.url.removesuffix("/preview")
    student.open(f"{landing}/part/1")
    check_page(page)
    student.point(student.form.parts[0].statements[0], "1").check()
    student.is_saved()
    for path in ("/part/1", "/preview", ""):
        student.open(landing + path)
        check_page(page)
    student.open(f"{landing}/preview")
    student.share_now()
    student.has_shared()
    check_page(page)
    student.follow("Read, save or delete it")
    student.arrives("/shared")
    check_page(page)
    student.follow("Delete what I shared")
    student.arrives("/delete")
    check_page(page)
    student.press("Delete my feedback")
    student.is_titled(student.words("You deleted your feedback"))
    check_page(page)


def test_pages_without_feedback(
    server: Server, open_browser: OpenBrowser, check_page: CheckPage, language: Language
) -> None:
    other = asked(server, open_browser, language, Form.STUDENT)
    page, link = other.page, other.page.url
    other.open(f"{link}/privacy")
    check_page(page)
    other.open(f"{link}/preview")
    expect(page.locator("main form")).to_have_count(0)
    check_page(page)
    other.follow("Start with part 1")
    other.is_at_part(1)
    other.open(page.url.removesuffix("/part/1"))
    other.press("I would rather not give feedback")
    expect(page.locator("main .button")).to_have_count(1)
    check_page(page)
    for moment in ("expires_at", "withdrawn_at"):
        server.change(
            f"UPDATE invitation SET declined_at = NULL, {moment} = invited_at WHERE email = :email",
            email=other.person.email,
        )
        page.reload()
        check_page(page)
    other.open(f"{page.url}x")
    other.speaks_own_language()
    check_page(page)


@pytest.mark.parametrize("role", [Role.SCHOOL_TRAINER, Role.FACILITATOR])
def test_start_page_of_others(
    server: Server, open_browser: OpenBrowser, check_page: CheckPage, language: Language, role: Role
) -> None:
    _person, client = sign_in(server, "Jan Jansen", role, language)
    page = open_browser(server, language, client)
    page.goto("/start")
    check_page(page)


def sign_in(server: Server, name: str, role: Role, language: Language) -> tuple[Person, Client]:
    """Somebody who is signed in and chose a language."""
    person = server.add_person(somebody(name), role)
    client = Client(server)
    client.sign_in(person)
    client.speak(language)
    return person, client


def asked(
    server: Server,
    open_browser: OpenBrowser,
    language: Language,
    form: Form,
    filled: Sheet | None = None,
) -> Guest:
    """Somebody at the page that the link opens, with or without feedback filled in."""
    supervisor, client = sign_in(server, "Ans de Vries", Role.SUPERVISOR, language)
    person = somebody("Bo de Wit")
    role = "student" if form is Form.STUDENT else "school_trainer"
    path = client.ask(client.start_scan(), role, person, language, "Ik ben benieuwd 🌱")
    if filled:
        Client(server).fill_in(path, filled)
    guest = Guest(open_browser(server, language), Words(language), form, person, supervisor)
    guest.open(path)
    return guest


def test_pages_of_the_demo_and_of_troubles(
    demo: Server,
    open_browser: OpenBrowser,
    check_page: CheckPage,
    new_context: NewContext,
    language: Language,
) -> None:
    visitor = Visitor(open_browser(demo, language), Words(language))
    visitor.open("/demo/")
    visitor.speaks_own_language()
    check_page(visitor.page)
    wait_until(lambda: bool(demo.rows("SELECT id FROM outbox_mail WHERE sent_at IS NOT NULL")))
    visitor.open("/demo/mailbox")
    check_page(visitor.page)
    visitor.page.locator("main .mails a").first.click()
    expect(visitor.page.locator(".letter")).to_be_visible()
    check_page(visitor.page)

    # The watch over the other browsers would complain about this one.
    unwatched = Visitor(new_context(base_url=demo.address).new_page(), Words(language))
    demo.change("ALTER TABLE sign_in_request RENAME TO away")
    sends(unwatched, check_page, "/sign-in", status=503)
    demo.change("ALTER TABLE away RENAME TO sign_in_request")
    sends(unwatched, check_page, "/sign-in", status=200)
    sends(visitor, check_page, "/sign-in", status=429)
    sends(visitor, check_page, "/feedback/lost-link", status=413, size=LARGEST_BODY)


def sends(visitor: Visitor, check_page: CheckPage, path: str, status: int, size: int = 10) -> None:
    """Send the form of a page with an address of this size, and look at what comes of it."""
    visitor.open(path)
    visitor.speaks_own_language()
    with visitor.page.expect_navigation() as arrived:
        visitor.page.evaluate(SEND, "x" * size + "@school.example")
    assert arrived.value.status == status
    check_page(visitor.page)
