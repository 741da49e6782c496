"""From the desk to a recap that the group reads: written, lost nowhere, looked at and sent."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from tests.browser.client import Client
from tests.browser.conftest import LAPTOP, PHONE, CheckPage, OpenBrowser
from tests.browser.pages import Visitor
from tests.browser.server import Server, somebody
from tests.browser.words import Words
from zetwpo.accounts.actors import Role
from zetwpo.clock import today
from zetwpo.i18n import Language

OPENING = "Wat een „start”!"


@pytest.mark.parametrize(
    ("language", "screen"), [("nl", PHONE), ("en", LAPTOP)], ids=["phone", "laptop"]
)
def test_from_the_desk_to_what_the_group_reads(
    server: Server,
    open_browser: OpenBrowser,
    check_page: CheckPage,
    language: Language,
    screen: dict[str, int],
) -> None:
    place = f"Partnership of {somebody('Group').email}"
    people, visitors = [], []
    for name, role in (("Fem", Role.FACILITATOR), ("Olga", Role.SUPERVISOR)):
        person = somebody(f"{name} Visser")
        made = {"language": language, "email": person.email, "partnership": place}
        people.append(server.make.person(person.name, role, **made))
        client = Client(server)
        client.sign_in(person)
        page = open_browser(server, language, signed_in=client, viewport=screen)
        visitors.append(Visitor(page, Words(language)))
    fem, olga = visitors
    day = today() - timedelta(days=3)
    group = server.make.trajectory(*people, first_day=day, partnership=place)
    meeting = f"/meetings/{group.meetings[0]}"
    server.make.agreements(group, 1, "We wachten.", "Kijk een les mee.", people[1:])
    fem.open("/desk")
    check_page(fem.page)
    # The title of the line is part of the name of its link.
    fem.page.locator(f"a[href='{meeting}/recap']").click()
    fem.arrives(f"{meeting}/recap")
    check_page(fem.page)
    fem.write("opening", OPENING)
    expect(fem.page.locator(".saved:not(.failed)")).to_contain_text(":")
    fem.page.reload()
    expect(fem.page.locator("[name=opening]")).to_have_value(OPENING)
    fem.press("Save, and look at it")
    fem.arrives(f"{meeting}/recap/preview")
    check_page(fem.page)
    fem.press("Send it to everybody")
    fem.arrives(meeting)
    check_page(fem.page)
    fem.open(f"{meeting}/recap")
    fem.write("correction", "x" * 2001)
    fem.press("Save, and look at it")
    fem.is_refused()
    check_page(fem.page)
    olga.open(meeting)
    olga.page.get_by_text(olga.words("Read the whole recap")).click()
    olga.reads(OPENING)
    check_page(olga.page)
    # Folded, and reached with the keyboard.
    folded = fem.page.locator("nav details")
    expect(folded.get_by_role("link").first).not_to_be_visible()
    folded.locator("summary").focus()
    fem.page.keyboard.press("Enter")
    expect(folded.get_by_role("link").first).to_be_visible()
