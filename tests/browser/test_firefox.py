"""What Firefox brings back over https: what is stored, or what was typed and is not yet stored."""

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest

from tests.browser.firefox import Firefox
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
from tests.browser.words import QUESTIONNAIRE, Words
from tests.waiting import wait_until

WORDS = Words("nl")
MINE, NEWER = "Wat ik hier typte", "Nieuwer, op de telefoon"
# More than Firefox brings back of what pages store for a tab.
LONG = "Lang verhaal. " * 200


@pytest.fixture
def firefox(https_server: Server, phone: Elsewhere, tmp_path: Path) -> Iterator[Firefox]:
    """A Firefox in which somebody just opened the first part."""
    with Firefox(https_server, tmp_path / "firefox") as started:
        started.sign_in(phone.client)
        started.open(phone.part)
        yield started


def test_a_tab_that_opens_again_shows_what_is_stored(firefox: Firefox, phone: Elsewhere) -> None:
    saves(firefox, phone)
    firefox.close_tab()
    phone.writes(NEWER, **{POINT: "5"})
    firefox.undo_close_tab("/part/1")
    shows_newer(firefox, phone)


def test_a_restart_shows_what_is_stored(firefox: Firefox, phone: Elsewhere) -> None:
    saves(firefox, phone)
    firefox.quit()
    phone.writes(NEWER, **{POINT: "5"})
    firefox.start()
    firefox.is_back("/part/1")
    shows_newer(firefox, phone)
    # What somebody types there goes over what they saw, and over nothing else.
    firefox.write(f"[name={TEXT}]", "!")
    wait_until(lambda: phone.text == f"{NEWER}!")


def test_back_and_a_reload_show_what_is_stored(firefox: Firefox, phone: Elsewhere) -> None:
    saves(firefox, phone)
    phone.writes(NEWER, **{POINT: "5"})
    firefox.reload()
    shows_newer(firefox, phone)
    firefox.write(f"[name={TEXT}]", "!")
    firefox.press(".onward .button")
    firefox.arrives("/part/2")
    phone.writes(NEWER, **{POINT: "5"})
    firefox.go_back()
    firefox.arrives("/part/1")
    shows_newer(firefox, phone)


@pytest.mark.parametrize("text", [MINE, LONG], ids=["short", "long"])
def test_a_crash_loses_nothing_that_was_typed(
    firefox: Firefox, phone: Elsewhere, text: str
) -> None:
    types_without_connection(firefox, text)
    firefox.kill()
    firefox.start()
    firefox.is_back("/part/1")
    wait_until(lambda: phone.text == text.strip())
    firefox.says(WORDS("What you typed before is back."))
    assert phone.server.answers_of(phone.person) == {"relationship": 3}


def test_what_comes_back_after_a_crash_goes_over_nothing(
    firefox: Firefox, phone: Elsewhere
) -> None:
    types_without_connection(firefox, MINE)
    firefox.kill()
    phone.writes(NEWER)
    firefox.start()
    firefox.is_back("/part/1")
    firefox.says(WORDS("Changed on another device. Save to choose."))
    assert firefox.value(TEXT) == MINE
    assert phone.text == NEWER
    firefox.press(".onward .button")
    wait_until(lambda: firefox.count(".elsewhere") == 1)
    assert phone.text == NEWER
    # A choice, and the end of it.
    firefox.press(".onward .button")
    firefox.arrives("/part/2")
    assert phone.text == MINE
    phone.writes(NEWER)
    firefox.open(phone.part)
    shows_newer(firefox, phone, "3")


