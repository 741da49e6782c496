"""Three supervisors bring in a question each; with their facilitator they make one of them."""

import re
import uuid

import pytest
from playwright.sync_api import expect

from tests.browser.client import Client
from tests.browser.conftest import LAPTOP, PHONE, CheckPage, OpenBrowser
from tests.browser.pages import Visitor
from tests.browser.server import Server
from tests.browser.test_people import LONG_NAME
from tests.browser.test_trajectory import TITLE, Facilitator, facilitator, member
from tests.browser.words import Words
from zetwpo.i18n import Language

NAMES = (LONG_NAME, "Ans Vos", "Öz Yılmaz")
QUESTIONS = (
    "Wanneer laat ik een student zelf zoeken?",
    "Een_heel_lang_woord_zonder_spatie_" * 6,
    "Wat laat ik zien van mijn twijfel?",
)
TOGETHER = "Wat laten we zien, en wanneer zwijgen we?"
NEXT = "En hoe merken we dat het helpt?"

pytestmark = pytest.mark.parametrize(
    ("language", "screen"), [("nl", PHONE), ("en", LAPTOP)], ids=["phone", "laptop"]
)


class Participant(Visitor):
    """Somebody with a question."""

    def bring_in(self, group: str, text: str, axis: str) -> None:
        self.open(f"{group}/questions")
        self.follow("Bring in your question")
        self.write("text", text)
        self.choose("axis", axis)
        self.press("Bring in")
        self.reads(self.words("Your question is brought in."))


def gathered(
    server: Server,
    open_browser: OpenBrowser,
    language: Language,
    screen: dict[str, int],
) -> tuple[Facilitator, str, list[Participant]]:
    """A group of three with its facilitator, and where its pages are."""
    fem = facilitator(server, open_browser, language, screen)
    people = [member(server, fem, name) for name in NAMES]
    fem.set_up(TITLE)
    group = fem.page.url.removeprefix(server.address).removesuffix("/people")
    for name in NAMES:
        fem.open(f"{group}/people/choose?name={name.split()[0][:4]}")
        fem.page.locator("input[name=person]").first.check()
        fem.press("Let them take part")
        fem.arrives("/people")
    found = []
    for each in people:
        client = Client(server)
        client.sign_in(each)
        client.speak(language)
        page = open_browser(server, language, signed_in=client, viewport=screen)
        found.append(Participant(page, Words(language)))
    return fem, group, found


def bring_in_all(group: str, people: tuple[Participant, ...], check_page: CheckPage) -> None:
    """Each their own, and nobody reads that of another."""
    one, two, three = people
    one.open(f"{group}/questions")
    check_page(one.page)
    one.follow("Bring in your question")
    check_page(one.page)
    one.press("Bring in")
    one.is_refused()
    check_page(one.page)
    one.bring_in(group, QUESTIONS[0], "gatekeeper")
    check_page(one.page)
    two.bring_in(group, QUESTIONS[1], "none")
    three.bring_in(group, QUESTIONS[2], "teacher_of_teachers")
    # Everybody first alone.
    expect(three.page.get_by_text(QUESTIONS[0])).to_have_count(0)


def open_for_all(fem: Facilitator, group: str, reader: Participant, check_page: CheckPage) -> None:
    """From now on everybody reads them."""
    words, page = fem.words, fem.page
    fem.open(f"{group}/questions")
    check_page(page)
    fem.follow("Lay the questions side by side")
    fem.reads(QUESTIONS[0])
    check_page(page)
    fem.press("Open the questions for the group")
    fem.reads(words("Several of you name the same competence area:"))
    check_page(page)
    reader.page.reload()
    reader.reads(QUESTIONS[0])
    check_page(reader.page)


