"""The shelf of a partnership: by competence area, read by every role there, without names."""

import uuid
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from tests.application import Stored
from tests.factories import Maker, Someone
from tests.pages.client import Browser
from tests.pages.shelves import PDF, put
from tests.people import CLOSED, Browse
from tests.photos import SECRET, jpeg
from zetwpo.accounts.actors import Role
from zetwpo.config import Settings
from zetwpo.cycle.shelf.models import ShelfFile, ShelfItem
from zetwpo.privacy.service import erase

ELSEWHERE = "Partnership of others"


@pytest.fixture
def path(make: Maker, facilitator: Someone) -> str:
    return f"/partnerships/{make.partnership()}/shelf"


@pytest.fixture
def folder(app: Flask) -> Path:
    settings: Settings = app.extensions["settings"]
    for each in settings.files.iterdir():
        each.unlink()
    return settings.files


def test_facilitators_and_the_programme_leader_fill_it_by_area(
    fem: Browser, browse: Browse, programme_leader: Someone, path: str
) -> None:
    assert put(fem, path, PDF, area="pedagogical").status == 303
    piet = browse(programme_leader)
    form = piet.get(f"{path}/new")
    assert form.text.count("Everybody with a role in this partnership reads this.") == 4
    page = put(piet, path, text="x", title="Another", area="attic")
    assert page.status == 422
    assert page.errors == ["area"]
    done = put(piet, path, text="x", title="Another", area="developmental").follow()
    areas = [each.text.strip() for each in done.main.all("h2")]
    assert len(areas) == 4
    assert [each.text.strip() for each in done.main.all("h3")] == ["The three questions", "Another"]


def test_a_photo_gives_nothing_of_who_made_it(fem: Browser, folder: Path, path: str) -> None:
    assert put(fem, path, jpeg(), "photo.jpg", area="pedagogical").status == 303
    [file] = folder.iterdir()
    assert SECRET not in file.read_bytes()


def test_every_role_reads_it_without_a_name_and_fills_nothing(
    make: Maker, browse: Browse, colleague: Someone, facilitator: Someone, path: str
) -> None:
    key = make.on_partnership_shelf(facilitator, "A viewing guide", file=PDF)
    reader = browse(colleague)
    page = reader.get(path)
    assert "A viewing guide" in page.text
    assert reader.get(f"/partnership-shelf/{key}/file").response.data == PDF
    for address in (path, f"/partnership-shelf/{key}"):
        assert facilitator.name not in reader.get(address).main.text or colleague == facilitator
    keeps = colleague.name in {"Fem Facilitator", "Piet Programme"}
    assert ("Put something on the shelf" in page.text) == keeps
    expected = {200} if keeps else CLOSED
    assert reader.get(f"{path}/new").status in expected
    assert reader.get(f"/partnership-shelf/{key}/edit").status in expected
    assert reader.get(f"/partnership-shelf/{key}/take-off").status in expected


def test_another_partnership_and_who_has_no_role_any_more_read_nothing(
    make: Maker, browse: Browse, facilitator: Someone, owner: Someone, path: str
) -> None:
    key = make.on_partnership_shelf(facilitator, "A viewing guide", file=PDF)
    outsider = make.person("Ola Outside", Role.FACILITATOR, partnership=ELSEWHERE)
    make.without_role(owner, Role.SUPERVISOR)
    for person in (outsider, owner):
        for address in (path, f"/partnership-shelf/{key}", f"/partnership-shelf/{key}/file"):
            page = browse(person).get(address)
            assert page.status in CLOSED
            assert "A viewing guide" not in page.text


def test_a_thing_of_one_shelf_is_not_found_on_the_other(
    fem: Browser, make: Maker, facilitator: Someone, owner: Someone
) -> None:
    here = make.on_shelf(make.trajectory(facilitator, owner), facilitator, "Of the group", text="x")
    there = make.on_partnership_shelf(facilitator, "Of all", text="x")
    for address in (f"/partnership-shelf/{here}", f"/shelf/{there}"):
        for page in ("", "/file", "/edit", "/take-off"):
            assert fem.get(f"{address}{page}").status == 404


