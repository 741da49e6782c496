"""The result to take along: a spreadsheet that computes nothing, and JSON."""

import io
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import openpyxl
import pytest
import time_machine
from openpyxl.cell.cell import Cell

from tests.factories import Maker, Scan, Someone
from tests.pages.client import Browser
from tests.people import Browse
from zetwpo import clock

FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", '=HYPERLINK("http://evil.example")', "\t=1+1"]
EMOJI = "שלום 👩🏽‍🏫 naïve"


@pytest.fixture
def full(make: Maker, owner: Someone) -> Scan:
    """A scan whose texts try to compute something."""
    axes = ("pedagogical", "organisational", "gatekeeper", "teacher_of_teachers", "developmental")
    scan = make.scan(
        owner,
        "1 2 3 4 5  6 7 -  2 3  4 5 6 7 1  2 3 4 5",
        dict(zip(axes, FORMULAS[:5], strict=True)),
    )
    asked = make.asked(scan, "=cmd|calc")
    more = {"gatekeeper": FORMULAS[5], "developmental": EMOJI}
    make.shared(asked, "x - 7 7 7  7 7 7 7  7 7  7 7 7 7 7  7 7", feed_forward=more)
    return scan


def workbook(olga: Browser, scan: Scan) -> openpyxl.Workbook:
    response = olga.get(f"{scan.path}/result.xlsx").response
    assert "attachment" in response.headers["Content-Disposition"]
    return openpyxl.load_workbook(io.BytesIO(response.data))


def cells(book: openpyxl.Workbook) -> Iterator[Cell]:
    for sheet in book:
        for row in sheet.iter_rows():
            yield from row


def test_no_cell_computes_or_links(olga: Browser, full: Scan) -> None:
    found = list(cells(workbook(olga, full)))
    assert {cell.data_type for cell in found} <= {"s", "n"}
    assert not [cell for cell in found if cell.hyperlink]
    values = {cell.value for cell in found}
    assert {*FORMULAS[:5], EMOJI, "=cmd|calc"} <= values


def test_figures_are_numbers_and_what_was_not_judged_is_a_word(olga: Browser, full: Scan) -> None:
    book = workbook(olga, full)
    axes, _behaviours, answers, _texts = book
    assert [axes.cell(row, 2).value for row in (2, 3, 4)] == [3, 6.5, 2.5]
    marks = [row[2].value for row in answers.iter_rows(min_row=2)]
    assert len(marks) == 19 + 18
    assert marks[:7] == [1, 2, 3, 4, 5, 6, 7]
    assert [isinstance(mark, str) for mark in marks].count(True) == 3


def test_the_earlier_scan_has_the_same_place_on_both_sheets(
    browse: Browse, owner: Someone, make: Maker
) -> None:
    make.scan(owner, 3)
    with time_machine.travel(clock.now() + timedelta(days=30)):
        scan = make.scan(owner, 5)
        make.shared(make.asked(scan, "Noor"), 6)
        areas, behaviours, *_rest = workbook(browse(owner), scan)
    assert [areas.cell(2, column).value for column in (2, 4, 6)] == [5, 3, 6]
    assert [behaviours.cell(2, column).value for column in (2, 3, 4)] == [5, 3, 6]


def test_the_json_has_what_the_page_has(olga: Browser, full: Scan) -> None:
    page = olga.get(f"{full.path}/result.json")
    content: dict[str, Any] = page.json
    own, student = content["views"]
    assert own["axes"]["organisational"] == {"mean": 6.5, "judged": 2, "asked": 3}
    assert student["axes"]["pedagogical"] == {"mean": 7, "judged": 3, "asked": 5}
    assert student["role"] == "student"
    assert len(own["answers"]) == 19
    assert len(student["answers"]) == 18
    assert EMOJI in [each["text"] for each in student["texts"]]
    assert content["earlier"] is None


def test_the_json_can_be_read_as_it_was_typed(olga: Browser, full: Scan) -> None:
    response = olga.get(f"{full.path}/result.json").response
    assert EMOJI in response.text
    assert "attachment" in response.headers["Content-Disposition"]


@pytest.mark.parametrize("path", ["{scan}/result.xlsx", "{scan}/result.json", "/my-data/all.json"])
def test_no_copy_stays_behind_on_a_shared_computer(olga: Browser, full: Scan, path: str) -> None:
    response = olga.client.get(path.format(scan=full.path))
    assert response.status_code == 200
    assert response.headers["Cache-Control"] == "no-store"


def test_the_scan_comes_first(olga: Browser, draft: Scan) -> None:
    for ending in ("xlsx", "json"):
        assert olga.get(f"{draft.path}/result.{ending}").status == 409
