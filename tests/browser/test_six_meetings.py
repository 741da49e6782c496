"""Six meetings of one group, from setting up to the next trajectory, as people go through them.

A facilitator has a laptop, and a wall in the room; three participants have their phones. Months go
by between the meetings: the clock of the server moves, and what is due by itself has to come.
"""

import re
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.client import Client
from tests.browser.conftest import LAPTOP, OpenBrowser
from tests.browser.mailbox import Mail, PostOffice
from tests.browser.pages import Sheet, Supervisor, sheet
from tests.browser.server import Person, Server, somebody
from tests.browser.test_meeting import BEAMER, LETTERS, pages_of, paper
from tests.browser.test_paper import plain
from tests.browser.words import QUESTIONNAIRE, Words
from tests.factories import Trajectory
from tests.forms import Form
from zetwpo.accounts.actors import Role
from zetwpo.clock import moment_on
from zetwpo.i18n import Language

PHONE = {"is_mobile": True, "has_touch": True}
TITLE = "Van begeleiden naar opleiden"
# Far enough ahead that no cookie is over before it is set. No public holiday is on a meeting.
SET_UP = datetime(2040, 1, 9, 9, tzinfo=UTC)
A_WEEK_LATER = SET_UP + timedelta(weeks=1)
DAYS = [date(2040, 1, 24) + timedelta(weeks=4 * number) for number in range(6)]
BEGINS = time(14, 30)
HALFWAY = moment_on(DAYS[0] + timedelta(weeks=2), time(17))
BEFORE_LAST = moment_on(DAYS[5] - timedelta(weeks=2), time(9))

SCAN = sheet(Form.SELF, "6 5 4 5 5  3 4 5  2 2  5 6 5 6 6  4 4 4 4")
RESCAN = sheet(Form.SELF, "6 5 5 5 5  3 4 5  4 5  5 5 5 6 6  4 4 4 4")
QUESTIONS = {
    "Noor": "Wanneer laat ik mijn student zelf zoeken?",
    "Ans": "Hoe stel ik een vraag, en wacht ik dan?",
    "Özge": "Wat laat ik zien van mijn twijfel?",
}
TOGETHER = "Hoe vragen we door, en wanneer wachten we?"
NEXT = "En hoe merkt de student dat we wachten?"
HOMEWORK = "Vraag één keer door na een les."
NOTES = "We spraken over wachten."
OPENING = "Wat een begin: drie vragen, en nu één."
THEORY = "Drie vragen voor na de les"
PLAN = "Na de les wacht ik tien tellen."
ASKED = "Wat hoop je dat er dan gebeurt?"
ANSWER = "Dat zij zelf begint."
NOTE = "Ik wachtte, en zij begon."
GAINED = "Dat stilte ook een vraag is."
SENTENCE = "Tien tellen zijn lang."
DIFFERENT = "We vragen één keer door."
PROPOSAL = "Een half uur in de maand."


