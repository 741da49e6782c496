"""The looks: told apart with any eyes and on any paper, and numbered where that is too much."""

import itertools

import pytest

from zetwpo.scan.result import charts

FIRST = [
    f"{family}-{number}"
    for family, size in charts.FAMILIES.items()
    for number in range(1, size // 2 + 1)
]


def test_each_kind_counts_by_itself():
    looks = [charts.look_for("student", index) for index in range(10)]
    assert looks == [f"student-{number}" for number in range(1, 11)]
    assert charts.look_for("self") == "self"
    assert charts.look_for("earlier", 3) == "earlier"
    assert charts.look_for("trainer", 3) == "trainer-4"


def test_so_many_of_a_family_have_a_look_of_their_own_and_no_number():
    assert charts.FAMILIES == {"student": 8, "trainer": 8, "institute": 4}
    assert len(charts.LOOKS) == 2 + 8 + 8 + 4
    assert {look.number for look in charts.LOOKS.values()} == {""}


@pytest.mark.parametrize(("family", "size"), charts.FAMILIES.items())
def test_who_comes_after_those_has_a_number_and_still_a_look_that_nobody_else_has(family, size):
    looks = [charts.get_look(charts.look_for(family, index)) for index in range(size**3)]
    numbers = [str(number) for number in range(size + 1, size**3 + 1)]
    assert [look.number for look in looks] == [""] * size + numbers
    assert len({(look.colour, look.dash, look.shape) for look in looks}) == len(looks)


@pytest.mark.parametrize(
    ("family", "filled", "crossed"),
    [("student", False, False), ("trainer", True, False), ("institute", False, True)],
)
def test_a_marker_says_which_family_it_is_of(family, filled, crossed):
    """However many there are: nobody is drawn as somebody of another family."""
    looks = [charts.get_look(charts.look_for(family, index)) for index in range(100)]
    assert {look.filled for look in looks} == {filled}
    assert {look.symbol.endswith(("-cross", "-x")) for look in looks} == {crossed}


@pytest.mark.parametrize("index", [7, 8, 30])
def test_the_number_stands_in_every_chart_and_in_the_legend(index):
    number = str(index + 1) if index >= 8 else ""
    look = charts.look_for("student", index)
    axes = tuple(charts.AxisLabel(f"Axis {n}", ("Long",), ("A",)) for n in range(5))
    series = charts.Series("key", "Name", look, (4,) * 5)
    assert charts.legend([series])[0].number == number
    assert charts.spider(axes, [series]).traces[0].number == number
    row = charts.dot_row("Name", [charts.DotValue(look, 4, "4")])
    assert row.svg.count(f">{number}</text>") == (1 if number else 0)
    assert row.svg.count("chart-number") == (1 if number else 0)
    [trace] = charts.figure_for_plotly(axes, [series], [[""] * 5], ",")["data"]
    assert trace.get("text") == ([number] * 6 if number else None)
    assert ("text" in trace["mode"]) == bool(number)


def test_the_legend_counts_from_one_in_the_order_given():
    entries = charts.legend(
        [charts.Series("key", "Name", look, ()) for look in ("self", "student-1")]
    )
    assert [(entry.index, entry.look) for entry in entries] == [(1, "self"), (2, "student-1")]


def luminance(colour):
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def lightness(colour):
    """As the eye sees it, from 0 (black) to 100 (white)."""
    return 116 * luminance(colour) ** (1 / 3) - 16


def test_looks_differ_in_colour_and_dash_and_marker():
    looks = charts.LOOKS.values()
    for what in ("colour", "dash", "shape"):
        assert len({getattr(look, what) for look in looks}) == len(looks)
    assert len({(look.symbol, look.filled) for look in looks}) == len(looks)


def closest(looks):
    shades = sorted(lightness(look.colour) for look in looks)
    return min(lighter - darker for darker, lighter in itertools.pairwise(shades))


def test_looks_stand_out_from_white_and_from_each_other_in_grey():
    looks = charts.LOOKS
    contrasts = [1.05 / (luminance(look.colour) + 0.05) for look in looks.values()]
    assert min(contrasts) >= 3
    # Between black and what stands out from white there is no more room for so many.
    assert closest(looks.values()) >= 2
    assert closest(looks[name] for name in ("self", "earlier", *FIRST)) >= 4


@pytest.mark.parametrize("name", charts.LOOKS)
def test_no_look_is_red_or_green(name):
    red, green, blue = (int(charts.LOOKS[name].colour[at : at + 2], 16) for at in (1, 3, 5))
    assert not (green > red + 30 and green > blue + 30), "green"
    assert not (red > 120 and red > 2.5 * green and red > 2.5 * blue), "red"


def test_the_page_gets_the_rule_of_each_look_that_it_shows():
    [own, student, trainer] = charts.legend(
        [charts.Series("key", "Name", look, ()) for look in ("self", "student-1", "trainer-10")]
    )
    assert own.css == (
        ".look-self{--look-colour:#1b5e9e;--look-dash:none;--look-width:3px;"
        "--look-fill:var(--look-colour)}"
    )
    assert student.css == ".look-student-1{--look-colour:#b85a00;--look-dash:9 5}"
    assert trainer.css.startswith(".look-trainer-10{--look-colour:#600d3b;--look-dash:2 3 2 7")
