"""The page of a meeting, and how its facilitators change the agenda."""

import uuid
from collections.abc import Iterator
from datetime import timedelta

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask
from markupsafe import Markup

from tests.application import Stored
from tests.factories import Maker, Someone, Trajectory
from tests.pages.client import Browser, Page
from tests.pages.html import Element
from tests.pages.statements import statements
from tests.people import CLOSED, Browse
from zetwpo import clock
from zetwpo.accounts.actors import Actor, Role
from zetwpo.cycle.agenda import rules
from zetwpo.cycle.agenda.models import AgendaBlock
from zetwpo.cycle.meetings.models import Meeting
from zetwpo.cycle.meetings.parts import MeetingPart, Spot, init_app
from zetwpo.cycle.meetings.queries import MeetingCard
from zetwpo.cycle.trajectories.models import Trajectory as TrajectoryRow
from zetwpo.extensions import db

FRAME = [10, 30, 40, 15, 30, 30, 15, 10]
ROUTES = ("/agenda", "/preparation", "/print", "/wall", "")


@pytest.fixture
def group(make: Maker, facilitator: Someone, owner: Someone) -> Trajectory:
    return make.trajectory(facilitator, owner)


@pytest.fixture
def path(group: Trajectory) -> str:
    """The second meeting, which has the fixed frame."""
    return group.meeting(2)


@pytest.fixture
def pair(browse: Browse, make: Maker, group: Trajectory) -> Browser:
    """Somebody who leads it as well."""
    other = make.person("Ivo Institute", Role.FACILITATOR, Role.INSTITUTE_TRAINER)
    make.lead(group, other)
    return browse(other)


def blocks(page: Page) -> list[Element]:
    return [
        each for each in page.main.walk() if each.tag == "li" and each.get("id")[:6] == "block-"
    ]


def titles(page: Page) -> list[str]:
    return [each.all("h3")[0].text.removesuffix(" now") for each in blocks(page)]


def key(page: Page, title: str) -> str:
    """The key of the block with this title."""
    [found] = [each for each in blocks(page) if each.all("h3")[0].text == title]
    return found.get("id").removeprefix("block-")


def press(page: Page, title: str, action: str, **fields: str) -> Page:
    """A small button of this block; of two with one action, the one with these fields."""
    [block] = [each for each in blocks(page) if each.all("h3")[0].text == title]
    for form in block.all("form"):
        sent = {each.get("name"): each.get("value") for each in form.all("input")}
        if form.get("action").endswith(action) and fields.items() <= sent.items():
            return page.browser.post(form.get("action"), sent, token=sent["csrf_token"])
    raise AssertionError(f"no button {action} {fields}")


def anchor(page: Page) -> str:
    """At which place of the next page somebody arrives."""
    return page.response.location.partition("#")[2]


def stored_minutes(stored: Stored) -> list[int]:
    return stored.values(
        sa.select(AgendaBlock.minutes)
        .where(AgendaBlock.is_dropped.is_(False))
        .order_by(AgendaBlock.place)
    )


def close(make: Maker, group: Trajectory) -> None:
    with make.request():
        db.session.execute(
            sa.update(TrajectoryRow)
            .where(TrajectoryRow.id == group.id)
            .values(closed_at=clock.now())
        )


# ------------------------------------------------------------------------------- reading


def test_a_meeting_has_its_agenda_before_anybody_made_one(
    fem: Browser, group: Trajectory, path: str, stored: Stored
) -> None:
    first = fem.get(group.meeting(1))
    assert "Align expectations" in first.text
    assert "First homework" in first.text
    second = fem.get(path)
    assert "Meeting 2" in second.heading
    assert "Room 12" in second.text
    for words in ("Look back", "Question each other’s plans", "15:30 – 15:40 · 10 minutes"):
        assert words in second.text
    assert "Mostly active work: 135 minutes, beside 30 minutes of input." in second.text
    # Looking at it stores nothing.
    assert stored_minutes(stored) == []