@dataclass
class Stage:
    """Where the story plays, and who plays."""

    server: Server
    open_browser: OpenBrowser
    words: Words
    place: str = field(default_factory=lambda: f"Partnership of {somebody('Six').email}")
    people: dict[str, Supervisor] = field(default_factory=dict)
    clients: dict[str, Client] = field(default_factory=dict)
    trajectory: Trajectory = field(init=False)

    def __getitem__(self, who: str) -> Supervisor:
        return self.people[who]

    @property
    def participants(self) -> list[Supervisor]:
        """Those with a phone."""
        return [self[who] for who in QUESTIONS]

    def enters(self, person: Person, **device: Any) -> Supervisor:
        """Somebody with a browser of their own."""
        page = self.open_browser(self.server, self.words.language, **device)
        entered = Supervisor(page, self.words, person, self.server.mailbox)
        self.people[person.name.split()[0]] = entered
        return entered

    def member(self, name: str, role: Role, **device: Any) -> Supervisor:
        """Somebody of the partnership, who is signed in."""
        person = self.server.add_person(somebody(name), role, partnership=self.place)
        entered = self.enters(person, **device)
        self.signs_in(entered)
        return entered

    def signs_in(self, who: Supervisor) -> None:
        """Sign in on the device, which is quick without its pages."""
        client = Client(self.server)
        client.sign_in(who.person)
        client.speak(self.words.language)
        who.page.context.add_cookies(
            [
                {"name": name, "value": value, "url": self.server.address}
                for name, value in client.cookies.items()
            ]
        )
        self.clients[who.person.name.split()[0]] = client

    def meets(self, number: int) -> str:
        """The address of the meeting with this number."""
        return f"/meetings/{self.trajectory.meetings[number - 1]}"

    def scans(self, who: str, filled: Sheet, question: str = "") -> None:
        """Fill in a scan, and perhaps write a question, without waiting for the pages."""
        client = self.clients[who]
        scan = client.start_scan()
        client.fill_in(scan, filled)
        client.submit(scan)
        if question:
            client.write_question(scan, QUESTIONNAIRE.axes[2].key, question)

    def turns_to(self, who: Supervisor, label: str) -> None:
        """Follow the link that begins with these words; for ears it says more."""
        name = re.compile(f"^{re.escape(self.words(label))}")
        who.page.locator("main").get_by_role("link", name=name).first.click()

    def goes_on_at(self, moment: datetime) -> None:
        """Let time go by. Nobody stays signed in for weeks."""
        for each in self.people.values():
            each.page.goto("about:blank")
        self.server.set_clock(moment)
        for each in self.people.values():
            self.signs_in(each)

    def mail_to(self, who: str, with_words: str) -> Mail:
        """The next mail with these words in somebody's mailbox."""
        return self.server.mailbox.take(self[who].person.email, with_words)

    def begun(self, key: str) -> None:
        """Know where the pages of the group are."""
        fem = self["Fem"]
        fem.open(f"/trajectories/{key}")
        links = fem.page.locator("main ol.kept a").evaluate_all("all => all.map(each => each.href)")
        meetings = tuple(uuid.UUID(each.rpartition("/")[2]) for each in links)
        self.trajectory = Trajectory(uuid.UUID(key), TITLE, meetings)


@pytest.fixture
def server_then(
    request: pytest.FixtureRequest, tmp_path: Path, assets: Path, post_office: PostOffice
) -> Iterator[Server]:
    """A server on the database that the test names, on the day on which a group begins."""
    is_large = request.param == "postgresql"
    address = request.getfixturevalue("postgres").new_database() if is_large else ""
    hours = {"mail_from_hour": 8, "mail_until_hour": 18}
    server = Server(tmp_path, assets, post_office, address, **hours)
    server.set_clock(SET_UP)
    with server:
        yield server


@pytest.mark.parametrize(
    ("server_then", "language"),
    [("sqlite", "nl"), pytest.param("postgresql", "en", marks=pytest.mark.postgres)],
    indirect=["server_then"],
)
def test_a_group_meets_six_times(
    server_then: Server, open_browser: OpenBrowser, language: Language
) -> None:
    stage = Stage(server_then, open_browser, Words(language))
    a_facilitator_sets_up_six_meetings(stage)
    two_are_chosen_and_one_comes_by_mail(stage)

    stage.goes_on_at(A_WEEK_LATER)
    everybody_has_the_dates(stage)
    two_are_ready_and_one_is_reminded(stage)
    each_brings_in_a_question(stage)

    stage.goes_on_at(moment_on(DAYS[0], time(14, 40)))
    the_facilitator_has_paper_and_a_wall(stage)
    three_questions_become_one(stage)

    stage.goes_on_at(moment_on(DAYS[0], time(17, 35)))
    what_the_meeting_came_to_is_written_down(stage)
    there_is_something_to_read_for_next_time(stage)
    the_group_gets_a_recap(stage)
    each_makes_a_plan(stage)
    two_ask_each_other_as_a_pair(stage)

    stage.goes_on_at(HALFWAY)
    who_has_a_plan_is_reminded(stage)
    somebody_tried_it_and_looks_back(stage)

    stage.goes_on_at(BEFORE_LAST)
    four_more_meetings_have_been(stage)
    each_is_asked_for_a_scan_once_more(stage)

    stage.goes_on_at(moment_on(DAYS[5], time(17, 35)))
    the_last_meeting_is_written_down(stage)
    somebody_sees_then_and_now(stage)
    the_group_tells_the_team(stage)
    it_is_closed(stage)
    somebody_takes_a_portfolio_and_a_certificate_along(stage)
    the_next_one_begins(stage)


# ------------------------------------------------------------------------------- before they meet


