"""The spider: every value in its place, a gap where there is none, every label in its box."""

import itertools
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zetwpo.library import questionnaires
from zetwpo.library.rules import HIGHEST, LOWEST
from zetwpo.scan.result import charts
from zetwpo.scan.result.charts.frame import CENTRE, GAP, LONG_SIZE, SHORT_SIZE, WIDTH
from zetwpo.scan.result.charts.labels import HALF_LABEL

AXES = tuple(charts.AxisLabel(f"Axis {n}", ("Long", f"name {n}"), (f"A{n}",)) for n in range(5))
STYLE = Path(__file__).parents[3] / "static" / "css" / "50-charts.css"
VALUE = st.floats(LOWEST, HIGHEST)
VALUES = st.tuples(*[st.none() | VALUE] * len(AXES))
LANGUAGES = ("nl", "en")


def series(*values):
    return charts.Series("key", "Name", "self", values)


def trace(*values):
    return charts.spider(AXES, [series(*values)]).traces[0]


def places(path):
    """The places of a path of straight lines, per stretch."""
    return [
        [tuple(map(float, place.split())) for place in stretch.rstrip("Z").split("L")]
        for stretch in path.split("M")[1:]
    ]


def real_axes(language):
    current = questionnaires.load().current
    return [
        charts.AxisLabel(
            axis.title.in_language(language),
            getattr(axis.label_long, language),
            getattr(axis.label_short, language),
        )
        for axis in current.axes
    ]


def test_five_values_make_one_closed_line():
    line = trace(5, 4, 3, 2, 1).line
    assert line.endswith("Z")
    assert [len(stretch) for stretch in places(line)] == [5]


@pytest.mark.parametrize(
    ("values", "stretches"),
    [
        ((5, 4, 3, 2, None), [[0, 1, 2, 3]]),
        ((None, 4, 3, 2, 1), [[1, 2, 3, 4]]),
        ((5, 4, None, 2, 1), [[3, 4, 0, 1]]),
        ((5, None, 3, 2, None), [[2, 3]]),
        ((5, None, 3, None, 1), [[4, 0]]),
        ((None, 4, None, None, 1), []),
        ((None, None, None, None, None), []),
    ],
)
def test_a_missing_value_is_a_gap(values, stretches):
    found = trace(*values)
    at = {point.axis: (point.x, point.y) for point in found.points}
    assert places(found.line) == [[at[axis] for axis in stretch] for stretch in stretches]
    assert "Z" not in found.line


@given(VALUES)
def test_every_value_has_a_marker_and_nothing_else_has(values):
    points = trace(*values).points
    assert {point.axis: point.value for point in points} == {
        axis: value for axis, value in enumerate(values) if value is not None
    }
    assert all(point.mark.startswith(f"M{point.x} {point.y}m") for point in points)


@given(VALUES)
def test_a_line_runs_only_between_neighbours_that_both_have_a_value(values):
    found = trace(*values)
    corners = sum(len(stretch) - 1 for stretch in places(found.line)) + found.line.count("Z")
    pairs = itertools.pairwise([*values, values[0]])
    assert corners == sum(None not in pair for pair in pairs)


@given(VALUE, st.sampled_from(range(5)))
def test_the_distance_from_the_centre_is_linear(value, axis):
    chart = charts.spider(AXES, [series(*[value] * 5)])
    first, last = places(chart.rings[0])[0][axis], places(chart.rings[-1])[0][axis]
    share = (value - LOWEST) / (HIGHEST - LOWEST)
    point = chart.traces[0].points[axis]
    assert point.x == pytest.approx(first[0] + share * (last[0] - first[0]), abs=0.11)
    assert point.y == pytest.approx(first[1] + share * (last[1] - first[1]), abs=0.11)


def test_five_ones_are_five_places():
    assert len({(point.x, point.y) for point in trace(1, 1, 1, 1, 1).points}) == 5


def test_the_first_axis_is_at_the_top_and_the_second_to_the_right_of_it():
    top, right, *_, left = trace(7, 7, 7, 7, 7).points
    assert top.x == CENTRE
    assert top.y < right.y
    assert left.x < top.x < right.x


def test_there_is_a_ring_for_every_value_and_a_spoke_for_every_axis():
    chart = charts.spider(AXES, [])
    assert len(chart.rings) == 7
    assert len(places(chart.spokes)) == 5


def letters(text):
    """A generous guess at how wide a text is, in letter heights."""
    return sum(
        0.38 if letter in "fijlrt.-' " else 0.92 if letter in "mwMW" else 0.66 for letter in text
    )


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("size", [SHORT_SIZE, LONG_SIZE])
def test_every_label_of_the_questionnaire_is_inside_the_view_box(language, size):
    chart = charts.spider(real_axes(language), [])
    for label in chart.labels:
        lines = label.short if size == SHORT_SIZE else label.long
        half = max(letters(line.text) for line in lines) * size / 2
        assert half <= label.x <= chart.width - half
        base_line = label.y
        for line in lines:
            base_line += size * float(line.dy.removesuffix("em"))
            assert base_line - 0.9 * size >= 0
            assert base_line + 0.3 * size <= chart.height
        if label.rises:
            assert base_line == pytest.approx(label.y, abs=0.1 * size)


def test_the_spider_uses_the_width_of_a_phone():
    across = [x for x, _ in places(charts.spider(AXES, []).rings[-1])[0]]
    assert max(across) - min(across) >= 0.8 * WIDTH


@pytest.mark.parametrize("count", [3, 4, 5, 6])
def test_labels_stay_clear_of_the_outer_ring(count):
    chart = charts.spider([charts.AxisLabel(str(n), ("a",), ("a",)) for n in range(count)], [])
    top = min(y for _, y in places(chart.rings[-1])[0])
    assert chart.labels[0].y < top
    for label, (_, corner) in zip(chart.labels, places(chart.rings[-1])[0], strict=True):
        assert label.y <= corner - GAP if label.rises else label.y >= corner + GAP


@pytest.mark.parametrize("count", [3, 4, 5, 6])
def test_half_a_label_of_the_widest_kind_fits_between_each_corner_and_the_edge(count):
    chart = charts.spider([charts.AxisLabel(str(n), ("a",), ("a",)) for n in range(count)], [])
    for label in chart.labels:
        assert HALF_LABEL <= label.x <= WIDTH - HALF_LABEL


def test_words_in_a_label_are_never_markup():
    words = charts.AxisLabel("Axis", ("<b>", "&"), ("<i>",))
    svg = charts.spider([words, *AXES[1:]], []).labels[0].svg
    assert "&lt;b&gt;</tspan>" in svg
    assert "&amp;</tspan>" in svg
    assert "&lt;i&gt;</tspan>" in svg


def test_the_style_sheet_has_the_same_letter_sizes():
    sizes = re.findall(r"\.spider > svg text { font-size: (\d+)px", STYLE.read_text())
    assert sizes == [str(SHORT_SIZE), str(LONG_SIZE)]
