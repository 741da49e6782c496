"""Nothing stays for ever: every table has an owner with whom it goes, or a term (promise 13)."""

from datetime import timedelta

import time_machine

from tests.application import Stored
from tests.guards.world import NOBODY, World
from tests.mailbox import Mailbox
from zetwpo import clock
from zetwpo.extensions import db
from zetwpo.privacy.service import erase
from zetwpo.privacy.tidying import tidy

# These say nothing about anybody.
ABOUT_NOBODY = {
    *("partnership", "partnership_identity", "school", "school_break"),
    *("published_content", "content_draft"),
    # What lies on the shelf of a partnership, without a name.
    *("shelf_item", "shelf_file"),
}
YEARS = timedelta(days=3 * 365)


def test_every_table_empties_when_its_people_go_and_its_time_is_up(
    world: World, stored: Stored, mailbox: Mailbox
) -> None:
    world.browser(NOBODY).get("/sign-in").send({"email": "nobody@school.example"})
    world.browser("owner")
    mailbox.deliver()
    empty = {name for name, rows in stored.everything().items() if not rows}
    assert empty <= ABOUT_NOBODY, "guards/world.py has to put a row into these"
    with world.app.app_context():
        for each in world.people.values():
            erase(each.id)
        db.session.commit()
    with world.app.app_context(), time_machine.travel(clock.now() + YEARS):
        tidy()
    left = {name for name, rows in stored.everything().items() if rows}
    assert left <= ABOUT_NOBODY
