"""The result as tests of its page read it."""

from tests.factories import Maker, Scan, Someone
from tests.forms import SCHOOL_TRAINER
from tests.pages.client import Browser, Page
from tests.pages.html import Element

OWN = "7 6 5 4 3  5 5 -  6 -  2 2 2 2 2  7 1 7 1"
NOOR = "7 6 5 4 x  1 2 3 4  6 6  2 2 2 - -  x x"
TESS = "7 6 5 4 3  3 3 3  6 2  2 2 2 2 2  7 7 7 7"


def full_scan(make: Maker, owner: Someone) -> Scan:
    """A scan with the views of a student and of a trainer, in figures and in words."""
    scan = make.scan(owner, OWN, {"gatekeeper": "My own example"})
    words = {"feed_forward": {"gatekeeper": "Tell me <b>earlier</b>"}}
    make.shared(make.asked(scan, "Tess", SCHOOL_TRAINER), TESS)
    make.shared(make.asked(scan, "Noor"), NOOR, **words, examples={"pedagogical": "You asked"})
    return scan


def result(olga: Browser, scan: Scan) -> Page:
    """The page, as its owner opens it."""
    page = olga.get(f"{scan.path}/result")
    assert page.status == 200
    return page


def table(page: Page, number: int) -> list[list[str]]:
    """What stands in the cells of this table, row by row."""
    return [
        [cell.text for cell in row.all("th", "td")]
        for row in page.main.all("table")[number].all("tr")
    ]


def section(page: Page, key: str) -> Element:
    """The section that the heading with this key names."""
    return next(each for each in page.main.all("section") if each.get("aria-labelledby") == key)
