"""The whole way of a supervisor in any engine, from the first part to the result."""

from tests.browser.client import Client
from tests.browser.engine import Engine
from tests.browser.pages import EXAMPLE, Sheet, sheet
from tests.browser.server import Person, Server, somebody
from tests.forms import Form
from tests.waiting import wait_until
from zetwpo.accounts.actors import Role

WORDS = "Een les over vissen"
POINT = "statement-relationship"
# As all drivers call these keys.
SPACE, ARROW_RIGHT = "\ue00d", "\ue014"
PEDAGOGICAL = (EXAMPLE, "pedagogical")
TEXT = f"text-{EXAMPLE}-pedagogical"
FILLED = sheet(Form.SELF, "1 2 3 4 5  6 7 1  2 3  4 5 6 7 1  2 3 4 5", {PEDAGOGICAL: WORDS})


class Elsewhere:
    """A supervisor with a scan, on another device."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.person: Person = server.add_person(somebody("Ans Vos"), Role.SUPERVISOR)
        self.client = Client(server)
        self.client.sign_in(self.person)
        self.scan = self.client.start_scan()

    @property
    def part(self) -> str:
        """The page of the first part."""
        return f"{self.scan}/part/1"

    @property
    def text(self) -> str:
        """The text that is stored with it."""
        return self.server.texts_of(self.person).get(PEDAGOGICAL, "")

    def writes(self, text: str, **answers: str) -> None:
        """Save the first part with another text, after having seen what is stored."""
        self.client.save(self.part, {TEXT: text} | answers)


def keeps_the_focus_in_sight_with_the_arrows(engine: Engine) -> None:
    """On the scale, where each arrow chooses another point."""
    engine.write(f"[name={POINT}][value='1']", SPACE)
    _shows_focus_on(engine, 1)
    for point in (2, 3):
        engine.write(f"[name={POINT}][value='{point - 1}']", ARROW_RIGHT)
        _shows_focus_on(engine, point)


def _shows_focus_on(engine: Engine, point: int) -> None:
    """Expect the focus on this point of the scale, which is chosen, and that one sees it."""
    code = """
      const { activeElement: field } = document;
      const style = getComputedStyle(field.nextElementSibling);
      return [field.name, field.value, field.checked, style.outlineStyle, style.outlineWidth];
    """
    assert engine.script(code) == [POINT, str(point), True, "solid", "3px"]


def goes_on_at_the_first_open_statement(engine: Engine) -> None:
    """Expect the focus on the statement to which the first page leads, and the whole in sight."""
    code = """
      const { activeElement: field } = document;
      const { top, bottom } = field.getBoundingClientRect();
      return [field.id, getComputedStyle(field).outlineStyle, top >= 0 && bottom <= innerHeight];
    """
    engine.open("/start")
    engine.press(".next a.button")
    engine.arrives("/part/1")
    wait_until(lambda: engine.script(code) == ["at-tailored_guidance", "solid", True])


def leaves_open(engine: Engine, elsewhere: Elsewhere) -> None:
    """Take an answer away while nothing can be stored, and find that back after another page."""
    engine.press(f"label:has([name={POINT}][value='3'])")
    wait_until(lambda: elsewhere.server.answers_of(elsewhere.person) == {"relationship": 3})
    wait_until(lambda: engine.script("return history.state") is None)
    # The last save of a page that is left, too.
    engine.script("window.fetch = () => Promise.reject(new Error())")
    engine.press(f"fieldset:has([name={POINT}]) [name=clear]")
    assert engine.value(POINT) == ""
    wait_until(lambda: engine.script("return history.state") is not None)
    engine.script("location = '/accessibility'")
    engine.arrives("/accessibility")
    assert elsewhere.server.answers_of(elsewhere.person) == {"relationship": 3}
    engine.go_back()
    engine.arrives("/part/1")
    assert engine.value(POINT) == ""
    wait_until(lambda: elsewhere.server.answers_of(elsewhere.person) == {})


def looks_empty_until_a_day_is_chosen(engine: Engine, elsewhere: Elsewhere) -> None:
    """Look at the field for a day before and after one is chosen."""
    link = elsewhere.client.ask(elsewhere.scan, "student", somebody("Bo de Wit"), "nl")
    Client(elsewhere.server).save(f"{link}/part/1", {POINT: "3"})
    # The supervisor cannot open it.
    engine.press("form[data-forget] button")
    engine.arrives("/")
    engine.open(f"{link}/preview")
    look = "return getComputedStyle(document.querySelector('#day')).color"
    empty = engine.script(look)
    assert empty != engine.script("return getComputedStyle(document.body).color")
    engine.script("document.querySelector('#day').value = '2030-06-30'")
    assert engine.script(look) == engine.script("return getComputedStyle(document.body).color")


def fill_in_and_finish(engine: Engine, filled: Sheet) -> None:
    """Go from the first part to the end, with a click for each answer."""
    for number, fields in enumerate(filled.fields, 1):
        engine.arrives(f"/part/{number}")
        for name, value in fields.items():
            if name.startswith("text-"):
                engine.write(f"[name={name}]", value)
            else:
                engine.press(f"label:has([name={name}][value='{value}'])")
        engine.press(".onward .button")
    engine.arrives("/check")
    engine.press("main form .button")
    engine.arrives("/finished")