def test_whoever_takes_part_reads_the_agenda_and_cannot_change_it(
    olga: Browser, path: str, stored: Stored
) -> None:
    page = olga.get(path)
    assert "Design together" in page.text
    assert "For you as facilitator" not in page.text
    assert not page.main.all("form")
    for each in ("/agenda", "/preparation"):
        assert olga.get(path + each).status == 403
    assert "Design together" in olga.get(f"{path}/print").text
    assert "Design together" in olga.get(f"{path}/wall").text
    block = rules.key_of(uuid.UUID(path.removeprefix("/meetings/")), 1)
    for each in (
        *("/agenda/add", "/agenda/fit", "/preparation", f"/blocks/{block}"),
        *(f"/blocks/{block}/{act}" for act in ("minutes", "move", "drop", "put-back")),
    ):
        assert olga.post(path + each, {"minutes": "5", "shown": "10"}).status == 403
    assert stored_minutes(stored) == []


@pytest.mark.parametrize(
    "who",
    ["stranger", "programme_leader", "school_leader", "administrator", "other", "left", "outside"],
)
def test_it_is_closed_to_all_others(
    request: pytest.FixtureRequest,
    browse: Browse,
    make: Maker,
    group: Trajectory,
    path: str,
    who: str,
) -> None:
    if who == "other":
        person = make.person("Otto Other", Role.FACILITATOR)
        make.trajectory(person, title="Another one")
    elif who == "left":
        person = make.person("Lea Left", Role.SUPERVISOR)
        with make.request():
            pass
        make.left(make.trajectory(make.person("Fin", Role.FACILITATOR), person), person)
    elif who == "outside":
        person = make.person("Udo Outside", *Role, partnership="Others")
    else:
        person = request.getfixturevalue(who)
    browser = browse(person)
    for each in ROUTES:
        assert browser.get(path + each).status in CLOSED, each
    assert browser.post(f"{path}/agenda/fit").status in CLOSED


def test_who_left_reads_it_no_more(
    browse: Browse, make: Maker, group: Trajectory, owner: Someone, path: str
) -> None:
    olga = browse(owner)
    assert olga.get(path).status == 200
    make.left(group, owner)
    for each in ROUTES:
        assert olga.get(path + each).status in CLOSED


def test_nobody_signed_in_is_asked_to(browse: Browse, path: str) -> None:
    assert browse().get(path).status in {302, 303, 401}


def test_the_list_of_meetings_leads_there(olga: Browser, group: Trajectory, path: str) -> None:
    assert path in olga.get(group.path).links


def test_the_block_that_is_on_is_marked(
    browse: Browse, facilitator: Someone, path: str, stored: Stored
) -> None:
    [start] = stored.values(sa.select(Meeting.starts_at).where(Meeting.number == 2))
    with time_machine.travel(start + timedelta(minutes=45), tick=False):
        page = browse(facilitator).get(path)
        marked = [each for each in page.main.walk() if each.get("aria-current") == "step"]
        assert [each.all("h3")[0].text for each in marked] == ["Explore now"]


def test_a_page_asks_the_database_as_often_however_much_there_is(
    app: Flask, fem: Browser, path: str
) -> None:
    fem.get(path)
    with statements(app) as few:
        fem.get(path)
    for number in range(5):
        fem.get(f"{path}/agenda").send({"title": f"More {number}"}, form="/add")
    fem.get(path)
    with statements(app) as many:
        fem.get(path)
    assert len(many) == len(few)


# ------------------------------------------------------------------------------- changing


def test_a_block_gets_longer_and_shorter_and_twice_is_once(
    fem: Browser, path: str, stored: Stored
) -> None:
    page = fem.get(f"{path}/agenda")
    assert "The blocks add up to 180 minutes: exactly this meeting." in page.text
    done = press(page, "Explore", "/minutes", minutes="45")
    assert anchor(done) == f"block-{key(page, 'Explore')}"
    # The same button of the same page, once more.
    press(page, "Explore", "/minutes", minutes="45")
    assert stored_minutes(stored) == [10, 30, 45, 15, 30, 30, 15, 10]
    page = fem.get(f"{path}/agenda")
    assert "The blocks take 5 minutes more than the 180 minutes of this meeting." in page.text
    press(page, "Look back", "/minutes", minutes="25")
    page = fem.get(f"{path}/agenda")
    assert "exactly this meeting" in page.text
    press(page, "Look back", "/minutes", minutes="20")
    assert "5 minutes of the 180 minutes are still free." in fem.get(f"{path}/agenda").text


