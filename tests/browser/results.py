"""A finished scan with the feedback of a student and of a trainer, made in no time."""

from dataclasses import dataclass

from tests.browser.client import Client
from tests.browser.pages import sheet
from tests.browser.server import Person, Server, somebody
from tests.forms import Form
from zetwpo.accounts.actors import Role
from zetwpo.i18n import Language

OWN = sheet(Form.SELF, "6 5 4 5 5  3 4 5  2 2  5 6 5 6 6  4 4 4 4")
STUDENT = sheet(Form.STUDENT, "7 6 x 6 5  6 6 6 6  2 x  6 5 6 7 6  - 4")
TRAINER = sheet(Form.TRAINER, "6 6 6 6 6  3 3 3  1 1  5 5 5 5 5  7 7 7 7")


@dataclass(frozen=True)
class Finished:
    """Somebody with a result, who is signed in on a device of their own."""

    server: Server
    person: Person
    client: Client
    scan: str

    @property
    def path(self) -> str:
        """The page of the result."""
        return f"{self.scan}/result"

    def gets_feedback(self, role: str, name: str) -> None:
        """Ask somebody, who shares at once."""
        form = self.client.ask(self.scan, role, somebody(name), "nl")
        guest = Client(self.server)
        guest.fill_in(form, STUDENT if role == "student" else TRAINER)
        guest.share(form)


def finish(server: Server, language: Language = "nl") -> Finished:
    """A scan that is handed in, with what a student and a trainer shared about it."""
    person = server.add_person(somebody("Ans de Vries"), Role.SUPERVISOR)
    client = Client(server)
    client.sign_in(person)
    client.speak(language)
    found = Finished(server, person, client, client.start_scan())
    client.fill_in(found.scan, OWN)
    found.gets_feedback("student", "Bo de Wit")
    found.gets_feedback("school_trainer", "Jan Jansen")
    client.submit(found.scan)
    return found
