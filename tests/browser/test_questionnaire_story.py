"""A programme leader makes the questionnaire of a partnership, and supervisors meet it."""

import re
import uuid
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.client import Client
from tests.browser.conftest import LAPTOP, PHONE, CheckPage, OpenBrowser
from tests.browser.pages import Visitor
from tests.browser.server import Person, Server, somebody
from tests.browser.words import QUESTIONNAIRE, Words
from tests.forms import Form
from zetwpo.accounts.actors import Role
from zetwpo.i18n import Language

WORDS = {"nl": "Ik ken mijn student echt goed.", "en": "I know my student really well."}
NEW = {"nl": "Ik vraag door & luister.", "en": "I ask on & listen."}
OLD = QUESTIONNAIRE.forms[Form.SELF].statements[0]

each_language = pytest.mark.parametrize("language", ["nl", "en"])


class Place:
    """A partnership of its own, as its words are seen by nobody else."""

    def __init__(
        self,
        server: Server,
        open_browser: OpenBrowser,
        check_page: CheckPage,
        language: Language,
        device: dict[str, int],
    ) -> None:
        self.server = server
        self.open_browser = open_browser
        self.check_page = check_page
        self.words = Words(language)
        self.device = device
        self.name = f"Partnership {uuid.uuid4().hex[:8]}"

    def client(self, name: str, role: Role) -> Client:
        person: Person = self.server.add_person(somebody(name), role, partnership=self.name)
        client = Client(self.server)
        client.sign_in(person)
        return client

    def visitor(self, client: Client, **options: Any) -> Visitor:
        language = self.words.language
        page = self.open_browser(self.server, language, client, viewport=self.device, **options)
        visitor = Visitor(page, self.words)
        visitor.open("/start")
        visitor.speaks_own_language()
        return visitor

    def look(self, page: Page) -> None:
        """Look at a page in every way, and go on as wide as before."""
        self.check_page(page)
        page.set_viewport_size(self.device)

    @property
    def path(self) -> str:
        """Where the questionnaire of this partnership is."""
        [[key]] = self.server.rows("SELECT id FROM partnership WHERE name = :name", name=self.name)
        return f"/partnerships/{uuid.UUID(str(key))}/questionnaire"


def row(page: Page, behaviour: str) -> Locator:
    return page.locator(f"#behaviour-{behaviour}")


def write(visitor: Visitor, name: str, texts: dict[str, str]) -> None:
    for code, text in texts.items():
        visitor.write(f"{name}_{code}", text)


def reword(leader: Visitor, place: Place) -> None:
    """One statement in other words: the preview follows before anything is saved."""
    page, say, language = leader.page, place.words, place.words.language
    row(page, "relationship").get_by_role("link", name=re.compile(f"^{say('Change')}")).nth(
        1
    ).click()
    write(leader, "text", WORDS)
    card = page.locator("[data-card] .phone").first
    expect(card.locator("legend", has_text=WORDS[language])).to_be_visible()
    expect(card.get_by_role("radio").first).to_be_disabled()
    place.look(page)
    leader.press("Save in the draft")
    expect(page.locator("#statement-self-relationship")).to_contain_text(WORDS[language])


def add(leader: Visitor, place: Place) -> None:
    """One more behaviour, asked in all three forms."""
    page, say, language = leader.page, place.words, place.words.language
    page.locator("#part-pedagogical").get_by_role(
        "link", name=re.compile(f"^{say('Add a behaviour')}")
    ).click()
    write(leader, "name", {"nl": "Doorvragen", "en": "Asking on"})
    write(leader, "opening_question", {"nl": "Wanneer vroeg ik door?", "en": "When did I ask on?"})
    write(leader, "text_self", NEW)
    write(leader, "text_student", {"nl": "Mijn begeleider vraagt door."})
    write(leader, "text_trainer", {"nl": "{supervisor} vraagt door."})
    expect(page.locator("[data-card]")).to_contain_text("Sanne vraagt door.")
    place.look(page)
    leader.press("Save in the draft")
    added = page.locator("article", has_text=NEW[language])
    expect(added.locator("h4")).to_have_count(3)


def drop(leader: Visitor, place: Place) -> None:
    """One less, and what that means is said before and after."""
    page, say = leader.page, place.words
    page.goto(f"{place.path}/draft/statement/student-judging_level")
    leader.follow("Drop this statement")
    place.look(page)
    leader.press("Drop it")
    expect(row(page, "judging_level")).to_contain_text(say("Does not ask about this."))
    expect(page.locator("main details.notice")).to_be_visible()
    place.look(page)
    leader.follow("See it on a phone")
    place.look(page)


def rename(leader: Visitor, place: Place) -> None:
    """Another name beside the chart."""
    page, language = leader.page, place.words.language
    leader.open(f"{place.path}/draft/part/gatekeeper")
    leader.write("label_short_nl", "De\npoort")
    leader.write("label_short_en", "The\ngate")
    chart = page.locator("[data-card] .spider")
    expect(chart).to_contain_text("poort" if language == "nl" else "gate")
    place.look(page)
    leader.press("Save in the draft")


def publish(leader: Visitor, place: Place) -> None:
    """What changes is said in words; then it is so."""
    page, say, language = leader.page, place.words, place.words.language
    leader.follow("See what changes, and publish")
    expect(page.locator(".changes").first).to_contain_text(WORDS[language])
    place.look(page)
    leader.press("Publish this version")
    leader.arrives("/questionnaire")
    expect(page.locator("main")).to_contain_text(say("Version %(number)s", number=1))
    leader.follow("Read it")
    place.look(page)