def test_whoever_was_slower_is_told_and_overwrites_nothing(
    fem: Browser, pair: Browser, path: str, stored: Stored
) -> None:
    seen = pair.get(f"{path}/agenda")
    press(fem.get(f"{path}/agenda"), "Explore", "/minutes", minutes="45")
    page = press(seen, "Explore", "/minutes", minutes="35")
    assert page.status == 409
    assert "Somebody else was faster: this block takes 45 minutes now." in page.text
    assert stored_minutes(stored)[2] == 45
    # Both wanted the same: nothing to choose.
    assert press(seen, "Explore", "/minutes", minutes="45").status == 303


def test_it_is_made_to_add_up(fem: Browser, path: str, stored: Stored) -> None:
    page = fem.get(f"{path}/agenda")
    assert not [each for each in page.main.all("form") if "/fit" in each.get("action")]
    press(page, "Explore", "/minutes", minutes="45")
    page = fem.get(f"{path}/agenda")
    page.send(form="/fit")
    assert sum(stored_minutes(stored)) == 180
    kept = stored_minutes(stored)
    page.send(form="/fit")
    assert stored_minutes(stored) == kept


def test_while_the_meeting_goes_on_what_is_over_stays(
    browse: Browse, facilitator: Someone, path: str, stored: Stored
) -> None:
    [start] = stored.values(sa.select(Meeting.starts_at).where(Meeting.number == 2))
    with time_machine.travel(start + timedelta(minutes=60), tick=False):
        page = browse(facilitator).get(f"{path}/agenda")
        press(page, "Explore now", "/minutes", minutes="45")
        page.browser.get(f"{path}/agenda").send(form="/fit")
    assert stored_minutes(stored)[:3] == [10, 30, 45]
    assert sum(stored_minutes(stored)) == 180


def test_a_block_goes_up_and_down(fem: Browser, path: str) -> None:
    page = fem.get(f"{path}/agenda")
    before = titles(page)
    look_back, explore = key(page, "Look back"), key(page, "Explore")
    moved = press(page, "Explore", "/move", before=look_back)
    assert anchor(moved) == f"block-{explore}"
    press(page, "Explore", "/move", before=look_back)
    page = fem.get(f"{path}/agenda")
    assert titles(page)[:3] == ["Check-in", "Explore", "Look back"]
    down = press(page, "Explore", "/move", before=explore)
    assert anchor(down) == f"block-{explore}"
    assert titles(fem.get(f"{path}/agenda")) == before


def test_a_block_is_dropped_and_put_back_where_it_was(
    fem: Browser, path: str, stored: Stored
) -> None:
    page = fem.get(f"{path}/agenda")
    before = titles(page)
    for _twice in range(2):
        assert anchor(press(page, "Deepen", "/drop")) == "dropped"
    assert stored_minutes(stored) == [10, 30, 40, 15, 30, 15, 10]
    assert "Listening with a question of your own" not in fem.get(path).main.text
    dropped = fem.get(f"{path}/agenda")
    assert "30 minutes of the 180 minutes are still free." in dropped.text
    for _twice in range(2):
        dropped.send(form="/put-back")
    assert titles(fem.get(f"{path}/agenda")) == before
    assert stored_minutes(stored) == FRAME


def test_everything_can_be_dropped(fem: Browser, path: str) -> None:
    page = fem.get(f"{path}/agenda")
    for title in titles(page):
        press(page, title, "/drop")
    assert "There is nothing on the agenda. Put a block back" in fem.get(f"{path}/agenda").text
    for each in ("", "/print", "/wall", "/preparation"):
        assert fem.get(path + each).status == 200
    assert "There is nothing on the agenda yet" in fem.get(path).text


def test_a_block_is_added_once_where_it_belongs(fem: Browser, path: str, stored: Stored) -> None:
    page = fem.get(f"{path}/agenda")
    typed = {
        "kind": "own",
        "title": "A guest from the institute",
        "minutes": "20",
        "before": key(page, "Deepen"),
    }
    for _twice in range(2):
        assert page.send(typed, form="/add").status == 303
    page = fem.get(f"{path}/agenda")
    assert titles(page)[3:6] == ["Break", "A guest from the institute", "Deepen"]
    assert sum(stored_minutes(stored)) == 200


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"kind": "dance"}, "kind"),
        ({"minutes": "7"}, "minutes"),
        ({"minutes": ""}, "minutes"),
        ({"before": str(uuid.uuid4())}, "before"),
        ({"title": "x" * 121}, "title"),
        ({"title": "A\x00B"}, "title"),
    ],
)
def test_what_cannot_be_added_is_said_and_kept(
    fem: Browser, path: str, stored: Stored, typed: dict[str, str], field: str
) -> None:
    page = fem.get(f"{path}/agenda").send({"title": "Mine"} | typed, form="/add")
    assert page.status == 422
    assert page.errors == [field]
    assert field == "title" or page.value("title") == "Mine"
    assert stored_minutes(stored) == []


