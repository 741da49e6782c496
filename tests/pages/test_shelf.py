"""The shelf of a trajectory: filled by its people, read by them, and by nobody else."""

import io
import uuid
from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask

from tests.application import Stored
from tests.factories import Maker, Someone, Trajectory
from tests.pages.client import Browser
from tests.pages.shelves import DOCX, GOOD, PDF, PNG, put
from tests.pages.statements import statements
from tests.people import CLOSED, Browse, sign_in
from tests.photos import PHOTOS, SECRET, mp4
from zetwpo import clock
from zetwpo.accounts.actors import Role
from zetwpo.config import Settings
from zetwpo.cycle.shelf import files
from zetwpo.cycle.shelf.file_kinds import KINDS
from zetwpo.cycle.shelf.models import ShelfFile, ShelfItem, ShelfReading
from zetwpo.cycle.shelf.rules import LARGEST_FILE, LONG, MEBIBYTE, MOST_ITEMS
from zetwpo.extensions import db
from zetwpo.privacy.service import erase
from zetwpo.privacy.tidying import tidy


@pytest.fixture
def trajectory(make: Maker, facilitator: Someone, owner: Someone, trainer: Someone) -> Trajectory:
    return make.trajectory(facilitator, owner, trainer)


@pytest.fixture
def path(trajectory: Trajectory) -> str:
    return f"/trajectories/{trajectory.id}/shelf"


@pytest.fixture
def olga(browse: Browse, owner: Someone, trajectory: Trajectory) -> Browser:
    return browse(owner)


@pytest.fixture
def fem(browse: Browse, facilitator: Someone, trajectory: Trajectory) -> Browser:
    return browse(facilitator)


@pytest.fixture
def folder(app: Flask) -> Path:
    settings: Settings = app.extensions["settings"]
    return settings.files


def on_disk(folder: Path) -> list[bytes]:
    """What lies in the folder."""
    return [each.read_bytes() for each in sorted(folder.iterdir())] if folder.exists() else []


@pytest.fixture(autouse=True)
def empty(folder: Path) -> None:
    for each in folder.iterdir():
        each.unlink()


def item_page(stored: Stored) -> str:
    [key] = stored.values(sa.select(ShelfItem.id))
    return f"/shelf/{key}"


# ------------------------------------------------------------------------------------ putting


def test_an_empty_shelf_says_what_to_do(olga: Browser, path: str) -> None:
    page = olga.get(path)
    assert page.heading == "Shelf"
    assert "Nothing lies here yet" in page.text
    assert "Put something on the shelf" in page.text


def test_the_parts_of_a_shelf_are_named_in_the_language_of_the_page(
    olga: Browser, browse: Browse, owner: Someone, path: str
) -> None:
    assert "Theory – To read or to watch" in olga.get(f"{path}/new").text
    assert "Theorie – Om te lezen of te bekijken" in browse(owner, "nl").get(f"{path}/new").text


def test_a_participant_puts_a_text_and_a_link_there_and_everybody_in_it_reads_them(
    olga: Browser, fem: Browser, browse: Browse, trainer: Someone, path: str
) -> None:
    form = olga.get(f"{path}/new")
    assert form.text.count("The group and the facilitators read this.") == 4
    done = put(olga, path, text="Ask before you tell.", url="www.school.example/three").follow()
    assert "It lies on the shelf now." in done.text
    for browser in (olga, fem, browse(trainer)):
        page = browser.get(path)
        assert "Ask before you tell." in page.text
        assert "Olga Owner" in page.text
        [link] = [each for each in page.main.all("a") if "school.example" in each.get("href")]
        assert link.get("href") == "https://www.school.example/three"
        assert {"noopener", "noreferrer"} <= set(link.get("rel").split())
        assert "school.example" in page.main.text


