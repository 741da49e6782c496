"""The looks: told apart with any eyes, on any paper, and the same in the style sheet."""

import itertools
import re
from pathlib import Path

import pytest

from zetwpo.scan.result import charts

STYLE = Path(__file__).parents[3] / "static" / "css" / "50-charts.css"


def test_a_fifth_student_looks_like_the_first():
    looks = [charts.look_for("student", index) for index in range(5)]
    assert looks == ["student-1", "student-2", "student-3", "student-4", "student-1"]
    assert charts.look_for("self") == "self"
    assert charts.look_for("earlier", 3) == "earlier"
    assert charts.look_for("trainer", 3) == "trainer-4"


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


def test_looks_stand_out_from_white_and_from_each_other_in_grey():
    colours = [look.colour for look in charts.LOOKS.values()]
    assert min(1.05 / (luminance(colour) + 0.05) for colour in colours) >= 3
    shades = sorted(map(lightness, colours))
    assert min(lighter - darker for darker, lighter in itertools.pairwise(shades)) >= 4


def style_of(look):
    rule = re.search(rf"\.look-{look} {{(.*)}}", STYLE.read_text()).group(1)
    return dict(part.strip().split(": ") for part in rule.split(";"))


@pytest.mark.parametrize("name", charts.LOOKS)
def test_the_style_sheet_has_the_same_looks(name):
    look, style = charts.LOOKS[name], style_of(name)
    assert style["--look-colour"] == look.colour
    assert style["--look-dash"] == (" ".join(map(str, look.dash)) or "none")
    assert style.get("--look-width", "2px") == f"{look.width}px"
    assert ("--look-fill" in style) == look.filled
