"""The whole way of a supervisor in any engine, from the first part to the result."""

from tests.browser.client import Client
from tests.browser.engine import Engine
from tests.browser.pages import EXAMPLE, Sheet, sheet
from tests.browser.server import Person, Server, somebody
from zetwpo.accounts.policy import Role
from zetwpo.library.questionnaires import Form

WORDS = "Een les over vissen"
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


def fill_in_and_finish(engine: Engine, filled: Sheet) -> None:
    """Go from the first part to the result, with a click for each answer."""
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
    engine.arrives("/result")