@pytest.mark.parametrize("key", sorted(GOOD))
def test_a_file_of_each_kind_comes_back_as_it_was_and_can_do_nothing(
    olga: Browser, path: str, stored: Stored, key: str, folder: Path
) -> None:
    kind = KINDS[key]
    assert put(olga, path, GOOD[key], f"My file{kind.endings[0]}").status == 303
    assert on_disk(folder) == [GOOD[key]]
    answer = olga.get(f"{item_page(stored)}/file").response
    assert answer.data == GOOD[key]
    assert answer.mimetype == kind.mimetype
    assert answer.headers["Content-Disposition"].startswith("attachment;")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert "script-src" not in answer.headers["Content-Security-Policy"]
    assert "private" in answer.headers["Cache-Control"]


@pytest.mark.parametrize("key", [*sorted(PHOTOS), "mp4"])
def test_a_photo_or_a_film_gives_what_it_shows_and_nothing_of_who_made_it(
    olga: Browser, path: str, stored: Stored, folder: Path, key: str
) -> None:
    photo = PHOTOS[key](turn=6) if key in PHOTOS else mp4()
    assert "we remove where and with what they were made" in olga.get(f"{path}/new").text
    put(olga, path, photo, f"Our flip-over{KINDS[key].endings[0]}")
    [kept] = on_disk(folder)
    assert SECRET in photo
    assert SECRET not in kept
    assert olga.get(f"{item_page(stored)}/file").response.data == kept
    assert stored.values(sa.select(ShelfFile.size)) == [len(kept)]


def test_a_file_has_a_name_of_ours_and_is_closed_to_others_on_the_machine(
    olga: Browser, path: str, stored: Stored, folder: Path
) -> None:
    put(olga, path, PDF, "../../secret name.pdf")
    [key] = stored.values(sa.select(ShelfFile.id))
    [file] = folder.iterdir()
    assert file.name == key.hex
    assert file.stat().st_mode & 0o077 == 0
    assert folder.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    ("name", "header"),
    [
        ("../../etc/plan.pdf", "filename=plan.pdf"),
        ("a 'b'; c=d.pdf", "filename=\"a 'b'; c=d.pdf\""),
        ("één zin.pdf", "filename*=UTF-8''%C3%A9%C3%A9n%20zin.pdf"),
        ("תוכנית.pdf", "filename*=UTF-8''%D7%AA"),
        ("x\u202efdp.pdf", "filename=xfdp.pdf"),
    ],
    ids=["path", "quotes", "accents", "hebrew", "turned"],
)
def test_names_of_any_script_go_along_and_nothing_else_does(
    olga: Browser, path: str, stored: Stored, name: str, header: str
) -> None:
    put(olga, path, PDF, name)
    answer = olga.get(f"{item_page(stored)}/file").response
    assert header in answer.headers["Content-Disposition"]
    assert "\u202e" not in olga.get(item_page(stored)).text


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (PNG, "plan.pdf", "is called .pdf, but what is in it is something else: picture (PNG)"),
        (b"<html><script>alert(1)</script>", "plan.txt", "a web page or a program inside"),
        (b"\x00\x01\x02", "plan.pdf", "do not take this kind of file"),
        (b"", "plan.pdf", "This file is empty"),
        (PNG[:-5], "photo.png", "This file is damaged: it cannot be opened"),
    ],
    ids=["lies", "page", "unknown", "empty", "damaged"],
)
def test_a_file_that_may_not_lie_there_is_refused_in_words_and_all_else_is_kept(
    olga: Browser, path: str, stored: Stored, folder: Path, content: bytes, name: str, words: str
) -> None:
    page = put(olga, path, content, name, text="Words that took me long")
    assert page.status == 422
    assert words in page.text
    assert page.value("text") == "Words that took me long"
    assert page.value("title") == "The three questions"
    assert stored.count(ShelfItem) == 0
    assert on_disk(folder) == []


