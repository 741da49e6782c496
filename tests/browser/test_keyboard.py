"""From signing in to handing in with the keyboard alone; one always sees where one is."""

from collections.abc import Callable

from tests.browser.conftest import LAPTOP, OpenBrowser
from tests.browser.pages import EXAMPLE, Sheet, Supervisor, sheet
from tests.browser.server import Server, somebody
from tests.browser.words import Words
from zetwpo.accounts.policy import Role
from zetwpo.library.questionnaires import Form

FILLED = sheet(
    Form.SELF,
    "1 2 3 4 5  6 7 1  2 3  4 5 6 7 1  2 3 4 5",
    {(EXAMPLE, "gatekeeper"): "Ik vraag eerst hoe het ging."},
)
# A page does not have more stops than this before the one that is meant.
MOST_STOPS = 40

# What has the focus, how one sees that, and whether it is where one looks.
FOCUS = """() => {
  const field = document.activeElement;
  // The label shows the focus of a point of the scale.
  const shown = field.closest(".scale label") ?? field;
  const style = getComputedStyle(shown);
  const box = shown.getBoundingClientRect();
  const left = Math.max(box.left, 0), right = Math.min(box.right, innerWidth);
  const top = Math.max(box.top, 0), bottom = Math.min(box.bottom, innerHeight);
  const middle = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
  return {
    html: field.outerHTML.slice(0, 200),
    words: field.innerText ?? "",
    name: field.name ?? "",
    href: field.getAttribute("href") ?? "",
    isOutlined: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
    // Windows scroll by whole pixels.
    isInside: box.width > 0 && box.left > -1 && box.right < innerWidth + 1
      && box.top > -1 && (box.bottom < innerHeight + 1 || box.height > innerHeight),
    isCovered: !(shown.contains(middle) || middle?.contains(shown)),
  };
}"""


class Typist(Supervisor):
    """Somebody without a mouse."""

    def tab_to(self, is_meant: Callable[[dict[str, str]], bool]) -> None:
        """Press Tab until the focus is there, and expect to see it at every stop."""
        for _stop in range(MOST_STOPS):
            self.page.keyboard.press("Tab")
            focus = self.page.evaluate(FOCUS)
            assert focus["isOutlined"], focus
            assert focus["isInside"], focus
            assert not focus["isCovered"], focus
            if is_meant(focus):
                return
        raise AssertionError(f"the keyboard does not get there, but to {focus}")

    def enter(self, label: str) -> None:
        """Go to the button or link with this name, and press Enter."""
        name = self.words(label)
        self.tab_to(lambda focus: focus["words"].strip() == name)
        self.leaves_by_pressing("Enter")

    def leaves_by_pressing(self, key: str) -> None:
        """Press a key that leads to the next page."""
        with self.page.expect_navigation():
            self.page.keyboard.press(key)

    def type_in(self, name: str, text: str) -> None:
        """Go to a field and type."""
        self.tab_to(lambda focus: focus["name"] == name)
        self.page.keyboard.type(text)

    def fill_in_part(self, number: int, filled: Sheet) -> None:
        """Choose with the arrows, as in any group of radio buttons, and type the texts."""
        part = self.form.parts[number - 1]
        self.is_at_part(number)
        for statement in part.statements:
            self.tab_to(lambda focus, key=statement.key: focus["name"] == key)
            self.page.keyboard.press("Space")
            for _step in range(1, int(filled.marks[statement.key])):
                self.page.keyboard.press("ArrowRight")
        for (kind, axis), text in filled.texts.items():
            if axis == part.axis:
                self.type_in(f"text-{kind}-{axis}", text)


def test_a_scan_with_the_keyboard_alone(server: Server, open_browser: OpenBrowser) -> None:
    person = server.add_person(somebody("Ans Vos"), Role.SUPERVISOR)
    page = open_browser(server, viewport=LAPTOP)
    ans = Typist(page, Words("nl"), person, server.mailbox)
    ans.open("/")
    ans.enter("Sign in")
    ans.type_in("email", person.email)
    ans.leaves_by_pressing("Enter")
    ans.type_in("code", server.mailbox.take(person.email).code)
    ans.leaves_by_pressing("Enter")
    ans.enter("Start the self-scan")
    for number in range(1, 6):
        ans.fill_in_part(number, FILLED)
        ans.enter("Save and check everything" if number == 5 else "Save and continue")
    ans.sees_overview(FILLED)
    ans.enter("Hand in my self-scan")
    ans.arrives("/result")
    assert server.answers_of(person) == FILLED.stored
