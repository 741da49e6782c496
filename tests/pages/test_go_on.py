"""Going on with a form, the same for everybody who fills one in."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from flask import Flask

from tests.factories import Maker, Scan, Someone
from tests.forms import SCHOOL_TRAINER, STUDENT
from tests.pages.client import Browser, Page
from tests.people import Browse

# Marks in the order of the form.
HALF_DONE = "5 - 5 5 5  5"
ALL = "all"
FORMS = ("self", "student", "trainer")
COUNTS = {"self": 19, "student": 18, "trainer": 19}


@dataclass
class Form:
    """A form that somebody is filling in, the page on which they go on, and that of all answers."""

    browser: Browser
    path: str
    begin: str
    overview: str
    total: int

    @property
    def card(self) -> Page:
        return self.browser.get(self.begin)

    @property
    def ways(self) -> list[tuple[str, str]]:
        """Where the button and the links below it lead, each with how it looks."""
        [shown] = [
            each
            for each in self.card.main.all("p", "div")
            if each.get("class") == "links" and self.path in each.all("a")[0].get("href")
        ]
        return [
            (each.get("href").removeprefix(self.path), each.get("class")) for each in shown.all("a")
        ]


@pytest.fixture(params=FORMS)
def fill_in(
    request: pytest.FixtureRequest, app: Flask, make: Maker, owner: Someone, browse: Browse
) -> Callable[[str], Form]:
    """Fill in one of the three forms: with these marks, and open for the dots or the rest."""
    which: str = request.param
    total = COUNTS[which]

    def marked(given: str) -> str:
        if given == ALL:
            return " ".join("5" * total)
        first, _dots, last = given.partition(" ... ")
        marks, end = first.split(), last.split()
        return " ".join([*marks, *"-" * (total - len(marks) - len(end)), *end])

    def filled(given: str) -> Form:
        if which == "self":
            scan = make.draft_scan(owner, marked(given))
            return Form(browse(owner), scan.path, "/start", "/check", total)
        role = STUDENT if which == "student" else SCHOOL_TRAINER
        asked = make.drafted(make.asked(make.draft_scan(owner), role=role), marked(given))
        return Form(browse(), asked.path, asked.path, "/preview", total)

    return filled


def test_it_goes_on_at_the_first_statement_that_is_open_in_whichever_part(
    fill_in: Callable[[str], Form],
) -> None:
    form = fill_in(HALF_DONE)
    assert form.ways == [("/part/1#at-tailored_guidance", "button"), (form.overview, "")]
    page = form.browser.get(f"{form.path}/part/1")
    [place] = page.main.all(id="at-tailored_guidance")
    # It can take the focus, and holds the statement with its scale.
    assert (place.tag, place.get("tabindex")) == ("fieldset", "-1")
    assert {each.get("name") for each in place.all("input")} == {"statement-tailored_guidance"}


def test_a_full_part_is_passed_by(fill_in: Callable[[str], Form]) -> None:
    form = fill_in("5 5 5 5 5")
    assert form.ways[0] == ("/part/2#at-contact_about_progress", "button")


def test_after_the_end_what_was_left_open_stands_beside_the_check(
    fill_in: Callable[[str], Form],
) -> None:
    form = fill_in("5 - 5 ... 5")
    assert form.ways == [(form.overview, "button"), ("/part/1#at-tailored_guidance", "")]


def test_when_all_have_an_answer_it_leads_to_the_check(fill_in: Callable[[str], Form]) -> None:
    form = fill_in(ALL)
    assert form.ways == [(form.overview, "button")]


def test_it_says_how_far_one_is_in_words_and_as_a_line(fill_in: Callable[[str], Form]) -> None:
    form = fill_in(HALF_DONE)
    for page in (
        form.card,
        form.browser.get(f"{form.path}/part/1"),
        form.browser.get(form.path + form.overview),
    ):
        assert f"5 of the {form.total} answered" in page.main.text
        [line] = page.main.all("progress")
        assert (line.get("value"), line.get("max")) == ("5", str(form.total))
        # The words beside it say the same.
        assert line.get("aria-hidden") == "true"


def test_the_page_with_all_answers_leads_to_what_is_open_in_each_part(
    fill_in: Callable[[str], Form],
) -> None:
    form = fill_in(HALF_DONE)
    page = form.browser.get(form.path + form.overview)
    assert f"Still open: {form.total - 5} statements" in page.main.text
    for place in ("part/1?from=check#at-tailored_guidance", "part/4?from=check#at-modelling"):
        assert f"{form.path}/{place}" in page.links
    [whole] = page.main.all("div", **{"class": "notice"})
    assert len(whole.all("a")) == 5


def test_an_empty_form_begins_on_top_and_has_nothing_to_check(
    browse: Browse, owner: Someone, make: Maker
) -> None:
    scan = make.draft_scan(owner)
    asked = make.asked(scan)
    for browser, path, begin in (
        (browse(owner), scan.path, "/start"),
        (browse(), asked.path, asked.path),
    ):
        page = browser.get(begin)
        assert f"{path}/part/1" in page.links
        assert not [each for each in page.links if each.endswith(("/check", "/preview"))]


@pytest.mark.parametrize(
    ("marks", "leads_to"),
    [
        ("-", "/part/1"),
        ("5 - 5 5 5  5 - -  - -  - - - - -  - - - -", "/part/1#at-tailored_guidance"),
        (5, "/check"),
    ],
)
def test_starting_again_goes_on_there_too(
    browse: Browse, owner: Someone, make: Maker, marks: str, leads_to: str
) -> None:
    scan: Scan = make.draft_scan(owner, marks)
    page = browse(owner).post("/scan/start")
    assert page.response.location == f"{scan.path}{leads_to}"
