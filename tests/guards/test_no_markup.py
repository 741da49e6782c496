"""Words that somebody typed are words on every page and in every mail, and never tags."""

from itertools import count
from typing import Any

import pytest
import sqlalchemy as sa
from markupsafe import escape

from tests.application import on_one_database
from tests.factories import PARTNERSHIP, Maker
from tests.guards import world as worlds
from tests.guards.test_markers import reachable, refused
from tests.mailbox import Mailbox
from zetwpo.accounts.models import Partnership
from zetwpo.extensions import db
from zetwpo.library.questionnaires import Document

TAG = "<u k="
HOSTILE = f"{TAG}\"'>%(x)s&lt;</script>"
# Fits in the label of an axis.
SHORT = "<u k=>"
# As a page writes it.
PART = f"{escape(HOSTILE)} "


class Hostile(str):
    """Hostile words that are an address where they are asked for in small letters."""

    __slots__ = ("word",)
    word: str

    def lower(self) -> str:
        """The word alone."""
        return self.word.lower()


def hostile(word: str) -> Hostile:
    found = Hostile(f"{word} {HOSTILE}")
    found.word = f"mark{word}"
    return found


def everywhere(document: Document) -> None:
    """Let every text of a questionnaire be hostile, each a little otherwise."""
    numbers = count()

    def walk(node: Any) -> None:
        if isinstance(node, dict):
            for key, value in node.items():
                if key in {"nl", "en"}:
                    node[key] = (
                        [SHORT] * len(value)
                        if isinstance(value, list)
                        else f"{HOSTILE} {next(numbers)}"
                    )
                else:
                    walk(value)
        elif isinstance(node, list):
            for each in node:
                walk(each)

    walk(document)


@pytest.fixture
def world(make: Maker, monkeypatch: pytest.MonkeyPatch) -> worlds.World:
    monkeypatch.setattr(worlds, "mark", hostile)
    built = worlds.build(make)
    make.questionnaire(built.people["programme_leader"], everywhere)
    # Not of the owner, who has begun another one with the words of before.
    scan = make.scan(built.people["stranger"], 4, {"gatekeeper": HOSTILE})
    built.scans["strange"] = scan
    for number, mark in enumerate((2, 6)):
        make.shared(make.asked(scan, f"Noor {number} {HOSTILE}"), mark)
    make.learning_question(scan, HOSTILE)
    built.opened["facilitator"] = make.opened(scan, built.people["facilitator"], "scan", "")
    with make.request():
        named = sa.update(Partnership).where(Partnership.name == PARTNERSHIP)
        db.session.execute(named.values(name=f"Partnership {HOSTILE}"))
    return built


PEOPLE = (
    *(
        "owner",
        "stranger",
        "facilitator",
        "administrator",
        "programme_leader",
        "process_facilitator",
    ),
    "sharer",
)
# On a page of each of these stands what a partnership calls a part.
READS_PARTS = {"stranger", "facilitator", "programme_leader"}


@on_one_database
def test_no_page_takes_words_for_tags(world: worlds.World) -> None:
    for who in PEOPLE:
        browser = world.browser(who)
        seen, parts = 0, False
        for page in (*reachable(world, who, browser), *refused(world, who, browser)):
            if page.response.mimetype == "text/html":
                assert TAG not in page.response.text, f"{who} at {page.path}"
                seen += "&lt;u k=" in page.response.text
                parts |= PART in page.response.text
        assert seen > 3, who
        assert parts or who not in READS_PARTS, who


def test_no_mail_takes_words_for_tags(world: worlds.World, mailbox: Mailbox) -> None:
    letters = mailbox.deliver()
    assert any("&lt;u k=" in letter.html for letter in letters)
    for letter in letters:
        assert TAG not in letter.html, letter.subject
        assert "\n" not in letter.subject
