"""From the first visit to a learning question and a second scan, as people go through it."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from playwright.sync_api import expect

from tests.browser.conftest import LAPTOP, OpenBrowser
from tests.browser.pages import EXAMPLE, FEED_FORWARD, OPEN, Guest, Supervisor, sheet
from tests.browser.server import Person, Server, somebody
from tests.browser.words import QUESTIONNAIRE, Words
from tests.forms import Form, asked_as
from tests.waiting import wait_until
from zetwpo.accounts.actors import Role
from zetwpo.clock import now, today
from zetwpo.i18n import Language

WORD = "Graag je eerlijke blik,\nook op wat nog niet lukt 🌱"
OWN = sheet(
    Form.SELF,
    "6 5 4 5 5  3 4 5  2 2  5 6 5 6 6  4 4 4 4",
    {
        (EXAMPLE, "pedagogical"): "Op maandag stelt mijn student eerst zelf een doel.",
        (EXAMPLE, "developmental"): "Ik neem mijn eigen les op.",
    },
)
STUDENT = sheet(
    Form.STUDENT,
    "7 6 x 6 5  6 6 6 6  x x  6 5 6 7 6  - 4",
    {
        (EXAMPLE, "pedagogical"): "Vorige week dronken we samen thee na een zware les.",
        (FEED_FORWARD, "gatekeeper"): "Zeg halverwege waar ik sta: <b>graag</b> =1+1",
    },
)
PLANNER = sheet(
    Form.STUDENT,
    "1 1 1 1 1  1 1 1 1  1 1  1 1 1 1 1  1 1",
    {(FEED_FORWARD, "pedagogical"): "Nog niet te lezen"},
)
TRAINER = sheet(Form.TRAINER, "5 5 5 5 5  4 4 4  4 5  6 6 6 6 6  5 5 5 2")
# Mean, judged, asked: of the supervisor, the student and the trainer, for each axis.
SCORES = (
    ((5, 5, 5), (6, 4, 5), (5, 5, 5)),
    ((4, 3, 3), (6, 4, 4), (4, 3, 3)),
    ((2, 2, 2), (None, 0, 2), (4.5, 2, 2)),
    ((5.6, 5, 5), (6, 5, 5), (6, 5, 5)),
    ((4, 4, 4), (4, 1, 2), (4.25, 4, 4)),
)
# The same supervisor, some months later.
AGAIN = sheet(Form.SELF, "7 7 7 7 7  - - -  4 4  - - - - -  - - - -")


@dataclass(frozen=True)
class Stage:
    """Where the story plays, and who plays."""

    server: Server
    open_browser: OpenBrowser
    words: Words
    supervisor: Person
    began_at: datetime = field(default_factory=now)
    student: Person = field(default_factory=lambda: somebody("Bo de Wit"))
    planner: Person = field(default_factory=lambda: somebody("Kim Vos"))
    unasked: Person = field(default_factory=lambda: somebody("Noor Bakker"))
    trainer: Person = field(default_factory=lambda: somebody("Jan O’Neill"))

    def supervisor_with(self, **device: Any) -> Supervisor:
        """The supervisor, on a device of a kind."""
        page = self.open_browser(self.server, self.words.language, **device)
        return Supervisor(page, self.words, self.supervisor, self.server.mailbox)

    def guest(self, person: Person, form: Form, **device: Any) -> Guest:
        """Somebody who opens the link from the mail, in a browser of their own."""
        page = self.open_browser(self.server, self.words.language, **device)
        guest = Guest(page, self.words, form, person, self.supervisor)
        mail = self.server.mailbox.take(person.email)
        assert self.supervisor.name in mail.subject
        guest.open(mail.link)
        return guest


@pytest.mark.parametrize(
    ("server_on", "language"),
    [("sqlite", "nl"), pytest.param("postgresql", "en", marks=pytest.mark.postgres)],
    indirect=["server_on"],
)
def test_a_supervisor_scans_asks_reads_and_learns(
    server_on: Server, open_browser: OpenBrowser, language: Language, tmp_path: Path
) -> None:
    lena = server_on.add_person(somebody("Lena Pauw"), Role.SUPERVISOR)
    stage = Stage(server_on, open_browser, Words(language), lena)
    laptop = begins_on_a_phone_and_goes_on_with_a_laptop(stage)
    asks_four_people_and_withdraws_one(laptop, stage)
    a_withdrawn_guest_can_do_nothing(stage)
    a_student_shares_now(stage)
    another_student_shares_later(stage)
    a_trainer_shares_now(stage)
    sees_who_shared(laptop, stage)

    laptop.go_to_start()
    laptop.follow("Check and finish")
    laptop.press("Finish my self-scan")
    laptop.has_finished()
    laptop.follow("See the result")
    laptop.arrives("/result")
    sees_nothing_of_later(laptop, stage)
    others = (stage.student, stage.trainer)
    sees_everything_in_figures(laptop, others)
    sees_everything_in_words(laptop)
    plays_with_the_spider(laptop, stage.student)
    takes_it_along(laptop, others, tmp_path)
    sees_paper_without_buttons(laptop, lena, others)

    laptop.follow("Draft your learning question")
    drafts = ["Hoe vraag ik door?", "Hoe help ik mijn student om zelf te kijken?"]
    for draft in drafts:
        laptop.drafts(QUESTIONNAIRE.axes[2], draft)
    expect(laptop.page.locator(".versions blockquote")).to_have_text(drafts[::-1])

    laptop.go_to_start()
    laptop.follow("Start a new scan")
    laptop.press("Start a new scan")
    laptop.fill_in_all(AGAIN)
    laptop.press("Finish my self-scan")
    laptop.has_finished()
    laptop.follow("See the result")
    sees_growth(laptop)


def begins_on_a_phone_and_goes_on_with_a_laptop(stage: Stage) -> Supervisor:
    phone = stage.supervisor_with(is_mobile=True, has_touch=True)
    phone.sign_in_by_link()
    phone.press("Start the self-scan")
    phone.fill_in_all(OWN, parts=(1, 2))
    phone.fill_in(3, OWN)
    # Without the button: the page saves by itself.
    wait_until(lambda: len(stage.server.answers_of(stage.supervisor)) == 10)

    laptop = stage.supervisor_with(viewport=LAPTOP)
    laptop.sign_in_by_code()
    laptop.follow("Go on")
    laptop.fill_in_all(OWN, parts=(4, 5))
    laptop.sees_overview(OWN)
    return laptop


def asks_four_people_and_withdraws_one(asker: Supervisor, stage: Stage) -> None:
    asker.go_to_start()
    asker.follow("Ask for feedback")
    for person in (stage.student, stage.planner, stage.unasked):
        asker.ask_for_feedback("student", person, WORD)
    asker.ask_for_feedback("school_trainer", stage.trainer)
    asker.withdraw(stage.unasked)


def a_withdrawn_guest_can_do_nothing(stage: Stage) -> None:
    stage.guest(stage.unasked, Form.STUDENT).can_do_nothing()


def a_student_shares_now(stage: Stage) -> None:
    student = stage.guest(stage.student, Form.STUDENT)
    student.is_asked()
    student.reads(WORD.splitlines()[0])
    student.follow("Start")
    student.fill_in_all(STUDENT)
    student.sees_overview(STUDENT)
    student.share_now()
    student.has_shared()


def another_student_shares_later(stage: Stage) -> None:
    planner = stage.guest(stage.planner, Form.STUDENT)
    planner.follow("Start")
    planner.fill_in_all(PLANNER)
    planner.share_from((today() + timedelta(days=30)).isoformat())
    planner.has_planned()


def a_trainer_shares_now(stage: Stage) -> None:
    trainer = stage.guest(stage.trainer, Form.TRAINER, viewport=LAPTOP)
    trainer.follow("Start")
    trainer.fill_in_all(TRAINER)
    trainer.sees_overview(TRAINER)
    trainer.share_now()
    trainer.has_shared()


def sees_who_shared(asker: Supervisor, stage: Stage) -> None:
    asker.page.reload()
    # It may be midnight in the middle of the story.
    days = {stage.words.day(moment) for moment in (stage.began_at, now())}
    shared = re.compile("|".join(stage.words("shared with you on %(day)s", day=d) for d in days))
    for person, count in ((stage.student, 1), (stage.planner, 0), (stage.trainer, 1)):
        expect(asker.asked(person).get_by_text(shared)).to_have_count(count)


def sees_nothing_of_later(reader: Supervisor, stage: Stage) -> None:
    for text in (stage.planner.name, *PLANNER.texts.values()):
        assert text not in reader.page.content()


def sees_everything_in_figures(reader: Supervisor, others: Sequence[Person]) -> None:
    words, page = reader.words, reader.page
    roles = asked_as("student"), asked_as("school_trainer")
    labels = [words.of(role.label) for role in roles]
    for label in labels:
        expect(page.locator(".shape .caption")).to_contain_text(
            words.plural("that of one %(who)s", "those of %(num)s %(people)s", 1, who=label)
        )
    table = page.locator("table[aria-labelledby=axes-table]")
    heads = table.get_by_role("columnheader")
    people = [f"{each.name} ({label})" for each, label in zip(others, labels, strict=True)]
    expect(heads).to_have_text([words("Part"), words("You"), *people])
    rows = table.locator("tbody tr").evaluate_all(
        "all => all.map(row => [...row.cells].map(cell => cell.innerText.trim().split(/\\s*\\n/)))"
    )
    for row, axis, scores in zip(rows, QUESTIONNAIRE.axes, SCORES, strict=True):
        assert row[0] == [words.of(axis.role).capitalize()]
        for cell, (mean, judged, asked) in zip(row[1:], scores, strict=True):
            value = words("no judgement") if mean is None else words.figure(mean)
            coverage = words("%(judged)s of %(asked)s", judged=judged, asked=asked)
            assert cell[0] == value
            assert cell[1].startswith(coverage)
    expect(page.locator(".dot-row:not(.dot-scale)")).to_have_count(len(QUESTIONNAIRE.behaviours))


def sees_everything_in_words(reader: Supervisor) -> None:
    words, page = reader.words, reader.page
    titles = page.get_by_role("heading", level=2).all_inner_texts()
    order = [
        words(title)
        for title in ("What is strong", "Where your views differ", "What could get attention")
    ]
    assert [title for title in titles if title in order] == order
    differences = page.locator("[aria-labelledby=differ] .difference h3")
    expect(differences).to_have_text(
        [
            words.of(behaviour.name)
            for key in (
                *("contact_about_progress", "judging_level"),
                *("contact_with_colleagues", "documenting_development", "critical_stance"),
            )
            for behaviour in QUESTIONNAIRE.behaviours
            if behaviour.key == key
        ]
    )
    expect(differences.nth(1)).to_be_visible()
    expect(differences.nth(2)).to_be_hidden()
    for filled in (OWN, STUDENT):
        for text in filled.texts.values():
            expect(page.locator(".words blockquote", has_text=text)).to_have_count(1)


def plays_with_the_spider(reader: Supervisor, one: Person) -> None:
    page = reader.page
    reader.press("Explore the chart")
    expect(page.locator("[data-spider][data-live]")).to_be_visible()
    expect(page.locator(".spider > svg")).to_be_hidden()
    lines = page.locator(".spider-plot .scatterlayer .trace")
    expect(lines).to_have_count(3)
    # Plotly shows its buttons to a mouse.
    page.locator(".spider-plot").hover()
    expect(page.locator(".modebar, .modebar-btn, [data-title]")).to_have_count(0)
    fold = page.locator("#rows ~ .keyed summary").first
    fold.click()
    tick = page.get_by_role("checkbox", name=one.name)
    tick.uncheck()
    expect(lines).to_have_count(2)
    expect(page.locator(".dot-row .series-2").first).to_be_hidden()
    tick.check()
    expect(lines).to_have_count(3)
    expect(page.locator(".dot-row .series-2").first).to_be_visible()
    fold.click()


def takes_it_along(reader: Supervisor, others: Sequence[Person], folder: Path) -> None:
    def take(label: str) -> Path:
        with reader.page.expect_download() as download:
            reader.follow(label)
        path = folder / download.value.suggested_filename
        download.value.save_as(path)
        return path

    names = [reader.words("You"), *(each.name for each in others)]
    data = json.loads(take("Data (JSON)").read_text())
    assert [view["name"] for view in data["views"]] == names
    book = openpyxl.load_workbook(take("Spreadsheet (XLSX)"))
    cells = {cell.value for page in book for row in page.iter_rows() for cell in row}
    assert {*names, *STUDENT.texts.values(), *OWN.texts.values()} <= cells


def sees_paper_without_buttons(reader: Supervisor, me: Person, others: Sequence[Person]) -> None:
    page = reader.page
    page.emulate_media(media="print")
    expect(page.locator("header.site")).to_be_hidden()
    expect(page.locator("footer.site")).to_be_hidden()
    expect(page.get_by_role("button")).to_have_count(0)
    expect(page.locator(".spider-plot")).to_be_hidden()
    expect(page.locator(".spider > svg")).to_be_visible()
    for person in others:
        for place in (".chart-legend", ".chart-key"):
            expect(page.locator(place).get_by_text(person.name)).to_be_visible()
    for line in page.locator(".heading .print-only").all():
        expect(line).to_contain_text(me.name)
    expect(page.locator("#readers")).to_be_hidden()
    # Folded on the screen, and open on paper: with a script, and before that by the style sheet.
    folded = page.locator("#rows ~ .keyed details")
    expect(folded.locator(".dot-row").first).to_be_visible()
    expect(folded.first).not_to_have_attribute("open", "")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    expect(page.locator("details:not([open])")).to_have_count(0)
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    expect(page.locator("details[open]")).to_have_count(0)
    page.emulate_media(media="screen")
    expect(folded.locator(".dot-row").first).to_be_hidden()


def sees_growth(reader: Supervisor) -> None:
    words = reader.words
    reader.arrives("/result")
    moved = [
        [name, *re.findall(r"\d", steps)]
        for name, steps in reader.page.locator(".moved li").evaluate_all(
            "all => all.map(each => [...each.children].map(part => part.innerText))"
        )
    ]
    assert moved == [
        [words.of(behaviour.name), OWN.marks[behaviour.key], AGAIN.marks[behaviour.key]]
        for behaviour in QUESTIONNAIRE.behaviours
        if AGAIN.marks.get(behaviour.key, OPEN) not in (OPEN, OWN.marks.get(behaviour.key))
    ]
