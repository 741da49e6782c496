"""What people do on the pages, in their own words: they press, follow, write and choose."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from playwright.sync_api import Locator, Page, expect

from tests.browser.mailbox import SIGN_IN, Mailbox
from tests.browser.server import Person
from tests.browser.words import QUESTIONNAIRE, Words
from tests.forms import Form
from tests.waiting import wait_until
from zetwpo.first_names import first_name
from zetwpo.i18n import LANGUAGE_NAMES
from zetwpo.library.questionnaires import Axis, FormFile, Part, Statement

CANNOT_JUDGE, OPEN = "x", "-"
EXAMPLE, FEED_FORWARD = "example", "feed_forward"


@dataclass(frozen=True)
class Sheet:
    """What somebody fills in: a mark for each statement, and texts by kind and axis."""

    form: FormFile
    marks: Mapping[str, str]
    texts: Mapping[tuple[str, str], str] = field(default_factory=dict)

    @property
    def stored(self) -> dict[str, int | None]:
        """The marks as the database has them."""
        return {
            key: None if mark == CANNOT_JUDGE else int(mark)
            for key, mark in self.marks.items()
            if mark != OPEN
        }

    @property
    def fields(self) -> list[dict[str, str]]:
        """The same as the fields of each part's form."""
        return [self._fields(part) for part in self.form.parts]

    def _fields(self, part: Part) -> dict[str, str]:
        answers = {
            f"statement-{statement.key}": "cannot_judge" if mark == CANNOT_JUDGE else mark
            for statement in part.statements
            if (mark := self.marks[statement.key]) != OPEN
        }
        texts = {
            f"text-{kind}-{axis}": text
            for (kind, axis), text in self.texts.items()
            if axis == part.axis
        }
        return answers | texts


def sheet(form: Form, marks: str, texts: Mapping[tuple[str, str], str] | None = None) -> Sheet:
    """Marks from 1 to 7 in the order of the form; x: cannot judge; -: left open."""
    questions = QUESTIONNAIRE.forms[form]
    keys = [statement.key for statement in questions.statements]
    return Sheet(questions, dict(zip(keys, marks.split(), strict=True)), texts or {})


class Visitor:
    """Somebody with a browser."""

    def __init__(self, page: Page, words: Words) -> None:
        self.page = page
        self.words = words

    def open(self, path: str = "/") -> None:
        """Go to an address."""
        self.page.goto(path)

    def press(self, label: str) -> None:
        """Press the button with this name."""
        self.button(label).click()

    def follow(self, label: str) -> None:
        """Follow the link with this name."""
        name = self.words(label)
        self.page.get_by_role("link", name=name, exact=True).first.click()

    def button(self, label: str) -> Locator:
        """The button with this name."""
        return self.page.get_by_role("button", name=self.words(label), exact=True)

    def write(self, name: str, text: str) -> None:
        """Fill in a field."""
        self.page.locator(f'[name="{name}"]').fill(text)

    def choose(self, name: str, value: str) -> None:
        """Choose one of a few."""
        self.page.locator(f'input[name="{name}"][value="{value}"]').check()

    def reads(self, text: str) -> None:
        """Expect what somebody wrote."""
        expect(self.page.get_by_text(text).first).to_be_visible()

    def wait_until(self, condition: Callable[[], bool]) -> None:
        """Wait for something that the browser tells us about."""

        def holds() -> bool:
            # Playwright passes on what it heard when it is asked something.
            self.page.evaluate("0")
            return condition()

        wait_until(holds)

    def arrives(self, path: str) -> None:
        """Expect a page whose address ends like this, at whichever place on it."""
        expect(self.page).to_have_url(re.compile(rf"{re.escape(path)}(#[\w-]+)?$"))
        self.page.wait_for_load_state()

    def is_titled(self, part: str) -> None:
        """Expect a page with these words in its title, for instance a name."""
        expect(self.page.get_by_role("heading", level=1)).to_contain_text(part)

    def is_refused(self) -> None:
        """Expect a form that says what to mend."""
        expect(self.page.locator("main .errors")).to_be_visible()
        # Its scripts take over what was typed.
        self.page.wait_for_load_state()

    def can_do_nothing(self) -> None:
        """Expect a page that only tells how things stand."""
        expect(self.page.get_by_role("heading", level=1)).to_be_visible()
        expect(self.page.locator("main").locator("form, .button")).to_have_count(0)

    def has_shared(self) -> None:
        """Expect a page on which nothing is left to fill in, and all can be read again."""
        expect(self.page.get_by_role("heading", level=1)).to_be_visible()
        expect(self.page.locator("main form")).to_have_count(0)
        expect(self.page.locator("main .button")).to_have_text(
            self.words("Read, save or delete it")
        )

    def speaks_own_language(self) -> None:
        """Expect a page in the own language, after choosing it where it is not."""
        if self.page.locator("html").get_attribute("lang") != self.words.language:
            name = LANGUAGE_NAMES[self.words.language]
            self.page.get_by_role("button", name=name, exact=True).click()
        expect(self.page.locator("html")).to_have_attribute("lang", self.words.language)