def test_there_is_room_for_so_many(
    fem: Browser, path: str, monkeypatch: pytest.MonkeyPatch, stored: Stored
) -> None:
    monkeypatch.setattr(rules, "MOST_BLOCKS", len(FRAME))
    page = fem.get(f"{path}/agenda").send({"title": "Mine"}, form="/add")
    assert page.status == 422
    assert "There is room for" in page.text


def test_a_block_is_changed(fem: Browser, owner: Someone, path: str) -> None:
    page = fem.get(f"{path}/agenda")
    address = f"{path}/blocks/{key(page, 'Explore')}"
    form = fem.get(address)
    assert form.value("method") == "inquiry_dialogue"
    assert form.value("minutes") == "40"
    saved = form.send(
        {
            "title": "Dig",
            "method": "oase",
            "minutes": "45",
            "leader": str(owner.id),
            "work": "input",
            "question": "What is under it?",
            "good_for": "Going deeper.",
        }
    )
    assert anchor(saved) == f"block-{key(page, 'Explore')}"
    read = fem.get(path).text
    for words in ("Dig", "45 minutes · input", "Lead: Olga Owner", "Going deeper.", "OASE"):
        assert words in read
    assert "What is under it?" in fem.get(f"{path}/wall?block=3").text
    assert "Olga" not in fem.get(f"{path}/wall?block=3").text
    again = fem.get(address)
    assert [again.value(each) for each in ("title", "leader")] == ["Dig", str(owner.id)]


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"method": "dance"}, "method"),
        ({"minutes": "-5"}, "minutes"),
        ({"leader": str(uuid.uuid4())}, "leader"),
        ({"work": "play"}, "work"),
        ({"question": "x" * 251}, "question"),
    ],
)
def test_what_a_block_cannot_be_is_said(
    fem: Browser, path: str, stored: Stored, typed: dict[str, str], field: str
) -> None:
    page = fem.get(f"{path}/agenda")
    refused = fem.get(f"{path}/blocks/{key(page, 'Explore')}").send({"title": "Dig"} | typed)
    assert refused.status == 422
    assert refused.errors == [field]
    assert refused.value("title") == "Dig"
    assert stored_minutes(stored) == []


def test_two_facilitators_keep_both_their_words(
    fem: Browser, pair: Browser, path: str, stored: Stored
) -> None:
    page = fem.get(f"{path}/agenda")
    address = f"{path}/blocks/{key(page, 'Explore')}"
    hers, his = fem.get(address), pair.get(address)
    hers.send({"title": "Dig", "minutes": "45"})
    # What he did not touch is as she left it; what both changed is his choice.
    clash = his.send({"title": "Delve", "question": "Why?", "method": "oase"})
    assert clash.status == 409
    assert "Dig" in clash.text
    assert clash.value("title") == "Delve"
    assert clash.value("minutes") == "45"
    assert clash.send().status == 303
    read = fem.get(path).text
    assert "Delve" in read
    assert "45 minutes" in read


def test_who_left_leads_no_block(
    fem: Browser, make: Maker, group: Trajectory, owner: Someone, path: str
) -> None:
    page = fem.get(f"{path}/agenda")
    address = f"{path}/blocks/{key(page, 'Explore')}"
    fem.get(address).send({"leader": str(owner.id)})
    make.left(group, owner)
    assert "Olga" not in fem.get(path).text
    assert fem.get(address).send({"title": "Dig"}).status == 303


def test_a_method_stays_in_the_version_in_which_it_was_chosen(
    fem: Browser, path: str, stored: Stored
) -> None:
    press(fem.get(f"{path}/agenda"), "Explore", "/minutes", minutes="45")
    rows = stored.values(sa.select(AgendaBlock.method_version).order_by(AgendaBlock.place))
    assert rows == [1, 1, 1, None, 1, 1, 1, 1]


