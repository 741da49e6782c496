"""The names of the axes around the spider, in two lengths: the style sheet shows one."""

from dataclasses import dataclass
from functools import cached_property, lru_cache

from markupsafe import Markup

from zetwpo.scan.result.charts.frame import (
    CENTRE,
    GAP,
    LINE_HEIGHT,
    MOST_FRAMES,
    RADIUS,
    WIDTH,
    Frame,
)
from zetwpo.scan.result.charts.paths import Place, tidy
from zetwpo.scan.result.charts.series import AxisLabel

# Half the widest label, so that the labels beside the spider end at the edge of its box.
HALF_LABEL = 110

TEXT = Markup('<text class="chart-{}" y="{}">{}</text>')
LINE = Markup('<tspan x="{}" dy="{}">{}</tspan>')


@dataclass(frozen=True)
class LabelLine:
    """One line of a label and how far it stands below the line before it, as in `1.3em`."""

    text: str
    dy: str


@dataclass(frozen=True)
class Label:
    """The name of an axis, centred on x.

    One that rises has its last base line at y, the others have their top there.
    """

    x: float
    y: float
    rises: bool
    long: tuple[LabelLine, ...]
    short: tuple[LabelLine, ...]

    @cached_property
    def svg(self) -> Markup:
        """Both lengths, drawn here and once, as every page has the same."""
        return self._text("long", self.long) + self._text("short", self.short)

    def _text(self, length: str, lines: tuple[LabelLine, ...]) -> Markup:
        drawn = Markup().join(LINE.format(self.x, line.dy, line.text) for line in lines)
        return TEXT.format(length, self.y, drawn)


@lru_cache(maxsize=MOST_FRAMES)
def labels_of(frame: Frame) -> tuple[Label, ...]:
    """The names of all axes, in their order."""
    return tuple(_label(frame, axis, label) for axis, label in enumerate(frame.axes))


def _label(frame: Frame, axis: int, label: AxisLabel) -> Label:
    x, y = frame.at(axis, RADIUS)
    rises = y < frame.middle + 0.3 * RADIUS
    if rises and axis:
        x, y = _beside(frame, axis)
    # Of three axes the lower two end nearer to the edge than half a label.
    x = min(max(x, HALF_LABEL), WIDTH - HALF_LABEL)
    y = tidy(y - GAP if rises else y + GAP)
    return Label(x, y, rises, _lines(label.long, rises), _lines(label.short, rises))


def _beside(frame: Frame, axis: int) -> Place:
    """Above the outer ring, as far to the side as the box goes: room for long words."""
    side = 1 if frame.at(axis, 1)[0] > CENTRE else -1
    upper, corner = frame.at(axis - side, RADIUS), frame.at(axis, RADIUS)
    x = CENTRE + side * (CENTRE - HALF_LABEL)
    inner_end = x - side * HALF_LABEL
    share = (inner_end - upper[0]) / (corner[0] - upper[0])
    return x, upper[1] + min(max(share, 0), 1) * (corner[1] - upper[1])


def _lines(lines: tuple[str, ...], rises: bool) -> tuple[LabelLine, ...]:
    first = LINE_HEIGHT * (1 - len(lines)) if rises else 1
    steps = [first] + [LINE_HEIGHT] * (len(lines) - 1)
    return tuple(
        LabelLine(text, f"{tidy(step)}em") for text, step in zip(lines, steps, strict=True)
    )
