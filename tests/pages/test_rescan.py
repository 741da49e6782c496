"""Scanning again: beside the scan before, and only on what both questionnaires ask about."""

import re
import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask

from tests.application import Stored
from tests.factories import Maker, Scan, Someone
from tests.pages.client import Browser, Page
from tests.pages.result_page import result, section, table
from tests.pages.test_scan_parts import RELATIONSHIP
from tests.people import Browse
from zetwpo import clock
from zetwpo.errors import StartRefused
from zetwpo.library import questionnaires
from zetwpo.scan.responses.models import Response

LATER = timedelta(days=20)


def moved(page: Page) -> dict[str, tuple[str, ...]]:
    """The behaviours that are compared, with what was before and what is now."""
    rows = [each.all("span") for each in section(page, "growth").all("li")]
    return {name.text: tuple(re.findall(r"[\d.]+", steps.text)) for name, steps, *_hidden in rows}


def heads(page: Page) -> list[str]:
    return [cell.text for cell in page.main.all("table")[0].all("th") if cell.get("scope") == "col"]


@pytest.fixture
def newer(app: Flask, tmp_path: Path) -> Iterator[questionnaires.Library]:
    """A second version of the questionnaire, which asks about something else in one statement."""
    name = "workplace-trainer-"
    shutil.copytree(questionnaires.FOLDER / f"{name}1", tmp_path / f"{name}1")
    second = shutil.copytree(questionnaires.FOLDER / f"{name}1", tmp_path / f"{name}2")
    for path in second.glob("*.yaml"):
        text = path.read_text("utf-8").replace("version: 1", "version: 2")
        text = text.replace("behaviours: [relationship]", "behaviours: [bond]")
        if path.name == questionnaires.AXES_FILE:
            text = re.sub(r"key: relationship\b", "key: bond", text)
        path.write_text(text, "utf-8")
    before = app.extensions["questionnaires"]
    app.extensions["questionnaires"] = questionnaires.load(tmp_path)
    yield app.extensions["questionnaires"]
    app.extensions["questionnaires"] = before


def test_a_rescan_starts_empty_and_leaves_the_scan_before_as_it_is(
    browse: Browse, owner: Someone, scan: Scan
) -> None:
    olga = browse(owner)
    before = olga.get(f"{scan.path}/result").main.all("table")[0].text
    page = olga.get("/scan/again").send().follow()
    assert not page.path.startswith(scan.path)
    assert page.value(RELATIONSHIP) == ""
    assert olga.get(f"{scan.path}/result").main.all("table")[0].text == before


def test_feedback_on_the_scan_before_stays_with_that_scan(
    browse: Browse, owner: Someone, scan: Scan, make: Maker
) -> None:
    make.shared(make.asked(scan, "Noor"))
    with time_machine.travel(clock.now() + LATER):
        again = make.scan(owner, 5)
        olga = browse(owner)
        assert "Noor (student)" not in heads(olga.get(f"{again.path}/result"))
        assert "Noor (student)" in heads(olga.get(f"{scan.path}/result"))


def test_with_the_same_version_everything_is_compared_and_drawn(
    browse: Browse, owner: Someone, scan: Scan, make: Maker
) -> None:
    with time_machine.travel(clock.now() + LATER):
        page = browse(owner).get(f"{make.scan(owner, 6).path}/result")
    assert set(moved(page).values()) == {("4", "6")}
    assert len(heads(page)) == 3
    boxes = [each for each in page.main.all("input") if "data-series" in each.attributes]
    assert ["checked" in each.attributes for each in boxes] == [True, True]


def test_the_scan_just_before_is_the_one_to_compare_with(
    browse: Browse, owner: Someone, make: Maker
) -> None:
    for step, marks in enumerate((2, 3, 5)):
        with time_machine.travel(clock.now() + step * LATER):
            scan = make.scan(owner, marks)
            page = browse(owner).get(f"{scan.path}/result")
    assert set(moved(page).values()) == {("3", "5")}


def test_of_another_version_only_shared_behaviours_are_compared(
    browse: Browse,
    owner: Someone,
    scan: Scan,
    make: Maker,
    request: pytest.FixtureRequest,
) -> None:
    known = len(questionnaires.load().current.behaviours)
    request.getfixturevalue("newer")
    with time_machine.travel(clock.now() + LATER):
        again = make.scan(owner, 6)
        olga = browse(owner)
        page = olga.get(f"{again.path}/result")
        content = olga.get(f"{again.path}/result.json").json
        assert olga.get(f"{again.path}/result.xlsx").status == 200
    names = {each.key: str(each.name.en) for each in questionnaires.load().current.behaviours}
    assert names["relationship"] not in moved(page)
    assert len(moved(page)) == known - 1 - len(_not_asked_of_oneself())
    assert len(heads(page)) == 2, "the spider shows this scan alone"
    assert (content["version"], content["earlier"] is not None) == (2, True)