def test_keepers_change_each_others_things_and_both_keep_their_words(
    fem: Browser, browse: Browse, make: Maker, programme_leader: Someone, facilitator: Someone
) -> None:
    key = make.on_partnership_shelf(facilitator, "A guide", text="First", url="https://a.example")
    mine, theirs = (
        each.get(f"/partnership-shelf/{key}/edit") for each in (fem, browse(programme_leader))
    )
    assert mine.send({"area": "developmental"}, form="/edit").status == 303
    assert theirs.send({"text": "Second"}, form="/edit").status == 303
    late = theirs.send({"area": "organisational"}, form="/edit")
    assert late.status == 409
    assert "Changed elsewhere in the meantime" in late.text


def test_who_put_something_on_the_groups_shelf_puts_it_on_that_of_the_partnership(
    browse: Browse,
    fem: Browser,
    make: Maker,
    facilitator: Someone,
    owner: Someone,
    path: str,
    folder: Path,
    stored: Stored,
) -> None:
    trajectory = make.trajectory(facilitator, owner)
    key = make.on_shelf(trajectory, owner, "Our form", file=PDF, section="own")
    olga = browse(owner)
    assert fem.get(f"/shelf/{key}/pass-on").status in CLOSED
    page = olga.get(f"/shelf/{key}/pass-on")
    assert "Everybody with a role in this partnership reads this." in page.text
    assert page.send({"area": ""}, form="/pass-on").errors == ["area"]
    sent = [page.send({"area": "pedagogical"}, form="/pass-on") for _click in range(2)]
    assert {each.status for each in sent} == {303}
    there = fem.get(path)
    assert "Our form" in there.text
    assert "Olga" not in there.main.text
    assert stored.count(ShelfItem) == stored.count(ShelfFile) == 2
    assert [each.read_bytes() for each in folder.iterdir()] == [PDF, PDF]
    # Neither goes with the other.
    olga.post(f"/shelf/{key}/take-off")
    copy = stored.values(sa.select(ShelfItem.id))[0]
    assert fem.get(f"/partnership-shelf/{copy}/file").response.data == PDF
    assert olga.get(f"/partnership-shelf/{copy}/edit").status in CLOSED
    assert "You put this here" in olga.get(f"/partnership-shelf/{copy}").text
    assert olga.post(f"/partnership-shelf/{copy}/take-off").status == 303
    assert stored.count(ShelfItem) == 0
    assert list(folder.iterdir()) == []


def test_who_left_finds_what_is_theirs_and_takes_it_off(
    browse: Browse, make: Maker, facilitator: Someone, owner: Someone, stored: Stored
) -> None:
    trajectory = make.trajectory(facilitator, owner)
    key = make.on_shelf(trajectory, owner, "Our form", file=PDF)
    make.on_partnership_shelf(owner, "A guide", text="x")
    make.left(trajectory, owner)
    make.without_role(owner, Role.SUPERVISOR)
    olga = browse(owner)
    page = olga.get("/my-data")
    assert "without your name" in page.text
    links = [each for each in page.links if "shelf/" in each]
    assert f"/shelf/{key}" in links
    assert len(links) == 2
    for link in links:
        assert olga.get(f"{link}/take-off").send(form="/take-off").status == 303
    assert stored.count(ShelfItem) == 0
    assert "What you put on shelves" not in olga.get("/my-data").text


def test_who_deletes_the_account_leaves_it_there(
    browse: Browse, make: Maker, facilitator: Someone, owner: Someone, path: str, stored: Stored
) -> None:
    make.on_partnership_shelf(owner, "A guide", text="x")
    with make.request():
        erase(owner.id)
    assert "A guide" in browse(facilitator).get(path).text
    assert stored.values(sa.select(ShelfItem.put_by_id)) == [None]


def test_what_is_to_be_read_stands_on_the_first_page(
    browse: Browse, make: Maker, facilitator: Someone, owner: Someone
) -> None:
    trajectory = make.trajectory(facilitator, owner)
    key = make.on_partnership_shelf(facilitator, "A chapter", text="x")
    make.read_for(trajectory, 1, key)
    make.read_for(trajectory, 2, make.on_shelf(trajectory, facilitator, "For later", text="x"))
    page = browse(owner).get("/start")
    assert "To read for" in page.text
    assert f"/partnership-shelf/{key}" in page.links
    assert "For later" not in page.text


def test_nobody_of_the_group_is_where_they_are_not(make: Maker, browse: Browse) -> None:
    nobody = make.person("Nora New", Role.SUPERVISOR)
    for address in ("shelf", "partnership-shelf"):
        assert browse(nobody).get(f"/{address}/{uuid.uuid4()}").status == 404
