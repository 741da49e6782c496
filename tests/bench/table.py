"""The table that `make bench` prints."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """One figure and its aim; lower is better."""

    what: str
    measured: float
    aim: float
    unit: str
    detail: str = ""

    @property
    def is_met(self) -> bool:
        """True where the figure is within its aim."""
        return self.measured <= self.aim


def show(rows: Sequence[Row]) -> None:
    """Print the rows as a Markdown table."""
    print("| what | measured | aim | | detail |")
    print("|---|---:|---:|---|---|")
    for row in rows:
        mark = "met" if row.is_met else "MISSED"
        figures = f"{row.measured:.3g} {row.unit} | {row.aim:g} {row.unit}"
        print(f"| {row.what} | {figures} | {mark} | {row.detail} |")