def _not_asked_of_oneself() -> set[str]:
    current = questionnaires.load().current
    form = current.forms["self"]
    asked = {key for statement in form.statements for key in statement.behaviours}
    return {each.key for each in current.behaviours} - asked


def test_a_scan_keeps_the_version_that_it_was_filled_in_with(
    browse: Browse,
    owner: Someone,
    scan: Scan,
    make: Maker,
    stored: Stored,
    newer: questionnaires.Library,
) -> None:
    make.shared(make.asked(scan, "Noor"), feed_forward={"gatekeeper": "Asked in the old version"})
    assert set(stored.values(sa.select(Response.version))) == {1}
    page = browse(owner).get(f"{scan.path}/result")
    assert "Asked in the old version" in page.text
    make.draft_scan(owner)
    assert set(stored.values(sa.select(Response.version))) == {1, 2}
    assert newer.current.version == 2


def test_a_broken_questionnaire_refuses_the_start(tmp_path: Path) -> None:
    folder = shutil.copytree(questionnaires.FOLDER, tmp_path / "all")
    path = folder / "workplace-trainer-1" / "student.yaml"
    path.write_text(re.sub(r"(?m)^ +en: My supervisor .*\n", "", path.read_text(), count=1))
    with pytest.raises(StartRefused) as refusal:
        questionnaires.load(folder)
    for word in ("student.yaml", "relationship", "en"):
        assert word in str(refusal.value)


def test_a_rescan_shows_how_the_own_view_moved(
    olga: Browser, browse: Browse, owner: Someone, make: Maker
) -> None:
    first = make.scan(owner, 3)
    with time_machine.travel(clock.now() + timedelta(days=30)):
        page = result(browse(owner), make.scan(owner, 5))
    growth = section(page, "growth")
    steps = [each.all("span")[1].text for each in growth.all("li")]
    assert len(steps) == 19
    assert set(steps) == {"then 3 → now 5"}
    assert "step back" not in growth.text
    assert len(table(page, 0)[0]) == 3
    assert not [each for each in result(olga, first).main.all("h2") if each.get("id") == "growth"]


@pytest.mark.parametrize(
    ("before", "now", "says"),
    [
        (3, 3, "19 behaviours you see as you did then."),
        ("-" + " 3" * 18, "3" + " -" * 18, "no behaviour that you judged both times"),
    ],
)
def test_where_nothing_moved_nothing_is_said_to_have_changed(
    browse: Browse, owner: Someone, make: Maker, before: int | str, now: int | str, says: str
) -> None:
    make.scan(owner, before)
    with time_machine.travel(clock.now() + timedelta(days=30)):
        page = result(browse(owner), make.scan(owner, now))
    assert says in section(page, "growth").text
    for key in ("growth", "summary"):
        assert "has changed" not in section(page, key).text


def test_falling_is_shown_like_rising_with_a_word_about_it(
    browse: Browse, owner: Someone, make: Maker
) -> None:
    make.scan(owner, "5 3 4 4 4  4 4 4  4 4  4 4 4 4 4  4 4 4 4", {"gatekeeper": "I wait"})
    with time_machine.travel(clock.now() + timedelta(days=30)):
        again = make.scan(
            owner,
            "4 5 4 4 4  4 4 4  4 4  4 4 4 4 4  4 4 4 4",
            {"gatekeeper": "I say it", "pedagogical": "Only now"},
        )
        page = result(browse(owner), again)
    growth = section(page, "growth")
    assert [each.all("span")[1].text for each in growth.all("li")] == [
        "then 5 → now 4",
        "then 3 → now 5",
    ]
    assert "A lower figure need not be a step back" in growth.text
    assert "17 behaviours you see as you did then." in growth.text
    said = [each.text for each in section(page, "words").all("figure")]
    assert [each.split(" You")[0] for each in said] == ["Only now", "I say it", "I wait"]
    assert "stands together" in growth.text
    assert growth.all("details") == []
    ticks = [each for each in page.main.all("input") if "data-series" in each.attributes]
    assert all("checked" in each.attributes for each in ticks)
