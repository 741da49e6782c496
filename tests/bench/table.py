"""The table that `make bench` prints."""

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
        return "" if value is None else f"{value:{form}} {self.unit}".strip()


def show(rows: Sequence[Row]) -> None:
    """Print the rows as a Markdown table."""
    print("| what | measured | aim | | detail |")
    print("|---|---:|---:|---|---|")
    for row in rows:
        print(f"| {' | '.join(row.cells)} |")
