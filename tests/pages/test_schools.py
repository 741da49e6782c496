"""An administrator keeps the schools and institutes of a partnership."""

import uuid

import pytest
import sqlalchemy as sa

from tests.application import Stored
from tests.factories import Maker, Someone
from tests.pages.client import Browser
from tests.pages.statements import statements
from tests.people import Browse
from zetwpo.accounts.actors import Role
from zetwpo.accounts.models import Membership, School
from zetwpo.extensions import db
from zetwpo.partnerships.schools import service
from zetwpo.partnerships.schools.queries import find_school


@pytest.fixture
def place(make: Maker, administrator: Someone) -> uuid.UUID:
    return make.partnership()


@pytest.fixture
def path(place: uuid.UUID) -> str:
    return f"/partnerships/{place}/schools"


@pytest.fixture
def ad(browse: Browse, administrator: Someone) -> Browser:
    return browse(administrator)


@pytest.fixture
def linde(make: Maker, place: uuid.UUID) -> uuid.UUID:
    return make.school(place, "De Linde")


def names(stored: Stored) -> list[str]:
    return sorted(stored.values(sa.select(School.name)))


def work_there(make: Maker, school_id: uuid.UUID, *people: Someone) -> None:
    """Let what these people are be so at this school."""
    with make.request():
        db.session.execute(
            sa.update(Membership)
            .where(Membership.person_id.in_([each.id for each in people]))
            .values(school_id=school_id)
        )


def test_a_school_and_an_institute_are_added(ad: Browser, path: str, stored: Stored) -> None:
    empty = ad.get(path)
    assert "There are none yet" in empty.text
    added = empty.send({"name": " De  Linde ", "kind": "school"}).follow()
    assert "De Linde is added." in added.text
    page = added.send({"name": "Hogeschool Oost", "kind": "institute"}).follow()
    assert names(stored) == ["De Linde", "Hogeschool Oost"]
    assert "Institute · nobody with a role here yet" in page.text
    assert "There are none yet" not in page.text


def test_it_says_how_many_people_have_a_role_there(
    ad: Browser, path: str, make: Maker, linde: uuid.UUID, owner: Someone, trainer: Someone
) -> None:
    both = make.person("Bo", Role.SUPERVISOR, Role.SCHOOL_TRAINER)
    ended = make.person("Ed", Role.SUPERVISOR)
    work_there(make, linde, owner, trainer, both, ended)
    make.without_role(ended, Role.SUPERVISOR)
    assert "School · 3 people with a role here" in ad.get(path).text


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"name": " "}, "Fill in a name"),
        ({"name": "\u200b"}, "Fill in a name"),
        ({"name": "--!"}, "needs letters or digits"),
        ({"name": "x" * 121}, "room for 120"),
        ({"name": "A\x00B"}, "invisible characters"),
        ({"kind": "prison"}, "Choose what it is"),
        ({"kind": ""}, "Choose what it is"),
        ({"name": "de linde"}, "De Linde is in the list already."),
        ({"name": "DE-LINDE"}, "De Linde is in the list already."),
    ],
)
def test_what_cannot_be_added_is_said_and_kept(
    ad: Browser, path: str, linde: uuid.UUID, typed: dict[str, str], words: str, stored: Stored
) -> None:
    page = ad.get(path).send({"name": "De Eik", "kind": "school"} | typed)
    assert page.status == 422
    assert words in page.text
    assert page.errors == [next(iter(typed))]
    assert names(stored) == ["De Linde"]


def test_another_partnership_may_have_the_same_names(
    make: Maker, linde: uuid.UUID, stored: Stored
) -> None:
    make.person("Outa", Role.ADMINISTRATOR, partnership="Others")
    make.school(make.partnership("Others"), "De Linde")
    assert names(stored) == ["De Linde", "De Linde"]


