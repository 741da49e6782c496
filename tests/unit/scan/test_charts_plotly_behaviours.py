"""The behaviours of one axis for Plotly: a spider or rows, with all values and names in place."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.scan.test_charts_spider import letters
from zetwpo.library import questionnaires
from zetwpo.library.rules import HIGHEST, LOWEST
from zetwpo.scan.result import charts
from zetwpo.scan.result.charts.frame import BEHAVIOUR_SIZE, LONG_SIZE, WIDTH
from zetwpo.scan.result.charts.plotly_rows import LEFT, STEP

LANGUAGES = ("nl", "en")
VALUES = st.lists(st.none() | st.floats(LOWEST, HIGHEST), min_size=2, max_size=2)


def figure(names, *rows):
    """The figure of these behaviours, with a series per row of values."""
    return charts.behaviours_for_plotly(
        names,
        [
            charts.Series(f"key-{at}", f"Name {at}", "self", tuple(row))
            for at, row in enumerate(rows)
        ],
        [[f"Name {at}: {value}" for value in row] for at, row in enumerate(rows)],
        [["" if value is None else f"{value:g}" for value in row] for row in rows],
        ",",
    )


def names(count):
    return [f"Behaviour {number}" for number in range(count)]


@pytest.mark.parametrize("count", range(1, 9))
def test_three_to_six_behaviours_are_a_spider_and_others_are_rows(count):
    [trace] = figure(names(count), [4.0] * count)["data"]
    assert trace["type"] == ("scatterpolar" if 3 <= count <= 6 else "scatter")


def test_a_spider_of_behaviours_has_the_values_and_the_gaps():
    one, other = figure(names(3), [5.0, None, 3.0], [1.0, 2.0, 3.0])["data"]
    assert (one["r"], other["r"]) == ([5.0, None, 3.0, 5.0], [1.0, 2.0, 3.0, 1.0])
    assert one["theta"] == [*names(3), "Behaviour 0"]


@given(st.lists(VALUES, min_size=1, max_size=7))
def test_in_rows_each_value_has_its_place_and_each_series_its_lane(rows):
    found = figure(names(2), *rows)
    places = [
        (x, y) for trace in found["data"] for x, y in zip(trace["x"], trace["y"], strict=True)
    ]
    for (x, _y), value in zip(places, [value for row in rows for value in row], strict=True):
        if value is None:
            assert x is None
        else:
            assert x == pytest.approx(LEFT + STEP * (value - LOWEST), abs=0.1)
    lanes = [y for _x, y in places]
    assert len(set(lanes)) == len(lanes)
    assert 0 < min(lanes) < max(lanes) < found["layout"]["yaxis"]["range"][0]
    assert found["ratio"] == pytest.approx(found["layout"]["yaxis"]["range"][0] / WIDTH, abs=1e-4)


def test_rows_have_their_values_beside_the_dots_and_the_scale_once():
    found = figure(names(2), [1.0, None], [6.5, 7.0])
    assert [[text.strip() for text in trace["text"]] for trace in found["data"]] == [
        ["1", ""],
        ["6.5", "7"],
    ]
    for label in found["labels"].values():
        texts = [each["text"] for each in label["annotations"]]
        assert texts == [*names(2), *map(str, range(LOWEST, HIGHEST + 1))]
    # The last value and its text, of two letters and a mark, are in the box.
    assert LEFT + STEP * (HIGHEST - LOWEST) + 3 * BEHAVIOUR_SIZE < WIDTH


@pytest.mark.parametrize("language", LANGUAGES)
def test_names_of_behaviours_stay_whole_and_inside(language):
    current = questionnaires.load().current
    for axis in current.axes:
        here = [
            each.name.in_language(language) for each in current.behaviours if each.axis == axis.key
        ]
        found = figure(here, [4.0] * len(here))
        for length, size in (("short", BEHAVIOUR_SIZE), ("long", LONG_SIZE)):
            labels = found["labels"][length]["annotations"][: len(here)]
            for name, label in zip(here, labels, strict=True):
                lines = label["text"].split("<br>")
                assert " ".join(lines).replace("- ", "-") == name
                if label["xref"] == "paper":
                    half = max(letters(line) for line in lines) * size / 2
                    assert half <= label["x"] * WIDTH <= WIDTH - half


def test_lines_of_a_name_are_about_as_long():
    found = figure(["Een goede professionele band", *names(2)], [4.0] * 3)
    assert found["labels"]["long"]["annotations"][0]["text"] == "Een goede<br>professionele band"


def test_a_long_word_is_broken_and_a_name_is_never_a_tag():
    found = figure(["w" * 40, "<b>&</b>"], [4.0, 4.0])
    first, second, *_scale = found["labels"]["short"]["annotations"]
    assert (first["text"], second["text"]) == ("w" * 40, "&lt;b&gt;&amp;&lt;/b&gt;")
    spider = figure(["w" * 40, *names(2)], [4.0] * 3)
    assert max(map(len, spider["labels"]["short"]["annotations"][0]["text"].split("<br>"))) <= 16


@pytest.mark.parametrize("count", [2, 3])
def test_the_figure_is_plain_data_and_has_no_buttons(count):
    found = figure(names(count), [1.5] * count)
    assert json.loads(json.dumps(found)) == found
    assert found["config"]["displayModeBar"] is False
    assert found["layout"]["dragmode"] is False
