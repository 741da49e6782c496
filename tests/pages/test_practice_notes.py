"""A practice note in two minutes, with readers of its own."""

import uuid
from datetime import timedelta

import pytest
import sqlalchemy as sa

from tests.application import Stored
from tests.factories import Maker
from tests.pages.client import Page
from tests.pages.group import OUTSIDE, Group, autosave, group
from tests.people import CLOSED
from zetwpo.accounts.actors import Role
from zetwpo.clock import today
from zetwpo.cycle.practice.models import PracticeNote

__all__ = ["group"]
TEXT = "I waited, and she began to talk."


@pytest.fixture
def note(make: Maker, group: Group) -> uuid.UUID:
    return make.note(group.trajectory, group.people["owner"], TEXT)


def begin(group: Group, who: str = "owner", number: int = 2) -> Page:
    return group[who].post(f"{group.meeting(number)}/practice-notes", {})


def test_it_is_written_about_today_and_kept_meanwhile(group: Group, stored: Stored) -> None:
    page = begin(group).follow()
    assert page.value("day") == today().isoformat()
    assert autosave(page, {"text": TEXT}).status == 200
    assert stored.values(sa.select(PracticeNote.text)) == [TEXT]
    page = group["owner"].get(f"{group.trajectory.path}/mine")
    assert TEXT in page.text
    assert "Only you read this" in page.text


def test_there_can_be_more_of_them_and_an_empty_one_is_used_again(
    group: Group, stored: Stored
) -> None:
    assert begin(group).location == begin(group).location
    for text in ("One", "Two"):
        begin(group).follow().send({"text": text})
    assert sorted(stored.values(sa.select(PracticeNote.text))) == ["One", "Two"]
    begin(group)
    page = group["owner"].get(f"{group.trajectory.path}/mine")
    assert page.text.count("Note of") == 2


@pytest.mark.parametrize("day", ["", "tomorrow", "2027-02-31", "0202-01-01", "31-12-2999"])
def test_a_day_that_has_not_been_is_said_and_the_text_kept(
    group: Group, note: uuid.UUID, day: str, stored: Stored
) -> None:
    page = group["owner"].get(f"/practice-notes/{note}").send({"text": "More", "day": day})
    assert (page.status, page.errors) == (422, ["day"])
    assert stored.rows(sa.select(PracticeNote.text, PracticeNote.day)) == [("More", today())]


@pytest.mark.parametrize("form", ["%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y"])
def test_a_day_is_read_as_browsers_send_and_people_type_it(
    group: Group, note: uuid.UUID, form: str, stored: Stored
) -> None:
    day = today() - timedelta(days=3)
    group["owner"].get(f"/practice-notes/{note}").send({"day": day.strftime(form)})
    assert stored.values(sa.select(PracticeNote.day)) == [day]


def test_two_pages_get_a_choice(group: Group, note: uuid.UUID) -> None:
    first, second = (group["owner"].get(f"/practice-notes/{note}") for _ in "ab")
    first.send({"text": "The first"})
    page = second.send({"text": "The second"})
    assert page.status == 409
    assert "The first" in page.text
    assert page.value("text") == "The second"


@pytest.mark.parametrize("who", ["fem", *OUTSIDE])
def test_only_who_takes_part_writes_one(group: Group, who: str) -> None:
    assert begin(group, who).status in CLOSED


@pytest.mark.parametrize("who", ["bo", "fem", *OUTSIDE])
def test_nobody_else_opens_it(group: Group, note: uuid.UUID, who: str) -> None:
    for path in ("", "/readers", "/delete"):
        assert group[who].get(f"/practice-notes/{note}{path}").status == 404
        assert group[who].post(f"/practice-notes/{note}{path}", {}).status in CLOSED


READS = {
    "me": set[str](),
    "pair": {"bo"},
    "facilitators": {"fem"},
    "group": {"bo", "cas", "fem"},
}


@pytest.mark.parametrize("audience", READS)
def test_each_audience_reads_it_and_no_one_else_and_closing_works_at_once(
    group: Group, note: uuid.UUID, audience: str, make: Maker
) -> None:
    owner, bo = group.people["owner"], group.people["bo"]
    make.pair(group.trajectory, owner, bo)
    shared = f"{group.trajectory.path}/shared?after=1"
    cas = make.person("Cas", Role.SUPERVISOR)
    make.joined(group.trajectory, cas)
    browsers = {**group.browsers, "cas": group.open(cas)}

    def readers() -> set[str]:
        return {
            who for who in browsers if who != "owner" and TEXT in browsers[who].get(shared).text
        }

    page = group["owner"].get(f"/practice-notes/{note}/readers")
    assert page.send({"audience": audience}).status == 303
    assert readers() == READS[audience]
    said = group["owner"].get(f"/practice-notes/{note}").main.text
    assert {who for who in ("Bo", "Cas", "Fem") if f"{who}" in said} >= {
        who.title() for who in READS[audience]
    }
    page.send({"audience": "me"})
    assert readers() == set()


def test_a_pair_is_offered_where_there_is_one(group: Group, note: uuid.UUID, make: Maker) -> None:
    path = f"/practice-notes/{note}/readers"
    page = group["owner"].get(path)
    assert "My pair" not in page.text
    assert page.send({"audience": "pair"}).status == 422
    make.pair(group.trajectory, group.people["owner"], group.people["bo"], agreed=1)
    assert "My pair" not in group["owner"].get(path).text
    group["bo"].get(f"{group.trajectory.path}/mine").send(form="/agree")
    assert "My pair: Bo" in group["owner"].get(path).text


@pytest.mark.parametrize("audience", ["", "everybody"])
def test_another_audience_is_refused(group: Group, note: uuid.UUID, audience: str) -> None:
    page = group["owner"].get(f"/practice-notes/{note}/readers").send({"audience": audience})
    assert (page.status, page.errors) == (422, ["audience"])


def test_it_is_deleted_after_asking_once_more(
    group: Group, note: uuid.UUID, stored: Stored
) -> None:
    group["owner"].get(f"/practice-notes/{note}/delete").send(form="/delete")
    assert stored.values(sa.select(PracticeNote.id)) == []


def test_whoever_left_reads_and_takes_out_their_own(
    group: Group, make: Maker, note: uuid.UUID
) -> None:
    owner = group["owner"]
    owner.get(f"/practice-notes/{note}/readers").send({"audience": "group"})
    make.left(group.trajectory, group.people["owner"])
    assert TEXT not in group["bo"].get(f"{group.trajectory.path}/shared?after=1").text
    page = owner.get(f"/practice-notes/{note}")
    assert TEXT in page.text
    assert not page.main.all("textarea")
    assert owner.post(f"/practice-notes/{note}", {"text": "x"}).status == 403
    assert TEXT in owner.get(f"{group.trajectory.path}/mine").text
    [exported] = owner.get("/my-data/all.json").json["practice_notes"]
    assert exported["text"] == TEXT