def test_ten_megabytes_get_in_and_one_byte_more_is_refused_with_what_was_typed(
    olga: Browser, path: str, stored: Stored
) -> None:
    largest = PDF + b"\x00" * (LARGEST_FILE - len(PDF))
    page = put(olga, path, largest + b"\x00", text="Words that took me long")
    assert page.status == 422
    assert "too large: there is room for 10 MB" in page.text
    assert page.value("text") == "Words that took me long"
    assert put(olga, path, largest).status == 303
    assert stored.values(sa.select(ShelfFile.size)) == [LARGEST_FILE]


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"title": ""}, "Give it a name"),
        ({"section": ""}, "Choose where on the shelf"),
        ({"section": "attic"}, "Choose where on the shelf"),
        ({"text": "", "url": ""}, "Write a few words, give a link or choose a file"),
        ({"url": "javascript:alert(1)"}, "no link to a page"),
        ({"url": "https://bank.example@evil.example"}, "no link to a page"),
        ({"title": "x" * 121}, "there is room for 120"),
        ({"text": "x" * 4001}, "there is room for 4000"),
    ],
    ids=[
        *("no title", "no part", "odd part", "nothing", "script", "two hosts"),
        *("long title", "long text"),
    ],
)
def test_what_is_missing_or_wrong_is_said_beside_it(
    olga: Browser, path: str, stored: Stored, fields: dict[str, str], words: str
) -> None:
    page = put(olga, path, **{"text": "Ask first.", **fields})
    assert page.status == 422
    assert words in page.text
    assert stored.count(ShelfItem) == 0


def test_a_file_in_the_place_of_a_text_is_no_text(olga: Browser, path: str, stored: Stored) -> None:
    """No browser sends this from a page of ours."""
    sent = {"title": (io.BytesIO(PDF), "a.pdf"), "text": (io.BytesIO(PDF), "b.pdf")}
    page = put(olga, path, PDF, **sent)  # type: ignore[arg-type]
    assert (page.status, page.errors) == (422, ["title"])
    assert stored.count(ShelfItem) == 0


def test_two_clicks_put_one_thing_there(
    olga: Browser, path: str, stored: Stored, folder: Path
) -> None:
    form = olga.get(f"{path}/new").fields("/shelf/new")
    for _click in range(2):
        data = {**form, "title": "Once", "section": "own", "file": (io.BytesIO(PDF), "a.pdf")}
        answer = olga.client.post(f"{path}/new", data=data, headers={"Origin": "http://localhost"})
        assert answer.status_code == 303
    assert stored.count(ShelfItem) == 1
    assert on_disk(folder) == [PDF]


def test_a_shelf_has_room_for_so_many_things(
    olga: Browser, make: Maker, trajectory: Trajectory, owner: Someone, path: str, app: Flask
) -> None:
    first = make.on_shelf(trajectory, owner, "The first", text="x")
    with make.request():
        [row] = [dict(each) for each in _rows(first)]
        rows = [row | {"id": uuid.uuid4(), "form_key": uuid.uuid4()} for _ in range(MOST_ITEMS - 1)]
        db.session.execute(sa.insert(ShelfItem), rows)
    page = put(olga, path, text="One too many")
    assert page.status == 409
    assert f"There lie {MOST_ITEMS} things" in page.text
    assert page.value("text") == "One too many"


def _rows(key: uuid.UUID) -> list[sa.RowMapping]:
    query = sa.select(*ShelfItem.__table__.columns).where(ShelfItem.id == key)
    return list(db.session.execute(query).mappings())


# ------------------------------------------------------------------------------------ reading


def test_a_stranger_and_who_left_read_nothing_of_it(
    browse: Browse,
    make: Maker,
    trajectory: Trajectory,
    owner: Someone,
    stranger: Someone,
    trainer: Someone,
    programme_leader: Someone,
    school_leader: Someone,
    administrator: Someone,
    path: str,
) -> None:
    key = make.on_shelf(trajectory, owner, "Ours alone", file=PDF)
    other = make.person("Frits Facilitator", Role.FACILITATOR)
    make.trajectory(other, stranger)
    outsider = make.person("Ola Outside", Role.FACILITATOR, partnership="Partnership of others")
    make.left(trajectory, trainer)
    outside = (
        stranger,
        trainer,
        programme_leader,
        school_leader,
        administrator,
        other,
        outsider,
    )
    for person in outside:
        browser = browse(person)
        for address in (path, f"{path}/new", f"/shelf/{key}", f"/shelf/{key}/file"):
            page = browser.get(address)
            assert page.status in CLOSED, (person.name, address)
            assert "Ours alone" not in page.text
        assert browser.post(f"/shelf/{key}/take-off").status in CLOSED


