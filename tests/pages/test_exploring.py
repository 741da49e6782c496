"""What somebody gets who explores the chart: the figures, for the supervisor alone."""

from typing import Any

import pytest

from tests.factories import Maker, Scan, Someone
from tests.forms import SCHOOL_TRAINER
from tests.pages.client import Browser, Page
from tests.pages.html import Element
from tests.people import Browse

OWN = "7 6 5 4 3  5 5 -  6 -  2 2 2 2 2  7 1 7 1"
NOOR = "7 6 5 4 x  1 2 3 4  6 6  2 2 2 - -  3 x"
NAMES = ["You", "Noor", "Tess"]


@pytest.fixture
def full(make: Maker, owner: Someone) -> Scan:
    """A scan with the views of a student and of a trainer."""
    scan = make.scan(owner, OWN)
    make.shared(make.asked(scan, "Tess", SCHOOL_TRAINER), 4)
    make.shared(make.asked(scan, "Noor"), NOOR)
    return scan


def box(page: Page) -> Element:
    """The chart on the page of the result."""
    [found] = [each for each in page.main.all("div") if "data-explorable" in each.attributes]
    return found


def figures(olga: Browser, scan: Scan) -> Any:
    """What the page asks for."""
    page = olga.get(f"{scan.path}/result")
    found = olga.get(box(page).get("data-figures"))
    assert (found.status, found.response.mimetype) == (200, "application/json")
    return found.json


def test_the_page_has_no_figures_for_plotly_and_does_not_load_it(olga: Browser, full: Scan) -> None:
    page = olga.get(f"{full.path}/result")
    assert page.tree.all("script", type="application/json") == []
    assert not any("plotly" in each.get("src") for each in page.tree.all("script"))
    # Without a script there is nothing to press.
    [controls] = box(page).all("div", **{"class": "explore no-print"})
    assert "hidden" in controls.attributes


def test_there_is_a_figure_for_each_choice(olga: Browser, full: Scan) -> None:
    [choice] = box(olga.get(f"{full.path}/result")).all("select")
    found = figures(olga, full)["figures"]
    words = [each.text for each in choice.all("option")]
    assert len(words) == len(found) == 6
    for word, each in zip(words[1:], found[1:], strict=True):
        assert each["title"].startswith(word)
    kinds = [each["data"][0]["type"] for each in found]
    assert kinds == ["scatterpolar"] * 3 + ["scatter"] + ["scatterpolar"] * 2
    assert all([trace["name"] for trace in each["data"]] == NAMES for each in found)


def test_a_figure_has_the_values_and_what_they_rest_on(olga: Browser, full: Scan) -> None:
    whole, first, second, *_rest, last = figures(olga, full)["figures"]
    own, student, _trainer = whole["data"]
    assert own["r"] == [5, 5, 6, 2, 4, 5]
    assert "4 of 5" in student["hovertext"][0].replace("<br>", " ")
    # One answer says itself what it rests on; two statements about one behaviour do not.
    assert first["data"][1]["hovertext"][0] == "Noor: 7"
    goals = second["corners"].index("Learning goals and activities")
    assert second["data"][1]["r"][goals] == 3.5
    assert second["data"][1]["hovertext"][goals].replace("<br>", " ") == (
        "Noor: 3.5, 2 of 2 statements"
    )
    # A student alone is asked about this, and about little else there.
    asked = last["corners"].index("Asking for feedback")
    assert [trace["r"][asked] for trace in last["data"]] == [None, 3, None]


def test_the_mark_changes_with_who_is_in_the_charts_and_with_the_language(
    browse: Browse, olga: Browser, full: Scan, make: Maker
) -> None:
    def mark(browser: Browser = olga) -> str:
        return box(browser.get(f"{full.path}/result")).get("data-mark")

    first = mark()
    assert first == mark() == figures(olga, full)["mark"]
    make.shared(make.asked(full, "Daan"), 3)
    assert len({first, mark(), mark(browse(full.owner, "nl"))}) == 3


def test_an_earlier_scan_is_in_each_figure(olga: Browser, scan: Scan, make: Maker) -> None:
    make.scan(scan.owner, 6)
    later = olga.get("/start").links
    [path] = {link for link in later if link.endswith("/result")} - {f"{scan.path}/result"}
    found = olga.get(box(olga.get(path)).get("data-figures")).json["figures"]
    assert {len(each["data"]) for each in found} == {2}


def test_figures_are_for_the_supervisor_alone(browse: Browse, full: Scan, make: Maker) -> None:
    path = f"{full.path}/result/figures.json"
    assert browse(make.person("Stranger")).get(path).status == 404
    assert browse().get(path).status != 200


def test_an_unfinished_scan_has_no_figures(olga: Browser, owner: Someone, make: Maker) -> None:
    scan = make.draft_scan(owner, 4)
    make.shared(make.asked(scan, "Noor"), 5)
    page = olga.get(f"{scan.path}/result/figures.json")
    assert page.status in {403, 409}
    assert "Noor" not in page.response.text