@pytest.fixture(params=[PHONE, LAPTOP], ids=["phone", "laptop"])
def place(
    request: pytest.FixtureRequest,
    server: Server,
    open_browser: OpenBrowser,
    check_page: CheckPage,
    language: Language,
) -> Place:
    """A partnership, on devices of one width."""
    return Place(server, open_browser, check_page, language, request.param)


@each_language
def test_a_partnership_makes_its_own_questionnaire(place: Place, language: Language) -> None:
    say = place.words
    running = place.client("Sam Loopt", Role.SUPERVISOR)
    old_scan = running.start_scan()
    leader = place.visitor(place.client("Lia Leidt", Role.PROGRAMME_LEADER))
    page = leader.page

    # She finds the way from her first page, and begins with what there is.
    leader.follow("Questionnaire")
    place.look(page)
    leader.press("Start a draft")
    leader.arrives("/draft")
    expect(page.locator("article")).to_have_count(len(QUESTIONNAIRE.behaviours))

    for step in (reword, add, drop, rename, publish):
        step(leader, place)

    # Who starts now reads the new words; who was at work keeps the old ones.
    fresh = place.visitor(place.client("Nel Nieuw", Role.SUPERVISOR))
    fresh.press("Start the self-scan")
    for text in (WORDS, NEW):
        expect(fresh.page.get_by_role("group", name=text[language], exact=True)).to_be_visible()
    sam = place.visitor(running)
    sam.open(f"{old_scan}/part/1")
    old = say.about(OLD.text, "")
    expect(sam.page.get_by_role("group", name=old, exact=True)).to_be_visible()

    # Sam hands it in, and scans again: what both ask is compared, and the page says so.
    finish(sam, old_scan)
    running.post("/scan/start")
    sam.open("/start")
    sam.follow("Go on")
    finish(sam, re.sub(r"/part/.*", "", sam.page.url))
    sam.follow("See the result")
    expect(sam.page.locator("main")).to_contain_text(
        say(
            "The questionnaire has changed since, so only the behaviours that both ask about are "
            "compared, and the spider shows this scan alone."
        )
    )


def finish(visitor: Visitor, scan: str) -> None:
    """Judge every statement, and hand in."""
    visitor.open(f"{scan}/part/1")
    for number in range(1, 6):
        visitor.arrives(f"/part/{number}")
        for group in visitor.page.locator(".judgement").all():
            group.locator("input[type=radio]").nth(4).check()
        last = number == 5
        visitor.press("Save and check everything" if last else "Save and continue")
    visitor.press("Finish my self-scan")
    visitor.arrives("/finished")


@each_language
def test_a_preview_without_a_script(place: Place, language: Language) -> None:
    client = place.client("Lia Leidt", Role.PROGRAMME_LEADER)
    client.post(f"{place.path}/start")
    leader = place.visitor(client, java_script_enabled=False)
    leader.open(f"{place.path}/draft/statement/self-relationship")
    write(leader, "text", WORDS)
    leader.press("Show preview")
    expect(leader.page.locator("[data-card] .phone").first).to_contain_text(WORDS[language])
    expect(leader.page.locator('[name="text_nl"]')).to_have_value(WORDS["nl"])
    leader.press("Save in the draft")
    expect(leader.page.locator("#statement-self-relationship")).to_contain_text(WORDS[language])


@each_language
def test_a_file_is_brought_in_and_a_draft_thrown_away(place: Place, language: Language) -> None:
    leader = place.visitor(place.client("Lia Leidt", Role.PROGRAMME_LEADER))
    page = leader.page
    leader.open(f"{place.path}/file")
    leader.press("Bring it in as a draft")
    leader.is_refused()
    place.look(page)
    leader.open(f"{place.path}/versions/0")
    place.look(page)
    leader.open(place.path)
    leader.press("Start a draft")
    leader.arrives("/draft")
    leader.open(f"{place.path}/file")
    place.look(page)
    leader.open(f"{place.path}/draft/discard")
    place.look(page)
    leader.press("Throw it away")
    leader.arrives("/questionnaire")
    leader.open(f"{place.path}/draft")
    place.look(page)


@each_language
def test_two_leaders_at_the_same_statement(place: Place, language: Language) -> None:
    first = place.client("Lia Leidt", Role.PROGRAMME_LEADER)
    first.post(f"{place.path}/start")
    path = f"{place.path}/draft/statement/self-relationship"
    lia = place.visitor(first)
    lia.open(path)
    write(lia, "text", WORDS)
    pim = place.visitor(place.client("Pim Leidt", Role.PROGRAMME_LEADER))
    pim.open(path)
    write(pim, "text", NEW)
    pim.press("Save in the draft")
    lia.press("Save in the draft")
    lia.is_refused()
    expect(lia.page.locator(".elsewhere").first).to_contain_text(NEW["nl"])
    expect(lia.page.locator('[name="text_nl"]')).to_have_value(WORDS["nl"])
    place.look(lia.page)
    # Hers stays out, and does not come back by itself.
    lia.press("Leave my words out")
    expect(lia.page.locator("#statement-self-relationship")).to_contain_text(NEW[language])
    lia.open(path)
    expect(lia.page.locator('[name="text_nl"]')).to_have_value(NEW["nl"])
