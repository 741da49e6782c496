"""What is handed in or shared is what its author has seen: what changed is shown first."""

from datetime import timedelta

import pytest

from tests.application import Stored
from tests.factories import Asked, Maker, Scan, Someone
from tests.pages.client import Browser, Page
from tests.pages.test_scan_parts import RELATIONSHIP, ROOM
from tests.people import Browse
from zetwpo import clock
from zetwpo.scan.feedback.models import Invitation
from zetwpo.scan.self_scan.models import Scan as ScanRow

TIP = "text-feed_forward-pedagogical"
DAY = {"day": (clock.today() + timedelta(days=20)).isoformat()}
# The two buttons of the preview.
BUTTONS = pytest.mark.parametrize(("button", "fields"), [("/share", {}), ("/plan", DAY)])


@pytest.fixture
def drafted(make: Maker, asked: Asked) -> Asked:
    return make.drafted(asked, 5, feed_forward={"pedagogical": "Ask me first"})


@pytest.fixture
def full(make: Maker, owner: Someone) -> Scan:
    return make.draft_scan(owner, 4, {"pedagogical": "An example"})


def is_shared(stored: Stored) -> bool:
    return stored.count(Invitation, Invitation.share_from.is_not(None)) == 1


def is_handed_in(stored: Stored) -> bool:
    return stored.count(ScanRow, ScanRow.submitted_at.is_not(None)) == 1


def marked(page: Page) -> list[str]:
    """The places on the page that are marked as changed."""
    marks = [each for each in page.main.all("em") if each.get("class") == "changed"]
    return [next(up.get("id") for up in each.ancestors() if up.get("id")) for each in marks]


@BUTTONS
def test_an_old_preview_shares_nothing_that_it_did_not_show(
    student: Browser,
    browse: Browse,
    drafted: Asked,
    stored: Stored,
    button: str,
    fields: dict[str, str],
) -> None:
    old = student.get(f"{drafted.path}/preview")
    browse().get(f"{drafted.path}/part/1").send({TIP: "Never shown there", ROOM: "1"})
    page = old.send(fields, form=button)
    assert page.status == 409
    assert not is_shared(stored)
    assert marked(page) == [ROOM, TIP]
    assert page.errors == [ROOM]
    assert page.tree.all("title")[0].raw_text.startswith("Error:")
    assert "Never shown there" in page.text
    assert {name: page.value(name) for name in fields} == fields
    # Whoever has seen it may go on.
    assert page.send(form=button).location == drafted.path
    assert is_shared(stored)


@BUTTONS
def test_what_was_taken_away_is_shown_too(
    student: Browser,
    browse: Browse,
    drafted: Asked,
    stored: Stored,
    button: str,
    fields: dict[str, str],
) -> None:
    old = student.get(f"{drafted.path}/preview")
    browse().get(f"{drafted.path}/part/1").send({TIP: ""})
    page = old.send(fields, form=button)
    assert (page.status, marked(page)) == (409, [TIP])
    assert not is_shared(stored)


@BUTTONS
@pytest.mark.parametrize("seen", [None, "", "x", f"{RELATIONSHIP}=5"])
def test_a_page_that_does_not_say_what_it_showed_shares_nothing(
    student: Browser,
    drafted: Asked,
    stored: Stored,
    button: str,
    fields: dict[str, str],
    seen: str | None,
) -> None:
    sent = fields | ({} if seen is None else {"seen": seen})
    page = student.post(f"{drafted.path}{button}", sent)
    assert page.status == 409
    assert marked(page)
    assert not is_shared(stored)


def test_a_wrong_day_does_not_hide_what_changed(
    student: Browser, browse: Browse, drafted: Asked, stored: Stored
) -> None:
    old = student.get(f"{drafted.path}/preview")
    browse().get(f"{drafted.path}/part/1").send({TIP: "Never shown there"})
    page = old.send({"day": "soon"}, form="/plan")
    assert (page.status, marked(page)) == (422, [TIP])
    assert page.errors == [TIP, "day"]
    assert not is_shared(stored)


def test_an_old_preview_of_what_is_shared_by_now_leads_to_how_things_stand(
    student: Browser, browse: Browse, drafted: Asked
) -> None:
    old = student.get(f"{drafted.path}/preview")
    browse().get(f"{drafted.path}/part/1").send({TIP: "Other words"})
    browse().get(f"{drafted.path}/preview").send(form="/share")
    assert old.send(form="/share").location == drafted.path


def test_an_old_check_page_hands_in_nothing_that_it_did_not_show(
    olga: Browser, browse: Browse, owner: Someone, full: Scan, stored: Stored
) -> None:
    old = olga.get(f"{full.path}/check")
    browse(owner).get(f"{full.path}/part/1").send({RELATIONSHIP: "1"})
    page = old.send()
    assert page.status == 409
    assert page.errors == marked(page) == [RELATIONSHIP]
    assert page.tree.all("title")[0].raw_text.startswith("Error:")
    assert not is_handed_in(stored)
    assert page.send().location == f"{full.path}/finished"
    assert is_handed_in(stored)


@pytest.mark.parametrize("seen", [None, "", "x"])
def test_a_check_page_that_does_not_say_what_it_showed_hands_nothing_in(
    olga: Browser, full: Scan, stored: Stored, seen: str | None
) -> None:
    page = olga.post(f"{full.path}/submit", {} if seen is None else {"seen": seen})
    assert page.status == 409
    assert len(marked(page)) == 19 + 1
    assert not is_handed_in(stored)