def test_a_learning_question_comes_back_as_it_is_kept(firefox: Firefox, phone: Elsewhere) -> None:
    phone.client.fill_in(phone.scan, FILLED)
    phone.client.submit(phone.scan)
    path = f"{phone.scan}/learning-question"
    mine, newer = (axis.key for axis in QUESTIONNAIRE.axes[1:3])
    firefox.open(path)
    firefox.press(f"[name=axis][value={mine}]")
    firefox.write("[name=text]", MINE)
    wait_until(lambda: kept(phone) == (mine, MINE))
    # The page heard it, too.
    wait_until(lambda: firefox.script("return history.state") is None)
    firefox.says(WORDS("Kept as a draft at %(time)s", time=""))
    firefox.close_tab()
    phone.client.save(path, {"axis": newer, "text": NEWER})
    firefox.undo_close_tab("/learning-question")
    assert (firefox.value("axis"), firefox.value("text")) == (newer, NEWER)
    firefox.let_pause_pass()
    assert (firefox.status(), kept(phone)) == ("", (newer, NEWER))
    # At once, and what was typed goes over what it was typed beside.
    firefox.write("[name=text]", "!")
    firefox.reload()
    firefox.arrives("/learning-question")
    assert firefox.value("text") == f"{NEWER}!"
    firefox.press("main form[data-typed] .button")
    wait_until(lambda: firefox.count(".versions blockquote") == 2)
    assert kept(phone) == (newer, f"{NEWER}!")


def test_a_tick_to_delete_everything_does_not_come_back(firefox: Firefox, phone: Elsewhere) -> None:
    firefox.open("/my-data")
    firefox.press("#sure")
    assert firefox.count("#sure:checked") == 1
    firefox.is_remembered()
    firefox.quit()
    firefox.start()
    firefox.is_back("/my-data")
    assert firefox.count("#sure:checked") == 0
    firefox.press("#sure")
    firefox.close_tab()
    firefox.undo_close_tab("/my-data")
    assert firefox.count("#sure:checked") == 0


def test_the_focus_stays_in_sight_with_the_arrows(firefox: Firefox) -> None:
    keeps_the_focus_in_sight_with_the_arrows(firefox)


def test_going_on_arrives_at_the_first_open_statement(firefox: Firefox, phone: Elsewhere) -> None:
    phone.client.save(phone.part, {POINT: "3"})
    goes_on_at_the_first_open_statement(firefox)


def test_what_is_left_open_comes_back_so(firefox: Firefox, phone: Elsewhere) -> None:
    leaves_open(firefox, phone)


def test_an_empty_day_looks_empty(firefox: Firefox, phone: Elsewhere) -> None:
    looks_empty_until_a_day_is_chosen(firefox, phone)


def test_from_part_to_result(firefox: Firefox, phone: Elsewhere) -> None:
    fill_in_and_finish(firefox, FILLED)
    assert phone.server.answers_of(phone.person) == FILLED.stored
    assert phone.server.texts_of(phone.person) == FILLED.texts
    # The page with the button to finish does not come back.
    firefox.go_back()
    firefox.arrives("/result")


def saves(firefox: Firefox, phone: Elsewhere) -> None:
    """Type and choose something, and let the page save it by itself."""
    firefox.write(f"[name={TEXT}]", MINE)
    firefox.press(f"label:has([name={POINT}][value='3'])")
    wait_until(lambda: phone.text == MINE)
    wait_until(lambda: phone.server.answers_of(phone.person) == {"relationship": 3})
    firefox.says(WORDS("Saved at %(time)s", time=""))


def kept(phone: Elsewhere) -> tuple[str, str]:
    """The axis and the text of the learning question, as another device finds them."""
    page = phone.client.get(f"{phone.scan}/learning-question").text
    chosen = re.search(r'name="axis" value="(\w+)"[^>]* checked', page)
    written = re.search(r'name="text"[^>]*>\s*([^<]*)</textarea>', page)
    return (chosen[1] if chosen else "", unescape(written[1]) if written else "")


def types_without_connection(firefox: Firefox, text: str) -> None:
    """Type and choose something that cannot be saved."""
    firefox.lose_connection()
    firefox.press(f"label:has([name={POINT}][value='3'])")
    firefox.write(f"[name={TEXT}]", text)
    wait_until(lambda: firefox.count("form [role=status].failed") == 1)
    # Until it is written down where we were.
    firefox.is_remembered()


def shows_newer(firefox: Firefox, phone: Elsewhere, point: str = "5") -> None:
    """Expect what the phone saved, in the page and in the database, and that it stays."""
    assert (firefox.value(TEXT), firefox.value(POINT)) == (NEWER, point)
    firefox.let_pause_pass()
    assert (firefox.value(TEXT), firefox.status()) == (NEWER, "")
    assert phone.text == NEWER
