"""Pairs: a facilitator proposes, and each of them decides."""

import uuid

import pytest
import sqlalchemy as sa
import time_machine

from tests.application import Stored
from tests.factories import Maker, Someone
from tests.pages.client import Page
from tests.pages.group import OUTSIDE, Group, group
from tests.people import CLOSED
from zetwpo.accounts.actors import Role
from zetwpo.clock import now
from zetwpo.cycle.pairs.models import Pair, PairMember
from zetwpo.cycle.pairs.rules import ANNOUNCED_FOR

__all__ = ["group"]
WHAT = "I wait before I answer."


def propose(group: Group, *people: Someone, who: str = "fem") -> Page:
    path = f"{group.trajectory.path}/pairs"
    return group[who].post(path, {"person": [str(each.id) for each in people]})


def mine(group: Group, who: str) -> Page:
    return group[who].get(f"{group.trajectory.path}/mine")


@pytest.fixture
def plan(make: Maker, group: Group) -> uuid.UUID:
    return make.plan(group.trajectory, group.people["owner"], WHAT)


def test_only_with_both_agreements_each_sees_the_others_plan(group: Group, plan: uuid.UUID) -> None:
    assert propose(group, group.people["owner"], group.people["bo"]).status == 303

    def is_read() -> bool:
        return group["bo"].get(f"/plans/{plan}/read").status == 200

    assert not is_read()
    assert "If you both agree" in mine(group, "owner").text
    first = mine(group, "bo").send(form="/agree").follow()
    assert "Once the other agrees as well" in first.text
    assert not is_read()
    assert "proposed, not agreed by all" in group["fem"].get(f"{group.trajectory.path}/pairs").text
    second = mine(group, "owner").send(form="/agree").follow()
    assert "You agreed, and so did Bo: you see each other's plan." in second.text
    assert is_read()
    assert WHAT in group["bo"].get(f"{group.trajectory.path}/shared?after=1").text
    assert "You read this, and also Bo." in group["owner"].get(f"/plans/{plan}").text
    assert group["fem"].get(f"/plans/{plan}/read").status == 404
    mine(group, "owner").send(form="/stop")
    assert not is_read()
    assert "Only you read this" in group["owner"].get(f"/plans/{plan}").text


def test_a_proposal_is_announced_on_the_first_page_of_those_who_did_not_agree(
    group: Group, make: Maker
) -> None:
    make.pair(group.trajectory, group.people["owner"], group.people["bo"], agreed=1)
    words = "The facilitator proposes a pair: you and"
    assert f"{words} Olga Owner." in group["bo"].get("/start").text
    assert f"{group.trajectory.path}/mine#pair-1" in group["bo"].get("/start").links
    for who in ("owner", "fem", "left", "other_member"):
        assert words not in group[who].get("/start").text
    mine(group, "bo").send(form="/agree")
    assert words not in group["bo"].get("/start").text


def test_a_proposal_that_somebody_lets_lie_is_not_brought_up_for_ever(
    group: Group, make: Maker
) -> None:
    make.pair(group.trajectory, group.people["owner"], group.people["bo"], agreed=0)
    with time_machine.travel(now() + ANNOUNCED_FOR):
        browser = group.open(group.people["bo"])
        assert "proposes a pair" not in browser.get("/start").text
        own = browser.get(f"{group.trajectory.path}/mine")
        assert "proposes that you support each other" in own.text


def test_a_pair_sees_no_draft(group: Group, make: Maker) -> None:
    make.pair(group.trajectory, group.people["owner"], group.people["bo"])
    draft = make.plan(group.trajectory, group.people["owner"], WHAT, "writing")
    assert group["bo"].get(f"/plans/{draft}/read").status == 404
    group["owner"].get(f"/plans/{draft}")
    group["owner"].post(f"/plans/{draft}/going", {})
    assert group["bo"].get(f"/plans/{draft}/read").status == 200


