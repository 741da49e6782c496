"""What WebKit, the engine of every iPhone, brings back over https."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser.engine import IN_SIGHT
from tests.browser.server import Server
from tests.browser.walk import (
    FILLED,
    POINT,
    TEXT,
    Elsewhere,
    fill_in_and_finish,
    goes_on_at_the_first_open_statement,
    keeps_the_focus_in_sight_with_the_arrows,
    leaves_open,
    looks_empty_until_a_day_is_chosen,
)
from tests.browser.webkit import WebKit
from tests.browser.words import Words
from tests.waiting import wait_until

WORDS = Words("nl")
MINE, NEWER = "Wat ik hier typte", "Nieuwer, op de telefoon"


@pytest.fixture
def webkit(https_server: Server, phone: Elsewhere, tmp_path: Path) -> Iterator[WebKit]:
    """A browser in which somebody just opened the first part."""
    with WebKit(https_server, tmp_path / "webkit") as started:
        started.sign_in(phone.client)
        started.open(phone.part)
        yield started


def test_one_device_is_not_another(webkit: WebKit, phone: Elsewhere) -> None:
    """After Back, and after a reload at once, the page knows what it has stored itself."""
    webkit.write(f"[name={TEXT}]", MINE)
    webkit.press(f"label:has([name={POINT}][value='3'])")
    wait_until(lambda: phone.text == MINE)
    webkit.write(f"[name={TEXT}]", "!")
    webkit.press("a.brand")
    webkit.arrives("/start")
    webkit.go_back()
    webkit.arrives("/part/1")
    assert (webkit.value(TEXT), webkit.value(POINT)) == (f"{MINE}!", "3")
    webkit.write(f"[name={TEXT}]", "?")
    webkit.reload()
    webkit.arrives("/part/1")
    assert webkit.value(TEXT) == f"{MINE}!?"
    webkit.write(f"[name={TEXT}]", " En verder")
    wait_until(lambda: phone.text == f"{MINE}!? En verder")
    webkit.says(WORDS("Saved at %(time)s", time=""))


def test_back_shows_what_another_device_stored(webkit: WebKit, phone: Elsewhere) -> None:
    webkit.write(f"[name={TEXT}]", MINE)
    webkit.press(f"label:has([name={POINT}][value='3'])")
    wait_until(lambda: phone.text == MINE)
    webkit.press(".onward .button")
    webkit.arrives("/part/2")
    phone.writes(NEWER, **{POINT: "5"})
    webkit.go_back()
    webkit.arrives("/part/1")
    assert (webkit.value(TEXT), webkit.value(POINT)) == (NEWER, "5")
    webkit.let_pause_pass()
    assert (phone.text, webkit.status()) == (NEWER, "")
    webkit.press(".onward .button")
    webkit.arrives("/part/2")
    assert phone.text == NEWER


def test_the_focus_stays_in_sight_with_the_arrows(webkit: WebKit) -> None:
    keeps_the_focus_in_sight_with_the_arrows(webkit)


def test_going_on_arrives_at_the_first_open_statement(webkit: WebKit, phone: Elsewhere) -> None:
    phone.client.save(phone.part, {POINT: "3"})
    goes_on_at_the_first_open_statement(webkit)


def test_what_is_left_open_comes_back_so(webkit: WebKit, phone: Elsewhere) -> None:
    leaves_open(webkit, phone)


def test_an_empty_day_does_not_show_today(webkit: WebKit, phone: Elsewhere) -> None:
    looks_empty_until_a_day_is_chosen(webkit, phone)
    webkit.script("document.querySelector('#day').value = ''")
    webkit.script(IN_SIGHT, "#day")
    empty = webkit.picture("#day")
    hide = "#day::-webkit-datetime-edit { opacity: 0 !important }"
    webkit.script("document.styleSheets[0].insertRule(arguments[0])", hide)
    assert webkit.picture("#day") == empty


def test_from_part_to_result(webkit: WebKit, phone: Elsewhere) -> None:
    fill_in_and_finish(webkit, FILLED)
    assert phone.server.answers_of(phone.person) == FILLED.stored
    assert phone.server.texts_of(phone.person) == FILLED.texts
    # The page with the button to finish does not come back.
    webkit.go_back()
    webkit.arrives("/result")