def test_there_is_room_for_so_many(
    ad: Browser, path: str, linde: uuid.UUID, monkeypatch: pytest.MonkeyPatch, stored: Stored
) -> None:
    monkeypatch.setattr(service, "MOST_SCHOOLS", 1)
    page = ad.get(path).send({"name": "De Eik"})
    assert page.status == 422
    assert "no room" in page.text
    assert names(stored) == ["De Linde"]


def test_a_school_gets_another_name_and_kind(
    ad: Browser, path: str, linde: uuid.UUID, stored: Stored
) -> None:
    page = ad.get(f"{path}/{linde}")
    assert page.value("name") == "De Linde"
    done = page.send({"name": "De Nieuwe Linde", "kind": "institute"}).follow()
    assert "De Nieuwe Linde" in done.text
    assert stored.rows(sa.select(School.name, School.kind)) == [("De Nieuwe Linde", "institute")]
    # The old name is free again, and its own name is no other's.
    assert ad.get(path).send({"name": "De Linde"}).status == 303
    assert ad.get(f"{path}/{linde}").send({"name": "de nieuwe linde"}).status == 303


def test_a_name_of_another_school_is_refused(
    ad: Browser, path: str, linde: uuid.UUID, make: Maker, place: uuid.UUID, stored: Stored
) -> None:
    make.closed_school(place, "De Eik")
    page = ad.get(f"{path}/{linde}").send({"name": "DE EIK"})
    assert page.status == 422
    assert "De Eik is in the list already, closed. Open it again" in page.text
    assert page.value("name") == "DE EIK"
    assert names(stored) == ["De Eik", "De Linde"]


def test_two_administrators_who_rename_get_a_choice(
    browse: Browse, make: Maker, ad: Browser, path: str, linde: uuid.UUID, stored: Stored
) -> None:
    other = browse(make.person("Adriaan", Role.ADMINISTRATOR))
    pages = [ad.get(f"{path}/{linde}"), other.get(f"{path}/{linde}")]
    assert pages[0].send({"name": "De Eik"}).status == 303
    clash = pages[1].send({"name": "De Beuk"})
    assert clash.status == 409
    assert "Somebody else changed it in the meantime, to: De Eik" in clash.text
    assert clash.value("name") == "De Beuk"
    assert names(stored) == ["De Eik"]
    assert clash.send().status == 303
    assert names(stored) == ["De Beuk"]


def test_what_only_one_of_two_changed_is_no_conflict(
    browse: Browse, make: Maker, ad: Browser, path: str, linde: uuid.UUID, stored: Stored
) -> None:
    other = browse(make.person("Adriaan", Role.ADMINISTRATOR))
    pages = [ad.get(f"{path}/{linde}"), other.get(f"{path}/{linde}")]
    pages[0].send({"name": "De Eik"})
    assert pages[1].send({"kind": "institute"}).status == 303
    assert stored.rows(sa.select(School.name, School.kind)) == [("De Eik", "institute")]


def test_a_school_is_closed_after_asking_once_more_and_opened_again(
    ad: Browser, path: str, linde: uuid.UUID, make: Maker, owner: Someone, stored: Stored
) -> None:
    work_there(make, linde, owner)
    ask = ad.get(f"{path}/{linde}/close")
    assert "Close De Linde?" in ask.heading
    assert stored.values(sa.select(School.closed_at)) == [None]
    closed = ask.send().follow()
    assert "closed since" in closed.text
    # What was given stays.
    assert "1 person with a role here" in closed.text
    assert stored.count(Membership, Membership.ended_at.is_(None), Membership.school_id == linde)
    page = ad.get(f"{path}/{linde}")
    assert "Nobody gets a role here" in page.text
    again = page.send(form="reopen").follow()
    assert "De Linde is open again" in again.text
    assert "closed since" not in again.text