def a_facilitator_sets_up_six_meetings(stage: Stage) -> None:
    fem = stage.member("Fem Visser", Role.FACILITATOR, viewport=LAPTOP)
    fem.open("/start")
    fem.follow("Set up a trajectory")
    fem.write("title", TITLE)
    fem.write("first_day", DAYS[0].isoformat())
    fem.write("begins", BEGINS.isoformat("minutes"))
    fem.write("place", "De Linde, lokaal 12")
    fem.press("Set it up, and choose who takes part")
    fem.arrives("/people")
    stage.begun(fem.page.url.split("/")[-2])
    assert len(stage.trajectory.meetings) == len(DAYS)
    fem.follow("Who is in it")


def two_are_chosen_and_one_comes_by_mail(stage: Stage) -> None:
    fem, words = stage["Fem"], stage.words
    for name in ("Ans Vos", "Özge Yılmaz"):
        stage.member(name, Role.SUPERVISOR, **PHONE)
        fem.follow("Choose people")
        fem.write("name", name)
        fem.press("Search")
        fem.page.get_by_role("checkbox", name=name).check()
        fem.press("Let them take part")
        fem.arrives("/people")
    fem.follow("Invite by email")
    person = somebody("Noor Nieuw")
    fem.write("name", person.name)
    fem.write("email", person.email)
    fem.press("Send the invitation")
    fem.reads(words("%(name)s gets an invitation by email.", name=person.name))

    noor = stage.enters(person, **PHONE)
    noor.open(stage.mail_to("Noor", TITLE).link)
    noor.is_titled(TITLE)
    noor.press("Yes, I take part")
    noor.is_titled(words("You take part"))
    noor.sign_in_by_link()
    noor.reads(TITLE)


def everybody_has_the_dates(stage: Stage) -> None:
    for who in stage.people:
        mail = stage.mail_to(who, TITLE)
        assert mail.calendar.count("BEGIN:VEVENT") == len(DAYS), who


def two_are_ready_and_one_is_reminded(stage: Stage) -> None:
    """One scans on the pages, as everybody does; another is quick; the third is late."""
    noor, fem = stage["Noor"], stage["Fem"]
    noor.open("/start")
    noor.press("Start the self-scan")
    noor.fill_in_all(SCAN)
    noor.press("Finish my self-scan")
    noor.has_finished()
    noor.follow("See the result")
    noor.follow("Draft your learning question")
    noor.drafts(QUESTIONNAIRE.axes[2], QUESTIONS["Noor"])
    stage.scans("Ans", SCAN, QUESTIONS["Ans"])

    fem.open("/start")
    fem.open(f"{stage.trajectory.path}/readiness")
    expect(fem.page.locator("main .done dd")).to_have_text(
        [stage.words(each) for each in ("done", "done", "done", "done", "not yet", "not yet")]
    )
    # Clicked twice it goes once: halfway there is no second one in the mailbox.
    fem.button("Send a reminder").dblclick()
    fem.arrives("/readiness")
    expect(fem.button("Send a reminder")).to_have_count(0)
    stage.mail_to("Özge", "Fem Visser")
    stage.scans("Özge", SCAN, QUESTIONS["Özge"])


def each_brings_in_a_question(stage: Stage) -> None:
    for who, text in QUESTIONS.items():
        one = stage[who]
        one.open("/start")
        one.follow("Bring in your question")
        expect(one.page.locator("[name=text]")).to_have_value(text)
        one.choose("axis", QUESTIONNAIRE.axes[2].key)
        one.press("Bring in")
        one.reads(stage.words("Your question is brought in."))
        others = [each for each in QUESTIONS.values() if each != text]
        for each in others:
            expect(one.page.get_by_text(each)).to_have_count(0)


# ------------------------------------------------------------------------------ the first meeting


def the_facilitator_has_paper_and_a_wall(stage: Stage) -> None:
    fem = stage["Fem"]
    fem.open("/start")
    stage.turns_to(fem, "To the group")
    fem.follow("To this meeting")
    fem.follow("Prepare this meeting")
    fem.write("reflecting", "Eerst schrijven, dan praten.")
    fem.press("Save")
    fem.follow("Print for the room")
    fem.arrives("/print")
    printed = paper(fem.page)
    assert plain(TITLE) in printed[0]
    wall = fem.in_another_tab()
    wall.page.set_viewport_size(BEAMER)
    wall.open(f"{stage.meets(1)}/wall")
    # It opens where the room is at this time.
    wall.press("Start the timer")
    expect(wall.button("Pause")).to_be_visible()
    wall.page.keyboard.press("ArrowRight")
    expect(wall.button("Start the timer")).to_be_visible()
    assert not [text for text, size in wall.page.evaluate(LETTERS) if size < 24]
    wall.page.close()


