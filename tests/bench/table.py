"""The table that `make bench` prints."""

import math
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """One figure; lower is better. Without an aim it stands beside another, or explains it."""

    what: str
    measured: float | None = None
    aim: float | None = None
    unit: str = ""
    detail: str = ""

    @property
    def is_met(self) -> bool:
        """True where the figure is within its aim, or there is none."""
        return self.measured is None or self.aim is None or self.measured <= self.aim

    @property
    def cells(self) -> list[str]:
        """The row as the table has it."""
        mark = "" if self.aim is None else "met" if self.is_met else "MISSED"
        figures = [self._figure(self.measured, ".3g"), self._figure(self.aim, "g")]
        return [self.what, *figures, mark, self.detail]

    def _figure(self, value: float | None, form: str) -> str:
        if value is None:
            return ""
        # Three digits, but no thousands as a power of ten.
        written = f"{value:.0f}" if 1000 <= value < math.inf else f"{value:{form}}"
        return f"{written} {self.unit}".strip()


def show(rows: Sequence[Row]) -> None:
    """Print the rows as a Markdown table."""
    print("| what | measured | aim | | detail |")
    print("|---|---:|---:|---|---|")
    for row in rows:
        print(f"| {' | '.join(row.cells)} |")
