"""Whoever gives feedback closes it, comes back, shares, reads it again, saves it and deletes it."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.client import Client
from tests.browser.conftest import LAPTOP, PHONE, OpenBrowser
from tests.browser.pages import EXAMPLE, FEED_FORWARD, Guest, Supervisor, sheet
from tests.browser.server import Server, somebody
from tests.browser.words import Words
from tests.forms import Form
from zetwpo.accounts.actors import Role
from zetwpo.i18n import Language

OWN = sheet(Form.SELF, "6 5 4 5 5  3 4 5  2 2  5 6 5 6 6  4 4 4 4")
GIVEN = sheet(
    Form.STUDENT,
    "7 6 x 6 5  6 6 6 6  x x  6 5 6 7 6  - 4",
    {
        (FEED_FORWARD, "gatekeeper"): "Zeg eerder wat je van mijn les vond.",
        (EXAMPLE, "pedagogical"): "In het laatste uur vroeg je ineens door.",
    },
)


@pytest.mark.parametrize(
    ("server_on", "language", "options"),
    [
        ("sqlite", "nl", {"viewport": PHONE, "is_mobile": True, "has_touch": True}),
        ("sqlite", "nl", {"viewport": PHONE, "java_script_enabled": False}),
        pytest.param("postgresql", "en", {"viewport": LAPTOP}, marks=pytest.mark.postgres),
    ],
    indirect=["server_on"],
)
def test_what_was_shared_stays_its_authors(
    server_on: Server,
    open_browser: OpenBrowser,
    language: Language,
    options: dict[str, Any],
    tmp_path: Path,
) -> None:
    words = Words(language)
    lena = server_on.add_person(somebody("Lena Pauw"), Role.SUPERVISOR)
    bo = somebody("Bo de Wit")
    client = Client(server_on)
    client.sign_in(lena)
    client.speak(language)
    scan = client.start_scan()
    link = client.ask(scan, "student", bo, language)

    student = Guest(open_browser(server_on, language, **options), words, Form.STUDENT, bo, lena)
    student.open(link)
    expect(student.page.get_by_text(words("Does this count for my assessment?"))).to_be_visible()
    student.follow("Start")
    student.fill_in_all(GIVEN)
    student.sees_overview(GIVEN)
    student.follow("Close, share later")
    student.is_titled(words("Nothing is shared yet"))

    # Another day, in the same browser or not.
    student.open(link)
    student.follow("See what will be shared")
    student.share_now()
    student.has_shared()
    waits = words(
        "%(supervisor)s can read it once their own self-scan is finished.", supervisor=lena.name
    )
    student.reads(waits)
    student.follow("Read, save or delete it")
    student.sees_overview(GIVEN)
    with student.page.expect_download() as download:
        student.follow("Readable file")
    kept = tmp_path / download.value.suggested_filename
    download.value.save_as(kept)
    assert kept.suffix == ".html"
    assert all(text in kept.read_text("utf-8") for text in GIVEN.texts.values())

    client.fill_in(scan, OWN)
    client.submit(scan)
    me = Supervisor(
        open_browser(server_on, language, client, viewport=LAPTOP), words, lena, server_on.mailbox
    )
    me.open(f"{scan}/result")
    me.reads(GIVEN.texts[FEED_FORWARD, "gatekeeper"])
    student.open(link)
    expect(student.page.get_by_text(waits)).to_have_count(0)

    student.follow("Read, save or delete it")
    student.follow("Delete what I shared")
    student.press("Delete my feedback")
    student.is_titled(words("You deleted your feedback"))
    student.can_do_nothing()
    for text in GIVEN.texts.values():
        assert server_on.rows("SELECT 1 FROM open_answer WHERE text = :text", text=text) == []

    me.page.reload()
    for text in GIVEN.texts.values():
        expect(me.page.get_by_text(text)).to_have_count(0)
    me.open(f"{scan}/feedback")
    expect(me.asked(bo)).to_contain_text(words("withdrawn by its author"))
    expect(me.asked(bo).get_by_role("link")).to_have_count(0)
