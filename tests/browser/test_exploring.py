"""Exploring the spider: Plotly comes when it is asked for, and until then the drawing stays."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.checks import WIDTHS, check_charts, set_width
from tests.browser.conftest import LAPTOP, CheckPage, OpenBrowser
from tests.browser.results import Finished, finish
from tests.browser.server import Server
from tests.browser.standstill import stop_the_clock
from tests.browser.words import QUESTIONNAIRE, Words
from zetwpo.i18n import Language

WORDS = Words("nl")
SAVES_DATA = "Object.defineProperty(navigator, 'connection', { value: { saveData: true } })"
# The middles of the markers of each series, in pixels from the corner of the chart.
DRAWN = """(selector) => {
  const { left, top } = document.querySelector(".spider").getBoundingClientRect();
  return [...document.querySelectorAll(selector)].map((series) =>
    [...series.querySelectorAll(".chart-mark, .point")].map((mark) => {
      const box = mark.getBoundingClientRect();
      return [box.left + box.width / 2 - left, box.top + box.height / 2 - top];
    }));
}"""
# In pixels: a marker of Plotly's and ours are not the same to a hair.
NEAR = 2.5


@pytest.fixture
def finished(server: Server) -> Finished:
    return finish(server)


OpenResult = Callable[..., Page]


@pytest.fixture
def open_result(finished: Finished, open_browser: OpenBrowser) -> OpenResult:
    """Open the result on a laptop, and note what Plotly costs."""

    def opened(**options: Any) -> Page:
        chosen = {"viewport": LAPTOP} | options
        page = open_browser(finished.server, signed_in=finished.client, **chosen)
        page.goto(finished.path)
        return page

    return opened


def loads(page: Page) -> list[str]:
    """What comes in for exploring, from now on."""
    found: list[str] = []
    page.on(
        "request",
        lambda request: (
            found.append(request.url)
            if "plotly" in request.url or "figures" in request.url
            else None
        ),
    )
    return found


def button(page: Page, label: str = "Explore the chart") -> Any:
    return page.get_by_role("button", name=WORDS(label))


def says(page: Page, text: str) -> None:
    expect(page.locator(".explore [role=status]")).to_have_text(text)


def is_live(page: Page) -> None:
    expect(page.locator("[data-spider][data-live] .spider-plot")).to_be_visible()
    expect(page.locator(".spider > svg")).to_be_hidden()


def is_drawn(page: Page) -> None:
    expect(page.locator(".spider > svg")).to_be_visible()
    expect(page.locator(".spider-plot")).to_have_count(0)


def test_with_the_keyboard_alone(open_result: OpenResult) -> None:
    page = open_result()
    found = loads(page)
    is_drawn(page)
    button(page).focus()
    page.keyboard.press("Enter")
    is_live(page)
    assert len(found) == 2
    # The button is gone, and the focus is not.
    expect(button(page)).to_be_hidden()
    choice = page.get_by_label(WORDS("Show"), exact=True)
    expect(choice).to_be_focused()
    says(page, WORDS("All parts together"))
    page.keyboard.press("ArrowDown")
    title = WORDS.of(QUESTIONNAIRE.axes[0].title)
    says(page, title)
    plot = page.get_by_role("application", name=title)
    expect(plot).to_be_visible()
    page.keyboard.press("Shift+Tab")
    expect(plot).to_be_focused()
    hover = page.locator(".hoverlayer .hovertext")
    page.keyboard.press("ArrowRight")
    name = WORDS.of(QUESTIONNAIRE.behaviours[0].name)
    # Whoever sees it alike lies in one place, and is named there.
    says(page, f"{name}. {WORDS('You')}: 6 Jan Jansen: 6")
    expect(hover).to_have_text(f"{WORDS('You')}: 6Jan Jansen: 6")
    page.keyboard.press("ArrowRight")
    says(page, f"{name}. Bo de Wit: 7")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    says(page, f"{WORDS.of(QUESTIONNAIRE.behaviours[4].name)}. Jan Jansen: 6")
    page.keyboard.press("Escape")
    expect(hover).to_have_count(0)


def test_a_mouse_that_passes_loads_nothing_and_one_that_rests_does(
    open_result: OpenResult,
) -> None:
    page = open_result()
    found = loads(page)
    stop_the_clock(page)
    box = page.locator(".spider").bounding_box()
    assert box
    middle = box["y"] + box["height"] / 2
    page.mouse.move(5, middle)
    page.mouse.move(box["x"] + box["width"] / 2, middle, steps=3)
    page.mouse.move(box["x"] + box["width"] / 2, 2, steps=3)
    page.clock.run_for(600)
    assert found == []
    page.locator(".spider").hover()
    page.clock.resume()
    is_live(page)
    assert len(found) == 2
    # Beside a dot stands what it rests on.
    point = page.locator(".spider-plot .scatterlayer .trace").nth(1).locator(".point").first
    # Above it lies what Plotly listens with.
    point.hover(force=True)
    told = WORDS(
        "%(name)s: %(mean)s, %(judged)s of %(asked)s statements",
        name="Bo de Wit", mean="6", judged=4, asked=5,
    )  # fmt: skip
    text = re.compile(r"\s*".join(re.escape(word) for word in told.split()))
    expect(page.locator(".hoverlayer .hovertext")).to_have_text(text)


def test_a_page_that_scrolls_below_a_mouse_loads_nothing(open_result: OpenResult) -> None:
    page = open_result()
    found = loads(page)
    box = page.locator(".spider").bounding_box()
    assert box
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    page.mouse.move(box["x"] + box["width"] / 2, 300)
    page.wait_for_timeout(300)
    page.evaluate("document.querySelector('.spider').scrollIntoView({ block: 'center' })")
    page.wait_for_timeout(600)
    assert found == []


def test_a_finger_has_the_button(open_result: OpenResult) -> None:
    page = open_result(has_touch=True)
    found = loads(page)
    page.locator(".spider").tap()
    page.wait_for_timeout(600)
    assert found == []
    button(page).tap()
    is_live(page)


def test_whoever_saves_data_has_the_button(open_result: OpenResult) -> None:
    page = open_result()
    page.add_init_script(SAVES_DATA)
    page.reload()
    found = loads(page)
    page.mouse.move(5, 5)
    page.locator(".spider").hover()
    page.wait_for_timeout(600)
    assert found == []
    button(page).click()
    is_live(page)


@pytest.mark.parametrize("what", ["**/plotly.min.*", "**/figures.json"])
def test_without_a_connection_the_drawing_stays_and_says_so(
    open_result: OpenResult, what: str
) -> None:
    page = open_result()
    page.route(what, lambda route: route.abort("aborted"))
    button(page).focus()
    page.keyboard.press("Enter")
    says(page, WORDS("The chart that you can explore did not load. The drawing stays."))
    is_drawn(page)
    again = button(page, "Try again")
    expect(again).to_be_focused()
    # A mouse that comes by does not try it again by itself.
    found = loads(page)
    page.mouse.move(5, 5)
    page.locator(".spider").hover()
    page.wait_for_timeout(600)
    assert found == []
    page.unroute(what)
    again.click()
    is_live(page)


def test_while_it_loads_the_drawing_stays_and_says_so(open_result: OpenResult) -> None:
    page = open_result()
    held: list[Route] = []
    page.route("**/plotly.min.*", lambda route: held.extend([route]))
    found = loads(page)
    button(page).click()
    says(page, WORDS("The chart is loading …"))
    is_drawn(page)
    # Once is enough.
    button(page).dispatch_event("click")
    page.wait_for_timeout(200)
    assert len(found) == 2
    held[0].continue_()
    is_live(page)


def test_after_somebody_shared_the_page_is_asked_to_load_again(
    open_result: OpenResult, finished: Finished
) -> None:
    page = open_result()
    finished.gets_feedback("student", "Kim Vos")
    button(page).click()
    changed = (
        "Since you opened this page, something has changed. Load it again to explore the chart."
    )
    says(page, WORDS(changed))
    is_drawn(page)
    button(page, "Load the page again").click()
    expect(page.get_by_role("checkbox")).to_have_count(4)
    button(page).click()
    is_live(page)


def test_signed_out_meanwhile(open_result: OpenResult, finished: Finished) -> None:
    page = open_result()
    finished.server.sign_out(finished.person)
    button(page).click()
    says(page, WORDS("The chart that you can explore did not load. The drawing stays."))
    is_drawn(page)


def test_the_legend_switches_what_one_explores_too(open_result: OpenResult) -> None:
    page = open_result()
    button(page).click()
    is_live(page)
    lines = page.locator(".spider-plot .scatterlayer .trace")
    expect(lines).to_have_count(3)
    tick = page.get_by_role("checkbox", name="Bo de Wit")
    tick.uncheck()
    expect(lines).to_have_count(2)
    choice = page.get_by_label(WORDS("Show"), exact=True)
    for number in range(6):
        choice.select_option(index=number)
        expect(lines).to_have_count(2)
    tick.check()
    expect(lines).to_have_count(3)
    # Paper has the drawing, of the whole.
    page.emulate_media(media="print")
    expect(page.locator(".spider > svg")).to_be_visible()
    expect(page.locator(".spider-plot")).to_be_hidden()
    expect(page.locator(".explore")).to_be_hidden()


def test_plotly_draws_over_the_drawing(open_result: OpenResult) -> None:
    page = open_result()
    drawn = {}
    for width in WIDTHS:
        set_width(page, width)
        drawn[width] = page.evaluate(DRAWN, ".spider > svg [class^=series]")
    button(page).click()
    is_live(page)
    for width in WIDTHS:
        set_width(page, width)
        plotted = page.evaluate(DRAWN, ".spider-plot .scatterlayer .trace")
        for ours, theirs in zip(drawn[width], plotted, strict=True):
            # Plotly comes round to the first once more.
            for one, other in zip(ours, theirs[: len(ours)], strict=True):
                assert one == pytest.approx(other, abs=NEAR), f"at {width}"


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_choice_at_every_width(
    server: Server, open_browser: OpenBrowser, check_page: CheckPage, language: Language
) -> None:
    finished = finish(server, language)
    words = Words(language)
    page = open_browser(server, language, finished.client, viewport=LAPTOP)
    page.goto(finished.path)
    page.get_by_role("button", name=words("Explore the chart")).click()
    is_live(page)
    choice = page.get_by_label(words("Show"), exact=True)
    for number, axis in enumerate(QUESTIONNAIRE.axes, 1):
        choice.select_option(index=number)
        says(page, words.of(axis.title))
        check_charts(page, is_live=True)
        for behaviour in QUESTIONNAIRE.behaviours:
            if behaviour.axis == axis.key:
                label = page.locator(".spider-plot .annotation").filter(
                    has_text=words.of(behaviour.name).split()[0]
                )
                expect(label.first).to_be_visible()
    check_page(page)