def three_questions_become_one(stage: Stage) -> None:
    """Laid side by side, put together, ranked and recorded; everybody finds their words back."""
    fem, words = stage["Fem"], stage.words
    fem.open(stage.meets(1))
    fem.follow("Lay the questions side by side")
    fem.press("Open the questions for the group")
    for who in ("Noor", "Ans"):
        card = fem.page.locator("li.card", has_text=QUESTIONS[who])
        card.locator("input[name=question]").check()
    fem.press("Put the chosen ones together")
    fem.write("wording", TOGETHER)
    fem.press("Put together")
    fem.arrives("/board")
    fem.follow("Write down the points")
    for text, points in ((TOGETHER, "11"), (QUESTIONS["Özge"], "7")):
        fem.page.locator(".field", has_text=text).locator("input").fill(points)
    fem.press("Save")
    expect(fem.page.locator(".ranked .reads")).to_have_text([TOGETHER, QUESTIONS["Özge"]])
    card = fem.page.locator("li.card", has_text=TOGETHER)
    card.get_by_role("link", name=re.compile(words("Make it the common question"))).click()
    fem.choose("area", "training_didactics")
    fem.press("Record it")
    fem.reads(words("The common question is recorded."))

    for who, told in (
        ("Ans", "Your words are in here."),
        ("Özge", "It is not part of the common question. It stays yours, for a next time."),
    ):
        one = stage[who]
        one.open(stage.meets(1))
        one.reads(TOGETHER)
        one.follow("Our questions")
        one.reads(words(told))


def what_the_meeting_came_to_is_written_down(stage: Stage) -> None:
    fem = stage["Fem"]
    fem.open(stage.meets(1))
    fem.follow("Note who was there")
    fem.press("All others were there")
    expect(fem.page.locator("[aria-pressed=true]")).to_have_count(3)
    excuse = re.compile(f"^{stage.words('Excused')}.*Özge")
    fem.page.get_by_role("button", name=excuse).click()
    expect(fem.page.get_by_role("button", name=excuse)).to_have_attribute("aria-pressed", "true")
    fem.follow("Back to the meeting")
    stage.turns_to(fem, "Write it down")
    fem.write("notes", NOTES)
    fem.write("homework", HOMEWORK)
    fem.page.get_by_role("checkbox", name="Ans").check()
    fem.press("Save")
    fem.arrives(stage.meets(1))


def there_is_something_to_read_for_next_time(stage: Stage) -> None:
    """On the shelf, and from there tied to the second meeting."""
    fem, ans = stage["Fem"], stage["Ans"]
    fem.follow("Shelf")
    fem.follow("Put something on the shelf")
    fem.write("title", THEORY)
    fem.choose("section", "theory")
    fem.write("text", "Wat zag je, wat deed je, wat wil je weten?")
    fem.press("Put it on the shelf")
    fem.reads(stage.words("It lies on the shelf now."))
    fem.open(stage.meets(2))
    stage.turns_to(fem, "Choose from the shelf")
    fem.page.get_by_role("checkbox", name=THEORY).check()
    fem.press("Save")
    fem.arrives(stage.meets(2))
    ans.open("/start")
    ans.reads(HOMEWORK)
    ans.follow(THEORY)
    ans.is_titled(THEORY)


def the_group_gets_a_recap(stage: Stage) -> None:
    """Drafted from what was noted; sent to all, and kept at the meeting."""
    fem = stage["Fem"]
    fem.open(stage.meets(1))
    fem.follow("Write the recap")
    expect(fem.page.locator("[name=question]")).to_have_value(TOGETHER)
    expect(fem.page.locator("[name=homework]")).to_have_value(re.compile(re.escape(HOMEWORK)))
    fem.write("opening", OPENING)
    fem.press("Save, and look at it")
    fem.reads(THEORY)
    fem.press("Send it to everybody")
    fem.arrives(stage.meets(1))
    for who in QUESTIONS:
        mail = stage.mail_to(who, OPENING)
        assert TOGETHER in mail.text
        assert HOMEWORK in mail.text
        assert THEORY in mail.text
        assert stage.words.day(moment_on(DAYS[1], BEGINS)) in mail.text
    late = stage["Özge"]
    late.open(stage.meets(1))
    late.page.get_by_text(stage.words("Read the whole recap")).click()
    late.reads(OPENING)