def test_the_three_parts_stand_in_their_order_and_words_find_things(
    olga: Browser, make: Maker, trajectory: Trajectory, owner: Someone, path: str
) -> None:
    for number in range(LONG):
        make.on_shelf(trajectory, owner, f"Thing {number}", section="own", text="about éverything")
    make.on_shelf(trajectory, owner, "A model", section="theory", text="feedback")
    page = olga.get(path)
    parts = [each.text.strip() for each in page.main.all("h2")]
    assert parts == ["Theory", "Tools", "Made by ourselves"]
    found = olga.get(f"{path}?q=Model+FEED")
    assert [each.text.strip() for each in found.main.all("h3")] == ["A model"]
    assert "One thing fits." in found.text
    assert "Nothing on this shelf has all of these words" in olga.get(f"{path}?q=zebra").text


def test_a_short_shelf_has_nothing_to_search(
    olga: Browser, make: Maker, trajectory: Trajectory, owner: Someone, path: str
) -> None:
    make.on_shelf(trajectory, owner, "A model", text="x")
    assert olga.get(path).main.all("input") == []


def test_a_long_shelf_takes_no_more_statements(
    olga: Browser,
    app: Flask,
    make: Maker,
    trajectory: Trajectory,
    owner: Someone,
    trainer: Someone,
    path: str,
) -> None:
    make.on_shelf(trajectory, owner, "The first", file=PDF)
    with statements(app) as few:
        olga.get(path)
    for number in range(5):
        make.on_shelf(trajectory, trainer, f"More {number}", file=PDF)
    with statements(app) as many:
        olga.get(path)
    assert len(many) == len(few)


# ------------------------------------------------------------------------- changing, taking off


def test_two_tabs_that_change_one_thing_both_keep_their_words(
    olga: Browser, browse: Browse, owner: Someone, make: Maker, trajectory: Trajectory
) -> None:
    key = make.on_shelf(trajectory, owner, "A model", text="First words")
    mine, again = (each.get(f"/shelf/{key}/edit") for each in (olga, browse(owner)))
    assert mine.send({"text": "Words of one tab"}, form="/edit").status == 303
    late = again.send({"text": "Words of the other", "title": "The model"}, form="/edit")
    assert late.status == 409
    assert "Words of one tab" in late.text
    assert late.value("text") == "Words of the other"
    done = late.send({}, form="/edit").follow()
    assert "Words of the other" in done.text
    assert done.heading == "The model"


def test_only_who_put_it_there_changes_its_words(
    fem: Browser,
    browse: Browse,
    trainer: Someone,
    make: Maker,
    trajectory: Trajectory,
    owner: Someone,
    olga: Browser,
) -> None:
    key = make.on_shelf(trajectory, owner, "A model", text="First words")
    for browser in (fem, browse(trainer)):
        assert browser.get(f"/shelf/{key}/edit").status in CLOSED
        assert "Change the words" not in browser.get(f"/shelf/{key}").text
    assert "Change the words" in olga.get(f"/shelf/{key}").text


def test_who_put_it_there_and_who_leads_take_it_off_with_its_file(
    olga: Browser,
    fem: Browser,
    browse: Browse,
    trainer: Someone,
    make: Maker,
    trajectory: Trajectory,
    owner: Someone,
    stored: Stored,
    folder: Path,
) -> None:
    first, second = (make.on_shelf(trajectory, owner, each, file=PDF) for each in ("One", "Two"))
    assert browse(trainer).post(f"/shelf/{first}/take-off").status in CLOSED
    asked = olga.get(f"/shelf/{first}/take-off")
    assert "Who saved the file keeps it" in asked.text
    assert len(on_disk(folder)) == 2
    done = asked.send(form="/take-off").follow()
    assert "One” is off the shelf." in done.text
    assert len(on_disk(folder)) == 1
    assert fem.post(f"/shelf/{second}/take-off").status == 303
    assert stored.count(ShelfItem) == 0
    assert on_disk(folder) == []


