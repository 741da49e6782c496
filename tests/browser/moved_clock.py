"""The application with a clock that a test moves: each line that comes in is what it shows.

Started as `python -m tests.browser.moved_clock --app app serve`, and with a first line.
"""

import sys
import threading
from datetime import datetime
from typing import TextIO

import time_machine
from flask.cli import main

from zetwpo.cycle import sweeping

# What is due by itself comes while a test waits, in seconds.
PAUSE_SECONDS = 0.2


def follow(clock: time_machine.Traveller, moments: TextIO) -> None:
    """Show each of these moments as soon as it comes, and let time go on from there."""
    for moment in moments:
        clock.move_to(datetime.fromisoformat(moment.strip()))


if __name__ == "__main__":
    first = datetime.fromisoformat(sys.stdin.readline().strip())
    shown = time_machine.travel(first).start()
    sweeping.PAUSE_SECONDS = PAUSE_SECONDS
    threading.Thread(target=follow, args=(shown, sys.stdin), daemon=True).start()
    main()