def put_together(fem: Facilitator, check_page: CheckPage) -> None:
    """Two of the three, and a tie in the points."""
    words, page = fem.words, fem.page
    for number in (0, 2):
        card = page.locator("li.card", has_text=QUESTIONS[number])
        card.locator("input[name=question]").check()
    fem.press("Put the chosen ones together")
    check_page(page)
    fem.press("Put together")
    fem.is_refused()
    check_page(page)
    fem.write("wording", TOGETHER)
    fem.press("Put together")
    fem.arrives("/board")
    check_page(page)

    fem.follow("Write down the points")
    check_page(page)
    for field in page.locator("input[name^=points]").all():
        field.fill("9")
    fem.press("Save")
    fem.reads(words("The same number of points: talk about which one it will be."))
    check_page(page)


def decide(fem: Facilitator, check_page: CheckPage) -> None:
    """What was put together becomes the common question."""
    words, page = fem.words, fem.page
    together = page.locator("li.card", has_text=TOGETHER)
    together.get_by_role("link", name=re.compile(words("Reword or take apart"))).click()
    check_page(page)
    fem.follow("Make it the common question")
    check_page(page)
    fem.choose("area", "training_didactics")
    fem.press("Record it")
    fem.reads(words("The common question is recorded."))
    check_page(page)


def test_a_group_makes_one_question_of_three(
    server: Server,
    open_browser: OpenBrowser,
    check_page: CheckPage,
    language: Language,
    screen: dict[str, int],
) -> None:
    fem, group, (one, two, three) = gathered(server, open_browser, language, screen)
    bring_in_all(group, (one, two, three), check_page)
    open_for_all(fem, group, three, check_page)
    put_together(fem, check_page)
    decide(fem, check_page)
    words = fem.words
    one.open(f"{group}/questions")
    one.reads(words("Your words are in here."))
    check_page(one.page)
    two.open(f"{group}/questions")
    expect(two.page.get_by_text(words("Your words are in here."))).to_have_count(0)
    two.reads(words("It is not part of the common question. It stays yours, for a next time."))
    # Taken back, with the name; the common question stays.
    one.follow("Take it back")
    check_page(one.page)
    one.press("Take it back")
    one.reads(TOGETHER)
    three.page.reload()
    three.reads(TOGETHER)
    expect(three.page.get_by_text(QUESTIONS[0])).to_have_count(0)


def test_the_line_goes_on_and_a_group_splits(
    server: Server,
    open_browser: OpenBrowser,
    check_page: CheckPage,
    language: Language,
    screen: dict[str, int],
) -> None:
    fem, group, (one, _two, _three) = gathered(server, open_browser, language, screen)
    words, page = fem.words, fem.page
    fem.open(f"{group}/questions/board")
    check_page(page)
    fem.follow("Record a common question in other words")
    fem.press("Record it")
    fem.is_refused()
    check_page(page)
    fem.write("text", TOGETHER)
    fem.choose("area", "none")
    fem.press("Record it")
    page.get_by_role("link", name=re.compile(words("Change the words"))).click()
    check_page(page)

    fem.open(f"{group}/subgroups")
    check_page(page)
    fem.press("Make a subgroup")
    fem.is_refused()
    check_page(page)
    fem.choose("area", "pedagogical")
    for tick in page.locator("input[type=checkbox][name=members]").all()[:2]:
        tick.check()
    fem.press("Make a subgroup")
    fem.reads(words("The subgroup is made."))
    check_page(page)
    page.locator("ul.kept a").click()
    check_page(page)

    meeting = key_of_first_meeting(server, group)
    fem.open(f"/meetings/{meeting}/next-question")
    check_page(page)
    page.locator("input[name=subgroup]").first.check()
    fem.choose("step", "follow_up")
    fem.write("text", NEXT)
    fem.press("Record it")
    fem.reads(NEXT)
    check_page(page)
    one.open(f"{group}/questions")
    one.reads(words("A follow-up question"))
    check_page(one.page)


def key_of_first_meeting(server: Server, group: str) -> uuid.UUID:
    key = uuid.UUID(group.rpartition("/")[2])
    query = "SELECT id FROM meeting WHERE trajectory_id = :key AND number = 1"
    [row] = server.rows(query, key=key.hex)
    return uuid.UUID(str(row[0]))
