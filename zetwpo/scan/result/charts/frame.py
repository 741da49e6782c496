"""Where everything in the spider is: the same for every page in one language."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from zetwpo.library.rules import HIGHEST, LOWEST
from zetwpo.scan.result.charts.paths import Place, tidy
from zetwpo.scan.result.charts.scale import Figure
from zetwpo.scan.result.charts.series import AxisLabel

# Every ring is drawn; a figure at every second one is enough to read it and leaves it calm.
FIGURES = (1, 3, 5, 7)

# In user units. The height follows from how many lines the labels have.
WIDTH = 640
CENTRE = WIDTH // 2
RADIUS = 280
# Between a corner of the outer ring, with a marker on it, and its label.
GAP = 20
# Between the labels and the edge of the box, for letters of another size than ours.
EDGE = 6
# Sizes of the labels: a phone shows the spider at under half its size, so letters are larger.
# The style sheet repeats both; a test compares them.
SHORT_SIZE, LONG_SIZE = 28, 17
# Short labels where a corner is a behaviour: their names are longer.
BEHAVIOUR_SIZE = 23
LINE_HEIGHT = 1.3
# Kept of what is drawn around a chart: of all versions that are in use at the same time.
MOST_FRAMES = 200


def radius(value: float) -> float:
    """How far from the centre a value from 1 to 7 lies, in user units.

    Linear, with the centre for a nought that the scale does not have: in this way five ones are
    five points on a small ring and not one, and equal steps remain equal.
    """
    return RADIUS * value / HIGHEST


# Not compared by what it holds: `frame_for` makes one for these axes, and caches find it fast.
@dataclass(frozen=True, eq=False)
class Frame:
    """What the axes are called, the height of the centre, and that of the whole.

    `short_size` is the size of the letters in the short labels.
    """

    axes: tuple[AxisLabel, ...]
    middle: float
    height: float
    short_size: int = SHORT_SIZE

    def at(self, axis: float, distance: float) -> Place:
        """The place on an axis, or between two, at this distance from the centre."""
        turn = 2 * math.pi * axis / len(self.axes)
        across, down = distance * math.sin(turn), -distance * math.cos(turn)
        return tidy(CENTRE + across), tidy(self.middle + down)

    @cached_property
    def rings(self) -> list[list[Place]]:
        """The corners of every ring, from 1 to 7."""
        values = range(LOWEST, HIGHEST + 1)
        return [[self.at(axis, radius(value)) for axis in self._turns] for value in values]

    @cached_property
    def spokes(self) -> list[list[Place]]:
        """The two ends of every spoke, on the first ring and on the last."""
        return [[self.at(axis, radius(LOWEST)), self.at(axis, RADIUS)] for axis in self._turns]

    @cached_property
    def figures(self) -> tuple[Figure, ...]:
        """The figures of the scale, at the bottom between two axes, where no marker ever is."""
        return tuple(self._figure(value) for value in FIGURES)

    def _figure(self, value: int) -> Figure:
        between = len(self.axes) // 2 + 0.5
        x, y = self.at(between, radius(value) * math.cos(math.pi / len(self.axes)))
        return Figure(x, y, str(value))

    @property
    def _turns(self) -> range:
        return range(len(self.axes))


def frame_for(axes: Sequence[AxisLabel], short_size: int = SHORT_SIZE) -> Frame:
    """The frame around three to six axes, the first at the top and the others clockwise."""
    return _frame(tuple(axes), short_size)


# What axes are called is data, and partnerships change it.
@lru_cache(maxsize=MOST_FRAMES)
def _frame(axes: tuple[AxisLabel, ...], short_size: int) -> Frame:
    heights = [_height(label, short_size) for label in axes]
    middle = GAP + heights[0] + RADIUS + EDGE
    flat = Frame(axes, 0, 0)
    below = max(flat.at(axis, RADIUS)[1] + height for axis, height in enumerate(heights))
    return Frame(axes, tidy(middle), math.ceil(middle + below + GAP + EDGE), short_size)


def _height(label: AxisLabel, short_size: int) -> float:
    return LINE_HEIGHT * max(len(label.short) * short_size, len(label.long) * LONG_SIZE)
