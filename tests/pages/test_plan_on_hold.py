"""What is shared on its day is what a preview showed: a change puts a plan on hold."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import sqlalchemy as sa
import time_machine

from tests.application import Stored
from tests.factories import Asked, Maker
from tests.mailbox import Mailbox
from tests.pages.client import Browser, Page
from tests.pages.test_scan_parts import RELATIONSHIP
from tests.people import Browse, sign_in
from zetwpo import clock
from zetwpo.privacy.tidying import tidy
from zetwpo.scan.feedback.models import Invitation
from zetwpo.scan.responses.models import Answer, OpenAnswer

TIP = "text-feed_forward-pedagogical"
# Ways to change something after planning, as fields of the first part.
CHANGES = pytest.mark.parametrize(
    "fields",
    [
        {TIP: "Other words"},
        {TIP: ""},
        {RELATIONSHIP: "1"},
        {RELATIONSHIP: "cannot_judge"},
        {"text-example-pedagogical": "One more"},
    ],
)


@pytest.fixture
def planned(make: Maker, asked: Asked) -> Asked:
    return make.planned(asked, feed_forward={"pedagogical": "Ask me first"})


def state(stored: Stored) -> tuple[bool, bool]:
    """Whether it is planned, and whether a plan is on hold."""
    [(share_from, held_from)] = stored.rows(sa.select(Invitation.share_from, Invitation.held_from))
    return share_from is not None, held_from is not None


PLANNED, HELD, NEITHER = (True, False), (False, True), (False, False)


def warning(page: Page) -> str:
    return " ".join(
        each.text for each in page.main.all("p") if each.get("class") == "notice warning"
    )


@CHANGES
def test_a_change_that_is_saved_puts_the_plan_on_hold_and_the_next_page_says_so(
    student: Browser, planned: Asked, stored: Stored, mailbox: Mailbox, fields: dict[str, str]
) -> None:
    page = student.get(f"{planned.path}/part/1")
    assert "the plan stops" in page.text
    after = page.send(fields).follow()
    assert state(stored) == HELD
    assert "not planned any more" in warning(after)
    assert f"{planned.path}/preview" in after.links
    with time_machine.travel(clock.now() + timedelta(days=20)):
        assert mailbox.to(planned.scan.owner.email) == []


@CHANGES
def test_a_change_that_saves_itself_says_so_at_once(
    student: Browser, planned: Asked, stored: Stored, fields: dict[str, str]
) -> None:
    seen = {"seen": student.get(f"{planned.path}/part/1").value("seen")}
    path = f"{planned.path}/part/1/autosave"
    first = student.post(path, seen | fields).json
    assert "Your feedback is not planned any more" in first["message"]
    assert state(stored) == HELD
    # And goes on saying it.
    again = student.post(path, {"seen": first["seen"]} | fields).json
    assert "not planned any more" in again["message"]


def test_whoever_looks_and_saves_the_same_keeps_the_plan(
    student: Browser, planned: Asked, stored: Stored
) -> None:
    page = student.get(f"{planned.path}/part/1")
    assert page.send().status == 303
    answer = student.post(f"{planned.path}/part/1/autosave", page.fields()).json
    assert "planned" not in answer["message"]
    assert state(stored) == PLANNED


def test_what_is_refused_changes_no_plan_and_what_is_stored_beside_it_does(
    student: Browser, planned: Asked, stored: Stored
) -> None:
    page = student.get(f"{planned.path}/part/1")
    refused = page.send({TIP: "a bell \a"})
    assert refused.status == 422
    assert state(stored) == PLANNED
    refused = page.send({TIP: "a bell \a", RELATIONSHIP: "1"})
    assert refused.status == 422
    assert "not planned any more" in warning(refused)
    assert state(stored) == HELD


def test_the_way_back_is_a_look_and_a_press(
    student: Browser, make: Maker, planned: Asked, stored: Stored, mailbox: Mailbox
) -> None:
    day = clock.dutch(stored.values(sa.select(Invitation.share_from))[0]).date()
    student.get(f"{planned.path}/part/1").send({TIP: "Other words"})
    landing = student.get(planned.path)
    assert "it is not planned any more" in landing.text
    preview = student.get(f"{planned.path}/preview")
    assert "Other words" in preview.text
    assert "not planned any more" in warning(preview)
    # The day stands there again.
    assert preview.value("day") == day.isoformat()
    preview.send(form="/plan")
    assert state(stored) == PLANNED
    with time_machine.travel(clock.start_of(day) + timedelta(days=1)):
        sign_in(student, planned.scan.owner)
        assert "Other words" in student.get(f"{planned.scan.path}/result").text
        assert len(mailbox.to(planned.scan.owner.email)) == 1


def test_sharing_at_once_or_declining_ends_the_hold(
    browse: Browse, make: Maker, planned: Asked, stored: Stored
) -> None:
    make.held(planned)
    browse().get(f"{planned.path}/preview").send(form="/share")
    assert state(stored) == PLANNED
    other = make.held(make.asked(planned.scan, "Daan"))
    browse().get(f"{other.path}/decline").send(form="decline")
    assert stored.count(Invitation, Invitation.held_from.is_not(None)) == 0


def test_an_old_preview_does_not_take_up_the_plan_again(
    browse: Browse, planned: Asked, stored: Stored
) -> None:
    old = browse().get(f"{planned.path}/preview")
    browse().get(f"{planned.path}/part/1").send({TIP: "Other words"})
    page = old.send({"day": (clock.today() + timedelta(days=3)).isoformat()}, form="/plan")
    assert page.status == 409
    assert state(stored) == HELD


@pytest.fixture
def late(make: Maker, asked: Asked) -> Iterator[Asked]:
    """On hold until a day that comes when the time of the link is over, which it is by now."""
    day = clock.dutch(asked.expires_at).date() + timedelta(days=60)
    make.held(asked, day, feed_forward={"pedagogical": "Ask me first"})
    with time_machine.travel(asked.expires_at + timedelta(days=40)):
        yield asked


def test_on_hold_it_stays_its_authors_until_that_day_also_when_the_link_is_over(
    browse: Browse, late: Asked, stored: Stored, mailbox: Mailbox
) -> None:
    with browse().app.app_context():
        tidy()
    student = browse()
    page = student.get(late.path)
    assert page.status == 200
    assert student.get(f"{late.path}/part/1").send({TIP: "More"}).status == 303
    before = len(mailbox.to(late.email))
    student.get("/feedback/lost-link").send({"email": late.email})
    assert len(mailbox.to(late.email)) == before + 1
    assert student.get(f"{late.path}/preview").send(form="/share").location == late.path
    assert stored.count(Invitation, Invitation.share_from.is_not(None)) == 1


def test_on_hold_it_goes_thirty_days_after_that_day(
    browse: Browse, late: Asked, stored: Stored
) -> None:
    for days, left in ((48, 1), (50, 0)):
        with (
            time_machine.travel(clock.now() + timedelta(days=days)),
            browse().app.app_context(),
        ):
            tidy()
        assert stored.count(Invitation) == left
    assert stored.count(OpenAnswer) == 0
    # The own scan of whoever asked.
    assert stored.count(Answer) == 19


def test_on_hold_after_its_day_nothing_is_shared_and_the_page_says_that_it_is_over(
    browse: Browse, late: Asked, mailbox: Mailbox
) -> None:
    with time_machine.travel(clock.now() + timedelta(days=25)):
        page = browse().get(late.path)
        assert page.status == 410
        assert "Nobody saw what you filled in" in page.text
        assert mailbox.to(late.scan.owner.email) == []


def test_on_the_day_itself_it_is_shared_and_can_no_longer_be_put_on_hold(
    browse: Browse, planned: Asked, stored: Stored
) -> None:
    old = browse().get(f"{planned.path}/part/1")
    [share_from] = stored.values(sa.select(Invitation.share_from))
    with time_machine.travel(share_from, tick=False):
        assert old.send({TIP: "Too late"}).status == 409
        assert browse().get(planned.path).heading == "Your feedback is shared"
    assert state(stored) == PLANNED
    assert stored.values(sa.select(OpenAnswer.text)) == ["Ask me first"]