def test_who_left_can_still_take_off_what_is_theirs(
    browse: Browse, make: Maker, trajectory: Trajectory, trainer: Someone, stored: Stored
) -> None:
    key = make.on_shelf(trajectory, trainer, "Mine", file=PDF)
    make.left(trajectory, trainer)
    tess = browse(trainer)
    page = tess.get(f"/shelf/{key}")
    assert "Mine" in page.text
    assert tess.get(f"/shelf/{key}/file").response.data == PDF
    assert tess.get(f"/shelf/{key}/edit").status in CLOSED
    assert tess.get(f"/shelf/{key}/take-off").send(form="/take-off").status == 303
    assert stored.count(ShelfItem) == 0


def test_a_closed_trajectory_is_read_and_nothing_is_added(
    olga: Browser, make: Maker, trajectory: Trajectory, owner: Someone, path: str, stored: Stored
) -> None:
    key = make.on_shelf(trajectory, owner, "A model", text="x")
    form = olga.get(f"{path}/new").fields("/shelf/new")
    make.closed(trajectory)
    assert "A model" in olga.get(path).text
    assert "Put something on the shelf" not in olga.get(path).text
    assert olga.get(f"{path}/new").status == 409
    assert olga.post(f"{path}/new", {**form, "title": "Late", "text": "x"}).status == 409
    assert olga.get(f"/shelf/{key}/edit").status == 409
    assert stored.count(ShelfItem) == 1


# ----------------------------------------------------------------------------- files and crashes