class Respondent(Visitor):
    """Somebody who fills in one of the three forms: about whom, where that is somebody else."""

    def __init__(self, page: Page, words: Words, form: Form, about: str = "") -> None:
        super().__init__(page, words)
        self.form = QUESTIONNAIRE.forms[form]
        self.about = about

    def statement(self, statement: Statement) -> Locator:
        """One statement with its scale."""
        name = self.words.about(statement.text, self.about)
        return self.page.get_by_role("group", name=name, exact=True)

    def point(self, statement: Statement, mark: str) -> Locator:
        """One point of the scale, or "cannot judge"."""
        return self.statement(statement).get_by_role("radio", name=self._name(mark), exact=True)

    def question(self, kind: str, part: Part) -> Locator:
        """An open question."""
        asks_example = kind == EXAMPLE and self.form.cannot_judge is not None
        label = (
            self.words("An example from practice, if you like")
            if asks_example
            else self.words.about(part.open_question, self.about)
        )
        return self.page.get_by_label(label, exact=True)

    def is_at_part(self, number: int) -> None:
        """Expect the form of this part."""
        self.arrives(f"/part/{number}")
        axis = QUESTIONNAIRE.axis(self.form.parts[number - 1].axis)
        expect(self.page.get_by_role("heading", level=1)).to_have_text(self.words.of(axis.title))

    def fill_in(self, number: int, filled: Sheet) -> None:
        """Fill in one part, and leave it at that."""
        part = self.form.parts[number - 1]
        self.is_at_part(number)
        for statement in part.statements:
            mark = filled.marks[statement.key]
            if mark != OPEN:
                self.point(statement, mark).check()
        for (kind, axis), text in filled.texts.items():
            if axis == part.axis:
                self.question(kind, part).fill(text)

    def shows(self, number: int, filled: Sheet) -> None:
        """Expect a part as it was filled in."""
        part = self.form.parts[number - 1]
        for statement in part.statements:
            chosen = self.statement(statement).get_by_role("radio", checked=True)
            mark = filled.marks[statement.key]
            expect(chosen).to_have_count(0 if mark == OPEN else 1)
            if mark != OPEN:
                expect(self.point(statement, mark)).to_be_checked()
        for (kind, axis), text in filled.texts.items():
            if axis == part.axis:
                expect(self.question(kind, part)).to_have_value(text)

    @property
    def status(self) -> Locator:
        """The line that says what was saved."""
        return self.page.locator("form [role=status]")

    def is_saved(self) -> None:
        """Expect that the page says so, without a button."""
        expect(self.page.locator("form [role=status]:not(.failed)")).not_to_be_empty()

    def is_not_saved(self) -> None:
        """Expect that the page says so, and why."""
        expect(self.page.locator("form [role=status].failed")).not_to_be_empty()

    def gets_back(self, text: str) -> None:
        """Expect a page that could not take a text in and shows it to its author."""
        expect(self.page.locator("main .typed", has_text=text)).to_be_visible()

    def save(self, number: int) -> None:
        """Press the button below a part."""
        is_last = number == len(self.form.parts)
        self.press("Save and check everything" if is_last else "Save and continue")

    def fill_in_all(self, filled: Sheet, parts: Sequence[int] = (1, 2, 3, 4, 5)) -> None:
        """Fill in these parts one after the other, with the button below each."""
        for number in parts:
            self.fill_in(number, filled)
            self.save(number)

    def sees_overview(self, filled: Sheet) -> None:
        """Expect every answer and every text before handing in or sharing, and nothing else."""
        lines = self.page.locator(".answers dl > div")
        expect(lines).to_have_count(len(self.form.statements))
        shown = lines.evaluate_all(
            "all => all.map(each => [...each.children].map(child => child.textContent.trim()))"
        )
        assert shown == [
            [self.words.about(each.text, self.about), self._shown(filled.marks[each.key])]
            for each in self.form.statements
        ]
        assert sorted(self.page.locator(".answers blockquote").all_text_contents()) == sorted(
            filled.texts.values()
        )

    def _name(self, mark: str) -> str:
        if mark == CANNOT_JUDGE:
            return self._shown(mark)
        ends = {"1": self.form.scale.lowest, "7": self.form.scale.highest}
        if mark in ends:
            return f"{mark}, {self.words.about(ends[mark], self.about)}"
        return self.words("%(point)s of 7", point=mark)

    def _shown(self, mark: str) -> str:
        if mark == OPEN:
            return self.words("not answered")
        if mark == CANNOT_JUDGE:
            assert self.form.cannot_judge is not None
            return self.words.of(self.form.cannot_judge)
        return mark