# ------------------------------------------------------------------------ between two meetings


def each_makes_a_plan(stage: Stage) -> None:
    for who in ("Noor", "Ans"):
        one = stage[who]
        one.open("/start")
        one.press("Write my plan")
        one.write("what", f"{PLAN} {who}")
        one.write("minutes", "20")
        one.press("I am going to try this")
        one.reads(stage.words("being tried"))
    ans, noor = stage["Ans"], stage["Noor"]
    noor.press("Open it to my group")
    ans.follow("What others opened")
    stage.turns_to(ans, "Read")
    ans.write("text", ASKED)
    ans.press("Ask this")
    ans.reads(ASKED)
    noor.page.reload()
    noor.page.locator("a[href*='/plan-questions/']").click()
    noor.write("answer", ANSWER)
    noor.press("Save")
    ans.page.reload()
    ans.reads(ANSWER)


def two_ask_each_other_as_a_pair(stage: Stage) -> None:
    fem = stage["Fem"]
    fem.open(f"{stage.trajectory.path}/pairs")
    for who in ("Noor", "Ans"):
        fem.page.get_by_role("checkbox", name=who).check()
    fem.press("Propose this pair")
    for who in ("Noor", "Ans"):
        stage[who].open(f"{stage.trajectory.path}/mine")
        stage[who].press("I agree")
    noor = stage["Noor"]
    noor.page.reload()
    noor.follow("See what is opened to you")
    noor.reads(f"{PLAN} Ans")


def who_has_a_plan_is_reminded(stage: Stage) -> None:
    """By themselves, and in the name of the facilitator; who has no plan gets nothing."""
    for who in ("Noor", "Ans"):
        mail = stage.mail_to(who, f"{PLAN} {who}")
        assert "Fem Visser" in mail.text
        assert TOGETHER in mail.text or QUESTIONS[who] in mail.text
    assert not stage.server.mailbox.has(stage["Özge"].person.email)


def somebody_tried_it_and_looks_back(stage: Stage) -> None:
    """Two minutes on a phone, and then four questions; each answer has its own readers."""
    noor, fem, ans = stage["Noor"], stage["Fem"], stage["Ans"]
    noor.open("/start")
    noor.press("Write a note")
    noor.write("text", NOTE)
    noor.is_saved()
    noor.press("Done")
    noor.press("Look back")
    noor.write("gained", GAINED)
    noor.is_saved()
    noor.press("Save")
    noor.page.locator("a[href$='/gained/readers']").click()
    noor.choose("audience", "facilitators")
    noor.press("Save")
    noor.write("sentence", SENTENCE)
    noor.press("Bring this sentence along")
    for reader, reads_answer in ((fem, True), (ans, False)):
        reader.open(f"{stage.trajectory.path}/shared")
        expect(reader.page.get_by_text(GAINED)).to_have_count(int(reads_answer))
        expect(reader.page.get_by_text(NOTE)).to_have_count(0)
    fem.open(f"{stage.meets(2)}/preparation")
    fem.reads(SENTENCE)


# ------------------------------------------------------------------------------ months go by


def four_more_meetings_have_been(stage: Stage) -> None:
    """Of which the facilitator finds on the desk what is left to do."""
    fem, words = stage["Fem"], stage.words
    fem.open("/desk")
    fem.reads(TITLE)
    for number in (2, 3, 4, 5):
        fem.open(f"{stage.meets(number)}/attendance")
        fem.press("All others were there")
        expect(fem.page.locator("[aria-pressed=true]")).to_have_count(3)
    fem.follow("Back to the meeting")
    fem.follow("Record how the question goes on")
    fem.choose("step", "follow_up")
    fem.write("text", NEXT)
    fem.press("Record it")
    fem.reads(words("The common question is recorded."))
    stage["Ans"].open(f"{stage.trajectory.path}/questions")
    stage["Ans"].reads(words("How our question grew"))


