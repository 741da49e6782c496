"""A result on paper, in two browsers: few pages, full ones, and no heading alone at the foot."""

import io
import re
import unicodedata
from pathlib import Path

import pytest
from pypdf import PageObject, PdfReader

from tests.browser.conftest import LAPTOP, OpenBrowser
from tests.browser.firefox import Firefox
from tests.browser.results import Finished, finish
from tests.browser.server import Server
from tests.browser.words import QUESTIONNAIRE, Words
from zetwpo.i18n import Language

QUESTION = "Waarom stel ik het gesprek over het niveau van mijn student zo lang uit?"
HEADINGS = (
    *("In short", "What is strong", "Where your views differ", "What could get attention"),
    *("In figures", "In words", "Each behaviour"),
)
# In points, of 842 from the lower edge of the paper: between the margins, and the number of the
# page is below them.
BOTTOM, TOP = 46, 791
# What stands below a heading at least: more than the key to the rows.
BELOW = 30


# How often the question is repeated: each time everything below it breaks elsewhere.
LENGTHS = (1, 3, 5, 7, 9, 11)


def finished_in(server: Server, language: Language) -> Finished:
    """A result with three respondents."""
    finished = finish(server, language)
    finished.gets_feedback("student", "Kim Vos")
    return finished


def asks(finished: Finished, length: int) -> None:
    """Write a learning question."""
    text = " ".join([QUESTION] * length)
    finished.client.write_question(finished.scan, QUESTIONNAIRE.axes[2].key, text)


class Paper:
    """One printed page: its words as they were written, and its lines from top to bottom."""

    def __init__(self, page: PageObject) -> None:
        self.text = ""
        self._lines: dict[int, str] = {}
        page.extract_text(visitor_text=self._read)
        self.lines = [
            (height, line)
            for height, line in sorted(self._lines.items(), reverse=True)
            if height > BOTTOM
        ]

    def _read(self, text: str, matrix: list[float], place: list[float], *_font: object) -> None:
        height = round(matrix[1] * place[4] + matrix[3] * place[5] + matrix[5])
        if found := plain(text):
            self.text += found
            self._lines[height] = self._lines.get(height, "") + found


def plain(text: str) -> str:
    """Letters and figures alone: a page of paper has its spaces at other places, and ligatures."""
    return re.sub(r"\W", "", unicodedata.normalize("NFKC", text))


def looks_well(pdf: bytes, finished: Finished, words: Words) -> None:
    pages = [Paper(page) for page in PdfReader(io.BytesIO(pdf)).pages]
    assert 2 <= len(pages) <= 5
    text = "".join(page.text for page in pages)
    name = finished.person.name
    confidential = "Confidential. This belongs to %(name)s, who decides who reads it."
    for expected in (words(confidential, name=name), QUESTION, "Kim Vos"):
        assert plain(expected) in text
    more = (
        words.plural("One more difference", "%(num)s more differences", count)
        for count in range(2, 20)
    )
    titles = (words.of(axis.title) for axis in QUESTIONNAIRE.axes)
    headings = {plain(each) for each in (*map(words, HEADINGS), *titles, *more)}
    for page in pages:
        foot = page.lines[-1][0]
        alone = [line for height, line in page.lines if line in headings and height < foot + BELOW]
        assert not alone
    for page in pages[:-1]:
        assert page.lines[-1][0] < BOTTOM + (TOP - BOTTOM) / 3, "a third is empty"


@pytest.mark.parametrize("language", ["nl", "en"])
def test_from_chromium(https_server: Server, open_browser: OpenBrowser, language: Language) -> None:
    finished = finished_in(https_server, language)
    page = open_browser(
        https_server, language, finished.client, viewport=LAPTOP, ignore_https_errors=True
    )
    for length in LENGTHS:
        asks(finished, length)
        page.goto(finished.path)
        looks_well(page.pdf(prefer_css_page_size=True), finished, Words(language))


@pytest.mark.parametrize("language", ["nl", "en"])
def test_from_firefox(https_server: Server, tmp_path: Path, language: Language) -> None:
    finished = finished_in(https_server, language)
    with Firefox(https_server, tmp_path / "firefox") as firefox:
        firefox.sign_in(finished.client)
        for length in LENGTHS:
            asks(finished, length)
            firefox.open(finished.path)
            looks_well(firefox.print_page(), finished, Words(language))