@pytest.mark.parametrize("act", ["", "/minutes", "/move", "/drop", "/put-back"])
def test_a_block_of_another_meeting_is_not_here(
    fem: Browser, group: Trajectory, path: str, stored: Stored, act: str
) -> None:
    other, own = (rules.key_of(group.meetings[number], 1) for number in (2, 1))
    fields = {"minutes": "5", "shown": "10", "before": str(own)}
    assert fem.post(f"{path}/blocks/{other}{act}", fields).status == 404
    assert fem.get(f"{path}/blocks/{other}").status == 404
    assert stored_minutes(stored) == []


def test_a_place_that_is_gone_is_said(fem: Browser, group: Trajectory, path: str) -> None:
    other, own = (rules.key_of(group.meetings[number], 1) for number in (2, 1))
    moved = fem.post(f"{path}/blocks/{own}/move", {"before": str(other), "shown": str(own)})
    assert moved.status == 409
    assert "no longer in the agenda" in moved.text


@pytest.mark.parametrize(
    ("act", "fields"),
    [
        ("minutes", {}),
        ("minutes", {"minutes": "-5", "shown": "10"}),
        ("minutes", {"minutes": "5", "shown": "١٠"}),
        ("minutes", {"minutes": "99999", "shown": "10"}),
        ("move", {"before": "x", "shown": "y"}),
    ],
)
def test_a_button_that_is_on_no_page_of_ours_does_nothing(
    fem: Browser, group: Trajectory, path: str, stored: Stored, act: str, fields: dict[str, str]
) -> None:
    block = rules.key_of(group.meetings[1], 1)
    assert fem.post(f"{path}/blocks/{block}/{act}", fields).status == 400
    assert stored_minutes(stored) == []


def test_a_closed_trajectory_is_there_to_be_read(
    fem: Browser, make: Maker, group: Trajectory, path: str, stored: Stored
) -> None:
    page = fem.get(f"{path}/agenda")
    close(make, group)
    refused = press(page, "Explore", "/minutes", minutes="45")
    assert refused.status == 409
    assert "This trajectory is closed" in refused.text
    assert path in refused.links
    assert fem.get(path).status == 200
    assert stored_minutes(stored) == []


def test_a_meeting_of_another_length_says_what_is_the_matter(
    fem: Browser, make: Maker, group: Trajectory, path: str, stored: Stored
) -> None:
    press(fem.get(f"{path}/agenda"), "Explore", "/minutes", minutes="45")
    with make.request():
        db.session.execute(
            sa.update(Meeting).where(Meeting.id == group.meetings[1]).values(minutes=120)
        )
    page = fem.get(f"{path}/agenda")
    assert "The blocks take 65 minutes more than the 120 minutes" in page.text
    page.send(form="/fit")
    assert sum(stored_minutes(stored)) == 120
    # Without an agenda of its own it has the frame for its length.
    assert "Break" in fem.get(group.meeting(3)).text


# ------------------------------------------------------------------------------- other rooms


@pytest.fixture
def with_parts(app: Flask) -> Iterator[None]:
    def says(spot: Spot) -> MeetingPart:
        def render(meeting: MeetingCard, actor: Actor) -> Markup:
            return Markup("<p>{} at the {} of {}</p>").format(
                actor.name, spot.value, meeting.number
            )

        return MeetingPart(f"its-{spot.value}", spot, f"Title {spot.value}", render)

    nothing = MeetingPart("nothing", Spot.PAGE, "Nothing at all", lambda _m, _a: None)
    before = app.extensions["meeting_parts"]
    init_app(app, nothing, *map(says, Spot))
    yield
    app.extensions["meeting_parts"] = before


@pytest.mark.usefixtures("with_parts")
def test_other_rooms_have_their_place_on_the_pages(fem: Browser, olga: Browser, path: str) -> None:
    expected = {
        "": ("question", "page"),
        "/preparation": ("question", "preparation"),
        "/print": ("question", "paper"),
        "/wall": ("wall",),
    }
    for address, spots in expected.items():
        page = fem.get(path + address)
        for spot in Spot:
            words = f"Fem Facilitator at the {spot.value} of 2"
            assert (words in page.text) == (spot.value in spots), (address, spot)
        assert "Nothing at all" not in page.text
    assert "Olga Owner at the page of 2" in olga.get(path).text