def each_is_asked_for_a_scan_once_more(stage: Stage) -> None:
    for who in QUESTIONS:
        stage.mail_to(who, stage.words("Your scan once more, before %(when)s", when=""))
    noor = stage["Noor"]
    noor.open("/start")
    noor.follow("Start a new scan")
    noor.press("Start a new scan")
    noor.fill_in_all(RESCAN)
    noor.press("Finish my self-scan")
    noor.has_finished()
    stage.scans("Ans", RESCAN)


# -------------------------------------------------------------------------------- how it ends


def the_last_meeting_is_written_down(stage: Stage) -> None:
    fem = stage["Fem"]
    fem.open(f"{stage.meets(6)}/attendance")
    fem.press("All others were there")
    expect(fem.page.locator("[aria-pressed=true]")).to_have_count(3)


def somebody_sees_then_and_now(stage: Stage) -> None:
    noor, words = stage["Noor"], stage.words
    noor.open(f"{stage.trajectory.path}/mine")
    noor.follow("My questions, and my scan then and now")
    noor.reads(QUESTIONS["Noor"])
    noor.reads(NEXT)
    expect(noor.page.locator("svg[role=img]").first).to_be_visible()
    # The competence area of the common question has two of the five parts.
    worked_on = noor.page.locator(".moved li", has_text=words("you worked on this"))
    expect(worked_on).to_have_count(2)


def the_group_tells_the_team(stage: Stage) -> None:
    """Written by one, agreed to by all, and only then read outside."""
    words, message = stage.words, f"{stage.trajectory.path}/team-message"
    ans, pia = stage["Ans"], stage.member("Pia Leider", Role.PROGRAMME_LEADER, viewport=LAPTOP)
    ans.open(stage.trajectory.path)
    ans.follow("What we tell the team")
    ans.write("different", DIFFERENT)
    ans.write("proposal", PROPOSAL)
    ans.choose("told", "programme")
    ans.press("Save")
    ans.reads(words("Saved."))
    for who in QUESTIONS:
        one = stage[who]
        one.open(message)
        expect(one.button("Release it")).to_have_count(0)
        one.press("I agree with this text")
        one.reads(words("You agree. Where a word of it changes, you are asked again."))
    stage["Özge"].press("Release it")
    stage["Özge"].reads(words("Take it back"))
    pia.open("/start")
    pia.follow("Trajectories")
    pia.page.locator(f"a[href='{message}/released']").click()
    pia.reads(PROPOSAL)


def it_is_closed(stage: Stage) -> None:
    fem = stage["Fem"]
    fem.open(stage.trajectory.path)
    fem.reads(stage.words("All meetings are over"))
    fem.follow("Closing")
    fem.press("Close the trajectory")
    fem.reads(stage.words("The trajectory is closed. Everybody in it can still read it."))


def somebody_takes_a_portfolio_and_a_certificate_along(stage: Stage) -> None:
    noor, words = stage["Noor"], stage.words
    noor.open("/start")
    noor.page.locator("a[href$='/portfolio']").click()
    noor.press("Tick all that is my own")
    noor.reads(words("All that is your own goes in now. Untick what you leave out."))
    noor.follow("See it as it prints")
    noor.arrives("/print")
    printed = "".join(paper(noor.page))
    with noor.page.expect_download() as coming:
        noor.follow("Keep it as a PDF")
    made = "".join(pages_of(coming.value.path().read_bytes()))
    for text in (QUESTIONS["Noor"], PLAN, NOTE, GAINED):
        assert plain(text) in printed
        assert plain(text) in made
    noor.open(f"{stage.trajectory.path}/certificate")
    noor.press("Claim my certificate")
    noor.page.wait_for_url("**/certificates/*")
    noor.reads(noor.person.name)


def the_next_one_begins(stage: Stage) -> None:
    """Only who is chosen again goes along."""
    fem = stage["Fem"]
    fem.open(f"{stage.trajectory.path}/closing")
    fem.follow("Start the next trajectory")
    fem.page.get_by_role("checkbox", name="Ans").check()
    fem.choose("goes_on", "deepen")
    fem.press("Set it up")
    fem.arrives("/people")
    expect(fem.page.locator("main li", has_text="Ans")).to_have_count(1)
    expect(fem.page.locator("main li", has_text="Noor")).to_have_count(0)
    assert len(stage.server.rows("SELECT id FROM trajectory")) == 2
