"""What a first visit weighs, how long it blocks, and when the chart shows: a slow phone."""

import statistics
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, CDPSession, Page, sync_playwright

from tests.bench.site import COOKIE, make_site, serving
from tests.bench.table import Row
from tests.chromium import launch_arguments

PHONE: dict[str, Any] = {"viewport": {"width": 390, "height": 844}, "device_scale_factor": 2}
SLOWER_PROCESSOR = 4
VISITS, EXPLORING_VISITS = 7, 3
# A task is long from here on, and blocks for as long as it goes on after; in milliseconds.
LONG_TASK = 50
# Long enough for what a page does by itself after it is there.
SETTLES = 1000
# Milliseconds. The developer tools of Chrome give "slow 4G" not its 150 but 3.75 times as much,
# for the greetings of a new connection, which they cannot slow down.
LATENCY, PLAIN_LATENCY = 150 * 3.75, 150

# Notes when the chart was painted: the frame that has it is, before the next one begins.
NOTE_CHART = """
const look = () => {
  const box = document.querySelector("[data-spider] > svg")?.getBoundingClientRect();
  if (!box?.width || !box.height) requestAnimationFrame(look);
  else requestAnimationFrame(() => { window.chartShownAt = performance.now(); });
};
look();
"""
# Keeps how long each long task of the page took.
NOTE_TASKS = """
window.longTasks = [];
new PerformanceObserver((list) => {
  window.longTasks.push(...list.getEntries().map((each) => each.duration));
}).observe({ type: "longtask", buffered: true });
"""
# From the start of the navigation; nothing shows before the first paint that the browser reports.
CHART_SHOWN = """() => {
  const [paint] = performance.getEntriesByName("first-contentful-paint");
  return paint && window.chartShownAt && Math.max(paint.startTime, window.chartShownAt);
}"""


def measure(folder: Path) -> list[Row]:
    """The weight of a form page and of the result, what blocks, and when the chart shows."""
    site = make_site(folder, respondents=5)
    form = f"/scan/{site.start_scan().id}/part/1"
    site.get(site.result)  # The first time, templates are compiled.
    with serving(site.app) as port, sync_playwright() as playwright:
        chromium = playwright.chromium.launch(**launch_arguments())
        phone = Phone(chromium, site.cookie, f"http://127.0.0.1:{port}")
        shown = phone.chart_time(site.result, LATENCY)
        return [
            phone.weight("the form page", form, 60),
            phone.weight("the result page", site.result, 60),
            phone.blocking("the form page", form),
            phone.blocking("the result page", site.result),
            phone.blocking_of_exploring(site.result),
            shown,
            *([] if shown.is_met else [phone.chart_time(site.result, PLAIN_LATENCY)]),
        ]


class Phone:
    """The browser of somebody who is signed in, with nothing in its cache."""

    def __init__(self, chromium: Browser, cookie: str, address: str) -> None:
        self._chromium = chromium
        self._cookie = {"name": COOKIE, "value": cookie, "url": address}
        self._address = address

    def weight(self, what: str, path: str, aim: int) -> Row:
        """All that comes in by itself, headers too."""
        with self._visit() as (page, devtools):
            names: dict[str, str] = {}
            weights: Counter[str] = Counter()

            def asked(event: dict[str, Any]) -> None:
                names[event["requestId"]] = event["request"]["url"].rsplit("/", 1)[-1]

            def came(event: dict[str, Any]) -> None:
                weights[names[event["requestId"]]] += event["encodedDataLength"]

            devtools.on("Network.requestWillBeSent", asked)
            devtools.on("Network.loadingFinished", came)
            page.goto(path, wait_until="networkidle")
        heaviest = ", ".join(f"{name} {size / 1024:.1f}" for name, size in weights.most_common(3))
        detail = f"{len(weights)} files; {heaviest} KiB"
        return Row(f"weight of {what}", weights.total() / 1024, aim, "KiB", detail)

    def blocking(self, what: str, path: str) -> Row:
        """For how long a first visit keeps the page from answering to a tap."""
        visits = [self._long_tasks(path) for _ in range(VISITS)]
        return self._blocking(f"{what} blocks for", visits, 300)

    def blocking_of_exploring(self, path: str) -> Row:
        """The same after somebody asked to explore the chart: without an aim, as they wait."""
        visits = [self._long_tasks(path, explores=True) for _ in range(EXPLORING_VISITS)]
        return self._blocking("- and with the chart explored", visits, None)

    def _blocking(self, what: str, visits: list[list[float]], aim: float | None) -> Row:
        times = [sum(task - LONG_TASK for task in tasks) for tasks in visits]
        longest = max((task for tasks in visits for task in tasks), default=0)
        detail = (
            f"median of {len(visits)} visits with a processor {SLOWER_PROCESSOR} times slower, "
            f"{min(times):.0f} to {max(times):.0f} ms; the longest task took {longest:.0f} ms"
        )
        return Row(what, statistics.median(times), aim, "ms", detail)

    def _long_tasks(self, path: str, *, explores: bool = False) -> list[float]:
        """The long tasks of one visit, in milliseconds."""
        with self._visit() as (page, devtools):
            devtools.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER_PROCESSOR})
            page.add_init_script(NOTE_TASKS)
            page.goto(path, wait_until="networkidle")
            if explores:
                page.locator(".explore button").click()
                page.wait_for_selector("[data-live]")
            page.wait_for_timeout(SETTLES)
            found: list[float] = page.evaluate("window.longTasks")
            return found

    def chart_time(self, path: str, latency: float) -> Row:
        """From the start of the navigation until the chart is painted."""
        times = []
        for _ in range(VISITS):
            with self._visit() as (page, devtools):
                devtools.send("Network.emulateNetworkConditions", _slow_4g(latency))
                devtools.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER_PROCESSOR})
                page.add_init_script(NOTE_CHART)
                page.goto(path, wait_until="commit")
                times.append(page.wait_for_function(CHART_SHOWN, polling=50).json_value() / 1000)
        what = f"chart shows on slow 4G (latency {latency:g} ms)"
        detail = (
            f"median of {VISITS} visits with a processor {SLOWER_PROCESSOR} times slower, "
            f"{min(times):.2f} to {max(times):.2f} s"
        )
        return Row(what, statistics.median(times), 1, "s", detail)

    @contextmanager
    def _visit(self) -> Iterator[tuple[Page, CDPSession]]:
        with self._chromium.new_context(base_url=self._address, **PHONE) as context:
            context.add_cookies([self._cookie])  # type: ignore[list-item]
            page = context.new_page()
            devtools = context.new_cdp_session(page)
            devtools.send("Network.enable")
            yield page, devtools


def _slow_4g(latency: float) -> dict[str, Any]:
    """The rest of the profile: bits per second to bytes, with a tenth off for what headers cost."""
    return {
        "offline": False,
        "latency": latency,
        "downloadThroughput": 1_600_000 / 8 * 0.9,
        "uploadThroughput": 750_000 / 8 * 0.9,
    }