def test_a_second_click_closes_nothing_twice(
    ad: Browser, path: str, linde: uuid.UUID, stored: Stored
) -> None:
    ask = ad.get(f"{path}/{linde}/close")
    ask.send()
    [since] = stored.values(sa.select(School.closed_at))
    assert ask.send().status == 303
    assert stored.values(sa.select(School.closed_at)) == [since]
    assert ad.get(f"{path}/{linde}/close").location == f"{path}/{linde}"


def test_who_works_at_a_closed_school_reads_what_is_theirs(
    browse: Browse, make: Maker, place: uuid.UUID, linde: uuid.UUID, owner: Someone
) -> None:
    work_there(make, linde, owner)
    scan = make.scan(owner)
    with make.request():
        school = find_school(linde)
        assert school
        service.close(school, owner.id)
    olga = browse(owner)
    assert olga.get(f"{scan.path}/result").status == 200
    assert olga.get("/start").status == 200
    assert olga.get("/my-data").status == 200


def test_a_role_at_a_closed_school_is_shown_as_such_and_none_is_given_there(
    ad: Browser, place: uuid.UUID, make: Maker, linde: uuid.UUID, owner: Someone
) -> None:
    work_there(make, linde, owner)
    people = f"/partnerships/{place}/people"
    assert "De Linde, closed" not in ad.get(people).text
    ad.post(f"/partnerships/{place}/schools/{linde}/close")
    assert "De Linde, closed" in ad.get(people).text
    person = ad.get(f"{people}/{owner.id}")
    assert "De Linde, closed" in person.text
    assert str(linde) not in [each.get("value") for each in person.main.all("option")]


@pytest.mark.parametrize("who", ["owner", "trainer", "programme_leader", "school_leader"])
def test_only_administrators_keep_schools(
    browse: Browse,
    path: str,
    linde: uuid.UUID,
    who: str,
    request: pytest.FixtureRequest,
    stored: Stored,
) -> None:
    browser = browse(request.getfixturevalue(who))
    for address in (path, f"{path}/{linde}", f"{path}/{linde}/close"):
        assert browser.get(address).status == 403
        assert browser.post(address, {"name": "Mine", "kind": "school"}).status == 403
    assert browser.post(f"{path}/{linde}/reopen").status == 403
    assert names(stored) == ["De Linde"]


def test_the_schools_of_another_partnership_are_not_there(
    browse: Browse, make: Maker, path: str, place: uuid.UUID, linde: uuid.UUID, stored: Stored
) -> None:
    outa = browse(make.person("Outa", *Role, partnership="Others"))
    others = f"/partnerships/{make.partnership('Others')}/schools"
    # Its own partnership does not open the school of another one either.
    for address in (path, f"{path}/{linde}", f"{others}/{linde}", f"{others}/{linde}/close"):
        assert outa.get(address).status == 404, address
        assert outa.post(address, {"name": "Mine", "kind": "school"}).status == 404, address
    assert "De Linde" not in outa.get(others).text
    assert names(stored) == ["De Linde"]


def test_an_administrator_of_two_partnerships_keeps_them_apart(
    browse: Browse, make: Maker, administrator: Someone, path: str, linde: uuid.UUID
) -> None:
    make.person(
        administrator.name, Role.ADMINISTRATOR, email=administrator.email, partnership="Others"
    )
    others = f"/partnerships/{make.partnership('Others')}/schools"
    ad = browse(administrator)
    assert ad.get(f"{path}/{linde}").status == 200
    assert ad.get(f"{others}/{linde}").status == 404
    assert ad.post(f"{others}/{linde}/close").status == 404


def test_a_list_costs_as_much_however_long_it_is(
    ad: Browser, path: str, make: Maker, place: uuid.UUID
) -> None:
    make.school(place, "School 1")
    with statements(ad.app) as few:
        ad.get(path)
    for number in range(2, 12):
        make.school(place, f"School {number}")
    with statements(ad.app) as many:
        assert "School 11" in ad.get(path).text
    assert len(many) == len(few)