def test_what_the_disk_does_not_take_leaves_no_row_and_no_half_file(
    olga: Browser, path: str, stored: Stored, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(files.os, "fsync", full)
    page = put(olga, path, PDF, text="Words that took me long")
    assert page.status == 409
    assert "could not keep this file" in page.text
    assert page.value("text") == "Words that took me long"
    assert stored.count(ShelfItem) == 0
    assert on_disk(folder) == []


def test_a_file_stays_where_taking_it_off_is_not_stored(
    fem: Browser,
    make: Maker,
    trajectory: Trajectory,
    owner: Someone,
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    app: Flask,
) -> None:
    key = make.on_shelf(trajectory, owner, "One", file=PDF)
    token = fem.token()

    def fail() -> None:
        raise RuntimeError("the commit fails")

    monkeypatch.setattr(db.session, "commit", fail)
    with pytest.raises(RuntimeError):
        fem.post(f"/shelf/{key}/take-off", token=token)
    monkeypatch.undo()
    assert on_disk(folder) == [PDF]
    assert fem.get(f"/shelf/{key}/file").response.data == PDF


def test_a_file_goes_with_the_whole_request_and_not_with_a_part_of_it(
    app: Flask, make: Maker, trajectory: Trajectory, owner: Someone, folder: Path
) -> None:
    make.on_shelf(trajectory, owner, "One", file=PDF)
    with app.app_context():
        [key] = db.session.scalars(sa.select(ShelfFile.id))
        files.take_away([key])
        with db.session.begin_nested():
            db.session.execute(sa.delete(ShelfFile))
        assert on_disk(folder) == [PDF]
        db.session.rollback()
        db.session.commit()
        assert on_disk(folder) == [PDF]


def test_what_the_disk_does_not_let_go_of_is_off_the_shelf_all_the_same(
    fem: Browser,
    make: Maker,
    trajectory: Trajectory,
    owner: Someone,
    stored: Stored,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    key = make.on_shelf(trajectory, owner, "One", file=PDF)

    def fail(_path: Path, **_rest: object) -> None:
        raise PermissionError(30, "Read-only file system")

    monkeypatch.setattr(Path, "unlink", fail)
    assert fem.get(f"/shelf/{key}/take-off").send().status == 303
    monkeypatch.undo()
    assert stored.count(ShelfItem) == 0


def test_a_row_whose_file_is_gone_says_so(
    olga: Browser, make: Maker, trajectory: Trajectory, owner: Someone, folder: Path
) -> None:
    key = make.on_shelf(trajectory, owner, "One", file=PDF)
    [file] = folder.iterdir()
    file.unlink()
    page = olga.get(f"/shelf/{key}/file")
    assert page.status == 404
    assert "This file is not here any more" in page.text


def test_files_without_a_row_are_swept_a_day_later_and_no_others(
    app: Flask,
    make: Maker,
    trajectory: Trajectory,
    owner: Someone,
    folder: Path,
) -> None:
    make.on_shelf(trajectory, owner, "One", file=PDF)
    for name in (uuid.uuid4().hex, f"{uuid.uuid4().hex}.part"):
        (folder / name).write_bytes(b"left by a crash")
    with app.app_context():
        tidy()
    assert len(on_disk(folder)) == 3
    with app.app_context(), time_machine.travel(clock.now() + 2 * files.ORPHAN_AFTER):
        tidy()
    assert on_disk(folder) == [PDF]


def test_a_file_that_goes_while_they_are_swept_holds_up_nothing(app: Flask, folder: Path) -> None:
    """In the list of names, and not there any more when somebody looks at it."""
    left = folder / uuid.uuid4().hex
    left.write_bytes(b"left by a crash")
    (folder / uuid.uuid4().hex).symlink_to(folder / "gone")
    with app.app_context(), time_machine.travel(clock.now() + 2 * files.ORPHAN_AFTER):
        tidy()
    assert not left.exists()


# ------------------------------------------------------------------------------------ accounts


def test_who_deletes_the_account_leaves_the_shelf_whole_without_a_name(
    app: Flask,
    fem: Browser,
    make: Maker,
    trajectory: Trajectory,
    owner: Someone,
    path: str,
    folder: Path,
) -> None:
    key = make.on_shelf(trajectory, owner, "A model", text="Ask first.", file=PDF)
    with make.request():
        erase(owner.id)
    page = fem.get(path)
    assert "A model" in page.text
    assert "Olga Owner" not in page.text
    assert "somebody who has no account any more" in page.text
    assert fem.get(f"/shelf/{key}/file").response.data == PDF
    assert on_disk(folder) == [PDF]


def test_a_trajectory_that_goes_takes_its_files_along(
    make: Maker, facilitator: Someone, folder: Path, stored: Stored
) -> None:
    alone = make.trajectory(facilitator)
    make.on_shelf(alone, facilitator, "A model", file=PDF)
    with make.request():
        erase(facilitator.id)
    assert stored.count(ShelfItem) == 0
    assert on_disk(folder) == []


# ------------------------------------------------------------------------------ to be read


def test_who_leads_has_things_read_for_a_meeting_and_everybody_finds_them_there(
    olga: Browser,
    fem: Browser,
    make: Maker,
    trajectory: Trajectory,
    owner: Someone,
    programme_leader: Someone,
    stored: Stored,
    path: str,
) -> None:
    own = make.on_shelf(trajectory, owner, "A model", text="x")
    shared = make.on_partnership_shelf(programme_leader, "A chapter", url="https://a.example/b")
    meeting = trajectory.meeting(2)
    assert olga.get(f"{meeting}/reading").status in CLOSED
    assert "To read for this meeting" not in olga.get(meeting).text
    page = fem.get(f"{meeting}/reading")
    done = page.send({"here": ["", str(own)], "there": ["", str(shared)]}, form="/reading").follow()
    assert "2 things are to be read for this meeting." in done.text
    for browser in (olga, fem):
        there = browser.get(meeting)
        assert f"/shelf/{own}" in there.links
        assert f"/partnership-shelf/{shared}" in there.links
        assert "a.example" in there.text
    assert "A model" in fem.get(f"{meeting}/preparation").text
    assert "to read for meeting 2" in olga.get(path).text
    again = fem.get(f"{meeting}/reading")
    assert again.send({"here": [""], "there": ["", str(shared)]}, form="/reading").status == 303
    assert stored.values(sa.select(ShelfReading.item_id)) == [shared]


def test_two_who_choose_at_once_are_asked(
    fem: Browser,
    browse: Browse,
    make: Maker,
    trajectory: Trajectory,
    owner: Someone,
    stored: Stored,
) -> None:
    second = make.person("Ina Institute", Role.FACILITATOR)
    make.lead(trajectory, second)
    one, two = (make.on_shelf(trajectory, owner, each, text="x") for each in ("One", "Two"))
    path = f"{trajectory.meeting(1)}/reading"
    mine, theirs = fem.get(path), browse(second).get(path)
    mine.send({"here": ["", str(one)]}, form="/reading")
    late = theirs.send({"here": ["", str(two)]}, form="/reading")
    assert late.status == 409
    assert "Changed elsewhere in the meantime, to: One" in late.text
    assert late.send({"here": ["", str(one), str(two)]}, form="/reading").status == 303
    assert set(stored.values(sa.select(ShelfReading.item_id))) == {one, two}


def test_what_is_of_another_group_cannot_be_chosen(
    fem: Browser, make: Maker, trajectory: Trajectory, stranger: Someone, stored: Stored
) -> None:
    other = make.person("Frits Facilitator", Role.FACILITATOR)
    theirs = make.on_shelf(make.trajectory(other, stranger), stranger, "Of others", text="x")
    path = f"{trajectory.meeting(1)}/reading"
    assert fem.post(path, {"here": ["", str(theirs)], "seen": ""}).status == 303
    assert stored.count(ShelfReading) == 0


# ----------------------------------------------------------------------------------- room


def small(make_app: Callable[..., Flask], new_database: Callable[[str], str], kind: str) -> Flask:
    """An application in which a partnership has the least room for files that there can be."""
    return make_app(database_url=new_database(kind), shelf_megabytes=10)


def test_a_full_partnership_is_told_so_and_loses_nothing(
    make_app: Callable[..., Flask], new_database: Callable[[str], str], database: str
) -> None:
    app = small(make_app, new_database, database)
    make = Maker(app)
    fem = make.person("Fem Facilitator", Role.FACILITATOR)
    first, second = make.trajectory(fem), make.trajectory(fem, title="Another one")
    make.on_shelf(first, fem, "Large", file=PDF + b"\x00" * (9 * MEBIBYTE))
    browser = Browser(app)
    sign_in(browser, fem)
    path = f"/trajectories/{second.id}/shelf"
    page = put(browser, path, DOCX, "small.docx")
    assert page.status == 303
    page = put(browser, path, PDF + b"\x00" * MEBIBYTE, text="Words that took me long")
    assert page.status == 409
    assert "take 10 MB, and there is no room" in page.text
    assert page.value("text") == "Words that took me long"
    assert put(browser, path, text="Words take no room").status == 303


def test_a_file_that_is_far_too_large_loses_nothing_of_what_was_typed(
    olga: Browser, path: str, stored: Stored
) -> None:
    words = "Words that took me long: één\nand a second line"
    page = put(olga, path, PDF + b"\x00" * (12 * MEBIBYTE), text=words)
    assert page.status == 413
    assert "This file is too large" in page.text
    assert "There is room for 10 MB" in page.text
    assert "Words that took me long: één" in page.text
    again = page.send()
    assert again.status == 422
    assert again.value("text") == words
    assert again.value("title") == "The three questions"
    assert again.errors == ["file"]
    assert stored.count(ShelfItem) == 0
    # Without it the rest is put there.
    assert again.send({"file": ""}).status == 303
    assert stored.values(sa.select(ShelfItem.text)) == [words]
