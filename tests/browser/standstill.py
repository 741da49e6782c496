"""Time that passes for a page only when a test lets it: machines are slow at any moment."""

from datetime import UTC, datetime, timedelta

from playwright.sync_api import Page

# From now on; the clock of a page goes forward only.
AHEAD = timedelta(seconds=5)


def stop_the_clock(page: Page) -> None:
    """Let time pass with `page.clock.run_for` alone, on this page and on those after it."""
    page.clock.install()
    page.clock.pause_at(datetime.now(UTC) + AHEAD)
