"""`make bench`: what the product costs beside the barest handler that does the same.

Ratios hold on a busy machine too. The other figures are worth as much as the machine was idle.
"""

import os
import sys
import tempfile
from pathlib import Path

from tests.bench import (
    access,
    browser,
    importing,
    layout,
    load,
    people,
    reminders,
    speed,
    start,
    trajectories,
)
from tests.bench.table import show

PARTS = {
    "speed": speed.measure,
    "access": access.measure,
    "importing": importing.measure,
    "people": people.measure,
    "trajectories": trajectories.measure,
    "browser": browser.measure,
    "layout": layout.measure,
    "start": start.measure,
    "load": load.measure,
    "reminders": reminders.measure,
}
# On a disk: elsewhere for temporary files may be memory, where it costs nothing to be durable.
ON_DISK = "/var/tmp"


def main(names: list[str]) -> int:
    """Measure these parts, or all, and print a table; returns 1 when an aim was missed."""
    waiting = os.getloadavg()[0]
    with tempfile.TemporaryDirectory(dir=ON_DISK) as folder:
        rows = [row for name in names or PARTS for row in PARTS[name](Path(folder) / name)]
    show(rows)
    print(f"\nBefore it began, {waiting:.1f} programs kept {os.cpu_count()} processors busy.")
    return int(not all(row.is_met for row in rows))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
