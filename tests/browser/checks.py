"""What holds for every page, whatever it is about."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.big_letters import big_letters
from tests.browser.sources import Sources
from tests.browser.words import QUESTIONNAIRE

WIDTHS = (320, 390, 1280)
HEIGHT = 800
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
AXE = Axe().axe_script
AXE_OPTIONS = {"runOnly": RULES, "resultTypes": ["violations"]}
VIOLATIONS = """async (options) => (await axe.run(document, options)).violations
  .flatMap((each) => each.nodes.map((node) => `${each.id}: ${node.html}`))"""
# The thumb of somebody on a phone.
TARGET_WIDTH, TARGET_HEIGHT = 39, 44

TOO_WIDE = """() => {
  const width = document.documentElement.clientWidth;
  const reached = document.documentElement.scrollWidth;
  if (reached <= width) return [];
  const beyond = [...document.querySelectorAll("body *")]
    .filter((each) => each.getBoundingClientRect().right > width)
    .map((each) => each.outerHTML.slice(0, 120));
  return [`${reached} pixels`, ...beyond.slice(-3)];
}"""

# Words that a box cuts off, and words on top of others. The middle half of a line's height is the
# letters, the rest is room between lines.
HARD_TO_READ = """() => {
  const troubles = [];
  const isForEars = (each) => getComputedStyle(each).clipPath !== "none"
    || each.parentElement && isForEars(each.parentElement);
  const isSeen = (each) => each.checkVisibility({ visibilityProperty: true })
    && !each.closest(".skip, svg, .spider-plot") && !isForEars(each);
  for (const box of document.querySelectorAll("body *")) {
    const { overflowX, overflowY } = getComputedStyle(box);
    const isCut = overflowX === "hidden" && box.scrollWidth > box.clientWidth
      || overflowY === "hidden" && box.scrollHeight > box.clientHeight;
    if (isCut && isSeen(box)) troubles.push(`cut off: ${box.outerHTML.slice(0, 120)}`);
  }
  const lines = [];
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const text = texts.currentNode;
    if (!text.data.trim() || !isSeen(text.parentElement)) continue;
    const range = document.createRange();
    range.selectNodeContents(text);
    for (const { left, right, top, bottom } of range.getClientRects()) {
      const spare = (bottom - top) / 4;
      lines.push({
        words: text.data.trim(),
        left: left + 1, right: right - 1, top: top + spare, bottom: bottom - spare,
      });
    }
  }
  lines.sort((one, other) => one.top - other.top);
  for (const [index, one] of lines.entries()) {
    for (const other of lines.slice(index + 1)) {
      if (other.top >= one.bottom) break;
      if (other.left < one.right && one.left < other.right) {
        troubles.push(`on top of each other: ${one.words} | ${other.words}`);
      }
    }
  }
  return troubles;
}"""

# A label is cut off at the edge of its drawing, and lost beyond that of the window.
LABELS_OUTSIDE = """() => {
  const outside = [];
  for (const label of document.querySelectorAll(".spider text, .dot-row text")) {
    const inner = label.getBoundingClientRect();
    if (!inner.width || getComputedStyle(label).visibility === "hidden") continue;
    let drawing = label.ownerSVGElement;
    while (drawing.ownerSVGElement) drawing = drawing.ownerSVGElement;
    const outer = drawing.getBoundingClientRect();
    const left = Math.max(outer.left, 0);
    const right = Math.min(outer.right, document.documentElement.clientWidth);
    const fits = inner.left >= left - 0.5 && inner.right <= right + 0.5
      && inner.top >= outer.top - 0.5 && inner.bottom <= outer.bottom + 0.5;
    if (!fits) outside.push(label.textContent);
  }
  return outside;
}"""
LABELS = """() => [...document.querySelectorAll(".spider text")]
  .filter((label) => label.getBoundingClientRect().width).length"""
# Plotly follows the width of its place a moment later; a page without a live chart is drawn.
IS_DRAWN = """() => [...document.querySelectorAll(".spider[data-live] .spider-plot")]
  .every((plot) => plot.querySelector(".main-svg").clientWidth === plot.clientWidth)"""

# A finger does not know that a table goes on beyond its box.
CUT_COLUMNS = """() => {
  const box = document.querySelector("[role=region][aria-labelledby=axes-table]");
  return box.scrollWidth - box.clientWidth;
}"""

# How one sees that a field has the focus, and whether it is where one looks.
FOCUS = """(field) => {
  // The number shows the focus of a point of the scale.
  const shown = field.closest(".scale label")?.querySelector("span") ?? field;
  const style = getComputedStyle(shown);
  const box = shown.getBoundingClientRect();
  const left = Math.max(box.left, 0), right = Math.min(box.right, innerWidth);
  const top = Math.max(box.top, 0), bottom = Math.min(box.bottom, innerHeight);
  const middle = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
  return {
    isOutlined: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
    // Windows scroll by whole pixels. Of what is higher than the window one sees a part.
    isInside: box.width > 0 && box.left > -1 && box.right < innerWidth + 1
      && (box.height > innerHeight ? bottom > top
        : box.top > -1 && box.bottom < innerHeight + 1),
    // A point lies on top of its number, which shows through.
    isCovered: !(shown.contains(middle) || middle?.contains(shown) || middle === field),
  };
}"""

# Every stop of somebody without a mouse, one after the other; then all is as it was.
HARD_TO_FIND = f"""() => {{
  const look = {FOCUS};
  const stops = document.querySelectorAll(
    "a[href], button, input, select, textarea, summary, [tabindex='0']");
  const before = document.activeElement, {{ scrollX, scrollY }} = window;
  const troubles = [];
  for (const stop of stops) {{
    const isStop = stop.tabIndex >= 0 && !stop.matches(":disabled, [inert] *");
    if (!isStop || !stop.checkVisibility({{ visibilityProperty: true }})) continue;
    stop.focus();
    // Of a field for a text, browsers show the place where one types.
    if (stop.matches("textarea")) stop.scrollIntoView({{ block: "nearest" }});
    const {{ isOutlined, isInside, isCovered }} = look(stop);
    if (document.activeElement !== stop) troubles.push(`not reached: ${{stop.outerHTML}}`);
    else if (!isOutlined) troubles.push(`without an outline: ${{stop.outerHTML}}`);
    else if (!isInside) troubles.push(`out of sight: ${{stop.outerHTML}}`);
    else if (isCovered) troubles.push(`covered: ${{stop.outerHTML}}`);
  }}
  if (before === document.body) {{
    // The next Tab begins at the top again.
    const top = document.createElement("span");
    top.tabIndex = -1;
    document.body.prepend(top);
    top.focus();
    top.remove();
  }} else before.focus({{ preventScroll: true }});
  scrollTo(scrollX, scrollY);
  return troubles.map((each) => each.slice(0, 160));
}}"""

HARD_TO_HIT = f"""() => [...document.querySelectorAll(".scale label")]
  .map((each) => each.getBoundingClientRect())
  .filter(({{ width, height }}) => width < {TARGET_WIDTH} || height < {TARGET_HEIGHT})
  .map(({{ width, height }}) => `${{width}} x ${{height}}`)"""

# All that depends on width and letters, in one question to the browser.
MISFITS = f"""() => [
  ...({TOO_WIDE})().map((each) => `too wide: ${{each}}`),
  ...({HARD_TO_READ})(),
  ...({HARD_TO_HIT})().map((each) => `hard to hit: ${{each}}`),
]"""


def check_page(page: Page, sources: Sources) -> None:
    """Look at a page at every width, in letters of both sizes, with axe and with the keyboard."""
    page.wait_for_load_state()
    sources.add(page)
    troubles = []
    for width in WIDTHS:
        set_width(page, width)
        found = page.evaluate(MISFITS)
        if width > WIDTHS[0]:
            found += _violations(page)
            found += hard_to_find(page)
        troubles += [f"at {width} {each}" for each in found]
    with big_letters(page):
        for width in WIDTHS:
            set_width(page, width)
            troubles += [f"at {width} in big letters {each}" for each in page.evaluate(MISFITS)]
    assert not troubles, "\n".join([page.url, *troubles])


def check_charts(page: Page, *, is_live: bool) -> None:
    """Expect every label inside its chart: drawn by the server or, when live, by Plotly."""
    expect(page.locator("[data-live]")).to_have_count(int(is_live))
    for width in WIDTHS:
        set_width(page, width)
        assert page.evaluate(LABELS) >= len(QUESTIONNAIRE.axes)
        outside = page.evaluate(LABELS_OUTSIDE)
        assert not outside, f"at {width}: {outside}"


def set_width(page: Page, width: int) -> None:
    """Make the window this wide, and let the page follow."""
    page.set_viewport_size({"width": width, "height": HEIGHT})
    if not page.evaluate(IS_DRAWN):
        page.wait_for_function(IS_DRAWN)


def _violations(page: Page) -> list[str]:
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    found: list[str] = page.evaluate(VIOLATIONS, AXE_OPTIONS)
    return found


def hard_to_find(page: Page) -> list[str]:
    """The stops of the keyboard of which nobody sees that they have the focus."""
    # Browsers show where the focus is to whoever used the keyboard last.
    page.keyboard.press("Shift")
    found: list[str] = page.evaluate(HARD_TO_FIND)
    return found
