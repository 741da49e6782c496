"""The dot rows: every dot where the scale says, in the lane of its series."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zetwpo.library.rules import HIGHEST, LOWEST
from zetwpo.scan.result import charts
from zetwpo.scan.result.charts.dots import LANE

# Two figures and a comma, in letter heights: a generous guess.
WIDEST_VALUE = 1.7


def dots(*values):
    return charts.dot_row("Name", [charts.DotValue("self", value, str(value)) for value in values])


def test_each_series_has_its_own_lane_also_after_one_without_a_value():
    row = dots(4, None, 4)
    assert [dot.index for dot in row.dots] == [1, 3]
    assert row.dots[1].y - row.dots[0].y == 2 * LANE
    assert [dot.text for dot in row.dots] == ["4", "4"]


@given(st.floats(LOWEST, HIGHEST))
def test_a_dot_stands_where_the_scale_says(value):
    low, found, high = (dots(each).dots[0].x for each in (1, value, 7))
    assert found == pytest.approx(low + (value - 1) / 6 * (high - low), abs=0.11)


def test_a_row_has_room_for_the_value_beside_a_seven():
    row = dots(7, 7)
    assert row.dots[0].x + 13 * WIDEST_VALUE <= row.width
    assert max(dot.y for dot in row.dots) < row.height


def test_words_in_a_row_are_never_markup():
    row = charts.dot_row("Name", [charts.DotValue("self", 4, "<b>")])
    assert row.svg.count("&lt;b&gt;</text>") == 1