def test_of_three_each_two_who_agreed_see_each_other(
    group: Group, plan: uuid.UUID, make: Maker
) -> None:
    cas = make.person("Cas", Role.SUPERVISOR)
    make.joined(group.trajectory, cas)
    make.pair(group.trajectory, group.people["owner"], group.people["bo"], cas, agreed=2)
    assert group["bo"].get(f"/plans/{plan}/read").status == 200
    assert group.open(cas).get(f"/plans/{plan}/read").status == 404


def test_who_leads_ends_it_and_it_is_over_at_once(
    group: Group, plan: uuid.UUID, make: Maker
) -> None:
    make.pair(group.trajectory, group.people["owner"], group.people["bo"])
    assert group["bo"].get(f"/plans/{plan}/read").status == 200
    group["fem"].get(f"{group.trajectory.path}/pairs").send(form="/dissolve")
    assert group["bo"].get(f"/plans/{plan}/read").status == 404


def test_who_leaves_is_no_pair_any_more(group: Group, plan: uuid.UUID, make: Maker) -> None:
    make.pair(group.trajectory, group.people["owner"], group.people["bo"])
    make.left(group.trajectory, group.people["bo"])
    assert group["bo"].get(f"/plans/{plan}/read").status == 404
    assert "Only you read this" in group["owner"].get(f"/plans/{plan}").text


@pytest.mark.parametrize("count", [0, 1, 4])
def test_a_pair_is_two_or_three(group: Group, make: Maker, count: int, stored: Stored) -> None:
    people = [make.person(f"Person {number}", Role.SUPERVISOR) for number in range(4)]
    for each in people:
        make.joined(group.trajectory, each)
    page = propose(group, *people[:count])
    assert page.status == 422
    assert "Choose two people, or three." in page.text
    assert stored.values(sa.select(Pair.id)) == []


@pytest.mark.parametrize("who", ["left", "other_member", "fem"])
def test_only_of_people_who_take_part(group: Group, who: str) -> None:
    assert propose(group, group.people["owner"], group.people[who]).status == 422


def test_nobody_is_in_two(group: Group, make: Maker) -> None:
    cas = make.person("Cas", Role.SUPERVISOR)
    make.joined(group.trajectory, cas)
    propose(group, group.people["owner"], group.people["bo"])
    page = propose(group, group.people["bo"], cas)
    assert page.status == 422
    assert "is in a pair already" in page.text


@pytest.mark.parametrize("who", ["owner", "bo", *OUTSIDE])
def test_only_who_leads_proposes_and_ends(group: Group, who: str, make: Maker) -> None:
    pair = make.pair(group.trajectory, group.people["owner"], group.people["bo"])
    assert group[who].get(f"{group.trajectory.path}/pairs").status in CLOSED
    assert propose(group, group.people["owner"], group.people["bo"], who=who).status in CLOSED
    assert group[who].post(f"/pairs/{pair}/dissolve", {}).status in CLOSED


@pytest.mark.parametrize("who", ["fem", *OUTSIDE])
def test_nobody_agrees_for_them(group: Group, who: str, make: Maker, stored: Stored) -> None:
    pair = make.pair(group.trajectory, group.people["owner"], group.people["bo"], agreed=0)
    for act in ("agree", "stop"):
        assert group[who].post(f"/pairs/{pair}/{act}", {}).status in CLOSED
    assert set(stored.values(sa.select(PairMember.agreed_at))) == {None}


def test_two_clicks_agree_once(group: Group, make: Maker, stored: Stored) -> None:
    pair = make.pair(group.trajectory, group.people["owner"], group.people["bo"], agreed=0)
    for _ in "ab":
        assert group["bo"].post(f"/pairs/{pair}/agree", {}).status == 303
    assert len([each for each in stored.values(sa.select(PairMember.agreed_at)) if each]) == 1


def test_with_an_account_somebody_goes_from_every_pair(
    group: Group, make: Maker, stored: Stored
) -> None:
    make.pair(group.trajectory, group.people["owner"], group.people["bo"])
    group["bo"].get("/my-data").send({"sure": "y"}, form="delete")
    assert len(stored.values(sa.select(PairMember.person_id))) == 1
    group["owner"].get("/my-data").send({"sure": "y"}, form="delete")
    assert stored.values(sa.select(Pair.id)) == []