class Supervisor(Respondent):
    """A workplace supervisor: signs in, scans, asks, reads and learns."""

    def __init__(self, page: Page, words: Words, person: Person, mailbox: Mailbox) -> None:
        super().__init__(page, words, Form.SELF)
        self.person = person
        self.mailbox = mailbox

    def ask_to_sign_in(self) -> None:
        """Ask for a mail from the front page."""
        self.open("/")
        self.speaks_own_language()
        self.follow("Sign in")
        self.write("email", self.person.email)
        self.press("Send me a link")
        self.arrives("/sign-in/code")

    def sign_in_by_link(self) -> None:
        """Open the link in the browser that asked for it."""
        self.ask_to_sign_in()
        self.open(self.mailbox.take(self.person.email, SIGN_IN).link)
        self.press("Sign in")
        self.is_at_start()

    def sign_in_by_code(self) -> None:
        """Type over the code, as somebody does whose mail is on another device."""
        self.ask_to_sign_in()
        self.write("code", self.mailbox.take(self.person.email).code)
        self.press("Sign in")
        self.is_at_start()

    def in_another_tab(self) -> "Supervisor":
        """The same person, in the same browser, on another page."""
        page = self.page.context.new_page()
        return Supervisor(page, self.words, self.person, self.mailbox)

    def sign_in_beside(self) -> None:
        """Sign in on the page that opens beside one that gives a text back."""
        with self.page.context.expect_page() as opened:
            self.page.locator("main a[target=_blank]").click()
        beside = Supervisor(opened.value, self.words, self.person, self.mailbox)
        beside.write("email", self.person.email)
        beside.press("Send me a link")
        beside.open(self.mailbox.take(self.person.email).link)
        beside.press("Sign in")
        beside.is_at_start()

    def is_at_start(self) -> None:
        """Expect the page with the next step."""
        self.arrives("/start")
        self.is_titled(first_name(self.person.name))

    def go_to_start(self) -> None:
        """Go to the page with the next step."""
        self.page.get_by_role("link", name="zetwpo", exact=True).click()
        self.is_at_start()

    def has_finished(self) -> None:
        """Expect the page that says so and what comes next."""
        self.arrives("/finished")
        self.is_titled(self.words("Your self-scan is finished"))

    def ask_for_feedback(self, role: str, person: Person, word: str = "") -> None:
        """Ask one person."""
        self.choose("role", role)
        self.write("name", person.name)
        self.write("email", person.email)
        self.write("word", word)
        self.choose("mail_language", self.words.language)
        self.press("Send the request")
        expect(self.asked(person)).to_be_visible()

    def withdraw(self, person: Person) -> None:
        """Take a question back."""
        self.asked(person).get_by_role("link").click()
        self.press("Withdraw the request")
        expect(self.asked(person).get_by_role("link")).to_have_count(0)

    def drafts(self, axis: Axis, text: str) -> None:
        """Write a learning question, and see it among its versions."""
        self.choose("axis", axis.key)
        self.write("text", text)
        self.press("Save my question")
        expect(self.page.locator(".versions blockquote").first).to_have_text(text)

    def asked(self, person: Person) -> Locator:
        """Somebody on the list of whom one asked."""
        return self.page.locator(".asked > li").filter(has_text=person.email)


class Guest(Respondent):
    """Somebody who gives feedback through a link, without an account."""

    def __init__(
        self, page: Page, words: Words, form: Form, person: Person, supervisor: Person
    ) -> None:
        super().__init__(page, words, form, supervisor.name)
        self.person = person
        self.supervisor = supervisor

    def is_asked(self) -> None:
        """Expect the page that the link opens, with a way to begin."""
        self.is_titled(self.supervisor.name)
        expect(self.page.locator("main a.button")).to_be_visible()

    def share_now(self) -> None:
        """Share it at once."""
        self.page.locator("form[action$='/share'] button").click()

    def has_shared(self) -> None:
        """Expect the page that says that it is shared, with the way to what was."""
        self.is_titled(self.words("Your feedback is shared"))
        expect(self.page.locator("main a.button[href$='/shared']")).to_be_visible()

    def share_from(self, day: str) -> None:
        """Share it from a day to come."""
        self.write("day", day)
        self.press("Share from this day")

    def has_planned(self) -> None:
        """Expect the page that says when it is shared."""
        self.is_titled(self.words("You share your feedback on %(day)s", day=""))
