"""The spider for Plotly: the same values in the same place, and nothing that we did not ask for."""

import json
import re
from importlib.util import find_spec
from pathlib import Path

import pytest

from zetwpo.scan.result import charts
from zetwpo.scan.result.charts.frame import LONG_SIZE, SHORT_SIZE, WIDTH
from zetwpo.scan.result.charts.plotly import HOVER_LENGTH

AXES = tuple(charts.AxisLabel(f"Axis {n}", ("Long", f"name {n}"), (f"A{n}",)) for n in range(5))


def figure(*values, hover="", mark=","):
    return charts.figure_for_plotly(
        AXES, [charts.Series("key", "Name", "self", values)], [[hover] * 5], mark
    )


def test_plotly_gets_the_values_once_round_with_the_gaps_in_them():
    [found] = figure(5, None, 3, 2, 1)["data"]
    assert found["r"] == [5, None, 3, 2, 1, 5]
    assert found["theta"] == [axis.title for axis in AXES] + [AXES[0].title]
    assert found["connectgaps"] is False
    assert found["fill"] == "none"


def test_plotly_has_no_buttons_no_cloud_and_nothing_to_drag():
    found = figure(1, 2, 3, 4, 5)
    assert found["config"]["displayModeBar"] is False
    assert found["config"]["showSendToCloud"] is False
    assert found["config"]["plotlyServerURL"] == ""
    assert found["layout"]["dragmode"] is False


def test_plotly_has_fixed_axes_and_the_decimal_mark_of_the_language():
    layout = figure(1, 2, 3, 4, 5)["layout"]
    assert layout["polar"]["radialaxis"]["range"] == [0, 7]
    assert layout["polar"]["radialaxis"]["autorange"] is False
    assert layout["polar"]["angularaxis"]["categoryarray"] == [axis.title for axis in AXES]
    assert layout["polar"]["angularaxis"]["direction"] == "clockwise"
    assert layout["separators"] == ",."
    assert figure(1, 2, 3, 4, 5, mark=".")["layout"]["separators"] == ".,"


def test_plotly_draws_in_the_same_place():
    chart = charts.spider(AXES, [])
    found = figure(1, 2, 3, 4, 5)
    domain = found["layout"]["polar"]["domain"]
    corner = [float(part) for part in re.match(r"M(\S+) ([^L]+)", chart.rings[-1]).groups()]
    assert sum(domain["x"]) / 2 * chart.width == pytest.approx(corner[0], abs=0.1)
    assert (1 - domain["y"][1]) * chart.height == pytest.approx(corner[1], abs=0.1)
    assert found["ratio"] == pytest.approx(chart.height / chart.width, abs=1e-4)


def test_a_name_is_never_a_tag_or_a_link_for_plotly():
    [found] = figure(1, 2, 3, 4, 5, hover='<a href="x">Jan</a>\n& 4,5')["data"]
    assert found["hovertext"][0].count("<") == found["hovertext"][0].count("<br>")
    assert found["hovertext"][0].endswith("<br>&amp; 4,5")


@pytest.mark.parametrize("hover", ["word " * 20, "Jan " + "w" * 60, "Anne-Marie van Wijk-" * 3])
def test_a_long_line_beside_a_point_is_wrapped_and_whole(hover):
    [found] = figure(1, 2, 3, 4, 5, hover=hover)["data"]
    lines = found["hovertext"][0].split("<br>")
    assert max(map(len, lines)) <= HOVER_LENGTH
    assert "".join(lines).replace(" ", "") == hover.replace(" ", "")


def test_a_line_beside_a_point_breaks_between_words_or_after_a_hyphen():
    [found] = figure(1, 2, 3, 4, 5, hover="Jan van den Broek-Vermeulen: 4,5")["data"]
    assert found["hovertext"][0] == "Jan van den Broek-<br>Vermeulen: 4,5"


def test_the_figure_is_plain_data():
    found = figure(1.5, None, 3, 4, 5)
    assert json.loads(json.dumps(found)) == found


def test_plotly_asks_for_no_other_style_element():
    spec = find_spec("plotly")
    bundle = Path(spec.origin).parent / "package_data" / "plotly.min.js"
    asked = re.findall(r'getElementById\("([0-9a-f]{64})"\)', bundle.read_text())
    assert set(asked) == set(charts.PLOTLY_STYLES[1:])


def test_plotly_has_the_labels_in_both_lengths_and_as_large_as_in_the_drawing():
    labels = figure(1, 2, 3, 4, 5)["labels"]
    assert [each["text"] for each in labels["short"]["annotations"][:2]] == ["A0", "A1"]
    assert labels["long"]["annotations"][0]["text"] == "Long<br>name 0"
    assert labels["short"]["size"] * WIDTH == pytest.approx(SHORT_SIZE, abs=0.01)
    assert labels["long"]["size"] * WIDTH == pytest.approx(LONG_SIZE, abs=0.01)
