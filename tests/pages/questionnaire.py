"""A programme leader at work on the questionnaire of a partnership."""

from dataclasses import dataclass
from typing import Any

from tests.pages.client import Browser, Fields, Page


@dataclass
class Editor:
    """The pages of one partnership, in the browser of whoever leads its programme."""

    browser: Browser
    path: str

    def get(self, path: str = "") -> Page:
        return self.browser.get(self.path + path)

    def start(self) -> Page:
        """Begin a draft, and look at it."""
        return self.get().send(form="/start").follow()

    def draft(self) -> Page:
        return self.get("/draft")

    def edit(self, item: str) -> Page:
        """The page on which this is changed: `statement/student-relationship`."""
        return self.get(f"/draft/{item}")

    def save(self, item: str, **fields: str) -> Page:
        return self.edit(item).send(fields, form=f"/draft/{item}")

    def post(self, path: str, fields: Fields | None = None) -> Page:
        return self.browser.post(self.path + path, fields)

    def publish(self) -> Page:
        return self.get("/draft/publish").send(form="/draft/publish")

    def add(self, axis: str = "pedagogical", **fields: str) -> Page:
        """A behaviour that all three forms ask about, unless the fields say otherwise."""
        texts = {
            "name_nl": "Vragen stellen",
            "opening_question_nl": "Wanneer vroeg ik door?",
            "text_self_nl": "Ik stel open vragen.",
            "text_student_nl": "Mijn begeleider stelt open vragen.",
            "text_trainer_nl": "{supervisor} stelt open vragen.",
        }
        return self.save(f"new-behaviour/{axis}", **texts | fields)


def anchors(page: Page, start: str) -> list[str]:
    """The places on the page whose names begin like this, in their order."""
    return [each.get("id") for each in page.main.walk() if each.get("id").startswith(start)]


def place(page: Page, anchor: str) -> Any:
    """What stands at this place of the page."""
    [found] = page.main.all(id=anchor)
    return found
